"""Who was present: names with the part they took, or their office, and their political party."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.models.minutes import Attendee
from avskrift.parsing.fields.minutes.labels import Labelled
from avskrift.parsing.fields.minutes.rows import Cell, joined
from avskrift.parsing.structure.entities import functions_in, organisations_in
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_MOST_ROWS = 1000
"""Rows under one label at most: no meeting has more persons."""
_LONGEST_ROLE = 80
"""Signs of an office at most."""
_ONE_WORD = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?(?=$|\s*\(|\s+(?:på|från|i|hos)\s)")
"""A person who is named by one word."""
_ROLE_OF_LABEL = {"members": "ledamot", "substitutes": "ersättare"}
"""The part in the meeting that a label tells of all below it."""
_SUBSTITUTES = "column of substitutes"
_SENTENCE_ENDS = re.compile(
    r"(?<!ordf)(?<!sekr)(?<!\bers)(?<!\badj)(?<!\bbitr)(?<!\bvik)(?<!\b[A-ZÅÄÖa-z])\.\s+(?=[A-ZÅÄÖ])"
)
"""Where running text with persons ends and another sentence begins."""


@dataclass(slots=True)
class Person:
    """A person as read: the name, the letters of the party, and what else is told."""

    name: TextSpan
    party: TextSpan | None = None
    details: list[TextSpan] = field(default_factory=list)


def attendees_of(labelled: Labelled, vocabulary: Vocabulary) -> list[Attendee]:
    """The persons that stand under a label."""
    return [attendee(person, vocabulary, labelled) for person in persons_in(labelled.rows[:_MOST_ROWS], vocabulary)]


def attendee(
    person: Person, vocabulary: Vocabulary, labelled: Labelled | None = None, at_most: float = 1.0
) -> Attendee:
    """The record of a `person`; the `vocabulary` knows the parts in a meeting. A label (`labelled`) tells the part of
    those whose own is not told; `at_most` bounds how sure the learned reader is (1: the rules found the person)."""
    learned = at_most < 1.0
    name = Value(person.name.text, person.name, "learned" if learned else "minutes.present", at_most=at_most)
    letters = person.party or next((d for d in person.details if _rule("party alone", vocabulary).match(d.text)), None)
    party = None if letters is None else Value.of(letters, "minutes.present.political_party")
    role = _role(person.details, vocabulary)
    if role is None and labelled is not None and labelled.name in _ROLE_OF_LABEL:
        role = Value(_ROLE_OF_LABEL[labelled.name], labelled.label, "minutes.present.role", "its label tells it")
    return record_of(Attendee, {"name": name, "role": role, "political_party": party})


def persons_in(rows: Sequence[tuple[Cell, ...]], vocabulary: Vocabulary, *, one_word: bool = True) -> list[Person]:
    """The persons of some rows: of a table, a list with one a line, or running text. Unless `one_word` is false all
    of a running text may be named by one word each."""
    head = next((i for i, row in enumerate(rows) if _is_head(row, vocabulary)), None)
    if head is not None:
        return list(_of_table(rows[head], rows[head + 1 :], vocabulary))
    rows = [_without_marker(row) for row in rows if row]
    if not any(row[-1].text.endswith((",", " och", "-")) for row in rows):
        lines = _without_wraps(rows)
        persons = [list(_of_line(line, vocabulary)) for line in lines]
        if _is_list(sum(bool(one) for one in persons), len(lines)):
            return [person for one in persons for person in one]
    return _in_text(joined([cell.span for row in rows for cell in row]), vocabulary, one_word=one_word)


def _is_list(named: int, lines: int) -> bool:
    """Whether so many lines of all that begin with a name make a list with one person a line."""
    return named > 1 and (named == lines or (named > 2 and 3 * named >= 2 * lines))


def _without_marker(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row without the bullet or number that it begins with."""
    found = re.match(r"(?:[-–—•*]|\d{1,2}[.)]?)\s+(?=[A-ZÅÄÖ])", row[0].text)
    first = None if found is None else row[0].after(found.end())
    return row if first is None else (first, *row[1:])


