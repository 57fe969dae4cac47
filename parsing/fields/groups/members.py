"""Lists of members in running text: where they begin and end, and how they part."""

import re
from functools import partial

from avskrift.parsing.structure.entities import functions_in, organisations_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import load, pattern
from avskrift.parsing.vocabulary.in_force import in_force

_rule = partial(pattern, "groups")
_LONGEST = 16
"""Words of one member at most: more are a sentence."""


def members_in(passage: TextSpan) -> list[TextSpan]:
    """The members of a running list: parted by commas, semicolons and the last "och" or "samt"."""
    text = passage.text.rstrip(" .")
    cuts = [0]
    depth = 0
    for found in re.finditer(r"[()]|[,;]\s+(?:och\s+|samt\s+)?|(?<!\s)\s+(?:och|samt|jämte|respektive)\s+", text):
        sign = found.group()
        if sign in "()":
            depth += 1 if sign == "(" else -1
        elif depth <= 0 and _parts(text, cuts[-1], found):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    parts = [passage.cut(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [member for part in parts if (member := plain_member(part))]


def _parts(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a joint parts two members: not "barn- och ungdomschef", not "chef för individ och familj"."""
    before, sign = text[start : found.start()], found.group().strip(" ,;")
    if before.endswith("-"):
        return False
    if sign not in ("och", "respektive") or found.group()[0] in ",;":
        return True
    after = re.split(r"[,;(]|(?<!-)\s(?:och|samt)\s", text[found.end() :])[0].strip()
    if is_member(after) or not functions_in(before, in_force()):
        return True
    return after.split(" ")[0].lower() not in load("groups")["fields"]["words"]


def is_member(text: str) -> bool:
    """Whether a stretch can be a member by itself: an office, an organisation, "en företrädare för ..."."""
    return (
        bool(functions_in(text, in_force()) or organisations_in(text, in_force()))
        or _rule("stands for others").match(text) is not None
    )


def are_members(members: list[TextSpan]) -> bool:
    """Whether what was cut apart looks like members: most are offices, organisations or representatives."""
    good = sum(is_member(m.text) or _rule("definite").search(m.text) is not None for m in members)
    return bool(members) and good * 2 > len(members)


_AND_AT_END = re.compile(r"\s(?:samt|och)[\s,.;:]*$")


def plain_member(passage: TextSpan) -> TextSpan | None:
    """One member without "samt" at either end, bullets and stops; None for what is no member."""
    start, end = 0, len(passage.text)
    head = re.match(r"[\s,.;:–•-]*(?:(?:samt|och|även|följande|dels|av)\s+)?", passage.text)
    tail = re.search(r"(?<![\s,.;:–-])[\s,.;:–-]*$", _AND_AT_END.sub("", passage.text))
    if head is not None:
        start = head.end()
    if tail is not None:
        end = max(start, tail.start())
    member = passage.cut(start, end)
    if len(member.text) < 2 or len(member.text.split()) > _LONGEST or _rule("no member").search(member.text):
        return None
    return member
