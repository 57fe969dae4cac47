"""A group that runs the cooperation, while it is gathered, and what tells that two names mean the same one."""

from dataclasses import dataclass, field

from rapidfuzz import fuzz

from avskrift.language.frequency import frequency_in
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.group_names import group_key
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary

_ALIKE = 90.0
"""How alike (0 to 100, rapidfuzz's ratio) the keys of two names of one group are at least; judged, not tuned."""


@dataclass(slots=True)
class GroupCandidate:
    """A group while it is gathered. Each value is the span it was read from; `headed` tells that a heading, a label or
    a box names it, `leads` and `decides` what sentences say of it, `labels` which labels have been read."""

    name: TextSpan
    kind: str
    aliases: tuple[str, ...] = ()
    members: list[TextSpan] = field(default_factory=list)
    frequency: TextSpan | None = None
    per_year: float | None = None
    purpose: TextSpan | None = None
    chair: TextSpan | None = None
    convener: TextSpan | None = None
    reports_to: TextSpan | None = None
    labels: set[str] = field(default_factory=set)
    leads: bool = False
    decides: bool = False
    headed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether enough is known to call it a group of the agreement."""
        return bool(self.members) or self.frequency is not None

    def meets(self, words: TextSpan, vocabulary: Vocabulary) -> None:
        """Takes some words for how often the group meets."""
        found = frequency_in(words.text, vocabulary.frequency_rules())
        self.frequency, self.per_year = words, None if found is None else found.per_year

    def settle(self, vocabulary: Vocabulary) -> None:
        """Takes a member that only tells how often the group meets for what it is: the last line of a box."""
        for member in self.members:
            found = frequency_in(member.text, vocabulary.frequency_rules())
            if found is None or found.start > 0 or found.end < len(member.text) - 2:
                continue
            if not is_member(member.text, vocabulary):
                if self.frequency is None:
                    self.frequency, self.per_year = member, found.per_year
                self.members = [m for m in self.members if m is not member]

    def complete_from(self, other: "GroupCandidate") -> None:
        """Takes from a later mention what this one lacks."""
        self.members = self.members or other.members
        if self.frequency is None:
            self.frequency, self.per_year = other.frequency, other.per_year
        self.purpose = other.purpose if self.purpose is None else self.purpose
        self.chair = other.chair if self.chair is None else self.chair
        self.convener = other.convener if self.convener is None else self.convener
        self.reports_to = other.reports_to if self.reports_to is None else self.reports_to
        self.leads, self.decides = self.leads or other.leads, self.decides or other.decides


def group_called(name: TextSpan, vocabulary: Vocabulary) -> GroupCandidate | None:
    """A group of the kind that its name tells, or None."""
    kind = group_kind(name.text, vocabulary)
    return None if kind is None else GroupCandidate(name, kind)


def groups_named(sentence: TextSpan, vocabulary: Vocabulary) -> list[GroupCandidate]:
    """Every group that a sentence names as its subject or introduces."""
    names = vocabulary.pattern("groups", "names a body").finditer(sentence.text)
    found = [group_called(sentence.cut(*name.span("body")), vocabulary) for name in names]
    return [group for group in found if group is not None]


def is_short_for(short: GroupCandidate, long: GroupCandidate, vocabulary: Vocabulary) -> bool:
    """Whether part of a heading names the group: "Styrgruppen" under *Strategisk styrgrupp*, or *Styrgrupp Vikbo*."""
    whole, part = group_key(long.name.text, vocabulary), group_key(short.name.text, vocabulary)
    return long.headed and (whole.endswith(" " + part) or whole.startswith(part + " "))


def same(one: GroupCandidate, other: GroupCandidate, vocabulary: Vocabulary) -> bool:
    """Whether two are one group by their names, or by what one of them is also called."""
    mine, theirs = ({group_key(n, vocabulary) for n in (g.name.text, *g.aliases)} for g in (one, other))
    return any(fuzz.ratio(a, b) >= _ALIKE for a in mine for b in theirs)
