"""Who is named in a text: organisations by kind, and functions, found by spaCy with our own span rules.

The pipeline is blank Swedish: no model is downloaded, nothing is guessed from statistics.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from avskrift.models.agreement import PartyKind
from avskrift.parsing.structure.entity_rules import EntityRules
from avskrift.parsing.structure.entity_tokens import AFTER_A_WORD, BEFORE_A_WORD
from avskrift.parsing.vocabulary import Vocabulary

_ORGANISATIONS = frozenset(kind.value for kind in PartyKind)
_LONGEST_RUN, _LONGEST_WORD, _LONGEST_STRETCH = 32, 200, 20_000
"""Capitalised words in a row, signs of a word, and signs of running text that the rules see together: the time of the
first two grows with the square, the memory of the last is a hundred bytes a sign."""
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ")
_WORD = re.compile(r"\S+")
_MOST_NAMES = 4
"""Words of a person's name at most."""
_SIGNS_OF_NAMES = " .-'’´"
_KEPT = 4096
"""Texts whose entities are kept: several modules ask about the same passages."""


@dataclass(frozen=True, slots=True)
class Entity:
    """text[start:end] names an organisation (`label` is its kind) or a function (`label` "function")."""

    start: int
    end: int
    label: str
    text: str


@lru_cache(maxsize=_KEPT)
def entities_in(text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """Every organisation and function named in `text`, in order; of overlapping ones the longest."""
    rules = vocabulary.derived(EntityRules)
    kept: list[Entity] = []
    for begin, end in _stretches(text):
        stretch = text[begin:end]
        taken = bytearray(len(stretch))
        for first, last, label in sorted(rules.found_in(stretch), key=lambda f: (f[0] - f[1], f[0])):
            whole = stretch[first:last]
            name = _trimmed(whole, vocabulary) if label in _ORGANISATIONS else whole
            start = first + whole.index(name)
            if label == PartyKind.POLICE and last == start + len(name):
                name += _tail(stretch[start + len(name) :], name, vocabulary)
            if not any(taken[start : start + len(name)]):
                taken[start : start + len(name)] = b"\1" * len(name)
                kept.append(Entity(begin + start, begin + start + len(name), label, name))
    return tuple(sorted(kept, key=lambda e: e.start))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `text` that are looked at by themselves: all of it, cut only within what can be no name.

    That is a run of capitalised words, or a word, longer than any name.
    """
    begin = run = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if end - start > _LONGEST_WORD:
            yield begin, start
            yield from ((at, min(at + _LONGEST_WORD, end)) for at in range(start, end, _LONGEST_WORD))
            begin, run = end, 0
            continue
        core = word.group().lstrip(BEFORE_A_WORD)
        if len(core) < end - start:
            run = 0
        long = start - begin
        ends = long > _LONGEST_STRETCH and (text[start - 2] in ".!?" or long > 2 * _LONGEST_STRETCH)
        if run >= _LONGEST_RUN or ends:
            yield begin, start
            begin, run = start, 0
        run = run + 1 if core[:1] in _CAPITALS and core[-1] not in AFTER_A_WORD else 0
    yield begin, len(text)


def _trimmed(name: str, vocabulary: Vocabulary) -> str:
    """An organisation's name without capitalised words beside it: another's name before, an address after."""
    words = name.split(" ")
    data = vocabulary.table("entities")["no_names"]
    stop = next((i for i, w in enumerate(words) if i and w.lower().rstrip(".:") in data["after_a_name"]), len(words))
    start = 0
    while stop - start > 2 and words[start].lower() in data["before_a_name"] and words[start + 1][:1].isupper():
        if words[start + 1].upper() == "I":  # POLISMYNDIGHETEN I VIKBO
            break
        start += 1
    return " ".join(words[start:stop])


def _tail(following: str, name: str, vocabulary: Vocabulary) -> str:
    """The words in small letters with which an area of the police goes on: "Lokalpolisområde Vikbo åbygd"."""
    area = len(name.split()) > 1 and name[-1].isalpha() and not name.lower().endswith("område")
    found = vocabulary.pattern("entities", "goes on in small letters", "within").match(following) if area else None
    return "" if found is None else found.group()


def organisations_in(text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The organisations among the entities."""
    return tuple(e for e in entities_in(text, vocabulary) if e.label in _ORGANISATIONS)


def functions_in(text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The functions (titles, offices) among the entities."""
    return tuple(e for e in entities_in(text, vocabulary) if e.label == "function")


def is_one_organisation(text: str, vocabulary: Vocabulary, share: float = 1.0, slack: int = 0) -> bool:
    """Whether `text` is the name of one organisation, as the `vocabulary` knows such names.

    At least a `share` (0 to 1) of its signs, less `slack` of them, are the name's.
    """
    named = organisations_in(text, vocabulary)
    return len(named) == 1 and named[0].end - named[0].start >= share * len(text) - slack


def is_member(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a stretch can be a member of a group: an office, an organisation, "en företrädare för ..."."""
    return bool(entities_in(text, vocabulary)) or _rule("stands for others", vocabulary).match(text) is not None


def is_person_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether `text` looks like a person's name: two to four capitalised words, no office, no organisation."""
    words = text.replace(".", " ").split()
    data = vocabulary.table("entities")["no_names"]
    if not 2 <= len(words) <= _MOST_NAMES or words[0].lower() in data["words"]:
        return False
    if not all(c.isalpha() or c in _SIGNS_OF_NAMES for c in text):
        return False
    return all(_is_name(w, data["particles"]) for w in words) and not entities_in(text, vocabulary)


def _is_name(word: str, particles: list[str]) -> bool:
    """Whether a word is a name, an initial, or one like "von"."""
    capitalised = word[:1].isupper() and any(c.islower() for c in word[1:])
    return capitalised or len(word) == 1 or word.lower() in particles


def _rule(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return vocabulary.pattern("groups", name)


def kind_of_party(texts: Mapping[str, str], vocabulary: Vocabulary) -> PartyKind:
    """What a party is whose name no rule knows, by its `number`, its `term` and words of its `name` in `texts`: what is
    known of these."""
    for rule in vocabulary.rules("parties", "kind"):
        kind, where = rule.name.rsplit(" ", 1)
        if rule.pattern.search(texts.get(where, "")):
            return PartyKind(kind)
    return PartyKind.OTHER