def _without_wraps(rows: Sequence[tuple[Cell, ...]]) -> list[list[Cell]]:
    """The rows of a list, each with those that go on with it: set in, or in small letters."""
    found: list[list[Cell]] = []
    for row in rows:
        if found and (row[0].text[0].islower() or row[0].text[0] == "("):
            last = found[-1]
            last[-1] = Cell(joined([last[-1].span, *(cell.span for cell in row)]), last[-1].start)
        elif found and row[0].start > found[0][0].start + 12 and len(found[-1]) > 1:
            found[-1].extend(row)
        else:
            found.append(list(row))
    return found


def _rule(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return vocabulary.pattern("minutes", name, "person")


# --- tables


def _is_head(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    return len(row) > 1 and _rule("head of a table", vocabulary).match(row[0].text) is not None


def _of_table(head: Sequence[Cell], rows: Sequence[tuple[Cell, ...]], vocabulary: Vocabulary) -> Iterator[Person]:
    """The persons of a table with a head: those of whom it tells that they were there, and who came instead."""
    columns = [_column(cell.text, vocabulary) for cell in head]
    for row in rows:
        by_column: dict[str, list[TextSpan]] = {}
        for number, cell in enumerate(row):
            nearest = min(range(len(head)), key=lambda i: abs(head[i].start - cell.start))
            column = columns[number if len(row) == len(head) else nearest]
            by_column.setdefault(column, []).append(cell.span)
        substitutes = next((c.span for c, name in zip(head, columns, strict=True) if name == _SUBSTITUTES), None)
        yield from _of_row(by_column, substitutes, vocabulary)


def _column(text: str, vocabulary: Vocabulary) -> str:
    names = ("head of a table", "column of parties", "column of attendance", _SUBSTITUTES)
    return next((name for name in names if _rule(name, vocabulary).match(text)), "")


def _of_row(cells: dict[str, list[TextSpan]], substitutes: TextSpan | None, vocabulary: Vocabulary) -> Iterator[Person]:
    """The persons of a row of a table, `substitutes` being the head of the column of those who came instead."""
    attendance = cells.get("column of attendance", [])
    there = not (attendance and _rule("not there", vocabulary).match(attendance[0].text))
    for span in cells.get("head of a table", [])[:1] if there else []:
        for person in _in_text(span, vocabulary):
            party = cells.get("column of parties", [])
            if party and _rule("party", vocabulary).match(party[0].text):
                person.party = person.party or party[0]
            for detail in cells.get("", []):
                person.details.extend(_particulars(detail))
            yield person
    for span in cells.get(_SUBSTITUTES, []):
        for person in _in_text(span, vocabulary):
            person.details.extend([] if substitutes is None else [substitutes])
            yield person


# --- lists and running text


def _of_line(row: Sequence[Cell], vocabulary: Vocabulary) -> Iterator[Person]:
    """The persons of a line of a list: the first, others with a party of their own, and one behind an *och*."""
    pieces = [piece for cell in row for piece in _pieces(cell.span)]
    person: Person | None = None
    for number, piece in enumerate(pieces):
        found = list(_named(piece, vocabulary))
        if found and (number == 0 or (found[0].party is not None and not _stands_in(piece, vocabulary))):
            if person is not None:
                yield person
            yield from found[:-1]
            person = found[-1]
        elif person is not None:
            person.details.extend(_particulars(piece))
    if person is not None:
        yield person


def _in_text(span: TextSpan, vocabulary: Vocabulary, *, one_word: bool = True) -> list[Person]:
    """The persons of running text: "Anna Berg (S), ordförande, Nils Alm, rektor". With `one_word` false nobody is named
    by one word alone."""
    found: list[Person] = []
    sentence = _SENTENCE_ENDS.search(span.text)
    pieces = list(_pieces(span if sentence is None else span.cut(0, sentence.start())))
    one_word = (
        one_word
        and bool(pieces)
        and _leading(pieces[0], vocabulary) is None
        and _ONE_WORD.match(pieces[0].text) is not None
    )
    for piece in pieces:
        named = [] if _stands_in(piece, vocabulary) else list(_named(piece, vocabulary, one_word=one_word))
        found.extend(named)
        if not named and found:
            found[-1].details.extend(_particulars(piece))
    return found


def _particulars(span: TextSpan) -> Iterator[TextSpan]:
    """What commas and brackets part in words behind a name."""
    for part in re.finditer(r"\(([^()]+)\)|[^()]+", span.text):
        yield from _pieces(span.cut(*part.span(1 if part[1] else 0)))


def _pieces(span: TextSpan) -> Iterator[TextSpan]:
    """What commas and semicolons part, brackets kept whole."""
    depth, start = 0, 0
    for place, sign in enumerate(span.text):
        depth += (sign == "(") - (sign == ")" and depth > 0)
        if sign in ",;" and not depth:
            piece = span.cut(start, place).stripped(",;")
            if piece:
                yield piece
            start = place + 1
    piece = span.cut(start).stripped(",;.")
    if piece:
        yield piece


def _named(piece: TextSpan, vocabulary: Vocabulary, *, one_word: bool = False) -> Iterator[Person]:
    """The persons that a piece names: one at its head, or two with *och* between."""
    halves = re.search(r"\s(?:och|samt|&)\s", piece.text)
    if halves is not None and "(" not in piece.text[: halves.start()].split(")")[-1]:
        first, second = (
            _person(part, vocabulary, one_word=one_word)
            for part in (piece.cut(0, halves.start()), piece.cut(halves.end()))
        )
        if first is not None and second is not None:
            yield first
            yield second
            return
    person = _person(piece, vocabulary, one_word=one_word)
    if person is not None:
        yield person


def _person(piece: TextSpan, vocabulary: Vocabulary, *, one_word: bool = False) -> Person | None:
    """The person at the head of a piece, with the party and what else stands behind the name."""
    place = _leading(piece, vocabulary)
    if place is None and one_word:
        single = _ONE_WORD.match(piece.text)
        place = single.span() if single is not None and _is_one_name(single.group(), vocabulary) else None
    if place is None:
        return None
    person = Person(piece.cut(*place))
    if place[0]:
        person.details.append(piece.cut(0, place[0]))
    rest = piece.cut(place[1])
    party = re.match(r"\(\s*([^()]{1,6}?)\s*\)|([A-ZÅÄÖ]{1,3})$", rest.text)
    if party is not None and _rule("party", vocabulary).match(party[1] or party[2]):
        person.party = rest.cut(*party.span(1 if party[1] else 2))
        rest = rest.cut(party.end())
    person.details.extend(_particulars(rest))
    return person


def _is_one_name(word: str, vocabulary: Vocabulary) -> bool:
    """Whether one word can be a person's name."""
    return not (organisations_in(word, vocabulary) or _rule("head of a column", vocabulary).match(word.strip()))


def _leading(piece: TextSpan, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where the name stands that a piece begins with, alone or behind a title."""
    text = piece.text
    title = _rule("title before a name", vocabulary).match(text)
    begin = 0 if title is None else title.end()
    names = person_names_in(text[begin:], vocabulary)
    if not names:
        return None
    start, end = (begin + at for at in names[0])
    before = text[:start].strip()
    if before and start != begin and not _is_office(before, vocabulary):
        return None
    if _rule("no person", vocabulary).search(text[start:end]):
        return None
    return start, end


def _stands_in(piece: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether a piece tells for whom somebody stood in."""
    return _rule("in place of", vocabulary).match(piece.text) is not None


# --- what is told of a person


def _role(details: Sequence[TextSpan], vocabulary: Vocabulary) -> Value[str] | None:
    """The part in the meeting that is told of a person, else the office."""
    bare = [one for detail in details if (one := _without_attendance(detail, vocabulary))]
    for one in bare:
        for rule in vocabulary.rules("minutes", "role"):
            if rule.pattern.match(one.text):
                computed = "" if rule.name == one.text else "as it is usually written"
                return Value(rule.name, one, "minutes.present.role", computed)
    offices = (one for one in bare if _is_office(one.text, vocabulary) and not _stands_in(one, vocabulary))
    return next((Value.of(one, "minutes.present.role") for one in offices), None)


def _without_attendance(detail: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """What is told, without when the person was there."""
    found = _rule("attendance", vocabulary).search(detail.text)
    return (detail if found is None else detail.cut(0, found.start())).stripped(" .:,(–-")


def _is_office(text: str, vocabulary: Vocabulary) -> bool:
    if not text or len(text) > _LONGEST_ROLE:
        return False
    functions = functions_in(text, vocabulary)
    if functions and (functions[0].start == 0 or functions[-1].end == len(text)):
        return True
    return _rule("office", vocabulary).match(text) is not None
