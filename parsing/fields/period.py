"""From when to when an agreement is valid, and how it is extended, revised and ended by notice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from avskrift.language.dates import FoundDate, dates_in
from avskrift.language.frequency import frequency_in
from avskrift.language.sentences import sentence_spans
from avskrift.models.agreement import DatedMention, DateRole, Period
from avskrift.parsing.structure.document_structure import DocumentStructure, passages_of
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.values import Value, extended, record_of
from avskrift.parsing.vocabulary import Vocabulary

_FULL_DATE = len("2024-02-29")
_HEAD = 15
"""Lines at the head of a document among which years may stand alone."""
_PROMISES = ("promises for years", "promises and then the years", "have made one for years")
"""Rules by which a sentence tells the years of what it promises, where none says that it holds."""


@dataclass(frozen=True, slots=True)
class _Validity:
    """The first and the last day of a validity, in ISO 8601 as exact as the text is."""

    first: Value[str] | None = None
    last: Value[str] | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


_NONE = _Validity()


def period_of(structure: DocumentStructure, title: TextSpan | None) -> Period:
    """The period of validity: from the section on it, else from a sentence that tells it, else from the title."""
    vocabulary = structure.vocabulary
    own, running = _sentences(structure.sections_with("period")), _running(structure)
    ending = _sentences(structure.sections_with("termination"))
    validity = _validity_of(structure, own, running, title)
    further = _first([*own, *running], lambda s: _is_open_ended(s, vocabulary, in_section=s in own))
    extension = _first([*own, *ending, *running], lambda s: _matches("prolongs", s, vocabulary))
    revision = next((r for s in [*own, *running] if (r := _revision(s, vocabulary)) is not None), None)
    return record_of(
        Period,
        {
            "valid_from": validity.first,
            "valid_to": validity.last,
            "until_further_notice": Value.made(further, lambda _: True, "period.until_further_notice", "it says so"),
            "extension": Value.made(extension, lambda text: text.rstrip(". "), "period.extension", "without full stop"),
            "revision": Value.of_any(revision, "period.revision"),
        },
    )


def _validity_of(
    structure: DocumentStructure, own: Sequence[TextSpan], running: Sequence[TextSpan], title: TextSpan | None
) -> _Validity:
    """The validity that the first telling place gives.

    `own` are the sentences of the section on validity, `running` those of the whole text of the `structure`.
    """
    vocabulary = structure.vocabulary
    cover = [s for line in structure.cover for s in sentences_of(TextSpan.join([line]))]
    head = [TextSpan.join([line]) for line in structure.lines[:_HEAD]]
    named = [*([] if title is None else [title]), *cover, *_headings(structure)]
    return (
        _stated(own, vocabulary, in_section=True)
        or _stated(running, vocabulary, in_section=False)
        or _stated(cover, vocabulary, in_section=False)
        or _years_of(head, ("only years",), vocabulary)
        or (_NONE if title is None else _years(title, vocabulary, "years"))
        or _years_of(named, ("names the document and its years",), vocabulary)
        or _years_of(running, _PROMISES, vocabulary)
        or (_NONE if title is None else _years(title, vocabulary, "is for one year"))
    )


def _headings(structure: DocumentStructure) -> list[TextSpan]:
    return [part.heading.passage for part in structure.main_sections if part.heading is not None]


def _running(structure: DocumentStructure) -> list[TextSpan]:
    """The sentences of the text, with those of one line that stand like a heading."""
    alone = (heading for heading in _headings(structure) if heading.text.endswith("."))
    return [*_sentences(structure.main_sections), *alone]


def _sentences(parts: Sequence[DocumentSection]) -> list[TextSpan]:
    return [s for passage in passages_of(parts) for s in sentences_of(passage)]


def _first(sentences: Iterable[TextSpan], fits: Callable[[TextSpan], bool]) -> TextSpan | None:
    return next((s for s in sentences if fits(s)), None)


def _matches(rule: str, sentence: TextSpan, vocabulary: Vocabulary) -> bool:
    return vocabulary.pattern("period", rule).search(sentence.text) is not None


def _stated(sentences: Sequence[TextSpan], vocabulary: Vocabulary, *, in_section: bool) -> _Validity:
    """The validity that sentences tell: both ends of one sentence before ends of several."""
    found = [v for s in sentences if (v := _validity_in(s, vocabulary, in_section=in_section))]
    both = next((v for v in found if v.first and v.last), None)
    first = next((v.first for v in found if v.first), None)
    last = next((v.last for v in found if v.last), None)
    return both or _Validity(first, last or _counted_elsewhere(first, sentences, vocabulary))


def _counted_elsewhere(
    first: Value[str] | None, sentences: Sequence[TextSpan], vocabulary: Vocabulary
) -> Value[str] | None:
    """The last day that follows of a first one and a time that another sentence tells: "Den gäller i tre år." """
    if (
        first is None
        or len(first.value) < _FULL_DATE
        or any(_matches("until further notice", s, vocabulary) for s in sentences)
    ):
        return None
    for sentence in sentences:
        other = _matches("not the agreement", sentence, vocabulary) or _matches("from signing", sentence, vocabulary)
        if (
            _matches("holds", sentence, vocabulary)
            and not other
            and not dates_in(sentence.text, vocabulary.date_rules())
        ):
            time = _time_in(sentence.text, vocabulary)
            if time is not None:
                return _after(first, time[0], sentence.cut(time[1], time[2]))
    return None


def _after(first: Value[str], months: int, span: TextSpan) -> Value[str]:
    """The last day of a time of whole months that begins on a first day, as the words of `span` tell it."""
    last = _last_day(date.fromisoformat(first.value), months)
    return Value(last.isoformat(), span, "period.valid_to, counted from a day", "counted from the first day")


def _validity_in(sentence: TextSpan, vocabulary: Vocabulary, *, in_section: bool) -> _Validity:
    """The validity that a sentence tells; `in_section` when it stands in the section on validity."""
    valid = vocabulary.pattern("period", "holds").search(sentence.text)
    if (valid is None and not in_section) or _matches("not the agreement", sentence, vocabulary):
        return _NONE
    rules = vocabulary.date_rules()
    dates = dates_in(sentence.text, rules) or dates_in(sentence.text, rules, compact=valid is not None)
    if valid is not None and any(d.start > valid.start() for d in dates):
        dates = [d for d in dates if d.end > valid.start()]  # "... från den 22 maj 2023 och gäller från ..."
    dated = _DatedSentence(sentence, dates, valid is not None, in_section, vocabulary)
    return dated.validity() or _years_of([sentence], ("years", "holds for one year"), vocabulary)


@dataclass(frozen=True, slots=True)
class _DatedSentence:
    """A sentence with the dates in it; `says_valid` where it says that something is valid."""

    sentence: TextSpan
    dates: Sequence[FoundDate]
    says_valid: bool
    in_section: bool
    vocabulary: Vocabulary

    def validity(self) -> _Validity:
        """The first of the dates that is a first day, and the first that is a last day."""
        places = range(len(self.dates))
        first = next((self._value(i, "period.valid_from") for i in places if self.is_first_day(i)), None)
        last = next((self._value(i, "period.valid_to") for i in places if self.is_last_day(i)), None)
        return _Validity(first, last or self._counted_from(first))

    def _counted_from(self, first: Value[str] | None) -> Value[str] | None:
        """The last day of a time that the sentence says to be counted from the first: "i tre år från 2021-03-01"."""
        if (
            first is None
            or len(first.value) < _FULL_DATE
            or _matches("until further notice", self.sentence, self.vocabulary)
        ):
            return None
        time = _time_in(self.sentence.text, self.vocabulary)
        if time is None:
            return None
        months, start, end = time
        low, high = (f(places) for f, places in ((min, (start, self.dates[0].start)), (max, (end, self.dates[0].end))))
        return _after(first, months, self.sentence.cut(low, high))

    def _value(self, i: int, rule: str) -> Value[str]:
        one = self.dates[i]
        return Value(one.iso, self.sentence.cut(one.start, one.end), rule, "in ISO 8601")

    def is_last_day(self, i: int) -> bool:
        """Whether "till och med" stands before a date, or a dash between it and the date before."""
        before = self._text_before(i)
        dash = self.vocabulary.pattern("period", "dash")
        until = self.vocabulary.pattern("period", "until")
        return until.search(before) is not None or (i > 0 and dash.fullmatch(before) is not None)

    def is_first_day(self, i: int) -> bool:
        """Whether "från och med" stands before a date, or it is the first of two that are a span by their place."""
        if self.is_last_day(i):
            return False
        if self.vocabulary.pattern("period", "from").search(self._text_before(i)):
            return True
        return (self.in_section and i == 0 and len(self.dates) > 1) or (self.says_valid and self._leads_on(i))

    def _text_before(self, i: int) -> str:
        return self.sentence.text[self.dates[i - 1].end if i else 0 : self.dates[i].start]

    def _leads_on(self, i: int) -> bool:
        """Whether only a dash or "till" stands between a date and the next one."""
        if i + 1 == len(self.dates):
            return False
        between_them = self.sentence.text[self.dates[i].end : self.dates[i + 1].start]
        return self.vocabulary.pattern("period", "dash or until").fullmatch(between_them) is not None


def _years_of(passages: Iterable[TextSpan], rules: Sequence[str], vocabulary: Vocabulary) -> _Validity:
    """The whole years that the first of some passages tells by one of some rules."""
    return next((v for p in passages for rule in rules if (v := _years(p, vocabulary, rule))), _NONE)


def _years(passage: TextSpan, vocabulary: Vocabulary, rule: str) -> _Validity:
    """Whole years, as a rule of period.toml finds them: 2019-2020, åren 2023 till och med 2025, under 2021."""
    found = vocabulary.pattern("period", rule).search(passage.text)
    if found is None:
        return _NONE
    one = found.groupdict().get("year") is not None
    from_, to = ("year", "year") if one else ("from", "to")
    first, last = found[from_], found[to]
    last = last if len(last) == len(first) else first[:2] + last
    if int(last) < int(first):
        return _NONE
    return _Validity(
        Value(first, passage.cut(*found.span(from_)), "period.valid_from"),
        Value(last, passage.cut(*found.span(to)), "period.valid_to", "with its century"),
    )


def _is_open_ended(sentence: TextSpan, vocabulary: Vocabulary, *, in_section: bool) -> bool:
    if not _matches("until further notice", sentence, vocabulary):
        return False
    return in_section or _matches("holds", sentence, vocabulary)


def _revision(sentence: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """The words that tell how often the agreement is revised."""
    found = vocabulary.pattern("period", "revised").search(sentence.text)
    if found is None or _matches("not the agreement", sentence.cut(0, found.start() + 1), vocabulary):
        return None
    words = sentence.cut(found.end()).stripped(".,; ")
    often = _matches("how often", words, vocabulary) or frequency_in(words.text, vocabulary.frequency_rules())
    return words if words and (often or dates_in(words.text, vocabulary.date_rules())) else None


def with_notice(period: Period, structure: DocumentStructure) -> Period:
    """The period with the sentences of the first section, of the agreement or an annex, on how to end it by notice."""
    sections = (part for part in structure.sections if part.heading is not None and not part.has("annex"))
    for part in sections:
        sentences = (s for block in part.blocks for s in _clause_sentences(TextSpan.join(block.lines)))
        found = between([s for s in sentences if _matches("notice", s, structure.vocabulary)])
        if found:
            text = " ".join(found.text.split())
            return extended(period, {"notice": Value(text, found, "period.notice", "wide gaps made one space")})
    return period


def _clause_sentences(passage: TextSpan) -> Iterator[TextSpan]:
    """The sentences of clauses: the number of the next clause (7.2 Om …) begins one too."""
    return (passage.cut(start, end) for start, end in sentence_spans(passage.text, clauses=True))


def unread_clause(structure: DocumentStructure, period: Period) -> TextSpan | None:
    """The first sentence on validity that tells days or a time of which the `period` holds nothing; None where all are
    understood, or none are told."""
    vocabulary = structure.vocabulary
    own = _sentences(structure.sections_with("period"))
    on_validity = [*own, *(s for s in _running(structure) if _matches("holds", s, vocabulary))]
    return _first(on_validity, lambda s: _tells_more(s, period, vocabulary))


def _tells_more(sentence: TextSpan, period: Period, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells days or a time besides those of a period; those of notice, extension or revision are
    none of validity."""
    others = ("not the agreement", "prolongs", "notice", "revised", "from signing")
    if any(_matches(rule, sentence, vocabulary) for rule in others):
        return False
    rest = sentence.text
    for found in reversed(dates_in(rest, vocabulary.date_rules())):
        if found.iso not in (period.valid_from, period.valid_to):
            return True
        rest = rest[: found.start] + rest[found.end :]
    years = [value[:4] for value in (period.valid_from, period.valid_to) if value]
    unread = (m.group() for m in vocabulary.pattern("period", "days or a time").finditer(rest))
    return any(words not in years for words in unread)


