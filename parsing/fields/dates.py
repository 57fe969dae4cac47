"""Every date that the document mentions, with its role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.language.dates import FoundDate, dates_in, writes_compactly
from avskrift.models.agreement import DatedMention, DateRole, DocumentKind, Evidence, Period, Signatory
from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """How far from a date the words stand that tell its role, in signs. Judged on invented sentences."""

    before: int = 60
    after: int = 40
    of_another: int = 70
    """Before a date: words that speak of an agreement before this one."""
    letterhead: int = 14
    """Lines at the head of a document, where a date with a place tells when it was written."""
    near_signature: int = 6
    """Lines from a signatory's name within which a date with a place, or alone, tells when it was signed."""


SETTINGS = Settings()
_ORDER = (
    DateRole.VALID_FROM,
    DateRole.VALID_TO,
    DateRole.SIGNED,
    DateRole.DECIDED,
    DateRole.MEETING,
    DateRole.OTHER,
)
"""The roles, the most telling first."""


def mentions_of(
    structure: DocumentStructure,
    period: Period,
    signatories: Sequence[Signatory] = (),
    kind: DocumentKind | None = None,
) -> list[DatedMention]:
    """The dates in order of first mention; one that the `structure` mentions twice stands once, in its most telling
    role.

    `period` and `signatories` tell which dates are those of the validity and of signing; the first date in the
    letterhead of a protocol (`kind`) is that of the meeting.
    """
    signed = tuple(s.evidence for s in signatories if s.evidence is not None)
    of_protocol = kind is DocumentKind.PROTOCOL_EXCERPT
    found: dict[str, tuple[DateRole, str, Value[str]]] = {}
    passages = _passages(structure)
    compact = any(writes_compactly(text.text, structure.vocabulary.date_rules()) for text, _ in passages)
    for passage, of_meeting in passages:
        dated = _DatedPassage(passage, period, structure.vocabulary, compact, of_meeting, signed)
        for iso, role, place in dated.mentions():
            if of_protocol and not found and role is DateRole.OTHER and _in_letterhead(place):
                role = DateRole.MEETING
            old = found.get(iso)
            if old is None or _ORDER.index(role) < _ORDER.index(old[0]):
                found[iso] = (role, place.text, Value(iso, place, "dates", "in ISO 8601"))
    return [
        record_of(DatedMention, {}, whole=value, date=iso, role=role, text=text)
        for iso, (role, text, value) in found.items()
    ]


def _passages(structure: DocumentStructure) -> Sequence[tuple[TextSpan, bool]]:
    """All passages, each with whether it tells when a group meets."""
    margins = [(TextSpan.join([line]), False) for line in structure.margins]
    running = [(b.passage, False) for b in structure.blocks]
    planned = [
        (row.passage, row.key == "meeting_frequency") for plan in structure.plans for row in plan.rows if row.content
    ]
    cells = [(cell, False) for table in structure.tables for row in table.rows for cell in row if cell]
    return [*margins, *running, *planned, *cells]


@dataclass(frozen=True, slots=True)
class _DatedPassage:
    """A passage whose dates are looked for; `compact` tells that the document writes them as six figures, `signed`
    where names of signatories stand."""

    passage: TextSpan
    period: Period
    vocabulary: Vocabulary
    compact: bool
    of_meeting: bool
    signed: tuple[Evidence, ...]

    def mentions(self) -> Iterator[tuple[str, DateRole, TextSpan]]:
        """The dates, each in ISO 8601 with its role and its words."""
        role_before, end_before = DateRole.OTHER, 0
        for one in dates_in(self.passage.text, self.vocabulary.date_rules(), compact=self.compact):
            role = self._role(one)
            if role is DateRole.OTHER and role_before in (DateRole.DECIDED, DateRole.SIGNED):
                goes_on = self.vocabulary.pattern("roles", "goes on", "within")
                if goes_on.fullmatch(self.passage.text[end_before : one.start]):
                    role = role_before  # "av nämnderna i Viken 2020-11-03, Vikbo 2020-11-04"
            role_before, end_before = role, one.end
            place = self.passage.cut(one.start, one.end)
            yield one.iso, self._role_by_place(role, place), place

    def _role(self, one: FoundDate) -> DateRole:
        """The role that the period or the words around a date tell."""
        if one.iso in (self.period.valid_from, self.period.valid_to):
            return DateRole.VALID_FROM if one.iso == self.period.valid_from else DateRole.VALID_TO
        text = self.passage.text
        before = text[max(0, one.start - SETTINGS.before) : one.start]
        after = text[one.end : one.end + SETTINGS.after]
        for rule in self.vocabulary.rules("roles"):
            if rule.name == "is signed before" and self._of_another(one):
                continue
            stretch = before if rule.name.endswith("before") else after
            if not rule.name.startswith("place") and rule.pattern.search(stretch):
                return DateRole(rule.name.split()[1])
        return DateRole.OTHER

    def _of_another(self, one: FoundDate) -> bool:
        """Whether a date is that of another agreement, which this one replaces or which was signed by somebody."""
        text = self.passage.text
        before = text[max(0, one.start - SETTINGS.of_another) : one.start]
        replaced = self.vocabulary.pattern("roles", "of another before", "within").search(before) is not None
        return (
            replaced or self.vocabulary.pattern("roles", "of another after", "within").match(text, one.end) is not None
        )

    def _role_by_place(self, role: DateRole, place: TextSpan) -> DateRole:
        """The role with what tells of it where the date stands: a plan's row on meetings, a line for signatures."""
        if role is DateRole.OTHER and self.of_meeting:
            role = DateRole.MEETING
        if role not in (DateRole.OTHER, DateRole.MEETING):
            return role
        away = min((abs(line - place.pieces[0].line.number) for line in self._signature_lines(place.page)), default=99)
        near = away <= SETTINGS.near_signature
        at_signature = away == 0 or (near and _is_alone(place))
        after_place = (near or not _in_letterhead(place)) and _ends_line_after_place(place, self.vocabulary)
        return DateRole.SIGNED if at_signature or after_place else role

    def _signature_lines(self, page: int) -> Iterator[int]:
        """The lines of a page on which signatories are named."""
        return (e.line for e in self.signed if e.page == page and e.line is not None)


def _in_letterhead(date: TextSpan) -> bool:
    """Whether a date stands among the first lines of the document."""
    return date.page == 1 and date.pieces[0].line.number <= SETTINGS.letterhead


def _is_alone(date: TextSpan) -> bool:
    """Whether nothing but a time of day stands in the line with a date."""
    piece = date.pieces[0]
    text = piece.line.text
    rest = text[: piece.line_start] + text[piece.line_start + piece.length :]
    return not any(sign.isalpha() for sign in rest.replace("kl", ""))


def _ends_line_after_place(date: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether a date ends a line, or a column of it, that holds a place besides: "Vikbo den 9 december 2021"."""
    piece = date.pieces[0]
    text = piece.line.text
    begin = text.rfind(WIDE_GAP, 0, piece.line_start) + len(WIDE_GAP) if WIDE_GAP in text[: piece.line_start] else 0
    stop = text.find(WIDE_GAP, piece.line_start)
    column, at = text[begin : stop if stop >= 0 else None], piece.line_start - begin
    if column[at + piece.length :].strip(" .,_"):
        return False
    return any(r.pattern.search(column[:at]) for r in vocabulary.rules("roles") if r.name.startswith("place"))
