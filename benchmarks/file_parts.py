"""Files that hold several documents: are they cut where one ends, and is the record of the agreement?

    python benchmarks/file_parts.py [--show 20]

Two or three documents of one writer of training/agreements, whom no rule had seen, are put behind one another as an
archive scans them, each from a new page; and each document of several pages is read alone. Plans, pictures of the
situation and lists of contacts go with what stands before them, so that none begins a document here.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training" / name) for name in ("reader", "agreements")]

from marked import MarkedText, read_all  # noqa: E402

from avskrift.ingest.files.plain_text import pages_of  # noqa: E402
from avskrift.models.document import Document  # noqa: E402
from avskrift.parsing.parts.file_parts import main_part, parts_of  # noqa: E402
from avskrift.parsing.vocabulary import Vocabulary  # noqa: E402

AGREEMENTS = ("agreement", "citizens_promise", "letter_of_intent", "partnership")
ABOUT_THEM = ("protocol_excerpt", "memo", "minutes")


@dataclass(frozen=True)
class Filed:
    """A file of some documents: the page on which each begins."""

    name: str
    document: Document
    starts: Sequence[int]
    main: tuple[int, int]
    """First and last page of what the record is of."""


def filed(documents: Sequence[MarkedText]) -> Filed:
    """Some documents one behind the other."""
    own = [pages_of(one.text.strip("\f\n")) for one in documents]
    pages = tuple(replace(page, number=n) for n, page in enumerate(chain.from_iterable(own), 1))
    counts = [len(of_one) for of_one in own]
    starts = [1 + sum(counts[:i]) for i in range(len(counts))]
    first = next((i for i, one in enumerate(documents) if one.kind in AGREEMENTS), None)
    longest = max(range(len(counts)), key=lambda i: counts[i])
    chosen = longest if first is None else first
    main = (starts[chosen], starts[chosen] + counts[chosen] - 1)
    return Filed(" + ".join(f"{d.name} ({d.kind})" for d in documents), Document("file", "0" * 64, pages), starts, main)


def several(documents: Sequence[MarkedText]) -> Iterator[Filed]:
    """Files of two and of three documents, of one writer each; at least one of them is an agreement."""
    for _, own in groupby(documents, key=lambda d: d.hand):
        fit = [d for d in own if d.kind in (*AGREEMENTS, *ABOUT_THEM) and len(d.text) > 800]
        at, size = 0, 2
        while at + size <= len(fit):
            chosen = fit[at : at + size]
            if any(d.kind in AGREEMENTS for d in chosen):
                yield filed(chosen)
            at, size = at + size, 5 - size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="how many files that are cut wrongly are named")
    options = parser.parse_args()
    documents, vocabulary = read_all(ROOT / "training" / "agreements"), Vocabulary.shipped()
    shown = files = right = mains = found_starts = true_starts = wrong_starts = 0
    for one in several(documents):
        parts = parts_of(one.document, vocabulary)
        starts = [part.pages[0] for part in parts] or [1]
        own = main_part(parts).pages if parts else [page.number for page in one.document.pages]
        files += 1
        right += starts == one.starts
        mains += (own[0], own[-1]) == one.main
        found_starts += len(set(starts[1:]) & set(one.starts))
        true_starts += len(one.starts) - 1
        wrong_starts += len(set(starts) - set(one.starts))
        if starts != one.starts and shown < options.show:
            shown += 1
            print(f"{one.name}\n    begin on {one.starts}, found {starts}, main {one.main}, read {own[0], own[-1]}")
    print(f"{files} files of several documents: {right} cut rightly, the record of the right document in {mains}")
    print(f"beginnings of documents: {found_starts} of {true_starts} found, {wrong_starts} wrong")
    alone = [filed([one]) for one in documents if "\f" in one.text.strip("\f\n")]
    cut = [one for one in alone if parts_of(one.document, vocabulary)]
    for one in cut[: options.show]:
        print(f"cut: {one.name} on {[p.pages[0] for p in parts_of(one.document, vocabulary)]}")
    print(f"{len(alone)} documents of several pages alone: {len(cut)} were cut")


if __name__ == "__main__":
    main()
