"""The table of contents: its entries, as a check on the headings that were found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan

_ENTRY = re.compile(
    r"(?P<number>(?:\d{1,2}(?:\.\d{1,2})*|[A-N]|§\s?\d{1,2}|Bilaga\s+\w{1,2})[.):]?\s+)?"
    r"(?P<title>[A-ZÅÄÖ][^.…_]{2,80}?)\s*(?:[.…_]\s?){4,}\s*\d{1,3}"
)
_FEWEST = 3
_FOUND = 85


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table of contents."""

    title: str
    passage: TextSpan


def contents_of(lines: Sequence[LocatedLine]) -> list[Entry]:
    """The entries of the document's table of contents; empty when it has none."""
    found = []
    for located in lines:
        entry = _ENTRY.fullmatch(" ".join(located.text.split()))
        if entry is not None:
            passage = TextSpan.join([located])
            found.append(Entry(entry["title"].strip(), passage))
    return found if len(found) >= _FEWEST else []


def not_found(entries: Sequence[Entry], titles: Sequence[str]) -> list[Entry]:
    """The entries that no heading fits."""
    folded = [fold(t) for t in titles]
    return [e for e in entries if all(fuzz.ratio(fold(e.title), t) < _FOUND for t in folded)]
