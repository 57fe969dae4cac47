"""Which office is whose, where names and offices stand in lines and columns of their own."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from avskrift.parsing.fields.signatories.cells import Cell, CellKind, Signer, cells_of
from avskrift.parsing.fields.signatories.place import SigningPlace
from avskrift.parsing.structure.entities import organisations_in
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands near a name. Judged on invented agreements; none was tuned."""

    reach: int = 3
    """Lines from a name to its office at most."""
    most_words: int = 4
    """Words of an office at most that only its place tells."""
    shortest: int = 4
    """Letters of its last word at least."""


SETTINGS = Settings()

_Place = tuple[int, int]
"""The row and the column of a cell."""

_BELOW, _ABOVE, _RIGHT, _LEFT = (1, 0), (-1, 0), (0, 1), (0, -1)
_DIRECTIONS = (_BELOW, _ABOVE, _RIGHT, _LEFT)
"""Where offices may stand from the names, the likeliest first."""
_AFTER_OFFICE = re.compile(r",|\s(?:i|för|vid|på|med|och)\s")
_OFFICE = re.compile(r"[A-ZÅÄÖ][a-zåäöé-]+(?:\s(?:\d:[ae]|[a-zåäöé-]+))*(?:(?:,|\s(?:i|för|vid|på|med|och)\s).+)?")
_GENITIVE = re.compile(r"[A-ZÅÄÖ][a-zåäöé-]+s")


def signers_in(place: SigningPlace, vocabulary: Vocabulary) -> list[Signer]:
    """The persons of the lines where people sign, left to right and downwards."""
    return _Grid.of(place, vocabulary).signers()


