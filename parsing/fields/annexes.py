"""The annexes that the document lists, or that follow it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.models.agreement import Annex
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.running_lists import split_list
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What an entry of a list of annexes is. Judged on invented lists; none was tuned."""

    longest_title: int = 160
    """Signs of a title at most, and of an item that is one, less than that."""
    longest_line: int = 80
    """Signs of a title that stands alone on its line, less than that."""
    by_place: float = 0.6
    """How sure a number is at most that only the place in the list tells."""


SETTINGS = Settings()
_ONE = re.compile(r"\b(?:bilaga|bihang)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An annex and the words that name it."""

    number: str | None
    title: str | None
    words: Value[str]


def annexes_of(structure: DocumentStructure) -> list[Annex]:
    """The list of annexes; without one, lines "Bilaga 1 ..." anywhere; without them, the annexes that follow."""
    places = (_listed, _labelled, _anywhere, _named_in_text, _following)
    entries = next(filter(None, (place(structure) for place in places)), [])
    return [record_of(Annex, {}, whole=e.words, number=e.number, title=e.title) for e in entries]


def _listed(structure: DocumentStructure) -> list[_Entry]:
    """The entries of the first section on annexes that has some."""
    for part in structure.sections_with("annexes"):
        found = [e for block in part.blocks for e in _entries(block, structure.vocabulary, in_section=True)]
        found = found or _on_lines_alone(part.blocks[:1])
        if found:
            return _counted(found)
    return []


def _labelled(structure: DocumentStructure) -> list[_Entry]:
    """The entries below the first line, or after it, that introduces annexes: "Till avtalet hör följande bilagor:"."""
    for part in structure.main_sections:
        for i, block in enumerate(part.blocks):
            label = structure.vocabulary.pattern("annexes", "begins a list").match(block.text)
            rest = block.passage.cut(label.end()) if label is not None else None
            if rest:
                titles = [rest] if label is not None and _ONE.search(label.group()) else split_list(rest)
                found = [entry for title in titles for entry in _entry(None, title, title.text, capital=False)]
            else:
                found = [] if label is None else _below_label(part.blocks[i + 1 :], structure.vocabulary)
            if found:
                return _counted(found)
    return []


def _below_label(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[_Entry]:
    """The entries of the blocks that follow a label without a break."""
    entries = (_entries(block, vocabulary, in_section=True) for block in blocks)
    found = [entry for some in itertools.takewhile(bool, entries) for entry in some]
    return found or _on_lines_alone(blocks[:1])


def _anywhere(structure: DocumentStructure) -> list[_Entry]:
    """Lines of the agreement that begin as an annex."""
    blocks = (block for part in structure.main_sections for block in part.blocks)
    return [entry for block in blocks for entry in _entries(block, structure.vocabulary, in_section=False)]


def _named_in_text(structure: DocumentStructure) -> list[_Entry]:
    """Annexes that running text names with number and title: "Bilaga 1, Karta över torget, och bilaga 2, ..."."""
    passages = (block.passage for part in structure.main_sections for block in part.blocks)
    return [entry for passage in passages for entry in _named_in(passage, structure.vocabulary)]


def _named_in(passage: TextSpan, vocabulary: Vocabulary) -> Iterator[_Entry]:
    for m in vocabulary.pattern("annexes", "in a sentence").finditer(passage.text):
        if m["title"][0].isupper():
            yield from _entry(m["number"], passage.cut(m.start(), m.end()), m["title"])
    for rule in ("in brackets", "behind what is decided"):
        for m in vocabulary.pattern("annexes", rule).finditer(passage.text):
            title = passage.cut(*m.span("title"))
            yield _Entry(m["number"], title.text, Value.of(title, "annexes, named in a text"))


def _following(structure: DocumentStructure) -> list[_Entry]:
    """The annexes whose headings follow the agreement."""
    annexes = [p for p in structure.sections if p.has("annex")]
    return [_Entry(p.number, p.title, Value.of(p.heading.passage, "annexes")) for p in annexes if p.heading is not None]


def _counted(entries: list[_Entry]) -> list[_Entry]:
    """The list with numbers that could not be read taken from their place, where those that could agree with it."""
    read = [(str(i), e.number) for i, e in enumerate(entries, 1) if e.number]
    if not read or any(place != number for place, number in read):
        return entries
    return [e if e.number else _by_place(e, str(i)) for i, e in enumerate(entries, 1)]


def _by_place(entry: _Entry, number: str) -> _Entry:
    words = replace(entry.words, computed="its number is its place in the list", at_most=SETTINGS.by_place)
    return replace(entry, number=number, words=words)


def _entries(block: Block, vocabulary: Vocabulary, *, in_section: bool) -> list[_Entry]:
    """The annexes that one block names: itself an entry, or several lines of "Bilaga 1 Titel".

    `in_section` tells that it stands in the section on annexes, where the word may lack.
    """
    if block.kind is BlockKind.HEADING:
        return []
    lines = [TextSpan.join([line]) for line in block.lines]
    found = _named_lines(lines, vocabulary)
    if found is None:
        found = _named_block(block, vocabulary)
    if found is None and in_section:
        found = _numbered_lines(block, lines, vocabulary)
    if found is None and in_section:
        found = _item(block, vocabulary)
    return found or []


def _as_annex(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """A line or a block that is "Bilaga 1 Titel", with a number; signs before it do not count."""
    found = line_rule("annex", vocabulary).fullmatch(re.sub(r"^\W+", "", text))
    return found if found is not None and found["number"] else None


def _named_lines(lines: Sequence[TextSpan], vocabulary: Vocabulary) -> list[_Entry] | None:
    """The annexes of lines that each name one; None for other lines."""
    found = [(line, _as_annex(line.text, vocabulary)) for line in lines]
    if not all(named for _, named in found):
        return None
    return [e for line, m in found if m is not None for e in _entry(m["number"].strip(), line, m["title"])]


def _named_block(block: Block, vocabulary: Vocabulary) -> list[_Entry] | None:
    """The annex that a block of one sentence names; None for another block."""
    found = _as_annex(block.text, vocabulary)
    if found is None or re.search(r"[.!?]\s", found["title"]):
        return None
    return list(_entry(found["number"].strip(), block.passage, found["title"]))


def _numbered_lines(block: Block, lines: Sequence[TextSpan], vocabulary: Vocabulary) -> list[_Entry] | None:
    """The annexes of lines that each begin with a number; None for other lines."""
    found = [(line, vocabulary.pattern("annexes", "entry").match(line.text)) for line in lines]
    if block.kind is BlockKind.COLUMNS or len(lines) < 2 or not all(numbered for _, numbered in found):
        return None
    titles = ((line, m) for line, m in found if m is not None)
    return [e for line, m in titles for e in _entry(m["number"], line.cut(m.start("title")), m["title"])]


def _item(block: Block, vocabulary: Vocabulary) -> list[_Entry] | None:
    """The annex that an item of a list is; None for another block."""
    if block.kind is not BlockKind.ITEM or len(block.text) >= SETTINGS.longest_title:
        return None
    number = re.sub(r"\W", "", block.marker) or None
    within = re.match(r"(\d{1,2})[.)]?\s+(?=[A-ZÅÄÖ])", block.text) if number is None else None
    if within is not None:
        number = within[1]
    passage = block.passage if within is None else block.passage.cut(within.end())
    behind = vocabulary.pattern("annexes", "number behind").search(passage.text)
    if behind is not None:
        return list(_entry(behind["number"], passage, passage.text[: behind.start()], capital=False))
    return list(_entry(number, passage, passage.text, capital=passage.text.endswith(".")))


def _on_lines_alone(blocks: Sequence[Block]) -> list[_Entry]:
    """Titles that stand one on a line right below the heading, without number or bullet."""
    lines = [TextSpan.join([line]) for b in blocks if b.kind is BlockKind.PARAGRAPH for line in b.lines]
    if len(lines) < 2 or not all(_may_be_title(line.text) for line in lines):
        return []
    return [entry for line in lines for entry in _entry(None, line, line.text)]


def _may_be_title(text: str) -> bool:
    return text[:1].isupper() and len(text) < SETTINGS.longest_line and not text.endswith((".", ",", ":"))


def _entry(number: str | None, words: TextSpan, title: str, *, capital: bool = True) -> Iterator[_Entry]:
    """The annex of a number and a title, if those can be: one entry or none.

    `words` are those that name it, `title` what they call it, with a `capital` or number at its head where that is
    asked for.
    """
    title = " ".join(title.split()).strip(" .,;:–-")
    if len(title) > SETTINGS.longest_title or (capital and title and not (title[0].isupper() or title[0].isdigit())):
        return
    if title:
        yield _Entry(number, title, Value.of(words, "annexes"))
    elif number is not None:
        yield _Entry(number, None, Value.of(words, "annexes, without a title"))
