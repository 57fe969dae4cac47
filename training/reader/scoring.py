"""Which claims of a record are right, by the record that a person's marks make."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from avskrift.models.agreement import Traced
from avskrift.parsing.judge.claims import ALIKE, alikeness, is_alike, name_of
from avskrift.parsing.judge.judge import ATTRIBUTES
from avskrift.parsing.learned.records import LearnedRecords

LISTS = {
    "parties": "parties",
    "groups": "groups",
    "focus_areas": "focus_areas",
    "annexes": "annexes",
    "signatories": "signatories",
    "contacts": "contacts",
    "document.diary_numbers": "diary_numbers",
}
"""The judged lists, and how records call them."""


def alike(one: str, other: str) -> bool:
    return alikeness(one, other) >= ALIKE


def matched(field: str, truth: Sequence[Traced], found: Sequence[Traced]) -> dict[int, int]:
    """For each found object that is right the number of the true one, each once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, one in enumerate(found):
        for j, right in enumerate(truth):
            if j not in taken and is_alike(field, name_of(field, right), name_of(field, one)):
                pairs[i] = j
                taken.add(j)
                break
    return pairs


def counts(truth: LearnedRecords, found: object) -> Iterator[tuple[str, int, int, int]]:
    """For each judged field of a document: how many values are right, wrong and missing."""
    for field, name in LISTS.items():
        rights, ones = getattr(truth, name), getattr(found, name)
        pairs = matched(field, rights, ones)
        yield field, len(pairs), len(ones) - len(pairs), len(rights) - len(pairs)
        for attribute in ATTRIBUTES[field]:
            right = wrong = missing = 0
            for i, one in enumerate(ones):
                true = rights[pairs[i]] if i in pairs else None
                r, w, m = _attribute(true, one, attribute)
                right, wrong, missing = right + r, wrong + w, missing + m
            for j, true in enumerate(rights):
                if j not in pairs.values():
                    missing += len(_values(true, attribute))
            yield f"{field}.{attribute}", right, wrong, missing
    title = getattr(found, "title", None)
    true_title = None if truth.title is None else truth.title.value
    title = getattr(title, "value", title)
    right = int(bool(title and true_title and alike(title, true_title)))
    yield "document.title", right, int(bool(title)) - right, int(bool(true_title)) - right


def _values(record: Traced | None, attribute: str) -> list[str]:
    value = None if record is None else getattr(record, attribute)
    return [str(v) for v in value] if isinstance(value, list) else [] if not value else [str(value)]


def _attribute(true: Traced | None, found: Traced, attribute: str) -> tuple[int, int, int]:
    rights, ones = _values(true, attribute), _values(found, attribute)
    left = list(rights)
    right = 0
    for one in ones:
        hit = next((r for r in left if alike(r, one)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right, len(ones) - right, len(left)


def expected_error(shares: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The expected calibration error over ten bins of equal counts."""
    if not len(shares):
        return math.nan
    order = np.argsort(shares)
    bins = np.array_split(order, min(10, max(1, len(order) // 15)))
    return float(sum(len(b) * abs(shares[b].mean() - right[b].mean()) for b in bins) / len(shares))


def precision_recall(right: float, wrong: float, missing: float) -> tuple[float, float]:
    return right / max(1, right + wrong), right / max(1, right + missing)


def f1(right: float, wrong: float, missing: float) -> float:
    return 2 * right / max(1, 2 * right + wrong + missing)