@dataclass(frozen=True)
class _Grid:
    """The cells of the lines where people sign; `gaps` tells how far each line is from the one above, in lines."""

    cells: Mapping[_Place, Cell]
    gaps: Sequence[float]
    surely: bool
    vocabulary: Vocabulary

    @classmethod
    def of(cls, place: SigningPlace, vocabulary: Vocabulary) -> "_Grid":
        """The cells of some lines, a title over two lines as one."""
        cells: dict[_Place, Cell] = {}
        rows = _rows_of(place.lines)
        for line, row in zip(place.lines, rows, strict=True):
            first = 0 if line.line.cell is None else line.line.cell.column
            for column, cell in enumerate(cells_of(line, vocabulary), first):
                above = cells.get((row - 1, column))
                if above is not None and _goes_on(above, cell):
                    cells[row - 1, column] = Cell(CellKind.TITLE, between([above.words, cell.words]))
                else:
                    cells[row, column] = cell
        gaps = [1.0] * (max(rows, default=-1) + 1)
        for line, row in zip(place.lines, rows, strict=True):
            gaps[row] = max(gaps[row], 1 + line.line.space_before)
        return cls(cells, gaps, place.surely, vocabulary)

    def signers(self) -> list[Signer]:
        """The persons in order: names with their titles, and cells that hold both."""
        titles = self._titles()
        found: list[Signer] = []
        for at, cell in self.cells.items():
            if at in titles:
                found.append(Signer(cell.words, office_alone(self.cells[titles[at]].words, self.vocabulary)))
            elif titles and cell.kind is CellKind.NAME and self._is_at_a_line(at):
                found.append(Signer(cell.words, None))
            elif cell.kind is CellKind.SIGNERS or not titles:
                found.extend(cell.signers)
        return found

    def _titles(self) -> dict[_Place, _Place]:
        """The places of the titles by those of their names: each looked for in the way that fits most names best."""
        named = {step: self._paired(step, self._is_title) for step in _DIRECTIONS}
        guessed = {step: self._paired(step, self._may_be_title) for step in _DIRECTIONS[:2]} if self.surely else {}

        def fit(step: _Place) -> tuple[int, int, float]:
            return len(named[step]), len(guessed.get(step, ())), -self._distance(named[step])

        best = max(_DIRECTIONS, key=fit)
        found = dict(named[best])
        for pairs in (guessed.get(best, {}), *named.values()):
            for name, title in pairs.items():
                if name not in found and title not in found.values():
                    found[name] = title
        return found

    def _paired(self, step: _Place, test: Callable[[_Place], bool]) -> dict[_Place, _Place]:
        """The places of names with those of the cells that `test` takes for titles, one way from them."""
        names = (at for at, cell in self.cells.items() if cell.kind is CellKind.NAME)
        pairs = ((at, self._nearest(at, step, test)) for at in names)
        return {name: title for name, title in pairs if title is not None}

    def _nearest(self, name: _Place, step: _Place, test: Callable[[_Place], bool]) -> _Place | None:
        """The nearest cell one way from a name that passes a test, before the next name.

        What stands between may be the party for an office that its words tell, else only a line to write on.
        """
        stops = {
            CellKind.NAME,
            CellKind.SIGNERS,
            *((CellKind.TITLE, CellKind.OTHER) if test == self._may_be_title else ()),
        }
        for far in range(1, 1 + (SETTINGS.reach if step[0] else 1)):
            at = (name[0] + far * step[0], name[1] + far * step[1])
            cell = self.cells.get(at)
            if cell is not None and test(at):
                return at
            if cell is not None and cell.kind in stops:
                return None
        return None

    def _is_title(self, at: _Place) -> bool:
        return self.cells[at].kind is CellKind.TITLE

    def _may_be_title(self, at: _Place) -> bool:
        """Whether a cell beside a name can be an office that no word tells: no party, no label, nothing definite."""
        text = self.cells[at].words.text
        if self.cells[at].kind is not CellKind.OTHER or not _OFFICE.fullmatch(text) or self._is_named_elsewhere(text):
            return False
        office = re.split(_AFTER_OFFICE, text)[0]
        words = office.split()
        says = any(rule.pattern.search(text) for rule in self.vocabulary.rules("signing"))
        definite = self.vocabulary.pattern("groups", "definite").match(words[-1])
        short = len(words) <= SETTINGS.most_words and len(words[-1]) >= SETTINGS.shortest
        named = organisations_in(office, self.vocabulary) or group_kind(office, self.vocabulary) is not None
        return short and not (says or definite or named)

    def _is_named_elsewhere(self, text: str) -> bool:
        """Whether the text is a word of a party's name or of a place and date."""
        words = (cell.words.text for cell in self.cells.values())
        return any(re.search(rf"\b{re.escape(text)}s?\s+(?:\w|\d)", other) for other in words)

    def _is_at_a_line(self, at: _Place) -> bool:
        """Whether a line to write on is drawn right above or below a name."""
        beside = (self.cells.get((at[0] + step, at[1])) for step in (-1, 1))
        return any(cell is not None and cell.kind is CellKind.LINE for cell in beside)

    def _distance(self, pairs: Mapping[_Place, _Place]) -> float:
        """How far titles stand from their names, in lines."""
        return sum(sum(self.gaps[min(a, b) + 1 : max(a, b) + 1]) for (a, _), (b, _) in pairs.items())


def _rows_of(lines: Sequence[LocatedLine]) -> list[int]:
    """The row of each line. Lines of cells that stand beside each other in a table are beside each other, the first of
    each cell in one row: tables come cell by cell."""
    rows: list[int] = []
    begins, within = 0, 0
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        cell, last = line.line.cell, None if before is None else before.line.cell
        if cell is None or last is None or before is None or before.page != line.page:
            begins = max(rows, default=-1) + 1
            within = 0
        elif (cell.table, cell.row) != (last.table, last.row):
            begins, within = max(rows) + 1, 0
        else:
            within = within + 1 if cell == last else 0
        rows.append(begins + within)
    return rows


def _goes_on(above: Cell, cell: Cell) -> bool:
    """Whether a cell is the rest of the title above it: "Ordförande i", and below it "kommunstyrelsen"."""
    begun = above.kind is CellKind.TITLE or _GENITIVE.fullmatch(above.words.text) is not None
    rest = cell.words.text
    return begun and rest[:1].islower() and cell.kind in (CellKind.TITLE, CellKind.OTHER)


def office_alone(title: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """The office without the organisation after it: "Kommunchef, Viken kommun"."""
    head, comma, rest = title.text.partition(",")
    named = organisations_in(rest, vocabulary)
    alone = comma and named and named[0].end - named[0].start >= len(rest.strip()) - 1
    return title.cut(0, len(head)) if alone else title
