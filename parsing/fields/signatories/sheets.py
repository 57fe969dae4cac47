"""Who signed, and when, as the sheets of services for electronic signing tell it.

There it is known who signed: who stands below a heading of signers, or of whom a line says so. Who sent, read or got
the document did not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from avskrift.language.dates import dates_in
from avskrift.language.fold import fold
from avskrift.models.agreement import DatedMention, DateRole, Signatory
from avskrift.parsing.fields.signatories.cells import is_title
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import is_person_name
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of
from avskrift.parsing.structure.values import Value, extended, record_of
from avskrift.parsing.vocabulary import Vocabulary

RULE = "signing sheets"
_SAME = 92.0
"""How alike (0 to 100, rapidfuzz's ratio) two spellings of one name are at least."""
_FULL_DATE = len("2024-02-29")


@dataclass(slots=True)
class _Signer:
    """A person whom a sheet names, the office told with the name and the day; `signed` where it says that this person
    signed, `of_signing` where the day is surely that of signing."""

    name: TextSpan
    title: TextSpan | None = None
    day: Value[str] | None = None
    signed: bool = False
    of_signing: bool = False


def with_signers_on_sheets(found: Sequence[Signatory], structure: DocumentStructure) -> list[Signatory]:
    """The signatories that a document prints, and behind them those that only its sheets for signing name: the same
    person is one, whichever way the sheet spells the name."""
    people = list(found)
    for signer in _signers(structure):
        record = _record_of(signer)
        same = next((i for i, one in enumerate(people) if _is_same_person(one.name, record.name)), None)
        if same is None:
            people.append(record)
        elif people[same].title is None and signer.title is not None:
            people[same] = extended(people[same], {"title": Value.of(signer.title, RULE)})
    return people


def with_days_on_sheets(dates: Sequence[DatedMention], structure: DocumentStructure) -> list[DatedMention]:
    """The dates of a document with the days on which its sheets for signing say that it was signed."""
    found = list(dates)
    for signer in _signers(structure):
        day = signer.day
        if day is None:
            continue
        same = next((i for i, one in enumerate(found) if one.date == day.value), None)
        if same is None:
            mention = record_of(DatedMention, {}, whole=day, date=day.value, role=DateRole.SIGNED, text=day.span.text)
            found.append(mention)
        elif found[same].role in (DateRole.OTHER, DateRole.MEETING):
            found[same] = found[same].model_copy(update={"role": DateRole.SIGNED})
    return found


def _record_of(signer: _Signer) -> Signatory:
    printed = signer.name.text
    small = printed.title() if printed.isupper() else printed
    name = Value(small, signer.name, RULE, "" if small == printed else "capitals made small")
    return record_of(Signatory, {"name": name, "title": Value.of_any(signer.title, RULE)})


def _is_same_person(one: str, other: str) -> bool:
    """Whether two names are of one person: spelled alike, in another order, or with more given names."""
    some, others = fold(one).replace(",", " ").split(), fold(other).replace(",", " ").split()
    if fuzz.ratio(" ".join(some), " ".join(others)) >= _SAME or sorted(some) == sorted(others):
        return True
    shorter, longer = sorted((some, others), key=len)
    return len(shorter) > 1 and shorter[-1] == longer[-1] and set(shorter) <= set(longer)


def _signers(structure: DocumentStructure) -> list[_Signer]:
    """The persons who signed, each once, in the order of the sheets."""
    reader = _Reader(structure.vocabulary)
    for line in structure.signing_sheets:
        reader.read(line)
    kept: list[_Signer] = []
    for signer in reader.found:
        if not signer.signed:
            continue
        same = next((one for one in kept if _is_same_person(one.name.text, signer.name.text)), None)
        if same is None:
            kept.append(signer)
            continue
        same.title = same.title or signer.title
        if same.day is None or (signer.of_signing and not same.of_signing):
            same.day, same.of_signing = signer.day or same.day, signer.of_signing
    return kept


@dataclass(slots=True)
class _Reader:
    """Reads a sheet line by line, column by column.

    `among_signers` are the columns that stand below a heading of signers, `last` the person last named in each, whose
    particulars follow; `day` is one that stood alone and belongs to the next person.
    """

    vocabulary: Vocabulary
    found: list[_Signer] = field(default_factory=list)
    among_signers: frozenset[int] = frozenset()
    last: dict[int, _Signer] = field(default_factory=dict)
    day: Value[str] | None = None

    def read(self, line: LocatedLine) -> None:
        """Takes in the next line."""
        columns = columns_of(TextSpan.join([line]))
        if self._is_head(columns):
            return
        labels = [place for place, column in enumerate(columns[:-1]) if self._says("label of others", column.text)]
        barred = {*labels, *(place + 1 for place in labels)}  # a label and what it is of
        named = ((place, self._name(column)) for place, column in enumerate(columns) if place not in barred)
        names = {place: name for place, name in named if name is not None}
        if names:
            self.last = {place: self._named(name, place) for place, name in names.items()}
        for place, column in enumerate(columns):
            if place not in names and place not in barred:
                owner = self.last.get(place) or next(iter(self.last.values()), None)
                self._read(column, owner)

    def _says(self, rule: str, text: str, table: str = "line") -> bool:
        return self.vocabulary.pattern("signing_sheets", rule, table).search(text) is not None

    def _is_head(self, columns: Sequence[TextSpan]) -> bool:
        """Whether a line heads what follows, and not persons: then it says which columns hold signers."""
        texts = [column.text for column in columns]
        if any(self._says("heads a name", t) for t in texts) and any(self._says("heads a day", t) for t in texts):
            self.among_signers = frozenset(range(len(texts)))
        else:
            signers = {i for i, t in enumerate(texts) if self._says("heads the signers", t, "mark")}
            others = {i for i, t in enumerate(texts) if self._says("heads others", t)}
            if not (signers or others) or (len(texts) > 1 and 0 not in signers | others):
                return False
            self.among_signers = frozenset(signers)
        self.last, self.day = {}, None
        return True

    def _named(self, name: TextSpan, place: int) -> _Signer:
        signer = _Signer(name, day=self.day, signed=place in self.among_signers)
        self.found.append(signer)
        self.day = None
        return signer

    def _read(self, column: TextSpan, owner: _Signer | None) -> None:
        text = column.text
        acts, signs = self._says("tells of another act", text), self._says("tells of signing", text)
        if acts:
            return
        if signs:
            self._take_sentence(column, owner)
        elif self._says("day alone", text) and (owner is None or owner.day is not None):
            self.day = self._day(column)
        elif owner is not None:
            self._take_particulars(column, owner)

    def _name(self, column: TextSpan) -> TextSpan | None:
        """The name that a column holds and nothing else but a label and what stands behind names there."""
        labelled = self.vocabulary.pattern("signing_sheets", "label of a name", "line").match(column.text)
        bare = column if labelled is None else column.cut(labelled.end())
        while found := self.vocabulary.pattern("signing_sheets", "behind a name", "line").search(bare.text):
            if not found.start():
                return None
            bare = bare.cut(0, found.start()).stripped(",;:<( ")
        comma = bare.text.find(",")
        bare = bare if comma < 0 else bare.cut(0, comma)
        return bare if _is_name(bare.text, self.vocabulary) else None

    def _take_sentence(self, column: TextSpan, owner: _Signer | None) -> None:
        """A line that says that somebody signed: the persons named there, else the one whose particulars these are."""
        verb = self.vocabulary.pattern("signing_sheets", "tells of signing", "line").search(column.text)
        assert verb is not None
        names = []
        if not self._says("day of signing alone", column.text):
            spans = (column.cut(start, end) for start, end in person_names_in(column.text, self.vocabulary))
            names = [span for span in spans if _is_name(span.text, self.vocabulary)]
        before = [span for span in names if column.text.index(span.text) < verb.start()]
        named = [_Signer(name) for name in before[-1:] or names]
        if named:
            self.found += named
            self.last = {0: named[-1]}
        day = self._day(column)
        for signer in named or ([] if owner is None else [owner]):
            signer.signed = True
            if day is not None:
                signer.day, signer.of_signing = day, True

    def _take_particulars(self, column: TextSpan, owner: _Signer) -> None:
        """An office or a day beside or below a signer's name."""
        if owner.day is None:
            owner.day = self._day(column)
        label = self.vocabulary.pattern("signing", "label", "within").match(column.text)
        office = column if label is None else column.cut(label.end())
        if owner.title is None and office and is_title(office.text, self.vocabulary):
            owner.title = office

    def _day(self, column: TextSpan) -> Value[str] | None:
        full = [d for d in dates_in(column.text, self.vocabulary.date_rules()) if len(d.iso) == _FULL_DATE]
        if not full:
            return None
        return Value(full[-1].iso, column.cut(full[-1].start, full[-1].end), RULE, "in ISO 8601")


def _is_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a person's name; services write some in capitals."""
    if vocabulary.pattern("signing_sheets", "no name", "line").search(text):
        return False
    return is_person_name(text.title() if text.isupper() else text, vocabulary)
