"""What one sentence says of a group: who sits in it, how often it meets, what it is for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.candidate import GroupCandidate, group_called, groups_named, same
from avskrift.parsing.fields.groups.members import are_members, members_in
from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.vocabulary import Vocabulary

_MEMBERSHIP = (
    "in body sit",
    "body where",
    "consists of",
    "body in brackets",
    "body and colon",
    "members are",
    "these are",
    "take part",
    "they meet",
    "body with",
)
"""Rules of groups.toml that give a group's members, the most telling first."""
_SURE = frozenset({"in body sit", "consists of"})
"""Those that are believed whatever the members are called."""
_OF_SEVERAL = frozenset({"these are", "take part", "they meet"})
"""Those that only name a group's members where there are two or more."""
_SUBJECT_BEGINS = 5
"""Signs before a sentence's subject at most."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The members that a sentence gives, and the group it names (None: the one spoken of)."""

    group: GroupCandidate | None
    members: list[TextSpan]


def rule(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """The pattern of groups.toml that is called so."""
    return vocabulary.pattern("groups", name)


def membership_in(sentence: TextSpan, vocabulary: Vocabulary) -> Membership | None:
    """Who sits in a group, by the first rule that says so of members."""
    for name in _MEMBERSHIP:
        for found in rule(name, vocabulary).finditer(sentence.text):
            members = _members(name, sentence, found, vocabulary)
            membership = _membership(name, sentence, found, members, vocabulary) if members else None
            if membership is not None:
                return membership
    return None


def _members(name: str, sentence: TextSpan, found: re.Match[str], vocabulary: Vocabulary) -> list[TextSpan]:
    """The members that a rule found; none where what it found is something else."""
    rest = sentence.cut(found.end("members"))
    if rest.text == ":":
        return []  # "består av följande personer:", and a list below
    span = rest.cut(1) if rest.text.startswith(":") else sentence.cut(*found.span("members"))
    listed = _without_aside(span, vocabulary)
    stop = rule("members end", vocabulary).search(listed.text)
    members = members_in(listed if stop is None else listed.cut(0, stop.start()), vocabulary)
    if name not in _SURE and not are_members(members, vocabulary):
        return []
    if len(members) == 1 and (name in _OF_SEVERAL or not is_member(members[0].text, vocabulary)):
        return []
    return members


def _membership(
    name: str, sentence: TextSpan, found: re.Match[str], members: list[TextSpan], vocabulary: Vocabulary
) -> Membership | None:
    """Members with the group that a rule names, the one spoken of, or the last one named before them."""
    named = found["body"]
    if not named or rule("stands for a body", vocabulary).fullmatch(named.strip()):
        article = sentence.cut(found.start("body"), found.start("members")) if named else None
        meant = groups_named(article, vocabulary) if article and len(named) <= len("denna") else []
        return Membership(meant[0] if meant else None, members)  # "Den operativa gruppen består av ..."
    before = groups_named(sentence.cut(found.start("body"), found.start("members")), vocabulary)
    if name == "consists of" and len(before) > 1:
        return Membership(before[-1], members)  # "Styrgruppen biträds av en arbetsgrupp, som består av ..."
    group = group_called(sentence.cut(*found.span("body")), vocabulary)
    return None if group is None else Membership(group, members)


def _without_aside(listed: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A list without what it says of one of its members: "kommunchefen, som också är ordförande, och ..."."""
    aside = rule("aside", vocabulary).search(listed.text)
    return listed if aside is None else between([listed.cut(0, aside.start()), listed.cut(aside.end())], "")


def frequency_of(sentence: TextSpan, vocabulary: Vocabulary) -> tuple[TextSpan, float | None] | None:
    """The words on how often the group meets, if the sentence is about its meetings."""
    meets = rule("meets", vocabulary).search(sentence.text)
    found = frequency_in(sentence.text, vocabulary.frequency_rules())
    if meets is None or found is None or rule("no member", vocabulary).search(sentence.text):
        return None
    before = sentence.text[: found.start]
    if rule("follows up", vocabulary).search(before) and not rule("meets", vocabulary).search(before):
        return None
    start = found.start
    if found.per_year is None and meets.groupdict().get("how"):
        start = min(meets.start("how"), found.start)
    led_in = rule("before a frequency", vocabulary).search(sentence.text[:start])
    start = start if led_in is None else led_in.start()
    rest = sentence.text[found.end :]
    tail = rule("frequency ends", vocabulary).search(rest)
    end = found.end + (len(rest) if tail is None else tail.start())
    return sentence.cut(start, end).stripped(".,; "), found.per_year


def task_in(sentence: TextSpan, vocabulary: Vocabulary, *, meets: bool, other: bool) -> TextSpan | None:
    """What a `sentence` on a group says it is for, by the `vocabulary`.

    That is why it meets where it `meets`, else all of it; None where it says something `other`.
    """
    if meets:
        why = rule("meets in order to", vocabulary).search(sentence.text)
        return None if why is None else sentence.cut(*why.span("task")).stripped(". ")
    if other or sentence.text.endswith(":") or rule("tells its task", vocabulary).match(sentence.text) is None:
        return None
    return sentence.stripped(". ")


def purpose_in(sentences: Sequence[TextSpan], group: GroupCandidate, vocabulary: Vocabulary) -> TextSpan | None:
    """What a headed group is for: the sentences that tell it, up to those on members and meetings."""
    telling: list[TextSpan] = []
    for sentence in sentences:
        if _is_on_members(sentence, vocabulary):
            if telling:
                break
        elif telling or _states_purpose(sentence, group, vocabulary):
            telling.append(sentence)
    return between(telling) if telling else None


def _is_on_members(sentence: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells who sits in a group or when it meets, or introduces that."""
    return (
        sentence.text.endswith(":")
        or rule("introduces members", vocabulary).search(sentence.text) is not None
        or membership_in(sentence, vocabulary) is not None
        or frequency_of(sentence, vocabulary) is not None
        or lists_functions(sentence, vocabulary)
    )


def _states_purpose(sentence: TextSpan, group: GroupCandidate, vocabulary: Vocabulary) -> bool:
    if rule("appoints", vocabulary).search(sentence.text):
        return False
    name, text = group.name.text, sentence.text
    if text.lower().startswith(name.lower() + " "):
        text = "Gruppen" + text[len(name) :]
    return any(rule(purpose, vocabulary).search(text) for purpose in ("tells purpose", "speaks of it"))


def begins_with(sentence: TextSpan, group: GroupCandidate, vocabulary: Vocabulary) -> bool:
    """Whether a group is a sentence's subject, or is brought up by it: "leds av en styrgrupp"."""
    place = sentence.text.find(group.name.text)
    return place <= _SUBJECT_BEGINS or rule("brings up", vocabulary).search(sentence.text[:place]) is not None


def lists_functions(sentence: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether a sentence is a list of offices and nothing else."""
    members = members_in(sentence, vocabulary)
    listed = len(members) >= 2 and are_members(members, vocabulary)
    return listed and frequency_of(sentence, vocabulary) is None


def is_described(part: DocumentSection, vocabulary: Vocabulary) -> bool:
    """Whether a section begins by saying who the group of its heading consists of."""
    name, first = part.title_passage, part.blocks[0].passage if part.blocks else None
    if name is None or first is None:
        return False
    found = membership_in(sentences_of(first)[0], vocabulary)
    return (
        found is not None and found.group is not None and same(found.group, GroupCandidate(name, "other"), vocabulary)
    )


def is_described_below(name: TextSpan, blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether a heading that ends in a bare "teamet" or "gruppen" names a group: the text below says of it who sits in
    it, or when it meets."""
    bare = rule("bare body", vocabulary).fullmatch(name.text)
    if bare is None:
        return False
    meant = re.compile(rf"\b{bare['it']}(?:et|en)\b", re.IGNORECASE)
    return any(_speaks_of_group(s, vocabulary) for s in _sentences(blocks) if meant.search(s.text))


def _speaks_of_group(sentence: TextSpan, vocabulary: Vocabulary) -> bool:
    return (
        membership_in(sentence, vocabulary) is not None
        or frequency_of(sentence, vocabulary) is not None
        or rule("introduces members", vocabulary).search(sentence.text) is not None
    )


def _sentences(blocks: Sequence[Block]) -> Iterator[TextSpan]:
    for block in blocks:
        yield from sentences_of(block.passage)
