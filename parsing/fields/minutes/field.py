"""What minutes, or an excerpt of them, tell of a meeting."""

import itertools
from collections.abc import Container, Iterator, Sequence

from avskrift.language.fold import fold
from avskrift.models.agreement import DocumentKind, Evidence, Signatory
from avskrift.models.minutes import Attendee, Minutes, MinutesItem
from avskrift.parsing.fields.minutes.adjusters import adjusters_in
from avskrift.parsing.fields.minutes.decisions import decision_of
from avskrift.parsing.fields.minutes.items import Item, items_in
from avskrift.parsing.fields.minutes.labels import PRESENT, Labelled, labelled_in
from avskrift.parsing.fields.minutes.meeting import body_of, day_of, place_of
from avskrift.parsing.fields.minutes.notice import posted_and_taken_down
from avskrift.parsing.fields.minutes.people import attendee, attendees_of, persons_in
from avskrift.parsing.fields.minutes.recognition import are_surely_none, is_minutes
from avskrift.parsing.fields.minutes.rows import Cell, Row, rows_of, value_of
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import organisations_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_LIKELY = 0.5
"""How probable the learned reader must think it (0 to 1) that words name somebody."""
_SUREST = 0.999
"""The probability of a person that only the learned reader found, at most."""
_ADJUSTS = ("justerare", "justerande", "protokollsjusterare")
"""Offices of those who sign because they were chosen to adjust."""


def minutes_of(
    structure: DocumentStructure,
    kind: DocumentKind | None,
    signatories: Sequence[Signatory] = (),
    learned: Sequence[TaggedSpan] = (),
) -> Minutes | None:
    """What minutes tell, None where a document is none.

    `structure` is the document, `kind` what it was found to be, `signatories` who signs it, `learned` what the learned
    reader found: it adds persons that the rules miss.
    """
    vocabulary = structure.vocabulary
    rows = rows_of(structure)
    if are_surely_none(structure, rows, kind):
        return None
    items, begin = items_in(rows, vocabulary)
    labelled, later = (labelled_in(part, vocabulary) for part in (rows[:begin], rows[begin:]))
    if not is_minutes(structure, rows, [*labelled, *(one for one in later if one.closed)], kind):
        return None
    day = day_of(rows[:begin], labelled, vocabulary)
    body = body_of(rows, begin, labelled, vocabulary)
    up, down = posted_and_taken_down(rows, vocabulary)
    adjusters = _adjusters(rows, [*labelled, *later], learned, vocabulary)
    found = record_of(
        Minutes,
        {
            "body": body,
            "date": day,
            "place": place_of(rows[:begin], labelled, None if day is None else day.value, vocabulary),
            "adjusters": adjusters,
            "posted": up,
            "taken_down": down,
        },
        present=_present(labelled, later, learned, vocabulary),
        items=[_record_of(item, None if body is None else body.value, vocabulary) for item in items],
    )
    return found if adjusters else _with_who_signs(found, signatories)


def _record_of(item: Item, body: str | None, vocabulary: Vocabulary) -> MinutesItem:
    number = Value(item.number, item.paragraph, "minutes.items.paragraph")
    return record_of(
        MinutesItem,
        {
            "paragraph": number,
            "title": None if not item.title else value_of(item.title, "minutes.items.title"),
            "diary_number": Value.of_any(item.case, "minutes.items.diary_number"),
            "decision": decision_of(item, body, vocabulary),
        },
    )


# --- persons


def _present(
    labelled: Sequence[Labelled], later: Sequence[Labelled], learned: Sequence[TaggedSpan], vocabulary: Vocabulary
) -> list[Attendee]:
    """Who was there: under labels at the head, or at the end (`later`); then whom only the learned reader found."""
    heads = [one for one in labelled if one.name in PRESENT]
    read = heads or [one for one in later if one.name == "present" and one.closed]
    found: dict[str, Attendee] = {}
    for person in itertools.chain.from_iterable(attendees_of(one, vocabulary) for one in read):
        found.setdefault(fold(person.name), person)
    spans = [span for span in learned if span.tag == "PRESENT"]
    absent = {place for one in (*labelled, *later) for place in _places(one) if one.name == "absent"}
    for person in _only_learned(spans, absent, list(found), vocabulary, one_word=not heads):
        found.setdefault(fold(person.name), person)
    return sorted(found.values(), key=_place)


