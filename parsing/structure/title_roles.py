"""What a title is about: its roles in the vocabulary's terms (headings.toml), and the kind of group that it names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from avskrift.parsing.vocabulary import Vocabulary, closest, fold, folded
from avskrift.parsing.vocabulary.in_force import in_force

_MOST_WORDS = 6
"""Words of a title that may name a group or hold a term; longer ones are sentences."""
_KEPT = 4096
"""Titles whose meaning is kept: the same lines are asked about by several modules."""
_CONTAINED = 85.0
"""How like a title is that only holds a term (0 to 100): below every title that is one (86)."""
_NAMED_FIRST = 90.0
"""How like a title is whose first part is one: "Parter och avtalets räckvidd"."""
_OF_GROUP = 95.0
"""How sure a role is that the kind of a group tells, among likenesses from 0 to 100."""


def line_rule(name: str, vocabulary: Vocabulary | None = None) -> re.Pattern[str]:
    """How a line that heads a section looks, by the name of its rule in [[line]] of headings.toml."""
    return (vocabulary or in_force()).pattern("headings", name, "line")


def label_of(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """The label that a line begins with, and that content follows: "Deltagare: kommunchef", "Hur ofta? Varje vecka"."""
    found = vocabulary.pattern("groups", "label").match(text)
    if found is not None and (found.group().rstrip().endswith(":") or text[found.end() :].strip()):
        return found
    return line_rule("labelled", vocabulary).match(text)


def roles_of(title: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """What a heading is about: names of roles, `group:KIND` for groups, best first; empty when unknown."""
    return _roles_of(title, vocabulary or in_force())


@lru_cache(maxsize=_KEPT)
def _roles_of(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if line_rule("numbered area", vocabulary).match(title):
        return ()  # one area, not the section on all of them
    plain = line_rule("years and numbers", vocabulary).sub("", title)
    hits = [(_likeness(plain, entry["terms"]), str(entry["name"])) for entry in vocabulary.table("headings")["role"]]
    found = [pair for pair in hits if pair[0] > 0]
    if found and max(found)[0] >= 95:
        found = [pair for pair in found if pair[0] > _CONTAINED]
    kind = group_kind(title, vocabulary)
    if kind is not None:
        found.append((_OF_GROUP, f"group:{kind}"))
    return tuple(name for _, name in sorted(found, key=lambda pair: -pair[0]))


def _likeness(title: str, terms: Sequence[str]) -> float:
    """How like the title is to the best of the terms (0 to 100); 0 where none is like it."""
    hit = closest(title, terms, 86.0)
    if hit is not None:
        return hit[1]
    first, *others = re.split(r"\s(?:och|samt)\s", title, maxsplit=1)
    if others and closest(first, terms, 95.0) is not None:
        return _NAMED_FIRST
    return _CONTAINED if _contains_term(title, terms) else 0.0


def _contains_term(title: str, terms: Sequence[str]) -> bool:
    """Whether a term of two words or one long word stands whole in a short title."""
    words = fold(title).split()
    return len(words) <= _MOST_WORDS and any(_stands_in(term, words) for term in folded(tuple(terms)))


def _stands_in(term: str, words: Sequence[str]) -> bool:
    count = len(term.split())
    return len(term) >= 9 and any(
        fuzz.ratio(" ".join(words[i : i + count]), term) >= 92 for i in range(len(words) - count + 1)
    )


_AREA_WORD = re.compile(r"omrade(?:t|n|na)?$")  # "området" ends like "rådet"
_BRACKET_AT_END = re.compile(r"(?<!\s)\s*\([^)]{0,500}\)$")


def group_kind(title: str, vocabulary: Vocabulary | None = None) -> str | None:
    """The kind of group a short title names (steering, working ...), or None."""
    return _group_kind(title, vocabulary or in_force())


@lru_cache(maxsize=_KEPT)
def _group_kind(title: str, vocabulary: Vocabulary) -> str | None:
    head = line_rule("after the name of a group", vocabulary).split(title, maxsplit=1)[0]
    by_head = _kind_by_term(head, vocabulary) or _kind_by_ending(head, vocabulary)
    by_title = _kind_by_term(title, vocabulary)
    return by_title if by_head is not None and by_title is not None else _kind_by_ending(head, vocabulary)


def _kind_by_ending(title: str, vocabulary: Vocabulary) -> str | None:
    """The kind that the last word's ending tells: `platsgrupper`, `SSPF-team`, `byaråd`."""
    words = _BRACKET_AT_END.sub("", title.strip()).split()
    if not words or len(words) > 5:
        return None
    last = words[-1].strip(".:,").lower()
    for kind, ending in vocabulary.derived(_endings):
        if ending.fullmatch(last):
            return None if _AREA_WORD.search(fold(last)) or _is_no_group(last, vocabulary) else kind
    return None


def _endings(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = vocabulary.table("headings")["group_ending"]
    return tuple((str(entry["kind"]), re.compile(entry["pattern"])) for entry in entries)


def _is_no_group(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary.table("headings")["no_group"]["words"]


def _kind_by_term(title: str, vocabulary: Vocabulary) -> str | None:
    """The kind that a term of [[group]] tells which the title begins or ends with."""
    title = _BRACKET_AT_END.sub("", title)
    words = fold(title).split()
    if not words or len(words) > _MOST_WORDS or _is_no_group(title.split()[-1].lower().strip(".:,"), vocabulary):
        return None
    terms = vocabulary.derived(_group_terms)
    return next((kind for kind, term in terms if _begins_or_ends_with(term, words)), None)


def _group_terms(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Kinds of groups with their terms, folded."""
    entries = vocabulary.table("headings")["group"]
    return tuple((str(entry["kind"]), fold(term)) for entry in entries for term in entry["terms"])


def _begins_or_ends_with(term: str, words: Sequence[str]) -> bool:
    count = len(term.split())
    tail, head = " ".join(words[-count:]), " ".join(words[:count])
    if fuzz.ratio(tail, term) >= 90 or (len(term) >= 9 and fuzz.ratio(head, term) >= 92):
        return True
    return len(term) >= 5 and len(words) <= 5 and words[-1].endswith(term) and not _AREA_WORD.search(words[-1])
