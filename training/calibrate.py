"""Fits the curves by which a correction's probability is told (corrections/weights/confidence.json).

    python training/calibrate.py CORPUS_DIR --seed 7

CORPUS_DIR holds talbanken.txt and pud.txt (or the same with .xz), which neither the lexicon nor the
restorer was trained on. They are damaged by the generator of noise.py with another seed than in training, corrected,
and every correction is compared with what was printed.
"""

import argparse
import json
import random
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import noise
import numpy as np
from build_lexicon import lines_of
from numpy.typing import NDArray

from avskrift.corrections import confidence
from avskrift.corrections.lines import mend

TEXTS = ("talbanken", "pud")
DOCUMENTS, LINES = 160, 45
KINDS = ("diacritics", "glyphs", "spacing", "witness", "letter-spacing")
_PRIOR = 4.0
"""How many imagined corrections pull every curve towards the pooled one (ridge)."""


def documents(folder: Path, rng: random.Random) -> list[list[noise.Damaged]]:
    """Damaged documents, line by line."""
    pool = {name: [row.strip() for row in lines_of(folder, name) if row.strip()] for name in TEXTS}
    found = []
    while len(found) < DOCUMENTS:
        profile = noise.drawn(rng)
        if profile.clean:
            continue
        lines = pool[rng.choice(TEXTS)]
        at = rng.randrange(len(lines) - LINES)
        rows = [piece for row in lines[at : at + LINES] for piece in textwrap.wrap(row, 80)]
        made = [noise.damaged(row, profile, rng) for row in rows]
        for place in range(0, len(rows), 12):
            head = rows[place].rstrip(".,:").split()
            made[place] = noise.spaced_out(" ".join(head[: rng.randint(1, 4)]), profile, rng)
        found.append(made)
    return found


def fitted(rows: Sequence[Sequence[float]], right: Sequence[bool], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method with halved steps, drawn towards `start`."""
    x, y = np.array(rows, float), np.array(right, float)

    def loss(weights: NDArray[np.float64]) -> float:
        total = x @ weights
        fit = np.logaddexp(0.0, total) - y * total
        return float(fit.sum() + _PRIOR / 2 * ((weights - start) ** 2).sum())

    weights = start.copy()
    for _ in range(60):
        told = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (y - told) - (weights - start) * _PRIOR
        curvature = (x * (told * (1 - told))[:, None]).T @ x + np.eye(len(start)) * _PRIOR
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
    seen: list[tuple[float, ...]] = []

    def remember(values: tuple[float, ...]) -> float:
        """The place of the features, smuggled through the corrector as the confidence."""
        seen.append(values)
        return (len(seen) - 1) / 1e7

    confidence.probability = lambda rule, margin, told, known: remember(confidence.features(margin, told, known))
    confidence.spaced_probability = lambda cost: remember((1.0, cost))
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    for document in documents(args.corpus, random.Random(args.seed)):
        mended = mend([row.text for row in document]).lines
        for made, row in zip(document, mended, strict=True):
            for edit in row.edits:
                if edit.rule not in KINDS:
                    continue
                span = slice(edit.raw_start, edit.raw_end)
                true = noise.Damaged(made.text[span], made.tags[span], made.spaces[span]).restored().strip()
                rows[edit.rule].append(seen[round(edit.confidence * 1e7)])
                right[edit.rule].append(" ".join(row.text[edit.start : edit.end].split()) == " ".join(true.split()))
    words = [k for k in rows if k != "letter-spacing"]
    pooled = fitted([r for k in words for r in rows[k]], [r for k in words for r in right[k]], np.zeros(6))
    curves = {k: fitted(rows[k], right[k], pooled) if rows[k] else pooled for k in KINDS[:4]}
    curves["letter-spacing"] = fitted(rows["letter-spacing"], right["letter-spacing"], np.zeros(2))
    for kind in KINDS:
        print(f"{kind:16} {len(rows[kind]):6} corrections, {np.mean(right[kind] or [0]):.3f} right")
    text = json.dumps({k: [round(float(w), 4) for w in v] for k, v in curves.items()}, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
