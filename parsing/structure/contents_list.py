"""The table of contents: which lines it takes, and its entries as a check on the headings that were found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
    text = _Text(lines)
    index = 0
    while index < len(lines):
        contents = _contents_at(text, index)
        if contents is not None:
            found.append(contents)
        index += 1 if contents is None else len(contents.numbers)
    return found


class _Text:
    """The lines of a document, with what is asked of them again for every line that a table of contents may begin at:
    each is looked up once."""

    def __init__(self, lines: Sequence[LocatedLine]) -> None:
        self.lines = lines
        self._entries: dict[int, tuple[Entry | None, int]] = {}

    def entry_at(self, index: int) -> tuple[Entry | None, int]:
        """The entry that begins at a line, and how many lines it takes."""
        if index not in self._entries:
            self._entries[index] = _entry_at(self.lines, index)
        return self._entries[index]

    @cached_property
    def titles(self) -> frozenset[str]:
        """What lines say, folded and without their numbers; page numbers are part of it."""
        found = (_ENTRY.fullmatch(" ".join(line.text.split())) for line in self.lines)
        return frozenset(fold(entry["title"]) for entry in found if entry is not None)


def _contents_at(text: _Text, index: int) -> _Contents | None:
    """The table of contents that begins at a line; None where none does."""
    lines = text.lines
    headed = _HEAD.fullmatch(" ".join(lines[index].text.split())) is not None
    if not headed and _PAGE.search(lines[index].text.rstrip()) is None:
        return None
    start = index + headed
    entries: list[Entry] = []
    while start < len(lines):
        entry, used = text.entry_at(start)
        if entry is None or not _goes_on(entries, entry, lines, start, headed=headed):
            break
        entries.append(entry)
        start += used
    if not _is_contents(entries, text, headed=headed):
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
        before = next((e.page for e in reversed(entries) if e.page is not None), None)
        return before is None or entry.page >= before
    if not headed or (entries and entries[-1].page is not None):
        return False
    close = not entries or lines[index].line.space_before < 1
    return close and (entry.numbered or _stands_below(entry.title, lines[index + 1 :]))


def _stands_below(title: str, lines: Sequence[LocatedLine]) -> bool:
    """Whether a title stands alone in one of some lines, with or without its number."""
    wanted = fold(title)
    below = (_ENTRY.fullmatch(" ".join(line.text.split())) for line in lines)
    return any(found is not None and fold(found["title"]) == wanted for found in below)


def _is_contents(entries: Sequence[Entry], text: _Text, *, headed: bool) -> bool:
    """Whether entries make up a table of contents: under its heading, by dots, or by titles that the text has too."""
    if headed:
        return len(entries) >= _FEWEST_HEADED
    if len(entries) < _FEWEST:
        return False
    if all(_LEADER.search(entry.passage.text) for entry in entries):
        return True
    if not all(entry.numbered for entry in entries):
        return False
    return 2 * sum(fold(entry.title) in text.titles for entry in entries) >= len(entries)
