"""Labels that tell of a body: "Grupp:", "Deltagare:", "Mötesfrekvens:", and the short line that stands over them."""

import itertools
from collections.abc import Sequence
from functools import partial

from avskrift.parsing.fields.groups.members import is_member, plain_member
from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import pattern

_rule = partial(pattern, "groups")
_LABEL_KEYS = {
    "name": ("forum", "grupp", "organ", "mötesforum"),
    "members": ("deltag", "deltar", "medlem", "ledam", "representant", "sammansätt", "vilka", "ingår"),
    "frequency": ("mötesfre", "möte", "frekvens", "när", "hur ofta"),
    "convener": ("sammankallande", "vem kallar"),
    "chair": ("ordförande", "vem leder"),
    "purpose": ("uppdrag", "syfte", "uppgift", "mandat", "ansvarar"),
    "reports_to": ("rapporterar",),
}


def label_key(word: str) -> str | None:
    """What a label's word tells of a body, None for what is of no account."""
    return next((key for key, begins in _LABEL_KEYS.items() if word.lower().startswith(begins)), None)


def lists_bodies(blocks: Sequence[Block]) -> bool:
    """Whether blocks name bodies by a label and tell of each by others: Grupp, Uppgift, Deltagare."""
    keys = [label_key(label["label"]) for b in blocks if (label := _rule("label").match(b.text)) is not None]
    return any(a == "name" and b not in (None, "name") for a, b in itertools.pairwise(keys)) and "members" in keys


def labelled_members(blocks: Sequence[Block]) -> bool:
    """Whether blocks begin with labels of a body: who takes part, and when it meets."""
    keys = {
        label_key(label["label"]) for block in blocks[:5] if (label := _rule("label").match(block.text)) is not None
    }
    return {"members", "frequency"} <= keys


def names_a_box(block: Block, following: Block | None, *, known: bool) -> bool:
    """Whether a short line names the body that the labels below it describe; with `known` only what bodies are
    called."""
    if known and group_kind(block.text) is None:
        return False
    if len(block.text) > 60 or block.text.endswith((".", ",", ";")) or following is None:
        return False
    if len(block.text.split()) > 3 and group_kind(block.text.split()[-1]) is None:
        return False
    label = _rule("label").match(following.text)
    return label is not None and label["label"].lower().startswith(_LABEL_KEYS["members"] + _LABEL_KEYS["purpose"])


def members_by_line(block: Block, start: int) -> list[TextSpan]:
    """The members after a label that stand one on a line, without commas; none where they run on."""
    lines = [TextSpan.join([p]) for p in block.lines]
    first = lines[0].cut(start)
    rows = [first, *lines[1:]]
    if len(rows) < 2 or any("," in r.text or r.text.endswith(("-", " och", " samt", " för", " i")) for r in rows):
        return []
    if not (all(r.text[:1].isupper() for r in rows) or all(is_member(r.text) for r in rows)):
        return []
    return [m for r in rows if (m := plain_member(r)) is not None]
