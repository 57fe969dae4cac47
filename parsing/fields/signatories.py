"""Who signs: names with the titles printed under, over or beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.models.agreement import Signatory
from avskrift.parsing.structure.entities import functions_in, is_person_name, organisations_in
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of
from avskrift.parsing.vocabulary import fold, pattern, rules
from avskrift.parsing.vocabulary.in_force import in_force

_REACH = 3
"""How many lines below a name its title may stand."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One column of a line: where it stands among the lines and where it begins on its line."""

    row: int
    column: int
    passage: TextSpan

    @property
    def text(self) -> str:
        return self.passage.text


def signatories_of(outline: DocumentStructure) -> list[Signatory]:
    """The signatories, left to right and downwards.

    Looked for from where signing begins (a section of that name, "exemplar", "Ort och datum", a row of dots);
    contact lists and running text are left out.
    """
    cells = list(_cells(_signing_lines(outline)))
    found: list[Signatory] = []
    seen: set[str] = set()
    used: set[tuple[int, int]] = set()
    for cell in cells:
        for name, title, keys in _pairs(cell, cells):
            if (cell.row, cell.column) in used or fold(name.text) in seen:
                continue
            used.update(keys)
            seen.add(fold(name.text))
            evidence = {"name": name.evidence("signatories.name")}
            if title is not None:
                evidence["title"] = title.evidence("signatories.title")
            found.append(
                Signatory(
                    name=name.text,
                    title=None if title is None else title.text,
                    evidence=evidence["name"],
                    evidence_by_field=evidence,
                )
            )
            break
    return found


def _begins_signing(text: str) -> bool:
    return any(rule.pattern.search(text) for rule in rules("signing"))


def _signing_lines(outline: DocumentStructure) -> list[LocatedLine]:
    """The lines from where signing begins to where the annexes begin."""
    lines: Sequence[LocatedLine] = outline.lines
    annexes = [p.heading.lines[0].number for p in outline.parts if p.annex is not None and p.heading is not None]
    stop = min(annexes, default=len(lines))
    contacts = [p.heading.lines[0].number for p in outline.main_parts if p.has("contacts") and p.heading is not None]
    main = [p for p in lines if p.number < stop]
    named = [p.heading.lines[0].number for p in outline.main_parts if p.has("signatures") and p.heading is not None]
    begins = [p.number for p in main if _begins_signing(p.text)]
    late = [n for n in begins if n >= 0.4 * len(main)]
    start = named[0] if named else late[0] if late else begins[-1] if begins else max(0, len(main) - 8)
    after = [n for n in contacts if n > start]
    headings = {p.number for part in outline.parts if part.heading is not None for p in part.heading.lines}
    end = after[0] if after else stop
    return [p for p in main if start <= p.number < end and p.number not in headings]


def _cells(lines: Sequence[LocatedLine]) -> Iterator[_Cell]:
    for row, placed in enumerate(lines):
        for column, piece in enumerate(columns_of(TextSpan.join([placed]))):
            bare = piece.stripped(".,:_…")
            party = re.search(r"\s\([A-ZÅÄÖ]{1,4}\)$", bare.text)  # a politician's: Anna Berg (S)
            bare = bare if party is None else bare.cut(0, party.start())
            label = _label().match(bare.text) if bare else None
            if label is not None:
                bare = bare.cut(label.end()).stripped(".,:_…")
            if bare:
                yield _Cell(row, column, bare)


def _label() -> re.Pattern[str]:
    return pattern("signing", "label", table="within")


def _pairs(cell: _Cell, cells: Sequence[_Cell]) -> Iterator[tuple[TextSpan, TextSpan | None, set[tuple[int, int]]]]:
    """Readings of a cell as a signatory: name, title, the cells that are used up."""
    own = {(cell.row, cell.column)}
    if is_person_name(cell.text, in_force()):
        for step in (*range(1, _REACH + 1), -1):
            for other in cells:
                if other.row == cell.row + step and other.column == cell.column and _is_title(other.text):
                    yield cell.passage, _office_alone(other.passage), own | {(other.row, other.column)}
                    return
                if (
                    other.row == cell.row + step
                    and other.column == cell.column
                    and is_person_name(other.text, in_force())
                ):
                    break
        return
    head, _, rest = cell.text.partition(",")
    if rest and is_person_name(head.strip(), in_force()) and _is_title(rest.strip()):
        start = cell.text.index(rest.strip())
        yield cell.passage.cut(0, len(head)), cell.passage.cut(start), own
        return
    bracket = re.fullmatch(r"(?P<name>[^()]+)\((?P<title>[^()]+)\)", cell.text)
    if bracket is not None and is_person_name(bracket["name"].strip(), in_force()) and _is_title(bracket["title"]):
        yield cell.passage.cut(*bracket.span("name")), cell.passage.cut(*bracket.span("title")), own


def _office_alone(passage: TextSpan) -> TextSpan:
    """The office without the organisation after it: "Kommunchef, Viken kommun"."""
    head, comma, rest = passage.text.partition(",")
    named = organisations_in(rest, in_force())
    alone = comma and named and named[0].end - named[0].start >= len(rest.strip()) - 1
    return passage.cut(0, len(head)) if alone else passage


def _is_title(text: str) -> bool:
    """Whether a short text is an office: it begins with one or has one among its first words."""
    if len(text) > 90 or text.endswith(".") or re.search(r"[\d@]", text):
        return False
    functions = functions_in(text, in_force())
    return bool(functions) and functions[0].start <= 30 and not re.search(r"\b(?:ska|skall|är|har)\b", text)
