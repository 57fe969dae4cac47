"""Every date that the document mentions, with its role."""

import re
from collections.abc import Sequence

from avskrift.language.dates import dates_in, writes_compactly
from avskrift.models.agreement import DatedMention, DateRole, Evidence, Period
from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import date_rules, rules

_LETTERHEAD = 14
"""Lines at the head of a document, where a date with a place tells when it was written."""
_GOES_ON = re.compile(r",?\s*(?:(?:och|samt)\s*)?(?:[\w§-]+\s+){0,5}(?:den\s+)?")
_ORDER = (
    DateRole.VALID_FROM,
    DateRole.VALID_TO,
    DateRole.SIGNED,
    DateRole.DECIDED,
    DateRole.MEETING,
    DateRole.OTHER,
)


def mentions_of(outline: DocumentStructure, period: Period) -> list[DatedMention]:
    """The dates in order of first mention; a date mentioned twice stands once, in its most telling role."""
    found: dict[str, tuple[DateRole, TextSpan, Evidence]] = {}
    passages = _passages(outline)
    compact = any(writes_compactly(passage.text, date_rules()) for passage, _ in passages)
    for passage, meeting in passages:
        before, last = DateRole.OTHER, 0
        for one in dates_in(passage.text, date_rules(), compact=compact):
            place = passage.cut(one.start, one.end)
            role = _role(one.iso, passage.text, one.start, one.end, period)
            goes_on = _GOES_ON.fullmatch(passage.text[last : one.start]) is not None
            if role is DateRole.OTHER and goes_on and before in (DateRole.DECIDED, DateRole.SIGNED):
                role = before  # "av nämnderna i Viken 2020-11-03, Vikbo 2020-11-04"
            before, last = role, one.end
            if role is DateRole.OTHER and meeting:
                role = DateRole.MEETING
            late = place.page > 1 or place.pieces[0].line.number > _LETTERHEAD
            if role in (DateRole.OTHER, DateRole.MEETING) and late and _beside_signature(place):
                role = DateRole.SIGNED
            old = found.get(one.iso)
            if old is None or _ORDER.index(role) < _ORDER.index(old[0]):
                first = old[1] if old is not None and old[0] is role else place
                found[one.iso] = (role, first, place.evidence("dates"))
    return [
        DatedMention(date=iso, role=role, text=place.text, evidence=evidence)
        for iso, (role, place, evidence) in found.items()
    ]


def _passages(outline: DocumentStructure) -> Sequence[tuple[TextSpan, bool]]:
    """All passages, each with whether it tells when a body meets."""
    running = [(b.passage, False) for b in outline.blocks]
    planned = [
        (row.passage, row.key == "meeting_frequency") for plan in outline.plans for row in plan.rows if row.content
    ]
    cells = [(cell, False) for table in outline.tables for row in table.rows for cell in row if cell]
    margins = [(TextSpan.join([p]), False) for p in outline.margins]
    return [*margins, *running, *planned, *cells]


def _role(iso: str, text: str, start: int, end: int, period: Period) -> DateRole:
    if iso == period.valid_from:
        return DateRole.VALID_FROM
    if iso == period.valid_to:
        return DateRole.VALID_TO
    for rule in rules("roles"):
        before = rule.name.endswith("before")
        stretch = text[max(0, start - 60) : start] if before else text[end : end + 40]
        if rule.name == "is signed before" and (
            re.match(r"\s+(?:en|ett)\b", text[end : end + 8])
            or re.search(r"\b(?:ersätter|tidigare|förra|som)\b[^.]{0,40}$", text[max(0, start - 70) : start])
        ):
            continue  # another agreement that was signed
        if rule.pattern.search(stretch) and (not rule.name.startswith("place") or len(text) < 60):
            return DateRole(rule.name.split()[1])
    return DateRole.OTHER


def _beside_signature(place: TextSpan) -> bool:
    """Whether a date ends a line, or a column of it, that holds a place besides: "Vikbo den 9 december 2021"."""
    piece = place.pieces[0]
    text = piece.line.text
    begin = text.rfind(WIDE_GAP, 0, piece.line_start) + len(WIDE_GAP) if WIDE_GAP in text[: piece.line_start] else 0
    stop = text.find(WIDE_GAP, piece.line_start)
    column, at = text[begin : stop if stop >= 0 else None], piece.line_start - begin
    alone = column[at + piece.length :].strip(" .,_") == ""
    return alone and any(r.pattern.search(column[:at]) for r in rules("roles") if r.name.startswith("place"))
