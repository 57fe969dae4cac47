"""How well the shipped parser reads documents that it has learned nothing from: those of writers kept out of training.

    python benchmarks/held_back.py [FOLDER] [--show]

FOLDER holds marked documents as training/agreements does, by default training/held_back. Prints precision, recall and
F1 of each field by the rules alone and by both witnesses, and how often values are right by the confidence that they
state. `--show` names each value that both get wrong or miss.
"""

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training" / name) for name in ("reader", "agreements", "")]

from fit_judge import true_spans  # noqa: E402
from marked import MarkedText, document_of, read_all  # noqa: E402
from scoring import LISTS, alike, expected_error, f1, matched, precision_recall  # noqa: E402

from avskrift.language.lexicon import Lexicon  # noqa: E402
from avskrift.models.agreement import Agreement, Evidence  # noqa: E402
from avskrift.models.options import ParsingOptions  # noqa: E402
from avskrift.parsing import parse  # noqa: E402
from avskrift.parsing.judge.ensemble import PERIOD_FIELDS  # noqa: E402
from avskrift.parsing.judge.judge import ATTRIBUTES  # noqa: E402
from avskrift.parsing.learned.records import LearnedRecords, records_of  # noqa: E402
from avskrift.parsing.learned.tokens import tokenized  # noqa: E402
from avskrift.parsing.vocabulary import Vocabulary  # noqa: E402

Value = tuple[str, str, bool, Evidence | None]
"""A value that was read: its field, its words, whether it is right, where it stands."""


def true_record(marked: MarkedText, lexicon: Lexicon) -> LearnedRecords:
    """The record that a person's marks make."""
    made = tokenized(document_of(marked), lexicon)
    return records_of(true_spans(marked, made), Vocabulary.shipped())


def texts(record: Any, attribute: str) -> list[tuple[str, str]]:
    """The values of an attribute, with the keys of their evidence."""
    value = None if record is None else getattr(record, attribute)
    if isinstance(value, list):
        return [(f"{attribute}.{i}", str(one)) for i, one in enumerate(value)]
    return [(attribute, str(value))] if value else []


def compared(field: str, true: Any, found: Any, attribute: str) -> Iterator[Value | str]:
    """Each value of an attribute that was read, and the words of each that was missed."""
    left = [text for _, text in texts(true, attribute)]
    for key, text in texts(found, attribute):
        hit = next((one for one in left if alike(one, text)), None)
        if hit is not None:
            left.remove(hit)
        yield f"{field}.{attribute}", text, hit is not None, found.evidence_by_field.get(key)
    yield from left


def values(truth: LearnedRecords, record: Agreement) -> Iterator[tuple[str, Value | str]]:
    """For each judged field the values that a record holds, and the words of those that it misses."""
    for field, name in LISTS.items():
        owner = record.document if field.startswith("document.") else record
        rights, ones = getattr(truth, name), getattr(owner, name)
        pairs = matched(field, rights, ones)
        for i, one in enumerate(ones):
            words = next(text for a in ("name", "title", "number") if (text := getattr(one, a, None)) is not None)
            yield field, (field, str(words), i in pairs, one.evidence)
            for attribute in ATTRIBUTES[field]:
                true = rights[pairs[i]] if i in pairs else None
                yield from ((f"{field}.{attribute}", v) for v in compared(field, true, one, attribute))
        for j, one in enumerate(rights):
            if j not in pairs.values():
                yield field, str(next(t for a in ("name", "title", "number") if (t := getattr(one, a, None))))
                for attribute in ATTRIBUTES[field]:
                    yield from ((f"{field}.{attribute}", text) for _, text in texts(one, attribute))
    for attribute in PERIOD_FIELDS:
        yield from ((f"period.{attribute}", v) for v in compared("period", truth.period, record.period, attribute))
    true_title, title = (truth.title.value if truth.title else None), record.document.title
    right = bool(true_title and title and alike(true_title, title))
    if title:
        evidence = record.document.evidence_by_field.get("title")
        yield "document.title", ("document.title", title, right, evidence)
    if true_title and not right:
        yield "document.title", true_title


def report(names: Sequence[str], found: Sequence[dict[str, np.ndarray[Any, Any]]]) -> None:
    """Prints precision, recall and F1 of each field by each of some readers."""
    print(f"{'field':36} {'true':>5}  " + "  ".join(f"{name:16}" for name in names))
    for field in sorted(set().union(*found)):
        counts = [one.get(field, np.zeros(3)) for one in found]
        cells = "  ".join("{:.2f} {:.2f} {:.3f} ".format(*precision_recall(*c), f1(*c)) for c in counts)
        print(f"{field:36} {int(counts[0][0] + counts[0][2]):5d}  {cells}")
    totals = [sum(one.values(), np.zeros(3)) for one in found]
    cells = "  ".join("{:.2f} {:.2f} {:.3f} ".format(*precision_recall(*c), f1(*c)) for c in totals)
    print(f"{'all values':36} {int(totals[0][0] + totals[0][2]):5d}  {cells}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "training" / "held_back")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    lexicon, readers = Lexicon(), {"rules": ParsingOptions(learned=False), "both": ParsingOptions()}
    counts: dict[str, dict[str, Any]] = {name: defaultdict(lambda: np.zeros(3)) for name in readers}
    stated: list[tuple[float, bool]] = []
    documents = read_all(options.folder)
    for marked in documents:
        truth = true_record(marked, lexicon)
        for name, how in readers.items():
            for field, value in values(truth, parse(document_of(marked), how)):
                kind = 2 if isinstance(value, str) else 0 if value[2] else 1
                counts[name][field][kind] += 1
                if name == "both" and not isinstance(value, str) and value[3] is not None:
                    stated.append((value[3].confidence, value[2]))
                if options.show and name == "both" and kind:
                    words = value if isinstance(value, str) else value[1]
                    print(f"{marked.name} {'wrong' if kind == 1 else 'missed'} {field}: {words[:100]}")
    hands = len({one.hand for one in documents})
    print(f"{len(documents)} documents of {hands} writers: precision, recall, F1")
    report(list(readers), list(counts.values()))
    shares, right = (np.array(column, dtype=np.float64) for column in zip(*stated, strict=True))
    print(f"expected error of the stated confidence {expected_error(shares, right):.3f}")
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        own = (shares >= low) & (shares < high)
        if own.any():
            print(f"  stated {low:.2f}-{min(high, 1):.2f}: {right[own].mean():.2f} of {own.sum()} right")


if __name__ == "__main__":
    main()