def signing_clause(structure: DocumentStructure) -> TextSpan | None:
    """The sentence that lets the agreement hold from its signing; one in the section on validity before others."""
    sentences = [*_sentences(structure.sections_with("period")), *_sentences(structure.main_sections)]
    return _first(sentences, lambda s: _matches("from signing", s, structure.vocabulary))


def with_signing(period: Period, structure: DocumentStructure, dates: Sequence[DatedMention]) -> Period:
    """The period of an agreement that holds from the day when the last party signs, if the document names those days.

    "gäller i två år från undertecknandet" ends the day before the same day two years later.
    """
    signed = [d.date for d in dates if d.role is DateRole.SIGNED and len(d.date) == _FULL_DATE]
    clause = signing_clause(structure) if signed and period.valid_from is None else None
    if clause is None:
        return period
    computed = "counted from the signing"
    first = Value(max(signed), clause, "period.valid_from, counted from the signing", computed)
    time = _time_in(clause.text, structure.vocabulary)
    if time is None or period.valid_to is not None or period.until_further_notice:
        return extended(period, {"valid_from": first})
    last_day = _last_day(date.fromisoformat(max(signed)), time[0])
    last = Value(last_day.isoformat(), clause, "period.valid_to, counted from the signing", computed)
    return extended(period, {"valid_from": first, "valid_to": last})


def _time_in(text: str, vocabulary: Vocabulary) -> tuple[int, int, int] | None:
    """How many months a sentence says that something holds, and where in it; None where it does not, or tells of
    notice or of an extension."""
    for found in vocabulary.pattern("period", "for a time").finditer(text):
        if vocabulary.pattern("period", "another time").search(text[: found.start()]) is None:
            number = vocabulary.numbers().value(found["n"] or found["n2"])
            months = number * (12 if (found["unit"] or found["unit2"]).lower() == "år" else 1)
            return (months, found.start(), found.end()) if months else None
    return None


def _last_day(first: date, months: int) -> date:
    """The last day of a time of whole months that begins on a day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    try:
        anniversary = first.replace(year=year, month=month + 1)
    except ValueError:  # 29 February, 31 April: the first day after
        anniversary = (first.replace(year=year, month=month + 1, day=1) + timedelta(days=31)).replace(day=1)
    return anniversary - timedelta(days=1)
