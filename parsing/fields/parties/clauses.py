"""The parties that one passage names: each with what its clause says of it."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from avskrift.language import organisation_number
from avskrift.models.agreement import PartyKind
from avskrift.parsing.fields.parties.candidate import PartyCandidate
from avskrift.parsing.fields.parties.names import UNKNOWN, around, names_in
from avskrift.parsing.structure.entities import Entity, kind_of_party
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

_REACH = 200
"""Signs before a name that tell what it is."""
_MOST_NAMES = 200
"""Of one passage that are looked at: each is judged by all that stands before it."""


def parties_in(passage: TextSpan, vocabulary: Vocabulary, *, listed: bool = False) -> list[PartyCandidate]:
    """The parties in one passage: each from its name to where the next begins.

    `listed` tells that the passage lists parties, so that what stands in the place of one is one whatever its words.
    """
    organisations = names_in(passage.text, vocabulary, listed=listed)[:_MOST_NAMES]
    first = _first_names(passage.text, organisations, vocabulary)
    ends = [*(e.start for e in first), len(passage.text)][1:]
    found = (_party(passage, e, end, organisations, vocabulary) for e, end in zip(first, ends, strict=True))
    return [party for party in found if party is not None]


def is_general(entity: Entity) -> bool:
    """Whether an organisation is the police as such, not one of its areas."""
    return entity.label == PartyKind.POLICE and len(entity.text.split()) == 1


def _first_names(text: str, organisations: Sequence[Entity], vocabulary: Vocabulary) -> list[Entity]:
    """Of the organisations in a text those with which a party begins."""
    found: list[Entity] = []
    latest: Entity | None = None  # the last name, or the area of the police that it was narrowed to
    for entity in organisations:
        before = text[max(0, entity.start - _REACH) : entity.start]
        if around("is a term", vocabulary).search(before):
            continue  # what a party is called from then on, not a party: nedan kallad Polisen
        if latest is not None and narrows(latest, entity, text, vocabulary):
            latest = entity  # "Polismyndigheten, Lokalpolisområde Viken": the area signs
        elif not found or _is_another(found[-1], entity, text, vocabulary):
            latest = entity
            found.append(entity)
    return found


def _is_another(last: Entity, entity: Entity, text: str, vocabulary: Vocabulary) -> bool:
    """Whether an organisation named after a party's name is another party."""
    if _is_complete(text[last.start : entity.start], vocabulary):
        return True
    link = text[last.end : entity.start]
    joined = around("joins", vocabulary).search(text[: entity.start]) is not None
    if not joined or around("through", vocabulary).search(link):
        return False
    # "Lokalpolisområde Viken, Polisområde Kust": one party and where it belongs
    belongs = re.search(r",\s*$", link) is not None and entity.label == last.label
    return not belongs or _lists(text, vocabulary)


def _is_complete(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether a party's clause holds a number, a term or a postcode: then the next name is another's."""
    return (
        organisation_number.PATTERN.search(clause) is not None
        or _span("term", clause, vocabulary) is not None
        or around("postcode", vocabulary).search(clause) is not None
    )


def narrows(whole: Entity, area: Entity, text: str, vocabulary: Vocabulary) -> bool:
    """Whether an `area` of the police stands in the `text` right after the police as such or a larger area, the
    `whole`: "Polismyndigheten, Polisregion Kust, Lokalpolisområde Viken". The `vocabulary` knows their levels."""
    link = text[whole.end : area.start]
    police = area.label == whole.label == PartyKind.POLICE
    if not police or not around("within it", vocabulary).fullmatch(link):
        return False
    return is_general(whole) or 0 <= _level(whole, vocabulary) < _level(area, vocabulary)


def _level(area: Entity, vocabulary: Vocabulary) -> int:
    """The place of an area among those of the police, the whole first; -1 for others."""
    levels = vocabulary.table("parties")["police"]["areas"]
    return next((i for i, word in enumerate(levels) if area.text.lower().startswith(word)), -1)


def _lists(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text is a list of names joined by commas and one "och"."""
    return around("and", vocabulary).search(text) is not None and organisation_number.PATTERN.search(text) is None


def _party(
    passage: TextSpan, first: Entity, end: int, organisations: Sequence[Entity], vocabulary: Vocabulary
) -> PartyCandidate | None:
    """The party whose clause begins with a name and goes on to `end`; None where nothing is left of the name.

    `organisations` are all in the passage: one through which the party acts, or its area, is the one that agrees.
    """
    named = _who_agrees(passage.text, first, end, organisations, vocabulary)
    name, clause = passage.cut(named.start, named.end), passage.cut(named.start, end)
    if not name:
        return None
    text = passage.text[named.start : end]
    words = named.text[0].upper() + named.text[1:] if first.label == PartyKind.POLICE else named.text
    values = {"name": Value(words, name, "parties.name", "" if words == name.text else "as it is written alone")}
    for field, value, (start, stop) in _details(text, vocabulary):
        span = passage.cut(named.start + start, named.start + stop)
        values[field] = Value(value, span, f"parties.{field}", "" if value == span.text else "in its usual form")
    return PartyCandidate(_kind(named, values, vocabulary), clause, values)


def _kind(named: Entity, values: Mapping[str, Value[str]], vocabulary: Vocabulary) -> PartyKind:
    """What a party is, by its name or by what is told of it."""
    if named.label != UNKNOWN:
        return PartyKind(named.label)
    number, term = (values[f].value if f in values else "" for f in ("organisation_number", "defined_term"))
    return kind_of_party({"name": named.text, "number": number, "term": term}, vocabulary)


def _who_agrees(text: str, first: Entity, end: int, organisations: Sequence[Entity], vocabulary: Vocabulary) -> Entity:
    """The last of the organisations of a clause that is an area of the one before, or through which that one acts."""
    named = first
    for other in organisations:
        if other.start <= named.end:
            continue
        link = text[named.end : other.start]
        acts = other.start < end and around("acts through", vocabulary).fullmatch(link) is not None
        if acts or narrows(named, other, text, vocabulary):
            named = other
    return named


def _details(clause: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """What a clause says of a party besides its name: the field, the value, and where it stands."""
    number = organisation_number.PATTERN.search(clause)
    if number is not None:
        yield "organisation_number", organisation_number.normal_form(number), number.span()
    for field, table in (("defined_term", "term"), ("address", "address")):
        span = _span(table, clause, vocabulary)
        if span is not None:
            yield field, clause[slice(*span)], span


def _span(table: str, clause: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where the clause gives the party's defined term or its address."""
    no_party = around("no party", vocabulary)
    matches = itertools.chain.from_iterable(r.pattern.finditer(clause) for r in vocabulary.rules("parties", table))
    return next((m.span(table) for m in matches if table != "term" or not no_party.match(m["term"])), None)
