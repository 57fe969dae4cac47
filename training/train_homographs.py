"""Learns from running text which form of a word that only marks tell apart stands in which surroundings.

    python training/train_homographs.py CORPUS_DIR [--out corrections/weights] [--seed 3]

CORPUS_DIR holds the texts of build_lexicon.py. The model is that of corrections/homographs.py: logistic regression
over the forms of one word, on top of their frequencies, by AdaGrad with an L1 penalty that keeps the table sparse.
"""

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from build_lexicon import CORPORA, lines_of
from numpy.typing import NDArray

from avskrift.corrections import homographs
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import lexicon

MOST, RAREST = 40_000, 4
"""Examples of one form that are used; how often a word's second form must be seen for the word to be learned."""
FEATURES, FORMS = 15, 3
EPOCHS, RATE, PENALTY, BATCH = 2, 0.12, 2e-6, 4096


def tokens_of(folder: Path) -> tuple[list[str], list[str]]:
    """All tokens in order, as printed (lower case) and without marks; a line is a text of its own."""
    printed, plain = [], []
    for name in CORPORA:
        for line in lines_of(folder, name):
            for match in homographs.TOKEN.finditer(line):
                printed.append(match.group().lower())
                plain.append(homographs.plain_token(match.group()))
            printed.append(".")
            plain.append(".")
    return printed, plain


def examples(folder: Path, rng: random.Random) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int8]]:
    """slots (examples, forms, features; -1 where there is none), costs of the forms, number of the right one."""
    known = lexicon()
    printed, plain = tokens_of(folder)
    counted = Counter(printed)
    words: dict[str, list[str]] = defaultdict(list)
    for form in counted:
        stripped = without_marks(form)
        if form.isalpha() and len(known.forms_of(stripped)) > 1 and known.knows(form):
            words[stripped].append(form)
    words = {
        s: sorted(forms, key=lambda f: -counted[f])[:FORMS]
        for s, forms in words.items()
        if len(forms) > 1 and sorted((counted[f] for f in forms), reverse=True)[1] >= RAREST
    }
    print(len(words), "words with several forms")
    places = [
        at
        for at in range(3, len(plain) - 4)
        if plain[at] in words
        and printed[at] in words[plain[at]]
        and (counted[printed[at]] <= MOST or rng.random() < MOST / counted[printed[at]])
    ]
    rng.shuffle(places)
    print(len(places), "examples")
    slots = np.full((len(places), FORMS, FEATURES), -1, np.int32)
    costs = np.full((len(places), FORMS), 60.0, np.float32)
    right = np.zeros(len(places), np.int8)
    for number, at in enumerate(places):
        forms = words[plain[at]]
        found = list(homographs.features(plain, at))
        for k, form in enumerate(forms):
            slots[number, k, : len(found)] = [homographs.slot(f, form) for f in found]
            costs[number, k] = known.cost(form)
        right[number] = forms.index(printed[at])
    return slots, costs, right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("corrections/weights"))
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    slots, costs, right = examples(args.corpus, random.Random(args.seed))
    kept = len(right) - len(right) // 50
    weights = np.zeros(homographs.SLOTS + 1, np.float32)
    squares = np.full(homographs.SLOTS + 1, 1e-3, np.float32)
    order = np.random.default_rng(args.seed)
    for epoch in range(EPOCHS):
        loss = 0.0
        for batch in np.array_split(order.permutation(kept), kept // BATCH):
            chances = _chances(weights, slots[batch], costs[batch])
            hit = chances[np.arange(len(batch)), right[batch]]
            loss -= float(np.log(np.maximum(hit, 1e-9)).sum())
            chances[np.arange(len(batch)), right[batch]] -= 1.0
            at = slots[batch]
            pull = np.broadcast_to(chances[:, :, None], at.shape)[at >= 0]
            places = at[at >= 0]
            slope = np.bincount(places, pull, minlength=homographs.SLOTS + 1).astype(np.float32)
            moved = np.unique(places)
            slope = slope[moved]
            squares[moved] += slope * slope
            pace = RATE / np.sqrt(squares[moved])
            fresh = weights[moved] - pace * slope
            weights[moved] = np.sign(fresh) * np.maximum(np.abs(fresh) - pace * PENALTY * len(batch), 0.0)
        test = _chances(weights, slots[kept:], costs[kept:]).argmax(axis=1) == right[kept:]
        plain = (-costs[kept:]).argmax(axis=1) == right[kept:]
        print(
            f"epoch {epoch + 1}: loss {loss / kept:.4f}, right {test.mean():.4f} (by frequency {plain.mean():.4f})",
            flush=True,
        )
    packed = np.clip(np.round(weights[:-1] / homographs.STEP), -127, 127).astype(np.int8)
    (args.out / "homographs.bin").write_bytes(packed.tobytes())
    print(f"{np.count_nonzero(packed) / len(packed):.2f} of the table used")


def _chances(weights: NDArray[np.float32], slots: NDArray[np.int32], costs: NDArray[np.float32]) -> NDArray[np.float32]:
    scores = np.where(slots >= 0, weights[slots], 0.0).sum(axis=2) - costs
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    main()
