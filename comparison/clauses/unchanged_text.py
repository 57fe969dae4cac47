"""Which words of a document stand unchanged in the other: a value that was read there has not changed.

Fields are read from the text. Where all places that hold a value's words are the same in both documents, a difference
between the fields is one of reading them, not of the documents.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avskrift.language.fold import fold_word
from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import Evidence
from avskrift.models.comparison import ClauseChange, ObjectChange, ObjectChangeType, RunKind, Side, ValueChange

_SAME = (RunKind.EQUAL, RunKind.SAME_READING, RunKind.MOVED)
_BREAK = "|"
_SHORTEST = 4
"""Letters and digits of a value that can be looked for."""
UNCHANGED_TEXT = "its words stand unchanged in both documents, and only the field was read otherwise"


@dataclass(frozen=True, slots=True)
class SideText:
    """All words of a side run together as they are compared, clauses parted by a sign; and those that are unchanged."""

    whole: str
    same: str

    @classmethod
    def of(cls, clauses: Sequence[ClauseChange], *, old: bool) -> "SideText":
        """The words of one side of a comparison."""
        whole, same = [], []
        for clause in clauses:
            both = bool(clause.old and clause.new)
            for run in clause.runs:
                keys = _keys(run.old if old else run.new)
                whole.append(keys)
                same.append(keys if both and run.kind in _SAME else _BREAK)
            whole.append(_BREAK)
            same.append(_BREAK)
        return cls("".join(whole), "".join(same))

    def unchanged(self, words: str) -> bool:
        """Whether the words stand in the document, and everywhere in stretches that the other has too."""
        wanted = _keys(words)
        if len(wanted) < _SHORTEST:
            return False
        places = self.whole.count(wanted)
        return places > 0 and self.same.count(wanted) == places


def _keys(text: str) -> str:
    return "".join(fold_word(word) for word in re.findall(r"[^\s]+", text))


def with_text_check(objects: Iterable[ObjectChange], clauses: Sequence[ClauseChange]) -> list[ObjectChange]:
    """The changes of objects, in doubt where the text did not change."""
    old, new = SideText.of(clauses, old=True), SideText.of(clauses, old=False)
    return [_checked(one, old, new) for one in objects]


def _checked(one: ObjectChange, old: SideText, new: SideText) -> ObjectChange:
    doubt = [*one.doubt, UNCHANGED_TEXT] if _stands_unchanged(one, old, new) else one.doubt
    values = [_checked_value(value, old, new) for value in one.values]
    return one.model_copy(update={"values": values, "doubt": list(dict.fromkeys(doubt))})


def _stands_unchanged(one: ObjectChange, old: SideText, new: SideText) -> bool:
    """Whether what an object was called stands unchanged, though it came, went or is called otherwise."""
    if one.fate in (ObjectChangeType.KEPT, ObjectChangeType.CHANGED):
        return False
    if one.fate in (ObjectChangeType.ADDED, ObjectChangeType.REMOVED):
        return all(text.unchanged(_read_from(s)) for sides, text in ((one.old, old), (one.new, new)) for s in sides)
    return all(text.unchanged(s.name) for sides, text in ((one.old, old), (one.new, new)) for s in sides)


def _read_from(side: Side) -> str:
    """The words that an object's name was read from; the name where it is no part of them."""
    digits = re.findall(r"\d{4}", side.name)
    if side.evidence is not None and digits and all(d in side.evidence.text for d in digits):
        return side.evidence.text
    return side.name


def _checked_value(value: ValueChange, old: SideText, new: SideText) -> ValueChange:
    words_old = _value_words(value.field, value.old, value.old_evidence)
    words_new = _value_words(value.field, value.new, value.new_evidence)
    if all(text.unchanged(words) for words, text in ((words_old, old), (words_new, new)) if words):
        return value.model_copy(update={"doubt": list(dict.fromkeys([*value.doubt, UNCHANGED_TEXT]))})
    return value


def _value_words(field: str, value: str | None, evidence: Evidence | None) -> str | None:
    """What a value was read from: for days, numbers and flags the words of their evidence, if these hold it."""
    if value is None or value == "no":
        return None
    if evidence is None or (value != "yes" and any(c.isalpha() for c in value)):
        return value
    if field == "meetings_per_year":
        holds = frequency_in(evidence.text) is not None
    else:
        holds = value == "yes" or value[:4] in evidence.text
    return evidence.text if holds else value
