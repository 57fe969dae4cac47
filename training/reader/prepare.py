"""Makes variations of the marked documents, in windows of tokens with their features and labels.

    python training/reader/prepare.py --variations 12 --out windows/

Writes windows/N.npz for each fold of writers. A fold's variations hold values of its own writers only, so that a reader
that is taught without a fold has met nothing of it.
"""

import argparse
import multiprocessing as mp
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from marked import MarkedText, document_of, labels_of, read_all
from numpy.typing import NDArray
from variation import Variation, printed

from avskrift.language.lexicon import Lexicon
from avskrift.parsing.learned.tags import LINE_TAGS
from avskrift.parsing.learned.tokens import tokenized

FOLDER = Path(__file__).parents[1] / "agreements"
FOLDS = 8
LENGTH = 640
"""Tokens of a window at most."""
Arrays = tuple[NDArray[Any], ...]
TYPES = (np.uint16, np.float16, np.int16, np.int16)


@dataclass(frozen=True)
class Windows:
    """Windows one after the other: `columns` are hashed features, facts, labels of values and of lines of all their
    tokens; window i ends before token `ends[i]`."""

    columns: Arrays
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """How many windows there are."""
        return len(self.ends)

    def row(self, number: int) -> Arrays:
        """The columns of one window."""
        start = 0 if number == 0 else int(self.ends[number - 1])
        return tuple(column[start : int(self.ends[number])] for column in self.columns)

    def save(self, path: Path) -> None:
        """Writes them to a file of numpy's."""
        np.savez(path, *self.columns, ends=self.ends)

    @staticmethod
    def load(path: Path) -> "Windows":
        """Those of a file that `save` wrote."""
        with np.load(path) as found:
            return Windows(tuple(found[f"arr_{i}"] for i in range(len(TYPES))), found["ends"])


def folds_of(documents: Sequence[MarkedText]) -> list[set[str]]:
    """The writers of each fold: dealt out, one after the other."""
    hands = sorted({one.hand for one in documents})
    return [set(hands[i::FOLDS]) for i in range(FOLDS)]


def windows_of(marked: MarkedText, variation: Variation, lexicon: Lexicon, rng: random.Random) -> Iterator[Arrays]:
    """Features and labels of the windows of a variation of a document."""
    made, in_print = variation.of(marked)
    document = document_of(made)
    tokens = tokenized(document, lexicon)
    values, lines = labels_of(made, tokens)
    if in_print:
        head = 1 + 2 * LINE_TAGS.index("HEADING")
        first = (tokens.tokens[i].line for i in np.flatnonzero(lines == head))
        heads = {(tokens.pages[line], tokens.lines[line].number) for line in first}
        tokens = tokenized(printed(document, heads, rng), lexicon)
    size = len(tokens.tokens)
    start = -rng.randrange(0, LENGTH // 2) if size > LENGTH else 0
    while start < size:
        cut = slice(max(0, start), start + LENGTH)
        columns: Arrays = (tokens.hashed[cut], tokens.facts[cut], values[cut], lines[cut])
        yield tuple(column.astype(kind) for column, kind in zip(columns, TYPES, strict=True))
        start += LENGTH


def prepared(documents: Sequence[MarkedText], variations: int, seed: int) -> Windows:
    """Windows of some variations of each document."""
    rng, lexicon = random.Random(seed), Lexicon()
    variation = Variation(documents, lexicon, rng)
    rows: list[Arrays] = []
    for _ in range(variations):
        for one in documents:
            try:
                rows += windows_of(one, variation, lexicon, rng)
            except ValueError as error:
                print("left out:", error, flush=True)
    columns = tuple(np.concatenate(column) for column in zip(*rows, strict=True))
    return Windows(columns, np.cumsum([len(row[0]) for row in rows]))


def write(fold: int, hands: set[str], variations: int, seed: int, folder: Path) -> int:
    found = prepared(read_all(FOLDER, hands), variations, seed + fold)
    found.save(folder / f"{fold}.npz")
    return len(found.columns[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variations", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("windows"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    folds = folds_of(read_all(FOLDER))
    tasks = [(i, hands, options.variations, options.seed, options.out) for i, hands in enumerate(folds)]
    with mp.get_context("spawn").Pool(2) as pool:
        print(f"{sum(pool.starmap(write, tasks, chunksize=1))} tokens", flush=True)


if __name__ == "__main__":
    main()
