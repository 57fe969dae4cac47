"""What a title is about: its roles in the vocabulary's terms (headings.toml), and the kind of group that it names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from avskrift.language.fold import fold
from avskrift.parsing.vocabulary import Vocabulary

_MOST_WORDS = 6
"""Words of a title that may name a group or hold a term; longer ones are sentences."""
_KEPT = 4096
"""Titles whose meaning is kept: the same lines are asked about by several modules."""
_ALIKE, _SURELY = 86.0, 95.0
"""How like a term (0 to 100) a title is that means it, and one that means nothing else."""
_CONTAINED = 85.0
"""How like a title is that only holds a term (0 to 100): below every title that is one."""
_SAME_WORDS, _LONG_TERM = 92.0, 9
"""How like a term (0 to 100) words within a title are that are it, and the letters that it must have then."""
_NAMED_FIRST, _LONG_FIRST = 90.0, 5
"""How like a title is whose first part is one ("Parter och avtalets räckvidd"), and the letters that part must have."""
_SAME_GROUP = 90.0
"""How like a term (0 to 100) the end of a group's name is."""
_OF_GROUP = 95.0
"""How sure a role is that the kind of a group tells, among likenesses from 0 to 100."""


def line_rule(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """How a line that heads a section looks, by the name of its rule in [[line]] of headings.toml."""
    return vocabulary.pattern("headings", name, "line")


def label_of(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """The label that a line begins with, and that content follows: "Deltagare: kommunchef", "Hur ofta? Varje vecka"."""
    found = vocabulary.pattern("groups", "label").match(text)
    if found is not None and (found.group().rstrip().endswith(":") or text[found.end() :].strip()):
        return found
    return line_rule("labelled", vocabulary).match(text)


@lru_cache(maxsize=_KEPT)
def roles_of(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a heading is about: names of roles, `group:KIND` for groups, best first; empty when unknown."""
    if line_rule("numbered area", vocabulary).match(title):
        return ()  # one area, not the section on all of them
    looked_at = _Title.of(line_rule("years and numbers", vocabulary).sub("", title))
    hits = [(looked_at.likeness(terms), name) for name, terms in vocabulary.derived(_role_terms)]
    surely = max(likeness for likeness, _ in hits) >= _SURELY
    found = [pair for pair in hits if pair[0] > (_CONTAINED if surely else 0.0)]
    kind = group_kind(title, vocabulary)
    if kind is not None:
        found.append((_OF_GROUP, f"group:{kind}"))
    return tuple(name for _, name in sorted(found, key=lambda pair: -pair[0]))


def _role_terms(vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of roles with their terms, folded."""
    entries = vocabulary.table("headings")["role"]
    return tuple((str(entry["name"]), tuple(fold(term) for term in entry["terms"])) for entry in entries)


@dataclass(frozen=True, slots=True)
class _Title:
    """A title as it is compared: folded, what stands before its first "och" or "samt" ("" without one), and the runs of
    its words by how many they are (of a short title)."""

    text: str
    before_and: str
    runs: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, title: str) -> "_Title":
        text = fold(title)
        first, *others = _AND.split(title, maxsplit=1)
        words = text.split()
        counts = range(1, len(words) + 1) if len(words) <= _MOST_WORDS else ()
        runs = {n: [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)] for n in counts}
        return cls(text, fold(first) if others else "", runs)

    def likeness(self, terms: Sequence[str]) -> float:
        """How like the title is to the best of some terms (0 to 100); 0 where none is like it."""
        alike = _best(self.text, terms, _ALIKE)
        if alike:
            return alike
        if len(self.before_and) >= _LONG_FIRST and _best(self.before_and, terms, _SURELY):
            return _NAMED_FIRST
        return _CONTAINED if any(self._contains(term) for term in terms) else 0.0

    def _contains(self, term: str) -> bool:
        """Whether a term of two words or one long word is one of the runs of words."""
        if len(term) < _LONG_TERM:
            return False
        most = 1 - _SAME_WORDS / 100  # the share by which their lengths may differ at most
        return any(
            abs(len(run) - len(term)) <= len(run + term) * most and fuzz.ratio(run, term) >= _SAME_WORDS
            for run in self.runs.get(term.count(" ") + 1, ())
        )


def _best(text: str, terms: Sequence[str], at_least: float) -> float:
    """How like a text is to the best of some terms (0 to 100), all folded; 0 where that is less than `at_least`."""
    hit = process.extractOne(text, terms, scorer=fuzz.ratio, score_cutoff=at_least) if text else None
    return 0.0 if hit is None else float(hit[1])


_AREA_WORD = re.compile(r"omrade(?:t|n|na)?$")  # "området" ends like "rådet"
_AND = re.compile(r"\s(?:och|samt)\s")
_BRACKET_AT_END = re.compile(r"(?<!\s)\s*\([^)]{0,500}\)$")


@lru_cache(maxsize=_KEPT)
def group_kind(title: str, vocabulary: Vocabulary) -> str | None:
    """The kind of group a short title names (steering, working ...), or None."""
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
    return next((kind for kind, term, count in terms if _begins_or_ends_with(term, count, words)), None)


def _group_terms(vocabulary: Vocabulary) -> tuple[tuple[str, str, int], ...]:
    """Kinds of groups with their terms, folded, and how many words each has."""
    entries = vocabulary.table("headings")["group"]
    terms = [(str(entry["kind"]), fold(term)) for entry in entries for term in entry["terms"]]
    return tuple((kind, term, len(term.split())) for kind, term in terms)


def _begins_or_ends_with(term: str, count: int, words: Sequence[str]) -> bool:
    if fuzz.ratio(" ".join(words[-count:]), term) >= _SAME_GROUP:
        return True
    if len(term) >= _LONG_TERM and fuzz.ratio(" ".join(words[:count]), term) >= _SAME_WORDS:
        return True
    return len(term) >= 5 and len(words) <= 5 and words[-1].endswith(term) and not _AREA_WORD.search(words[-1])
