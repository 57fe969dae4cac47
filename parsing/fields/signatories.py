"""Who signs: names with the titles printed under, over or next to them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from avskrift.language.fold import fold
from avskrift.models.agreement import Signatory
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import functions_in, is_person_name, organisations_in
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where signatures are looked for, and what a title is. Judged on invented agreements; none was tuned."""

    late: float = 0.4
    """Share of the agreement's lines after which what begins signing is believed first."""
    last_lines: int = 8
    """Lines at the end that are looked at where nothing begins signing."""
    steps: tuple[int, ...] = (1, 2, 3, -1)
    """How many lines below a name (-1: above) its title may stand, the likeliest first."""
    longest_title: int = 90
    """Signs of a title at most."""
    office_begins: int = 30
    """Where, in signs, the office begins within a title at most."""


SETTINGS = Settings()
_LINE_SIGNS = ".,:_…"
"""Signs that lines for signatures are drawn with."""

_Place = tuple[int, int]
"""The row and the column of a cell."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A cell as a signatory, with the cells that are used up."""

    name: TextSpan
    title: TextSpan
    places: frozenset[_Place]


def signatories_of(structure: DocumentStructure) -> list[Signatory]:
    """The signatories, left to right and downwards.

    Looked for from where signing begins (a section of that name, "exemplar", "Ort och datum", a row of dots);
    contact lists and running text are left out.
    """
    cells = dict(_cells(_signing_lines(structure), structure.vocabulary))
    found: list[Signatory] = []
    names: set[str] = set()
    used: set[_Place] = set()
    for place in cells:
        reading = _reading(place, cells, structure.vocabulary)
        if reading is None or place in used or fold(reading.name.text) in names:
            continue
        used |= reading.places
        names.add(fold(reading.name.text))
        title = Value.of_any(reading.title, "signatories.title")
        found.append(record_of(Signatory, {"name": Value.of(reading.name, "signatories.name"), "title": title}))
    return found


def _signing_lines(structure: DocumentStructure) -> list[LocatedLine]:
    """The lines from where signing begins to where contacts or annexes begin, headings left out."""
    annexes = _heading_numbers([p for p in structure.sections if p.annex is not None])
    stop = min(annexes, default=len(structure.lines))
    main = [line for line in structure.lines if line.number < stop]
    named = _heading_numbers(structure.sections_with("signatures"))
    start = named[0] if named else _begin(main, structure.vocabulary)
    end = next((n for n in _heading_numbers(structure.sections_with("contacts")) if n > start), stop)
    headings = {line.number for part in structure.sections if part.heading is not None for line in part.heading.lines}
    return [line for line in main if start <= line.number < end and line.number not in headings]


def _heading_numbers(parts: Sequence[DocumentSection]) -> list[int]:
    """The numbers of the lines on which the headings of parts begin."""
    return [part.heading.lines[0].number for part in parts if part.heading is not None]


def _begin(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> int:
    """The number of the line on which signing begins: the first late one that says so, else the last that does."""
    rules = vocabulary.rules("signing")
    begins = [line.number for line in lines if any(rule.pattern.search(line.text) for rule in rules)]
    late = [number for number in begins if number >= SETTINGS.late * len(lines)]
    return [*late[:1], *begins[-1:], max(0, len(lines) - SETTINGS.last_lines)][0]


def _cells(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> Iterator[tuple[_Place, TextSpan]]:
    """The cells of lines by their places, without labels, lines for signatures, and a politician's party."""
    for row, line in enumerate(lines):
        for column, cell in enumerate(columns_of(TextSpan.join([line]))):
            bare = cell.stripped(_LINE_SIGNS)
            party = re.search(r"\s\([A-ZÅÄÖ]{1,4}\)$", bare.text)  # Anna Berg (S)
            bare = bare if party is None else bare.cut(0, party.start())
            label = vocabulary.pattern("signing", "label", "within").match(bare.text) if bare else None
            bare = bare if label is None else bare.cut(label.end()).stripped(_LINE_SIGNS)
            if bare:
                yield (row, column), bare


def _reading(place: _Place, cells: Mapping[_Place, TextSpan], vocabulary: Vocabulary) -> _Reading | None:
    """A cell as a signatory: a name with its title in another cell, after a comma or in brackets."""
    cell = cells[place]
    if is_person_name(cell.text, vocabulary):
        return _with_title_near(place, cells, vocabulary)
    head, _, rest = (part.strip() for part in cell.text.partition(","))
    if rest and is_person_name(head, vocabulary) and _is_title(rest, vocabulary):
        return _Reading(cell.cut(0, cell.text.index(",")), cell.cut(cell.text.index(rest)), frozenset({place}))
    bracket = re.fullmatch(r"(?P<name>[^()]+)\((?P<title>[^()]+)\)", cell.text)
    if bracket is None or not is_person_name(bracket["name"].strip(), vocabulary):
        return None
    if not _is_title(bracket["title"], vocabulary):
        return None
    return _Reading(cell.cut(*bracket.span("name")), cell.cut(*bracket.span("title")), frozenset({place}))


def _with_title_near(place: _Place, cells: Mapping[_Place, TextSpan], vocabulary: Vocabulary) -> _Reading | None:
    """A name with the title that stands below or above it in the same column."""
    row, column = place
    for step in SETTINGS.steps:
        title = cells.get((row + step, column))
        if title is not None and _is_title(title.text, vocabulary):
            return _Reading(cells[place], _office_alone(title, vocabulary), frozenset({place, (row + step, column)}))
    return None


def _office_alone(title: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """The office without the organisation after it: "Kommunchef, Viken kommun"."""
    head, comma, rest = title.text.partition(",")
    named = organisations_in(rest, vocabulary)
    alone = comma and named and named[0].end - named[0].start >= len(rest.strip()) - 1
    return title.cut(0, len(head)) if alone else title


def _is_title(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a short text is an office: it begins with one or has one among its first words."""
    if len(text) > SETTINGS.longest_title or text.endswith("."):
        return False
    if vocabulary.pattern("signing", "no title", "within").search(text):
        return False
    functions = functions_in(text, vocabulary)
    return bool(functions) and functions[0].start <= SETTINGS.office_begins
