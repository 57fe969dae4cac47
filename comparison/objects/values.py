"""Values that differ between two objects: what stood there, what stands there now, where each was read."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from avskrift.comparison.candidates import MOST_PAIRS, too_many
from avskrift.comparison.clauses.material_change import Actors, material_changes
from avskrift.comparison.clauses.word_diff import stretches_of
from avskrift.comparison.clauses.words import tokens_of
from avskrift.comparison.name_similarity import same_words, shared_members
from avskrift.comparison.ocr_uncertainty import misreading_in, weakness_of
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.models.comparison import ValueChange, ValueChangeType

_MOST_LOOKED = 50_000_000
"""Letters of text that are searched for what one record lacks, misread: 500 names in 100,000 letters."""
_MANY_NAMES = (
    "too much that one record lacks: for the last of it the text of the other was not searched for misread names"
)
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Settings:
    """When words that one record lacks stand in the other's text; letters and digits as they are compared."""

    least_name: int = 6
    """Letters of a name from which it is looked for in a text."""
    longest_name: int = 80
    """Letters up to which it is."""
    stands: float = 92.0
    """How like a stretch of text must be to a name to be it (rapidfuzz's partial ratio, 0 to 100)."""
    least_text: int = 41
    """Letters from which two texts that each stand in both documents were only cut otherwise."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Sides:
    """What comparing values needs to know of both records: who acts, and all their words, run together."""

    actors: Actors
    old_text: str
    new_text: str
    remarks: list[str] = field(default_factory=list)
    """Takes what could not be compared in full."""
    looked: Counter[str] = field(default_factory=Counter)
    """Letters of text that were searched for names that may be misread."""

    def elsewhere(self, value: str, *, in_new: bool) -> list[str]:
        """Doubt where a value that one record lacks stands in its text after all."""
        wanted, text = fold_word(value.replace(" ", "")), self.new_text if in_new else self.old_text
        if not SETTINGS.least_name <= len(wanted) <= SETTINGS.longest_name or not wanted.isalpha():
            return []
        if wanted not in text and not self._misread_in(wanted, text):
            return []
        return [f"its words stand in the text of the {'new' if in_new else 'old'} document too"]

    def _misread_in(self, wanted: str, text: str) -> bool:
        if self.looked["letters"] > _MOST_LOOKED:
            self.remarks.append(_MANY_NAMES)
            return False
        self.looked["letters"] += len(text)
        return fuzz.partial_ratio(wanted, text, score_cutoff=SETTINGS.stands) >= SETTINGS.stands

    def both_hold(self, old: str, new: str) -> bool:
        """Whether each of two long values stands word for word in the other document too."""
        wanted = fold_word(old.replace(" ", "")), fold_word(new.replace(" ", ""))
        return (
            min(map(len, wanted)) >= SETTINGS.least_text and wanted[0] in self.new_text and wanted[1] in self.old_text
        )


def text_of(record: Agreement) -> str:
    """All words of a record's sections, run together as they are compared."""
    return "".join(fold_word(word) for s in record.sections for word in (*(s.title or "").split(), *s.text.split()))


@dataclass(frozen=True, slots=True)
class LocatedObject:
    """An object of a record, and its JSON Pointer there."""

    value: Traced
    path: str

    def evidence(self, name: str) -> Evidence | None:
        """Where a value of the object was read; where the object was, if that is not known."""
        return self.value.evidence_by_field.get(name) or self.value.evidence


def compared(name: str, old: LocatedObject, new: LocatedObject, sides: Sides) -> ValueChange | None:
    """The change of one value (text, number, day or flag) of an object; None where it says the same.

    `name` is the field of both objects, `old` and `new` what each holds, `sides` what is known of both records.
    """
    before, after = getattr(old.value, name), getattr(new.value, name)
    a, b = _shown(before), _shown(after)
    change_type = _change_type(name, a, b, sides)
    if change_type is None:
        return None
    old_evidence = old.evidence(name) if a is not None else None
    new_evidence = new.evidence(name) if b is not None else None
    doubt = [*weakness_of(old_evidence), *weakness_of(new_evidence)]
    if isinstance(before or after, str):
        doubt += _text_doubt(a, b, sides)
    return ValueChange(
        field=name,
        fate=change_type,
        old=a,
        new=b,
        direction=_direction(before, after),
        old_path=f"{old.path}/{name}" if a is not None else None,
        new_path=f"{new.path}/{name}" if b is not None else None,
        old_evidence=old_evidence,
        new_evidence=new_evidence,
        doubt=list(dict.fromkeys(doubt)),
    )


def _text_doubt(old: str | None, new: str | None, sides: Sides) -> list[str]:
    """Why a text that differs may be the same: misread, or elsewhere in the document that lacks it."""
    if old is not None and new is not None:
        return misreading_in(old.split(), new.split())
    return sides.elsewhere(old or new or "", in_new=new is None)


