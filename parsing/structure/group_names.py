"""Names of groups: the kind that a name tells, and what two names of one group have in common."""

import re
from functools import lru_cache

from avskrift.language.fold import fold
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary

_KEPT = 4096
"""Names whose keys are kept: each is compared with every other of the document."""


def kind_of_head(name: str, vocabulary: Vocabulary) -> str | None:
    """The kind that a name tells before what it is for, or where: "Rådet" of *Rådet för trygghet*, *Rådet Vikbo*."""
    before = (without_purpose(name), re.split(r"(?<=[a-zåäö]) (?=[A-ZÅÄÖ])", name)[0])
    return next((kind for head in before if (kind := group_kind(head, vocabulary)) is not None), None)


def without_purpose(name: str) -> str:
    """The name without what the group is for: "Rådet" of *Rådet för trygghet*."""
    return re.split(r" (?:för|i|om|mot) ", name)[0]


@lru_cache(maxsize=_KEPT)
def group_key(name: str, vocabulary: Vocabulary) -> str:
    """A group's name as it is compared: without "lokal", endings of number and definiteness, and what it is for."""
    plain = fold(vocabulary.pattern("groups", "after a name").sub("", name))
    plain = vocabulary.pattern("groups", "council in full").sub("bra", plain)
    words = [w for w in plain.split() if w not in vocabulary.table("groups")["name"]["left_out"]]
    ending = vocabulary.pattern("groups", "ending of a name")
    return " ".join(ending.sub("", word) if len(word) > 3 else word for word in words)
