"""Names in the places of parties: organisations by their words, members of a plural, what stands in a party's place.

*kommunerna Vikbo och Åby* and *Vikbo och Åby kommuner* name two. What stands where a party stands is one, whatever its
words: right before an organisation number or a term, or joined to organisations by "och" where parties are listed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from avskrift.language import organisation_number
from avskrift.models.agreement import PartyKind
from avskrift.parsing.structure.entities import Entity, organisations_in
from avskrift.parsing.vocabulary import Vocabulary

UNKNOWN = "unknown"
"""The label of a name whose words do not tell what it is."""
_WIDENED = frozenset({PartyKind.ASSOCIATION, PartyKind.COMPANY, PartyKind.OTHER})
"""Kinds whose names go on in words that no rule of entities.toml foresees."""
_REACH = 40
"""Signs behind a name within which its number stands."""
_KEPT = 1024
"""Texts whose names are kept: several places ask about the same passages."""


def around(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """The pattern of what stands around the names of parties, by its name in [[around]] of parties.toml."""
    return vocabulary.pattern("parties", name, "around")


@lru_cache(maxsize=_KEPT)
def names_in(text: str, vocabulary: Vocabulary, *, listed: bool = False) -> tuple[Entity, ...]:
    """The names in a text, in order: `listed` where it is known to list parties, so that any name may be one."""
    found = _known_names(text, vocabulary)
    for slot in _slots(text, vocabulary):
        other = next((i for i, e in enumerate(found) if _overlaps(e, [slot])), None)
        if other is not None:
            found[other] = _widened(found[other], slot, text, vocabulary, listed=listed)
        elif _begins_party(text, slot, found, vocabulary) or (listed and _is_joined(text, slot, found, vocabulary)):
            found = sorted([*found, slot], key=lambda e: e.start)
    if all(e.label == UNKNOWN for e in found):
        found = [e for e in found if _is_detailed(text[e.end :], vocabulary) or e.text == text.strip()]
    return tuple(found)


def _known_names(text: str, vocabulary: Vocabulary) -> list[Entity]:
    """Members of plurals and the organisations beside them."""
    members = list(members_of_plurals(text, vocabulary))
    known = (e for e in organisations_in(text, vocabulary) if not _overlaps(e, members))
    return sorted([*members, *known], key=lambda e: e.start)


def _widened(entity: Entity, slot: Entity, text: str, vocabulary: Vocabulary, *, listed: bool) -> Entity:
    """An organisation by all words of its name, where parties are listed or something is told of it right behind."""
    longer = slot.start == entity.start and slot.end > entity.end and entity.label in _WIDENED
    if not longer or not (listed or _is_detailed(text[slot.end :], vocabulary)):
        return entity
    return Entity(slot.start, slot.end, entity.label, slot.text)


def _overlaps(entity: Entity, others: Sequence[Entity]) -> bool:
    return any(entity.start < other.end and other.start < entity.end for other in others)


def members_of_plurals(text: str, vocabulary: Vocabulary) -> Iterator[Entity]:
    """The members of "kommunerna A, B och C" and "A, B och C kommuner", each by its full name."""
    for plural in vocabulary.table("parties")["plural"]:
        for rule in ("members after the plural", "members before the plural"):
            for match in around(rule, vocabulary).finditer(text):
                if not match["plural"].lower().startswith(plural["begins"]):
                    continue
                for name in around("one member", vocabulary).finditer(text, *match.span("members")):
                    full = _full_name(name.group(), plural["form"])
                    yield Entity(name.start(), name.end(), plural["kind"], full)


def _full_name(name: str, form: str) -> str:
    """A member's name as it is written alone: Vikbo kommun, Åhus kommun, Torpets kommun."""
    genitive = name if name[-1].lower() in "aeiouyåäösxz" else f"{name}s"
    return form.format(name=name, genitive=genitive)


def _slots(text: str, vocabulary: Vocabulary) -> Iterator[Entity]:
    """Names that stand where a party may begin: at the beginning, behind "mellan", "och", a comma or a bullet."""
    no_party = around("no name of a party", vocabulary)
    for match in around("in a party's place", vocabulary).finditer(text):
        name = match["name"].rstrip()
        if not no_party.search(name):
            start = match.start("name")
            yield Entity(start, start + len(name), UNKNOWN, name)


def _is_detailed(following: str, vocabulary: Vocabulary) -> bool:
    """Whether an organisation number or a term follows right after a name."""
    link = around("before what is told", vocabulary).match(following)
    rest = following[link.end() :] if link is not None else following
    terms = vocabulary.rules("parties", "term")
    return organisation_number.PATTERN.match(rest) is not None or any(
        rule.pattern.match(begin) is not None for rule in terms for begin in (rest, following.lstrip(" ,"))
    )


def _begins_party(text: str, slot: Entity, before: Sequence[Entity], vocabulary: Vocabulary) -> bool:
    """Whether a name of which something is told begins a party: after a comma only where the same is told of the one
    before, else it is a part of that one or its town."""
    if not _is_detailed(text[slot.end :], vocabulary):
        return False
    earlier = [e for e in before if e.end <= slot.start]
    if not earlier or not text[: slot.start].rstrip().endswith(","):
        return True
    clause = text[earlier[-1].end : slot.start]
    numbered = organisation_number.PATTERN.search(text, slot.end, slot.end + _REACH) is not None
    return organisation_number.PATTERN.search(clause) is not None if numbered else _has_term(clause, vocabulary)


def _is_joined(text: str, slot: Entity, before: Sequence[Entity], vocabulary: Vocabulary) -> bool:
    """Whether nothing stands between a name and the one before but what joins two parties, or it is the first."""
    earlier = [e for e in before if e.end <= slot.start]
    if not earlier:
        return around("begins a list", vocabulary).fullmatch(text[: slot.start]) is not None
    link = text[earlier[-1].end : slot.start]
    if around("joins two subjects", vocabulary).fullmatch(link):
        return organisation_number.PATTERN.search(text) is None or not link.strip().startswith(",")
    return around("joined by och", vocabulary).search(link) is not None and _holds_details(link, vocabulary)


def _holds_details(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause holds a number, a term or a postcode of the party before."""
    numbered = organisation_number.PATTERN.search(clause) or around("postcode", vocabulary).search(clause)
    return numbered is not None or _has_term(clause, vocabulary)


def _has_term(clause: str, vocabulary: Vocabulary) -> bool:
    return any(rule.pattern.search(clause) for rule in vocabulary.rules("parties", "term"))