def _only_learned(
    spans: Sequence[TaggedSpan],
    absent: Container[tuple[int, int]],
    known: Sequence[str],
    vocabulary: Vocabulary,
    *,
    one_word: bool,
) -> Iterator[Attendee]:
    """The persons of spans that stand on no line of those absent, and whose names are not known."""
    for span in spans:
        if _line(span.span) not in absent and not _is_known(span.text, known):
            person = _learned_person(span, vocabulary, one_word=one_word)
            if person is not None:
                yield person


def _stands_out(span: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether words name somebody who was not there, or a body: "för Anna Berg", "Vikbo Bostäder AB"."""
    piece = span.pieces[0]
    before = vocabulary.pattern("minutes", "stands in for", "person").search(piece.line.text[: piece.line_start])
    named = organisations_in(span.text, vocabulary)
    company = vocabulary.pattern("minutes", "company", "person").search(span.text)
    return before is not None or company is not None or (bool(named) and named[0].start == 0)


def _line(span: TextSpan) -> tuple[int, int]:
    return span.page, span.pieces[0].line.number


def _places(labelled: Labelled) -> Iterator[tuple[int, int]]:
    """The pages and lines of a label and what stands under it."""
    for span in (labelled.label, *(cell.span for row in labelled.rows for cell in row)):
        yield _line(span)


def _place(person: Attendee) -> tuple[int, int]:
    return (0, 0) if person.evidence is None else (person.evidence.page, person.evidence.line or 0)


def _is_known(text: str, names: Sequence[str]) -> bool:
    """Whether words name somebody who is known: the name stands in them, or they in it."""
    words = f" {fold(text)} "
    return any(f" {name} " in words or words in f" {name} " for name in names)


def _learned_person(span: TaggedSpan, vocabulary: Vocabulary, *, one_word: bool) -> Attendee | None:
    """A person as the learned reader found it, with what the words tell of the part and the party; None for words that
    name none. `one_word` tells that one word can be a name."""
    if span.probability < _LIKELY or _stands_out(span.span, vocabulary):
        return None
    persons = persons_in([(Cell(span.span, 0.0),)], vocabulary, one_word=one_word)
    return attendee(persons[0], vocabulary, at_most=min(span.probability, _SUREST)) if persons else None


def _adjusters(
    rows: Sequence[Row], labelled: Sequence[Labelled], learned: Sequence[TaggedSpan], vocabulary: Vocabulary
) -> list[Value[str]]:
    """Who was chosen to adjust, each once: by the rules, then by the learned reader alone."""
    found: dict[str, Value[str]] = {}
    for name in adjusters_in(rows, labelled, vocabulary):
        found.setdefault(fold(name.text), Value.of(name, "minutes.adjusters"))
    for span in learned:
        if span.tag == "ADJUSTER" and span.probability >= _LIKELY and not _is_known(span.text, list(found)):
            name = _name_in(span.span, vocabulary)
            found.setdefault(fold(name.text), Value(name.text, name, "learned", at_most=span.probability))
    return list(found.values())


def _name_in(span: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    persons = persons_in([(Cell(span, 0.0),)], vocabulary)
    return persons[0].name if persons else span


def _with_who_signs(minutes: Minutes, signatories: Sequence[Signatory]) -> Minutes:
    """Minutes that name nobody chosen, with those who sign as adjusters."""
    signing = [s for s in signatories if (s.title or "").lower().startswith(_ADJUSTS)]
    evidence = dict(minutes.evidence_by_field)
    evidence |= {f"adjusters.{i}": e for i, e in _evidence(signing)}
    return minutes.model_copy(update={"adjusters": [s.name for s in signing], "evidence_by_field": evidence})


def _evidence(signing: Sequence[Signatory]) -> Iterator[tuple[int, Evidence]]:
    for number, one in enumerate(signing):
        if one.evidence is not None:
            yield number, one.evidence
