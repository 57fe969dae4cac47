"""The table of contents: which lines it takes, and its entries as a check on the headings that were found."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan

_HEAD = re.compile(r"innehåll(?:sförteckning|söversikt)?\s*:?(?:\s+(?:sid|sida|sidnummer|sidan)\.?)?", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?P<number>(?:\d{1,2}(?:\.\d{1,2})*|[A-N]|§\s?\d{1,3}|Bilaga\s+\w{1,2}|[a-h](?=\)))[.):]*\s+)?"
    r"(?P<title>[^\W\d_].{1,140})"
)
_PAGE = re.compile(r"(?<![\d–-])[\s.…_]{1,200}(?P<page>\d{1,3})$")
_LEADER = re.compile(r"(?:[.…_]\s?){4}")
_FEWEST, _FEWEST_HEADED = 3, 2
"""Entries of a table of contents at least, and of one under its heading."""
_FOUND = 85
"""How like an entry's title (0 to 100) a heading is that it may stand for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a table of contents; `page` is None where none is printed behind it."""

    title: str
    passage: TextSpan
    numbered: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class _Contents:
    """A table of contents: its entries, and the numbers of its lines, its heading's among them."""

    entries: tuple[Entry, ...]
    numbers: frozenset[int]


def contents_lines(lines: Sequence[LocatedLine]) -> frozenset[int]:
    """The numbers of the lines of a document that are of a table of contents, its heading among them."""
    return frozenset().union(*(contents.numbers for contents in _all_contents(lines)))


def contents_of(lines: Sequence[LocatedLine]) -> list[Entry]:
    """The entries with page numbers of the document's table of contents; empty when it has none."""
    return [entry for contents in _all_contents(lines) for entry in contents.entries if entry.page is not None]


def not_found(entries: Sequence[Entry], titles: Sequence[str]) -> list[Entry]:
    """The entries that no heading fits."""
    folded = [fold(t) for t in titles]
    return [e for e in entries if all(fuzz.ratio(fold(e.title), t) < _FOUND for t in folded)]


def _all_contents(lines: Sequence[LocatedLine]) -> list[_Contents]:
    found: list[_Contents] = []
    index = 0
    while index < len(lines):
        contents = _contents_at(lines, index)
        if contents is not None:
            found.append(contents)
        index += 1 if contents is None else len(contents.numbers)
    return found


def _contents_at(lines: Sequence[LocatedLine], index: int) -> _Contents | None:
    """The table of contents that begins at a line; None where none does."""
    headed = _HEAD.fullmatch(" ".join(lines[index].text.split())) is not None
    if not headed and _PAGE.search(lines[index].text.rstrip()) is None:
        return None
    start = index + headed
    entries: list[Entry] = []
    while start < len(lines):
        entry, used = _entry_at(lines, start)
        if entry is None or not _goes_on(entries, entry, lines, start, headed=headed):
            break
        entries.append(entry)
        start += used
    if not _is_contents(entries, lines, headed=headed):
        return None
    return _Contents(tuple(entries), frozenset(line.number for line in lines[index:start]))


def _entry_at(lines: Sequence[LocatedLine], index: int) -> tuple[Entry | None, int]:
    """The entry that begins at a line, and how many lines it takes: two where the second goes on to the page number."""
    following = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    wrapped = _PAGE.search(lines[index].text.rstrip()) is None and following[:1].islower() and _PAGE.search(following)
    used = 2 if wrapped else 1
    passage = TextSpan.join(lines[index : index + used])
    text = " ".join(passage.text.split())
    page = _PAGE.search(text)
    found = _ENTRY.fullmatch(text if page is None else text[: page.start()])
    if found is None:
        return None, used
    title = found["title"].strip(" .…_)")
    return Entry(title, passage, found["number"] is not None, None if page is None else int(page["page"])), used


def _goes_on(entries: Sequence[Entry], entry: Entry, lines: Sequence[LocatedLine], index: int, *, headed: bool) -> bool:
    """Whether an entry at a line may follow some others: on a page no earlier, or, `headed` by their name, one that
    stands in the text below too or is numbered like them."""
    if entry.page is not None:
        pages = [e.page for e in entries if e.page is not None]
        return not pages or entry.page >= pages[-1]
    if not headed or (entries and entries[-1].page is not None):
        return False
    close = not entries or lines[index].line.space_before < 1
    return close and (entry.numbered or _stands_below(entry.title, lines[index + 1 :]))


def _stands_below(title: str, lines: Sequence[LocatedLine]) -> bool:
    """Whether a title stands alone in one of some lines, with or without its number."""
    wanted = fold(title)
    below = (_ENTRY.fullmatch(" ".join(line.text.split())) for line in lines)
    return any(found is not None and fold(found["title"]) == wanted for found in below)


def _is_contents(entries: Sequence[Entry], lines: Sequence[LocatedLine], *, headed: bool) -> bool:
    """Whether entries make up a table of contents: under its heading, by dots, or by titles that the text has too."""
    if headed:
        return len(entries) >= _FEWEST_HEADED
    if len(entries) < _FEWEST:
        return False
    if all(_LEADER.search(entry.passage.text) for entry in entries):
        return True
    printed = Counter(fold(f["title"]) for p in lines if (f := _ENTRY.fullmatch(" ".join(p.text.split()))))
    return all(e.numbered for e in entries) and 2 * sum(printed[fold(e.title)] > 0 for e in entries) >= len(entries)
