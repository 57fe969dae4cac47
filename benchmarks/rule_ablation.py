"""What each rule of the vocabulary is worth on documents that it was not made with: it is switched off, and what the
rules alone then read is compared with what they read before.

    python benchmarks/rule_ablation.py [--every 6] [--share 0/1]

The documents are every sixth of training/agreements, whose writers had seen no rule. Prints for each rule how many
right values and how many wrong ones go (-) or come (+) without it; one with nothing to show may be deleted.
"""

import argparse
import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training" / name) for name in ("reader", "agreements", "")]

from fit_judge import true_spans  # noqa: E402
from marked import MarkedText, document_of, read_all  # noqa: E402
from scoring import counts  # noqa: E402

from avskrift.language.lexicon import Lexicon  # noqa: E402
from avskrift.models.document import Document  # noqa: E402
from avskrift.parsing.fields.registry import draft_of  # noqa: E402
from avskrift.parsing.learned.records import LearnedRecords, records_of  # noqa: E402
from avskrift.parsing.learned.tokens import tokenized  # noqa: E402
from avskrift.parsing.structure.document_structure import structure_of  # noqa: E402
from avskrift.parsing.vocabulary import Vocabulary  # noqa: E402
from avskrift.runtime.failures import Failures  # noqa: E402

NEVER = "(?!)"
LOG = logging.getLogger("avskrift.benchmarks")


def without_each(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Vocabulary]]:
    """The name of each rule, with a vocabulary in which it matches nothing."""
    for file, table in sorted(tables.items()):
        for kind, entries in table.items():
            if not isinstance(entries, list):
                continue
            for i, entry in enumerate(entries):
                if isinstance(entry, dict) and "pattern" in entry:
                    changed = [*entries[:i], {**entry, "pattern": NEVER}, *entries[i + 1 :]]
                    name = f"{file} [{kind}] {entry.get('name', i)}"
                    yield name, Vocabulary({**tables, file: {**table, kind: changed}})


def read(documents: list[tuple[Document, LearnedRecords]], vocabulary: Vocabulary) -> tuple[int, int]:
    """How many values the rules read rightly and wrongly."""
    right = wrong = 0
    for document, truth in documents:
        failures = Failures(LOG)
        draft, _ = draft_of(structure_of(document, vocabulary, failures), failures)
        for _, hits, others, _ in counts(truth, draft):
            right, wrong = right + hits, wrong + others
    return right, wrong


def prepared(marked: list[MarkedText], vocabulary: Vocabulary) -> list[tuple[Document, LearnedRecords]]:
    """Each document with its true records."""
    lexicon = Lexicon()
    found = []
    for one in marked:
        document = document_of(one)
        found.append((document, records_of(true_spans(one, tokenized(document, lexicon)), vocabulary)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--share", default="0/1", help="i/n: every n-th rule from the i-th on")
    options = parser.parse_args()
    number, shares = map(int, options.share.split("/"))
    LOG.setLevel(logging.CRITICAL)
    vocabulary = Vocabulary.shipped()
    documents = prepared(read_all(ROOT / "training" / "agreements")[:: options.every], vocabulary)
    right, wrong = read(documents, vocabulary)
    print(f"{len(documents)} documents: {right} right, {wrong} wrong values", flush=True)
    for i, (name, other) in enumerate(without_each(vocabulary.tables)):
        if i % shares == number:
            hits, misses = read(documents, other)
            print(f"{hits - right:+5d} right {misses - wrong:+5d} wrong  {name}", flush=True)


if __name__ == "__main__":
    main()
