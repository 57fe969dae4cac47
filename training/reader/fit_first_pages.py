"""Fits how probably a page begins another document of its file, and says how often that is right.

    python training/reader/fit_first_pages.py [--write]

Documents of the marked ones that bear a title are put one behind the other, two at a time, of one writer and of two;
each that has several pages is read alone too. Plans, pictures of the situation and lists of contacts are put behind
nothing: they belong to what stands before them. Each page counts once more as if its document had the parties of the
one before. The figures are of folds by writer: the weights that judge a fold's pages were fitted without its writers.
`--write` fits on all and writes parsing/parts/first_pages.json.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_judge import fitted, probabilities
from marked import MarkedText, read_all
from prepare import FOLDER, folds_of

from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.document import Page
from avskrift.parsing.parts.first_pages import NAMES, features_of
from avskrift.parsing.vocabulary import Vocabulary

WEIGHTS = Path(__file__).parents[2] / "parsing" / "parts" / "first_pages.json"
ALONE = ("agreement", "citizens_promise", "letter_of_intent", "partnership", "protocol_excerpt", "memo", "minutes")
"""Kinds of documents that belong to no other."""
OTHER_PARTIES = "other parties"
TITLE_AT_MOST = 700
"""Signs before a document's title."""
THRESHOLD = 0.7
"""How probable a beginning is at least where a file is cut. Judged: a document that is cut loses values, two that are
not hold values of each other."""


@dataclass(frozen=True)
class Example:
    """A page that is not the first of its file: its features, the fold of its writers, whether it begins a document and
    whether its file holds several."""

    features: tuple[float, ...]
    fold: int
    begins: bool
    several: bool


def has_title(marked: MarkedText) -> bool:
    return any(mark.tag == "TITLE" and mark.start < TITLE_AT_MOST for mark in marked.marks)


def pages(marked: MarkedText) -> tuple[Page, ...]:
    return pages_of(marked.text.strip("\f\n"))


def examples(documents: Sequence[MarkedText], fold: int, vocabulary: Vocabulary) -> Iterator[Example]:
    """The pages of one or two documents that lie in a file."""
    parts = [pages(one) for one in documents]
    every = [page for part in parts for page in part]
    starts = [sum(map(len, parts[:i])) for i in range(len(parts))]
    for at in range(1, len(every)):
        start = max(s for s in starts if s < at)
        features = features_of(every, at, start, vocabulary)
        if features is not None:
            yield Example(features, fold, at in starts, len(parts) > 1)


def files(documents: Sequence[MarkedText], rng: random.Random) -> Iterator[list[MarkedText]]:
    """What lies in files: each document alone, and behind another of its writer and of any other."""
    yield from ([one] for one in documents)
    own = [one for one in documents if one.kind in ALONE and has_title(one)]
    for one in own:
        others = [o for o in own if o is not one]
        same = [o for o in others if o.hand == one.hand]
        yield from ([rng.choice(some), one] for some in (same, others) if some)


def without_parties(example: Example) -> Example:
    """The same page, had its document the parties of the one before: most that lie in one file do, few of these."""
    features = tuple(0.0 if name == OTHER_PARTIES else f for name, f in zip(NAMES, example.features, strict=True))
    return replace(example, features=features)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    documents, vocabulary, rng = read_all(FOLDER), Vocabulary.shipped(), random.Random(1)
    found: list[Example] = []
    for fold, hands in enumerate(folds_of(documents)):
        for file in files([one for one in documents if one.hand in hands], rng):
            found += examples(file, fold, vocabulary)
    found += [without_parties(one) for one in found]
    features = np.array([one.features for one in found])
    begins = np.array([one.begins for one in found], dtype=np.float64)
    folds, several = np.array([one.fold for one in found]), np.array([one.several for one in found])
    shares = np.zeros(len(found))
    for fold in set(folds):
        test = folds == fold
        shares[test] = probabilities(features[test], *fitted(features[~test], begins[~test]))
    print(f"{int(begins.sum())} pages that begin a document, {int((1 - begins).sum())} that do not")
    for least in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        cut = shares >= least
        wrong = cut & (begins == 0)
        print(
            f"from {least}: {begins[cut].sum() / begins.sum():.3f} of beginnings found,"
            f" {begins[cut].mean():.3f} of cuts right, {int((wrong & ~several).sum())} pages of"
            f" {int((~several).sum())} of documents alone cut"
        )
    bias, weights = fitted(features, begins)
    for name, weight in sorted(zip(NAMES, weights, strict=True), key=lambda pair: -abs(pair[1])):
        print(f"{weight:+.2f} {name}")
    if options.write:
        rounded = [round(float(w), 3) for w in weights]
        written = {"bias": round(bias, 3), "weights": rounded, "threshold": THRESHOLD}
        WEIGHTS.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
