"""Lists of members in running text: where they begin and end, and how they part."""

import re

from avskrift.parsing.structure.entities import functions_in, is_member
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST = 16
"""Words of one member at most: more are a sentence."""
_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäöé-]+(?:\s[A-ZÅÄÖ][a-zåäöé-]+)?")
_AND_AT_END = re.compile(r"\s(?:samt|och|representerade)[\s,.;:]*$")


def members_in(passage: TextSpan, vocabulary: Vocabulary) -> list[TextSpan]:
    """The members of a running list: parted by commas, semicolons and the last "och" or "samt"."""
    text = passage.text.rstrip(" .")
    cuts = [0]
    depth = 0
    for found in re.finditer(
        r"[()]|[,;]\s+(?:och\s+|samt\s+|liksom\s+)?|(?<!\s)\s+(?:och|samt|jämte|liksom|respektive)\s+", text
    ):
        sign = found.group()
        if sign in "()":
            depth += 1 if sign == "(" else -1
        elif depth <= 0 and _parts(text, cuts[-1], found, vocabulary):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    spans = _with_places(text, list(zip(cuts[::2], cuts[1::2], strict=True)), vocabulary)
    return [member for span in spans if (member := plain_member(passage.cut(*span), vocabulary))]


def _with_places(text: str, spans: list[tuple[int, int]], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The spans of members, each with the place behind it where every second is one: "rektorn, Viken, vaktaren, Ås"."""
    offices, places = spans[::2], spans[1::2]
    alternate = len(offices) == len(places) >= 2
    named = all(_PLACE.fullmatch(text[a:b].strip()) and not is_member(text[a:b], vocabulary) for a, b in places)
    return [(a, d) for (a, _), (_, d) in zip(offices, places, strict=True)] if alternate and named else spans


def _parts(text: str, start: int, found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a joint parts two members: not "barn- och ungdomschef", not "chef för individ och familj"."""
    before, sign = text[start : found.start()], found.group().strip(" ,;")
    if before.endswith("-"):
        return False
    if sign not in ("och", "respektive") or found.group()[0] in ",;":
        return True
    after = re.split(r"[,;(]|(?<!-)\s(?:och|samt)\s", text[found.end() :])[0].strip()
    if is_member(after, vocabulary) or not functions_in(before, vocabulary):
        return True
    return after.split(" ")[0].lower() not in vocabulary.table("groups")["fields"]["words"]


def are_members(members: list[TextSpan], vocabulary: Vocabulary) -> bool:
    """Whether what was cut apart looks like members: most are offices, organisations or representatives."""
    definite = vocabulary.pattern("groups", "definite")
    good = sum(is_member(m.text, vocabulary) or definite.search(m.text) is not None for m in members)
    return bool(members) and good * 2 > len(members)


def plain_member(passage: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """One member without "samt" at either end, bullets and stops; None for what is no member."""
    head = re.match(r"[\s,.;:–•-]*(?:(?:samt|och|även|följande|dels|av)\s+)?", passage.text)
    tail = re.search(r"(?<![\s,.;:–-])[\s,.;:–-]*$", _AND_AT_END.sub("", passage.text))
    start = 0 if head is None else head.end()
    member = passage.cut(start, len(passage.text) if tail is None else max(start, tail.start()))
    if len(member.text) < 2 or len(member.text.split()) > _LONGEST:
        return None
    return None if vocabulary.pattern("groups", "no member").search(member.text) else member
