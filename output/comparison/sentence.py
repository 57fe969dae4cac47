"""What differs between two versions, in one sentence."""

from collections import Counter
from collections.abc import Sequence

from avskrift.models.comparison import (
    ClauseChange,
    ClauseChangeType,
    Comparison,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    ValueChangeType,
)

OTHER_NAMES = (
    ObjectChangeType.RENAMED,
    ObjectChangeType.REPLACED,
    ObjectChangeType.SPLIT,
    ObjectChangeType.MERGED,
)
"""What became of objects that are called otherwise."""


def in_short(compared: Comparison) -> str:
    """One sentence on what matters; what is in doubt is only counted."""
    objects = [o for o in compared.objects if not o.doubt]
    clauses = Counter(c.fate for c in compared.clauses if not _only_doubtful(c))
    differs = _counted([*_object_counts(objects), (clauses[ClauseChangeType.MATERIAL], "clause")], "differ")
    parts = [f"{differs} in substance"] if differs else []
    for which, change_type in (("new", ObjectChangeType.ADDED), ("old", ObjectChangeType.REMOVED)):
        fields, alone = sum(o.fate is change_type for o in objects), clauses[ClauseChangeType(change_type.value)]
        if stands := _counted([(fields, "field"), (alone, "clause")], "stand"):
            parts.append(f"{stands} only in the {which} version")
    parts = parts or ["no number, date, party, duty or negation differs in what was compared"]
    if compared.counts.doubtful:
        parts.append(_counted([(compared.counts.doubtful, "difference")], "are") + " in doubt")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _object_counts(objects: Sequence[ObjectChange]) -> list[tuple[int, str]]:
    """How many parties, names and values of objects in both versions differ in substance."""
    paired = [o for o in objects if o.old and o.new]
    parties = [o for o in paired if o.object is ObjectName.PARTY and o.fate is not ObjectChangeType.KEPT]
    names = [o for o in paired if o.object is not ObjectName.PARTY and o.fate in OTHER_NAMES]
    values = [v for o in paired for v in o.values if v.fate is not ValueChangeType.REWORDED and not v.doubt]
    return [(len(parties), "party"), (len(names), "name"), (len(values), "value")]


def _only_doubtful(clause: ClauseChange) -> bool:
    """Whether nothing of a clause's difference is sure."""
    if not clause.old or not clause.new:
        return bool(clause.doubt)
    return all(run.doubt for run in clause.runs if run.substance)


def _counted(counts: Sequence[tuple[int, str]], verb: str) -> str:
    """ "2 parties and 1 clause differ"; nothing where all are 0."""
    said = [f"{n:,} {_plural(word) if n != 1 else word}" for n, word in counts if n]
    if not said:
        return ""
    alone = sum(n for n, _ in counts) == 1
    ending = {"are": "is"}.get(verb, f"{verb}s") if alone else verb
    return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said) + f" {ending}"


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