def _shown(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _direction(before: object, after: object) -> Direction | None:
    if isinstance(before, bool) or isinstance(after, bool):
        return None
    if isinstance(before, float) and isinstance(after, float):
        return "up" if after > before else "down"
    return None


_LITERAL = frozenset({"email", "phone", "organisation_number"})
"""Values of which every sign counts."""
_EXACT = _LITERAL | {"valid_from", "valid_to", "until_further_notice", "number", "meetings_per_year", "name", "title"}
"""Values that are changed wherever they are not the same; others may be reworded."""


def _bare(value: str) -> str:
    return re.sub(r"[^\w.@]+", "", value).lower()


def _change_type(name: str, old: str | None, new: str | None, sides: Sides) -> ValueChangeType | None:
    """What became of a value; None where both say the same, or only the field was cut otherwise."""
    if old is None or new is None:
        return None if old == new else ValueChangeType.ADDED if old is None else ValueChangeType.REMOVED
    if old == new or (_bare(old) == _bare(new) if name in _LITERAL else same_words(old, new)):
        return None
    if sides.both_hold(old, new):
        return None
    return ValueChangeType.CHANGED if name in _EXACT else _wording_type(old, new, sides.actors)


def _wording_type(old: str, new: str, actors: Actors) -> ValueChangeType | None:
    """What became of a text: changed, where what differs is material and no misreading."""
    a, b = tokens_of(old), tokens_of(new)
    found: ValueChangeType | None = None
    for one in stretches_of(a, b, lambda x, y: x.key == y.key):
        if not one.differs:
            continue
        gone, came = (
            [t.word for t in tokens] for tokens in (a[one.old_start : one.old_end], b[one.new_start : one.new_end])
        )
        if material_changes(a, b, one, actors) and not misreading_in(gone, came):
            return ValueChangeType.CHANGED
        found = ValueChangeType.REWORDED
    return found


def items_compared(name: str, old: LocatedObject, new: LocatedObject, sides: Sides) -> list[ValueChange]:
    """The items of a list (`name` is the field, as members) by which `old` and `new` differ, one change each.

    `sides` takes the remark that a list was too long to compare in full.
    """
    before: list[str] = getattr(old.value, name)
    after: list[str] = getattr(new.value, name)
    if len(before) * len(after) > MOST_PAIRS:
        sides.remarks.append(too_many(f"the {name} of one object", len(before), len(after)))
    pairs = shared_members(before, after)
    found = [
        _item_change(ValueChangeType.REWORDED, name, (before[i], old, i), (after[j], new, j))
        for i, j in pairs
        if not same_words(before[i], after[j])
    ]
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    among_old, among_new = _Items.of(before), _Items.of(after)
    for i, item in enumerate(before):
        if i not in kept_old:
            doubt = among_new.holding(item)
            found.append(_item_change(ValueChangeType.REMOVED, name, (item, old, i), None, doubt))
    for j, item in enumerate(after):
        if j not in kept_new:
            doubt = among_old.holding(item)
            found.append(_item_change(ValueChangeType.ADDED, name, None, (item, new, j), doubt))
    return found


Item = tuple[str, LocatedObject, int]
"""An item of a list, the object that has it, and its place there."""


def _item_change(
    change_type: ValueChangeType, name: str, old: Item | None, new: Item | None, doubt: Sequence[str] = ()
) -> ValueChange:
    (old_text, old_path, old_evidence), (new_text, new_path, new_evidence) = (
        (item[0], f"{item[1].path}/{name}/{item[2]}", item[1].evidence(f"{name}.{item[2]}")) if item else (None,) * 3
        for item in (old, new)
    )
    return ValueChange(
        field=name,
        fate=change_type,
        old=old_text,
        new=new_text,
        old_path=old_path,
        new_path=new_path,
        old_evidence=old_evidence,
        new_evidence=new_evidence,
        doubt=[*doubt, *weakness_of(old_evidence), *weakness_of(new_evidence)],
    )


@dataclass(frozen=True, slots=True)
class _Items:
    """The items of a list, each run together, and all of them in one text."""

    items: Sequence[str]
    runs: Sequence[str]
    whole: str

    @classmethod
    def of(cls, items: Sequence[str]) -> "_Items":
        runs = [fold_word(item.replace(" ", "")) for item in items]
        return cls(items, runs, "\n".join(runs))

    def holding(self, item: str) -> list[str]:
        """Doubt where an item may be part of another one: a list that was cut in another way."""
        key = fold_word(item.replace(" ", ""))
        if len(key) < SETTINGS.least_name or key not in self.whole:
            return []
        for other, run in zip(self.items, self.runs, strict=True):
            if key in run and key != run:
                return [f"it may stand in “{other}”"]
        return []
