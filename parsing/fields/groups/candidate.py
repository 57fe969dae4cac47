"""A body that runs the cooperation, while it is being gathered, and what tells that two names mean the same one."""

import re
from dataclasses import dataclass, field
from functools import partial

from rapidfuzz import fuzz

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.members import is_member
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import fold, frequency_rules, pattern

_rule = partial(pattern, "groups")


@dataclass(slots=True)
class Body:
    """A group while it is being gathered. Each value is the passage it was read from."""

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
    def told(self) -> bool:
        """Whether enough is known to call it a body of the agreement."""
        return bool(self.members) or self.frequency is not None

    def settle(self) -> None:
        """Takes a member that only tells how often the body meets for what it is: the last line of a box."""
        for member in self.members:
            found = frequency_in(member.text, frequency_rules())
            if found is None or found.start > 0 or found.end < len(member.text) - 2 or is_member(member.text):
                continue
            if self.frequency is None:
                self.frequency, self.per_year = member, found.per_year
            self.members = [m for m in self.members if m is not member]


def body_of(name: TextSpan) -> Body | None:
    """A body of the kind that its name tells, or None."""
    kind = group_kind(name.text)
    return None if kind is None else Body(name, kind)


def kind_of_head(name: str) -> str | None:
    """The kind that a name tells before what it is for, or where: "Rådet" of *Rådet för trygghet*, *Rådet Vikbo*."""
    before = (re.split(r" (?:för|i|om|mot) ", name)[0], re.split(r"(?<=[a-zåäö]) (?=[A-ZÅÄÖ])", name)[0])
    return next((kind for head in before if (kind := group_kind(head)) is not None), None)


def bodies_named(sentence: TextSpan) -> list[Body]:
    """Every body that a sentence names as its subject or introduces."""
    found = [body_of(sentence.cut(*m.span("body"))) for m in _rule("names a body").finditer(sentence.text)]
    return [b for b in found if b is not None]


def plain_key(name: str) -> str:
    """A body's name without "lokal", endings of number and definiteness."""
    plain = re.sub(r"(?<!\s)\s*\([^)]{0,500}\)$| (?:för|i|om|mot) .*$", "", name)
    drop = ("lokal", "lokala", "lokalt", "den", "det", "en", "ett", "gemensam", "gemensamma")
    council = re.sub(r"brottsforebyggande rad(?:et)?\b", "bra", fold(plain))
    words = [w for w in council.split() if w not in drop]
    return " ".join(re.sub(r"(?<=..)(?:erna|arna|en|et|er|a|n|t)$", "", w) if len(w) > 3 else w for w in words)


def is_short_for(short: Body, long: Body) -> bool:
    """Whether part of a heading names the body: "Styrgruppen" under *Strategisk styrgrupp*, or *Styrgrupp Vikbo*."""
    whole, part = plain_key(long.name.text), plain_key(short.name.text)
    return long.headed and (whole.endswith(" " + part) or whole.startswith(part + " "))


def same(one: Body, other: Body) -> bool:
    """Whether two are one body by their names, or by what one of them is also called."""
    mine = {plain_key(n) for n in (one.name.text, *one.aliases)}
    theirs = {plain_key(n) for n in (other.name.text, *other.aliases)}
    return any(fuzz.ratio(a, b) >= 90 for a in mine for b in theirs)
