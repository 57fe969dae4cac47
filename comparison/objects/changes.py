"""What became of the objects of one kind: matched, then their values compared, then what is doubtful about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from avskrift.comparison.candidates import MOST_PAIRS, too_many
from avskrift.comparison.clauses.annex_part import Place, end_of_agreement, evidences_of, holds_annexes, in_annexes
from avskrift.comparison.clauses.material_change import actors_of
from avskrift.comparison.name_similarity import same_words
from avskrift.comparison.objects.matching import Match, NameOverlap, Score, matched, with_parts
from avskrift.comparison.objects.values import LocatedObject, Sides, compared, items_compared, text_of
from avskrift.comparison.ocr_equivalence import stem_of
from avskrift.comparison.ocr_uncertainty import weakness_of
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.models.comparison import NOT_HELD, ObjectChange, ObjectChangeType, ObjectName, Side, ValueChange

T = TypeVar("T", bound=Traced)


@dataclass(frozen=True, slots=True)
class Records:
    """Both records, and what is known of them together. `old_is_complete` tells whether a file holds its annexes,
    `old_end` where its signatures end."""

    old: Agreement
    new: Agreement
    sides: Sides
    old_is_complete: bool
    new_is_complete: bool
    old_end: Place | None
    new_end: Place | None

    @classmethod
    def of(cls, old: Agreement, new: Agreement, remarks: list[str]) -> "Records":
        """Looks at both. `remarks` takes what could not be compared in full."""
        sides = Sides(actors_of(old, new), text_of(old), text_of(new), remarks)
        return cls(
            old, new, sides, holds_annexes(old), holds_annexes(new), end_of_agreement(old), end_of_agreement(new)
        )


@dataclass(frozen=True, slots=True)
class ComparisonRules(Generic[T]):
    """How objects of one kind are matched and compared.

    `name` shows one; `score` says how surely two belong together, `enough` is where they do; `values` are compared
    one by one, `items` as lists; `renamed` says what a pair whose names differ became; `overlap` says what two
    tell of each other, where objects can be split and merged; `within` compares what is inside.
    """

    object: ObjectName
    name: Callable[[T], str]
    score: Callable[[T, T], Score]
    enough: float
    values: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    renamed: Callable[[T, T], ObjectChangeType] = lambda old, new: ObjectChangeType.RENAMED
    overlap: Callable[[T, T], NameOverlap] | None = None
    within: Callable[[LocatedObject, LocatedObject, Sides], list[ValueChange]] | None = None


Located = Sequence[tuple[str, T]]
"""Objects, each with its JSON Pointer in its record."""


def located(path: str, objects: Sequence[T]) -> list[tuple[str, T]]:
    """The objects of a list with their JSON Pointers."""
    return [(f"{path}/{i}", one) for i, one in enumerate(objects)]


def changes_of(kind: ComparisonRules[T], old: Located[T], new: Located[T], records: Records) -> list[ObjectChange]:
    """What became of every object of `old` and `new`, in the order of the new list; what went comes last.

    `kind` says how such objects are matched and compared, `records` what is known of both records.
    """
    before, after = [o for _, o in old], [o for _, o in new]
    if len(before) * len(after) > MOST_PAIRS:
        records.sides.remarks.append(too_many(f"objects of the kind {kind.object.value}", len(before), len(after)))
    matches = matched(before, after, kind.score, kind.enough)
    if kind.overlap is not None:
        matches = with_parts(matches, before, after, kind.overlap)
    return [_change(kind, match, old, new, records) for match in matches]


def _change(kind: ComparisonRules[T], match: Match, old: Located[T], new: Located[T], records: Records) -> ObjectChange:
    """What became of the objects of a match, which names them by their places in `old` and `new`."""
    before, after = [old[i] for i in match.old], [new[j] for j in match.new]
    one_to_one = len(before) == len(after) == 1
    values = _values(kind, before[0], after[0], records.sides) if one_to_one else []
    change_type = _change_type(kind, before, after, values)
    doubt: list[str] = []
    if change_type in (ObjectChangeType.ADDED, ObjectChangeType.REMOVED):
        doubt = [reason for _, one in (*before, *after) for reason in _doubt(kind, one, records, gone=bool(before))]
    if change_type in (ObjectChangeType.RENAMED, ObjectChangeType.REPLACED):
        doubt = [reason for _, one in (*before, *after) for reason in weakness_of(name_evidence(one))]
    return ObjectChange(
        object=kind.object,
        fate=change_type,
        old=[_side(kind, *one) for one in before],
        new=[_side(kind, *one) for one in after],
        score=None if match.score is None else round(match.score.value, 3),
        because=list(match.score.because) if match.score is not None else [],
        values=values,
        doubt=list(dict.fromkeys(doubt)),
    )


def _side(kind: ComparisonRules[T], path: str, one: T) -> Side:
    return Side(name=kind.name(one), path=path, evidence=name_evidence(one))


def name_evidence(one: Traced) -> Evidence | None:
    """Where an object's name was read; where the object was, if that is not known."""
    for field in ("name", "title", "number", "date"):
        if field in one.evidence_by_field:
            return one.evidence_by_field[field]
    return one.evidence or next(iter(one.evidence_by_field.values()), None)


def _values(kind: ComparisonRules[T], old: tuple[str, T], new: tuple[str, T], sides: Sides) -> list[ValueChange]:
    before, after = LocatedObject(old[1], old[0]), LocatedObject(new[1], new[0])
    found = [c for name in kind.values if (c := compared(name, before, after, sides)) is not None]
    for name in kind.items:
        found.extend(items_compared(name, before, after, sides))
    if kind.within is not None:
        found.extend(kind.within(before, after, sides))
    return found


def _change_type(
    kind: ComparisonRules[T], old: Located[T], new: Located[T], values: Sequence[ValueChange]
) -> ObjectChangeType:
    """What became of objects that belong together, whose `values` differ."""
    if not old or not new:
        return ObjectChangeType.ADDED if new else ObjectChangeType.REMOVED
    if len(old) > 1 or len(new) > 1:
        return ObjectChangeType.SPLIT if len(new) > 1 else ObjectChangeType.MERGED
    before, after = old[0][1], new[0][1]
    if not same_name(kind.name(before), kind.name(after)):
        return kind.renamed(before, after)
    return ObjectChangeType.CHANGED if values else ObjectChangeType.KEPT


def same_name(old: str, new: str) -> bool:
    """Whether two names are one but for inflection: Styrgruppen, Styrgrupp."""
    if same_words(old, new):
        return True
    a, b = old.split(), new.split()
    return len(a) == len(b) and all(stem_of(fold_word(x)) == stem_of(fold_word(y)) for x, y in zip(a, b, strict=True))


def _doubt(kind: ComparisonRules[T], one: T, records: Records, *, gone: bool) -> list[str]:
    """Why something that one side lacks may be there: in an annex that was not scanned, or in the text."""
    found: list[str] = []
    end, other_is_complete = (
        (records.old_end, records.new_is_complete) if gone else (records.new_end, records.old_is_complete)
    )
    if not other_is_complete and in_annexes(end, evidences_of(one)):
        found.append(NOT_HELD)
    name = kind.name(one)
    if name[:1].isalpha():
        found.extend(records.sides.elsewhere(name, in_new=gone))
    return [*found, *weakness_of(name_evidence(one))]
