"""Reads a sheet of a service for electronic signing row by row: whom it names, who of them signed, and when."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from avskrift.language.dates import dates_in
from avskrift.parsing.fields.signatories.cells import is_title
from avskrift.parsing.fields.signatories.layouts import office_alone
from avskrift.parsing.fields.signatories.sheet_rows import Cell, rows_of
from avskrift.parsing.structure.entities import is_person_name, organisations_in
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

T = TypeVar("T")

RULE = "signing sheets"
_FULL_DATE = len("2024-02-29")
_NEAR = 8.0
"""How far, in points, what stands in one column may begin apart."""


@dataclass(slots=True)
class SheetSigner:
    """A person whom a sheet names, the office told with the name and the day; `signed` where it says that this person
    signed, `of_signing` where the day is surely that of signing."""

    name: TextSpan
    title: TextSpan | None = None
    day: Value[str] | None = None
    signed: bool = False
    of_signing: bool = False


def persons_on_sheets(lines: Iterable[LocatedLine], vocabulary: Vocabulary) -> list[SheetSigner]:
    """Everybody whom the lines of sheets for signing name, in their order, as often as they do."""
    reader = _Reader(vocabulary)
    for row in rows_of(lines):
        reader.read(row)
    return reader.found


@dataclass(slots=True)
class _ByColumn(Generic[T]):
    """What holds for the columns of a sheet: each for what begins there, or right of it up to the next."""

    entries: list[tuple[float, T]] = field(default_factory=list)

    def at(self, start: float, default: T) -> T:
        """What holds where a cell begins."""
        left = [entry for entry in self.entries if entry[0] <= start + _NEAR]
        return max(left, key=lambda entry: entry[0])[1] if left else default

    def put(self, start: float, value: T) -> None:
        """Lets a value hold for one column."""
        self.entries = [entry for entry in self.entries if abs(entry[0] - start) > _NEAR]
        self.entries.append((start, value))

    def clear_from(self, start: float) -> None:
        """Forgets what holds for a column and for all right of it."""
        self.entries = [entry for entry in self.entries if entry[0] < start - _NEAR]


@dataclass(slots=True)
class _Reader:
    """Reads a sheet row by row.

    `among` tells of the columns whether they stand below a heading of signers, `last` the person last named in each,
    whose particulars follow; `day` is one that stood alone and belongs to the next person, `passes` tells that the next
    such day is that of another act.
    """

    vocabulary: Vocabulary
    found: list[SheetSigner] = field(default_factory=list)
    among: _ByColumn[bool] = field(default_factory=_ByColumn)
    last: _ByColumn[SheetSigner | None] = field(default_factory=_ByColumn)
    day: Value[str] | None = None
    passes: bool = False

    def read(self, row: Sequence[Cell]) -> None:
        """Takes in the next row."""
        if self._is_head(row):
            return
        labels = [place for place, cell in enumerate(row[:-1]) if self._says("label of others", cell.text)]
        barred = {*labels, *(place + 1 for place in labels)}  # a label and what it is of
        named: set[int] = set()
        for place, cell in enumerate(row):
            if place not in barred and (name := self._name(cell.words)) is not None:
                labelled = place > 0 and self._labels_signer(row[place - 1].text)
                self._take_name(name, cell, labelled)
                named.add(place)
        own_day = self._day_beside(row)
        for place, cell in enumerate(row):
            if place not in named and place not in barred:
                owner = self.last.at(cell.start, None) or next((p for _, p in self.last.entries if p is not None), None)
                self._read(cell.words, owner, self.among.at(cell.start, False), own_day)

    def _says(self, rule: str, text: str, table: str = "line") -> bool:
        return self.vocabulary.pattern("signing_sheets", rule, table).search(text) is not None

    def _labels_signer(self, text: str) -> bool:
        return self._says("label of a signer", text.rstrip() + " ")

    def _is_head(self, row: Sequence[Cell]) -> bool:
        """Whether a row heads what follows, and not persons: then it says which columns hold signers."""
        if any(self._name(cell.words) is not None for cell in row[1:]):
            return False
        heads = self._heads(row)
        if not heads:
            return False
        first = row[0].start
        self.among.clear_from(first)
        self.last.clear_from(first)
        for start, signs in heads.items():
            self.among.put(start, signs)
        self.day, self.passes = None, False
        return True

    def _heads(self, row: Sequence[Cell]) -> dict[float, bool]:
        """Where the columns begin that a row heads, and whether what stands below are signers; empty for no head."""
        texts = [cell.text for cell in row]
        table = any(self._says("heads a name", t) for t in texts) and any(self._says("heads a day", t) for t in texts)
        if table or (len(texts) == 1 and self._says("says that it is signed", texts[0])):
            return {row[0].start: True}
        signers = {i for i, t in enumerate(texts) if self._says("heads the signers", t, "mark")}
        places = signers | {i for i, t in enumerate(texts) if self._says("heads others", t)}
        if len(texts) > 1 and 0 not in places:
            return {}
        return {row[i].start: i in signers for i in sorted(places)}

    def _take_name(self, name: "_Named", cell: Cell, labelled: bool) -> None:
        signed = labelled or name.labelled or self.among.at(cell.start, False)
        signer = SheetSigner(name.name, name.title, day=self.day, signed=signed)
        self.found.append(signer)
        self.last.put(cell.start, signer)
        self.day = None

    def _day_beside(self, row: Sequence[Cell]) -> "_DayBeside | None":
        """The day that stands alone in a row beside what somebody did then."""
        acts = [self._says("tells of another act", cell.text) for cell in row]
        signs = [not act and self._says("tells of signing", cell.text) for act, cell in zip(acts, row, strict=True)]
        alone = [cell for cell in row if self._says("day alone", cell.text)]
        if len(row) < 2 or not alone or not (any(acts) or any(signs)):
            return None
        return _DayBeside(self._day(alone[0].words))

    def _read(self, column: TextSpan, owner: SheetSigner | None, among: bool, beside: "_DayBeside | None") -> None:
        text = column.text
        passes, self.passes = self.passes, False
        if self._says("role of others", text):
            if owner is not None:
                owner.signed = False
        elif self._says("tells of another act", text):
            self._pass_by(column, among, beside)
        elif self._says("tells of signing", text):
            self._take_sentence(column, owner, None if beside is None else beside.day)
        elif self._says("day alone", text):
            if beside is not None or passes:
                return
            if owner is None or owner.day is not None:
                self.day = self._day(column)
            else:
                self._take_particulars(column, owner)
        elif owner is not None:
            self._take_particulars(column, owner)

    def _pass_by(self, column: TextSpan, among: bool, beside: "_DayBeside | None") -> None:
        """An act that is no signing, in a log whose days stand in lines of their own: one of them is its day."""
        if among or beside is not None or self._day(column) is not None:
            return
        self.passes = self.day is None
        self.day = None

    def _name(self, column: TextSpan) -> "_Named | None":
        """The name that a column holds and nothing else but a label and what stands behind names there."""
        labelled = self.vocabulary.pattern("signing_sheets", "label of a name", "line").match(column.text)
        bare = column if labelled is None else column.cut(labelled.end())
        while found := self.vocabulary.pattern("signing_sheets", "behind a name", "line").search(bare.text):
            if not found.start():
                return None
            bare = bare.cut(0, found.start()).stripped(",;:<( ")
        parting = self.vocabulary.pattern("signing_sheets", "parts a name from its office", "line").search(bare.text)
        name, rest = bare, TextSpan("", ())
        if parting is not None:
            name, rest = bare.cut(0, parting.start()), bare.cut(parting.end()).stripped(") ")
        if not _is_name(name.text, self.vocabulary):
            return None
        is_signer = labelled is not None and self._labels_signer(labelled.group())
        return _Named(name, self._office(rest), is_signer)

    def _take_sentence(self, column: TextSpan, owner: SheetSigner | None, beside: Value[str] | None) -> None:
        """A line that says that somebody signed: the persons named there, else the one whose particulars these are."""
        named = [SheetSigner(name) for name in self._names_in(column)]
        day = self._day(column) or beside
        if named:
            self.found += named
            self.last.entries = [(-math.inf, named[-1])]
            day, self.day = day or self.day, None
        for signer in named or ([] if owner is None else [owner]):
            signer.signed = True
            if day is not None:
                signer.day, signer.of_signing = day, True

    def _names_in(self, column: TextSpan) -> list[TextSpan]:
        """Who signed by a sentence: the last person named before its verb, else all that are named."""
        verb = self.vocabulary.pattern("signing_sheets", "tells of signing", "line").search(column.text)
        if verb is None or self._says("day of signing alone", column.text):
            return []
        spans = (column.cut(start, end) for start, end in person_names_in(column.text, self.vocabulary))
        names = [span for span in spans if _is_name(span.text, self.vocabulary)]
        before = [span for span in names if column.text.index(span.text) < verb.start()]
        return before[-1:] or names

    def _take_particulars(self, column: TextSpan, owner: SheetSigner) -> None:
        """An office or a day beside or below a signer's name."""
        if owner.day is None:
            owner.day = self._day(column)
        if owner.title is None:
            owner.title = self._office(column)

    def _office(self, column: TextSpan) -> TextSpan | None:
        """The office that a column tells, without the organisation before or after it."""
        if self._says("label of an organisation", column.text):
            return None
        label = self.vocabulary.pattern("signing_sheets", "label of an office", "line").match(column.text)
        office = column if label is None else column.cut(label.end())
        named = organisations_in(office.text, self.vocabulary)
        if named and named[0].start == 0 and office.text[named[0].end :].lstrip()[:1] in tuple(",–-"):
            office = office.cut(named[0].end).stripped(",–-")
        if not office or not is_title(office.text, self.vocabulary):
            return None
        return office_alone(office, self.vocabulary)

    def _day(self, column: TextSpan) -> Value[str] | None:
        full = [d for d in dates_in(column.text, self.vocabulary.date_rules()) if len(d.iso) == _FULL_DATE]
        if not full:
            return None
        return Value(full[-1].iso, column.cut(full[-1].start, full[-1].end), RULE, "in ISO 8601")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, the office behind it, and whether its label says that this person signed."""

    name: TextSpan
    title: TextSpan | None
    labelled: bool


@dataclass(frozen=True, slots=True)
class _DayBeside:
    """The day of what a row tells, None where it cannot be read."""

    day: Value[str] | None


def _is_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a person's name; services write some in capitals."""
    if vocabulary.pattern("signing_sheets", "no name", "line").search(text):
        return False
    return is_person_name(text.title() if text.isupper() else text, vocabulary)
