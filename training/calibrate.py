"""Fits the curves by which a correction's probability is told (corrections/weights/confidence.json).

    python training/calibrate.py CORPUS_DIR --seed 7

CORPUS_DIR holds talbanken.txt and pud.txt (or the same with .xz), which neither the lexicon nor the
restorer was trained on. They are damaged by the generator of noise.py with another seed than in training, corrected,
and every correction is compared with what was printed.
"""

import argparse
import json
import random
import re
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import noise
import numpy as np
from build_lexicon import lines_of
from numpy.typing import NDArray

from avskrift.corrections import confidence
from avskrift.corrections.lines import corrected_lines
from avskrift.language.fold import without_marks
from avskrift.models.options import CorrectingOptions

TEXTS = ("talbanken", "pud")
DOCUMENTS, LINES = 160, 45
WORDS = ("diacritics", "glyphs", "spacing", "witness")
KINDS = (*WORDS, *confidence.SPACED)
_HEAD_EVERY, _HEAD_WORDS, _HEAD_WORD = 8, 3, 4
"""Every which line is a letter-spaced heading, of how many words at most, whose first and last word have how many
letters at least."""
_RIGHT_GLYPHS, _TRIES = 0.5, 60
"""The share of documents whose headings keep their first glyphs; how often a heading is made until it does."""
_PRIOR = 4.0
"""How many imagined corrections pull every curve towards the pooled one (ridge)."""


def documents(folder: Path, rng: random.Random) -> list[list[noise.Damaged]]:
    """Damaged documents, line by line."""
    pool = {name: [row.strip() for row in lines_of(folder, name) if row.strip()] for name in TEXTS}
    found: list[list[noise.Damaged]] = []
    while len(found) < DOCUMENTS:
        profile = noise.drawn(rng)
        if profile.clean:
            continue
        lines = pool[rng.choice(TEXTS)]
        at = rng.randrange(len(lines) - LINES)
        rows = [piece for row in lines[at : at + LINES] for piece in textwrap.wrap(row, 80)]
        made = [noise.damaged(row, profile, rng) for row in rows]
        kept = rng.random() < _RIGHT_GLYPHS
        for place in range(0, len(rows), _HEAD_EVERY):
            if (head := heading(rows[place], rng)) is not None:
                made[place] = spaced_heading(head, profile, rng, kept=kept)
        found.append(made)
    return found


def heading(row: str, rng: random.Random) -> str | None:
    """Some words of a row, capitalised as a heading; None where none of its words could begin and end one."""
    words = re.findall(r"[^\W\d_]+", row)
    ends = [at for at, word in enumerate(words) if len(word) >= _HEAD_WORD]
    if not ends:
        return None
    first = rng.choice(ends)
    last = max(at for at in ends if first <= at < first + rng.randint(1, _HEAD_WORDS))
    text = " ".join(words[first : last + 1])
    return text[0].upper() + text[1:]


def spaced_heading(head: str, profile: noise.Profile, rng: random.Random, *, kept: bool) -> noise.Damaged:
    """A letter-spaced heading, with its first glyph as printed, marks aside, where it is `kept`."""
    made = noise.spaced_out(head, profile, rng)
    for _ in range(_TRIES if kept else 0):
        if made.text[:1].lower() == without_marks(head[0]).lower() or made.text[:1] == head[0]:
            break
        made = noise.spaced_out(head, profile, rng)
    return made


def fitted(rows: Sequence[Sequence[float]], right: Sequence[bool], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method with halved steps, drawn towards `start`."""
    x, y = np.array(rows, float), np.array(right, float)

    def loss(weights: NDArray[np.float64]) -> float:
        total = x @ weights
        fit = np.logaddexp(0.0, total) - y * total
        return float(fit.sum() + _PRIOR / 2 * ((weights - start) ** 2).sum())

    weights = start.copy()
    for _ in range(60):
        probabilities = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (y - probabilities) - (weights - start) * _PRIOR
        curvature = (x * (probabilities * (1 - probabilities))[:, None]).T @ x + np.eye(len(start)) * _PRIOR
        step = np.linalg.solve(curvature, gradient)
        while loss(weights + step) > loss(weights) and np.abs(step).max() > 1e-7:
            step = step / 2
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("corrections/weights/confidence.json"))
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    judged: list[tuple[str, tuple[float, ...]]] = []

    def remember(rule: str, judged_by: Sequence[float]) -> float:
        """The place of the features, smuggled through the corrector as the confidence."""
        judged.append((rule, tuple(judged_by)))
        return (len(judged) - 1) / 1e7

    def remember_spaced(judged_by: Sequence[float], rivals: int, *, changed: bool) -> float:
        return remember(confidence.SPACED[changed], judged_by)

    confidence.probability = remember
    confidence.spaced_probability = remember_spaced
    every = CorrectingOptions(min_confidence=0.0)
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    for document in documents(args.corpus, random.Random(args.seed)):
        corrected = corrected_lines([row.text for row in document], every).lines
        for made, row in zip(document, corrected, strict=True):
            for edit in row.edits:
                if edit.rule not in KINDS:
                    continue
                kind, values = judged[round(edit.confidence * 1e7)]
                span = slice(edit.raw_start, edit.raw_end)
                true = noise.Damaged(made.text[span], made.tags[span], made.spaces[span]).restored().strip()
                rows[kind].append(values)
                right[kind].append(edit.replacement.split() == true.split())
    pooled = fitted(
        [r for k in WORDS for r in rows[k]],
        [r for k in WORDS for r in right[k]],
        np.zeros(len(rows[WORDS[0]][0])),
    )
    curves = {k: fitted(rows[k], right[k], pooled) if rows[k] else pooled for k in WORDS}
    curves |= {k: fitted(rows[k], right[k], np.zeros(len(rows[k][0]))) for k in confidence.SPACED}
    for kind in KINDS:
        probabilities = [confidence.logistic(list(curves[kind]), row) for row in rows[kind]]
        likely = [was for was, p in zip(right[kind], probabilities, strict=True) if p >= 0.5]
        print(
            f"{kind:27} {len(rows[kind]):6} corrections, {np.mean(right[kind] or [False]):.3f} right; "
            f"{len(likely)} at 0.5 or more, {np.mean(likely or [False]):.3f} right"
        )
    text = json.dumps({k: [round(float(w), 4) for w in v] for k, v in curves.items()}, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
