"""Values that differ between two objects: what stood there, what stands there now, where each was read."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from avskrift.comparison.clauses.material_change import Actors, substance_of
from avskrift.comparison.clauses.word_diff import stretches_of
from avskrift.comparison.clauses.words import tokens_of
from avskrift.comparison.objects.candidates import MOST_PAIRS, too_many
from avskrift.comparison.objects.name_similarity import same_words, shared_members
from avskrift.comparison.objects.notice import Notice
from avskrift.comparison.objects.ocr_uncertainty import misreading_in, weakness_of
from avskrift.comparison.ocr_equivalence import key_of
from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.models.comparison import RunKind, ValueChange, ValueFate

_LONGEST_NAME = 80
_STANDS = 92.0
"""How like a stretch of text must be to a name to be it (rapidfuzz's partial ratio, 0 to 100)."""
_MOST_LOOKED = 50_000_000
"""Letters of text that are searched for what one record lacks, misread: 500 names in 100,000 letters."""
_MANY_NAMES = (
    "too much that one record lacks: for the last of it the text of the other was not searched for misread names"
)
Direction = Literal["up", "down"]


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
        wanted, text = key_of(value.replace(" ", "")), self.new_text if in_new else self.old_text
        if not 6 <= len(wanted) <= _LONGEST_NAME or not wanted.isalpha():
            return []
        if wanted not in text and not self._misread_in(wanted, text):
            return []
        return [f"its words stand in the text of the {'new' if in_new else 'old'} document too"]

    def _misread_in(self, wanted: str, text: str) -> bool:
        if self.looked["letters"] > _MOST_LOOKED:
            self.remarks.append(_MANY_NAMES)
            return False
        self.looked["letters"] += len(text)
        return fuzz.partial_ratio(wanted, text, score_cutoff=_STANDS) >= _STANDS

    def both_hold(self, old: str, new: str) -> bool:
        """Whether each of two long values stands word for word in the other document too."""
        wanted = key_of(old.replace(" ", "")), key_of(new.replace(" ", ""))
        return min(map(len, wanted)) > _LONGEST_NAME // 2 and wanted[0] in self.new_text and wanted[1] in self.old_text


def text_of(record: Agreement) -> str:
    """All words of a record's sections, run together as they are compared."""
    return "".join(key_of(word) for s in record.sections for word in (*(s.title or "").split(), *s.text.split()))


@dataclass(frozen=True, slots=True)
class Held:
    """An object of a record, and its JSON Pointer there."""

    value: Traced
    path: str

    def evidence(self, name: str) -> Evidence | None:
        """Where a value of the object was read; where the object was, if that is not known."""
        return self.value.evidence_by_field.get(name) or self.value.evidence


def compared(name: str, old: Held, new: Held, sides: Sides) -> ValueChange | None:
    """The change of one value (text, number, day or flag) of an object; None where it says the same."""
    before, after = getattr(old.value, name), getattr(new.value, name)
    a, b = _shown(before), _shown(after)
    if a == b or (a is not None and b is not None and name not in _LITERAL and same_words(a, b)):
        return None
    if name in _LITERAL and _bare(a) == _bare(b):
        return None
    evidence = old.evidence(name) if a is not None else None, new.evidence(name) if b is not None else None
    doubt = [reason for e in evidence for reason in weakness_of(e)]
    fate: ValueFate | None
    if a is None or b is None:
        fate = ValueFate.ADDED if a is None else ValueFate.REMOVED
        if isinstance(before if b is None else after, str):
            doubt += sides.elsewhere(a or b or "", in_new=b is None)
    elif sides.both_hold(a, b):
        return None  # the documents say the same; only the field was cut otherwise
    else:
        fate = _fate(name, a, b, sides)
        if isinstance(before, str):
            doubt += misreading_in(a.split(), b.split())
        if fate is None:
            return None
    return ValueChange(
        field=name,
        fate=fate,
        old=a,
        new=b,
        direction=_direction(before, after),
        old_path=f"{old.path}/{name}" if a is not None else None,
        new_path=f"{new.path}/{name}" if b is not None else None,
        old_evidence=evidence[0],
        new_evidence=evidence[1],
        doubt=list(dict.fromkeys(doubt)),
    )


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


def _bare(value: str | None) -> str | None:
    return None if value is None else re.sub(r"[^\w.@]+", "", value).lower()


def _fate(name: str, before: str, after: str, sides: Sides) -> ValueFate | None:
    if name in _EXACT:
        return ValueFate.CHANGED
    a, b = tokens_of(before), tokens_of(after)
    fate: ValueFate | None = None
    for one in stretches_of(a, b, lambda x, y: x.key == y.key):
        if one.kind in (RunKind.EQUAL, RunKind.SAME_READING):
            continue
        spans = one.old_start, one.old_end, one.new_start, one.new_end
        if substance_of(a, b, spans, sides.actors) and not misreading_in(
            [t.word for t in a[one.old_start : one.old_end]], [t.word for t in b[one.new_start : one.new_end]]
        ):
            return ValueFate.CHANGED
        fate = ValueFate.REWORDED
    return fate


def texts_compared(name: str, old: Notice | None, new: Notice | None, sides: Sides) -> ValueChange | None:
    """The change of words that stand in a clause; None where both say the same."""
    if old is None and new is None:
        return None
    a, b = old.text if old is not None else None, new.text if new is not None else None
    fate: ValueFate | None = ValueFate.ADDED if a is None else ValueFate.REMOVED
    if a is not None and b is not None:
        fate = None if same_words(a, b) else _fate(name, a, b, sides)
    if fate is None:
        return None
    return ValueChange(
        field=name,
        fate=fate,
        old=a,
        new=b,
        old_path=old.path if old is not None else None,
        new_path=new.path if new is not None else None,
        old_evidence=old.evidence if old is not None else None,
        new_evidence=new.evidence if new is not None else None,
    )


def items_compared(name: str, old: Held, new: Held, sides: Sides) -> list[ValueChange]:
    """The items of a list (members) that came, went or were reworded, one change each."""
    before: list[str] = getattr(old.value, name)
    after: list[str] = getattr(new.value, name)
    if len(before) * len(after) > MOST_PAIRS:
        sides.remarks.append(too_many(f"the {name} of one object", len(before), len(after)))
    pairs = shared_members(before, after)
    found = []
    for i, j in pairs:
        if not same_words(before[i], after[j]):
            found.append(_item(ValueFate.REWORDED, name, (before, old, i), (after, new, j), []))
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    among_old, among_new = _Items.of(before), _Items.of(after)
    for i, item in enumerate(before):
        if i not in kept_old:
            doubt = among_new.holding(item)
            found.append(_item(ValueFate.REMOVED, name, (before, old, i), None, doubt))
    for j, item in enumerate(after):
        if j not in kept_new:
            doubt = among_old.holding(item)
            found.append(_item(ValueFate.ADDED, name, None, (after, new, j), doubt))
    return found


Item = tuple[Sequence[str], Held, int]


def _item(fate: ValueFate, name: str, old: Item | None, new: Item | None, doubt: list[str]) -> ValueChange:
    old_evidence = old[1].evidence(f"{name}.{old[2]}") if old is not None else None
    new_evidence = new[1].evidence(f"{name}.{new[2]}") if new is not None else None
    return ValueChange(
        field=name,
        fate=fate,
        old=old[0][old[2]] if old is not None else None,
        new=new[0][new[2]] if new is not None else None,
        old_path=f"{old[1].path}/{name}/{old[2]}" if old is not None else None,
        new_path=f"{new[1].path}/{name}/{new[2]}" if new is not None else None,
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
        runs = [key_of(item.replace(" ", "")) for item in items]
        return cls(items, runs, "\n".join(runs))

    def holding(self, item: str) -> list[str]:
        """Doubt where an item may be part of another one: a list that was cut in another way."""
        key = key_of(item.replace(" ", ""))
        if len(key) < 6 or key not in self.whole:
            return []
        for other, run in zip(self.items, self.runs, strict=True):
            if key in run and key != run:
                return [f"it may stand in “{other}”"]
        return []
