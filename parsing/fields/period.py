"""From when to when an agreement holds, how it is prolonged and how often it is revised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from avskrift.language.dates import dates_in
from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import DatedMention, DateRole, Evidence, Period
from avskrift.parsing.structure.outline import DocumentStructure, passages_of, sentences_of
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import date_rules, frequency_rules, numbers, pattern

_FULL_DATE = len("2024-02-29")


@dataclass(frozen=True, slots=True)
class _Span:
    """One end or both of a validity: ISO dates with the passages they were read from."""

    valid_from: tuple[str, TextSpan] | None
    valid_to: tuple[str, TextSpan] | None


def period_of(outline: DocumentStructure, title: TextSpan | None) -> Period:
    """The period of validity: from the section on it, else from a sentence that tells it, else from the title."""
    own = [s for p in passages_of(outline.parts_with("period")) for s in sentences_of(p)]
    ending = [s for p in passages_of(outline.parts_with("termination")) for s in sentences_of(p)]
    running = [s for p in passages_of(outline.main_parts) for s in sentences_of(p)]
    cover = [TextSpan.join([p]) for p in outline.cover]
    evidence: dict[str, Evidence] = {}
    span = _Span(None, None)
    for sentences, certain in ((own, True), (running, False), (cover, False)):
        found = [s for s in (_span_in(x, certain) for x in sentences) if s.valid_from or s.valid_to]
        if found:
            both = next((s for s in found if s.valid_from and s.valid_to), None)
            first = next((s.valid_from for s in found if s.valid_from), None)
            last = next((s.valid_to for s in found if s.valid_to), None)
            span = both or _Span(first, last)
            break
    if span.valid_from is None and span.valid_to is None and title is not None:
        span = _years(title)
    further = next((s for s in [*own, *running] if _open_ended(s, s in own)), None)
    extension = next((s for s in [*own, *ending, *running] if _prolongs(s)), None)
    revision = next((r for r in (_revision(s) for s in [*own, *running]) if r is not None), None)
    for name, end in (("valid_from", span.valid_from), ("valid_to", span.valid_to)):
        if end is not None:
            evidence[name] = end[1].evidence(f"period.{name}")
    if further is not None:
        evidence["until_further_notice"] = further.evidence("period.until_further_notice")
    if extension is not None:
        evidence["extension"] = extension.evidence("period.extension")
    if revision is not None:
        evidence["revision"] = revision.evidence("period.revision")
    return Period(
        valid_from=span.valid_from[0] if span.valid_from else None,
        valid_to=span.valid_to[0] if span.valid_to else None,
        until_further_notice=further is not None,
        extension=None if extension is None else extension.text.rstrip(". "),
        revision=None if revision is None else revision.text,
        evidence=next(iter(evidence.values()), None),
        evidence_by_field=evidence,
    )


_rule = partial(pattern, "period")


def _span_in(sentence: TextSpan, certain: bool) -> _Span:
    """The validity that a sentence tells; `certain` when it stands in the section on validity."""
    text = sentence.text
    holds = _rule("holds").search(text)
    if holds is None and not certain:
        return _Span(None, None)
    if _rule("not the agreement").search(text):
        return _Span(None, None)
    begin: tuple[str, TextSpan] | None = None
    end: tuple[str, TextSpan] | None = None
    found = dates_in(text, date_rules())
    if holds is not None and any(d.start > holds.start() for d in found):
        found = [d for d in found if d.end > holds.start()]  # "... från den 22 maj 2023 och gäller från ..."
    for i, one in enumerate(found):
        before = text[found[i - 1].end if i else 0 : one.start]
        place = sentence.cut(one.start, one.end)
        if _rule("until").search(before) or (i and _rule("dash").fullmatch(before)):
            end = end or (one.iso, place)
        elif (
            _rule("from").search(before)
            or (certain and i == 0 and len(found) > 1)
            or (
                holds is not None
                and i + 1 < len(found)
                and _rule("dash or until").fullmatch(text[one.end : found[i + 1].start])
            )
        ):
            begin = begin or (one.iso, place)
    if begin is None and end is None:
        return _years(sentence) if holds is not None or certain else _Span(None, None)
    return _Span(begin, end)


def _years(passage: TextSpan) -> _Span:
    """A span of whole years: 2019-2020, åren 2023 till och med 2025."""
    found = _rule("years").search(passage.text)
    if found is None:
        return _Span(None, None)
    last = found["to"] if len(found["to"]) == 4 else found["from"][:2] + found["to"]
    if int(last) < int(found["from"]):
        return _Span(None, None)
    return _Span((found["from"], passage.cut(*found.span("from"))), (last, passage.cut(*found.span("to"))))


def _open_ended(sentence: TextSpan, certain: bool) -> bool:
    if _rule("until further notice").search(sentence.text) is None:
        return False
    return certain or _rule("holds").search(sentence.text) is not None


def _prolongs(sentence: TextSpan) -> bool:
    return _rule("prolongs").search(sentence.text) is not None


def _revision(sentence: TextSpan) -> TextSpan | None:
    """The words that tell how often the agreement is revised."""
    found = _rule("revised").search(sentence.text)
    if found is None or _rule("not the agreement").search(sentence.text[: found.start() + 1]):
        return None
    words = sentence.cut(found.end()).stripped(".,; ")
    told = (
        _rule("how often").search(words.text)
        or frequency_in(words.text, frequency_rules())
        or dates_in(words.text, date_rules())
    )
    if not words or not told:
        return None
    return words


def signing_clause(outline: DocumentStructure) -> TextSpan | None:
    """The sentence that lets the agreement hold from its signing; one in the section on validity before others."""
    sections = [s for p in passages_of(outline.parts_with("period")) for s in sentences_of(p)]
    running = [s for p in passages_of(outline.main_parts) for s in sentences_of(p)]
    return next((s for s in [*sections, *running] if _rule("from signing").search(s.text)), None)


def with_signing(period: Period, outline: DocumentStructure, dates: Sequence[DatedMention]) -> Period:
    """The period of an agreement that holds from the day when the last party signs, if those days are told.

    "gäller i två år från undertecknandet" ends the day before the same day two years later.
    """
    signed = [d for d in dates if d.role is DateRole.SIGNED and len(d.date) == _FULL_DATE]
    if period.valid_from is not None or not signed:
        return period
    clause = signing_clause(outline)
    if clause is None:
        return period
    last = max(signed, key=lambda d: d.date)
    evidence = {
        **period.evidence_by_field,
        "valid_from": clause.evidence("period.valid_from, counted from the signing"),
    }
    values = {"valid_from": last.date}
    years = _rule("for years").search(clause.text)
    if years is not None and period.valid_to is None and not period.until_further_notice:
        number = numbers().cardinals.get(years["n"].lower(), years["n"])
        begin = date.fromisoformat(last.date)
        try:
            anniversary = begin.replace(year=begin.year + int(number))
        except ValueError:  # 29 February
            anniversary = begin.replace(year=begin.year + int(number), month=3, day=1)
        values["valid_to"] = (anniversary - timedelta(days=1)).isoformat()
        evidence["valid_to"] = clause.evidence("period.valid_to, counted from the signing")
    return period.model_copy(
        update={**values, "evidence_by_field": evidence, "evidence": period.evidence or evidence["valid_from"]}
    )
