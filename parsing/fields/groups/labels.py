"""Labels that tell of a group: "Grupp:", "Deltagare:", "Mötesfrekvens:", and the short line that stands over them."""

import itertools
import re
from collections.abc import Iterator, Sequence

from avskrift.parsing.fields.groups.members import plain_member
from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST_NAME = 60
"""Signs of a line that names a box at most."""
_FIRST_BLOCKS = 5
"""Blocks of a section whose labels tell whether it is a group's."""


def label_in(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """The label that a text begins with."""
    return vocabulary.pattern("groups", "label").match(text)


def label_key(word: str, vocabulary: Vocabulary) -> str | None:
    """What a label's word tells of a group, None for what is of no account."""
    for entry in vocabulary.table("groups")["label"]:
        if word.lower().startswith(tuple(entry["begins"])):
            return str(entry["key"])
    return None


def _keys(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[str | None]:
    """What the labels of blocks tell; other blocks are passed over."""
    labels = (label_in(block.text, vocabulary) for block in blocks)
    return (label_key(label["label"], vocabulary) for label in labels if label is not None)


def lists_groups(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether blocks name groups by a label and tell of each by others: Grupp, Uppgift, Deltagare."""
    keys = list(_keys(blocks, vocabulary))
    return any(a == "name" and b not in (None, "name") for a, b in itertools.pairwise(keys)) and "members" in keys


def labelled_members(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether blocks begin with labels of a group: who takes part, and when it meets."""
    return {"members", "frequency"} <= set(_keys(blocks[:_FIRST_BLOCKS], vocabulary))


def names_a_box(block: Block, following: Block | None, vocabulary: Vocabulary, *, known: bool) -> bool:
    """Whether a short line (`block`) names the group that the labels below it describe (`following` begins with one).

    With `known` only what groups are called in the `vocabulary` is a name.
    """
    if known and group_kind(block.text, vocabulary) is None:
        return False
    if len(block.text) > _LONGEST_NAME or block.text.endswith((".", ",", ";")) or following is None:
        return False
    if len(block.text.split()) > 3 and group_kind(block.text.split()[-1], vocabulary) is None:
        return False
    label = label_in(following.text, vocabulary)
    return label is not None and label_key(label["label"], vocabulary) in ("members", "purpose")


def members_by_line(block: Block, start: int, vocabulary: Vocabulary) -> list[TextSpan]:
    """The members after a label that stand one on a line, without commas; none where they run on."""
    lines = [TextSpan.join([line]) for line in block.lines]
    rows = [lines[0].cut(start), *lines[1:]]
    if len(rows) < 2 or any("," in row.text for row in rows):
        return []
    if not (all(r.text[:1].isupper() for r in rows) or all(is_member(r.text, vocabulary) for r in rows)):
        return []
    return [m for r in rows if (m := plain_member(r, vocabulary)) is not None]
