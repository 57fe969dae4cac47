"""How many values of verified records another reading of their documents gets right."""

from collections.abc import Iterable, Mapping, Sequence

from avskrift.models.agreement import Agreement
from avskrift.models.training import Counts
from avskrift.parsing.judge.claims import ALIKE, alikeness
from avskrift.parsing.learned.records import records_of
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.learned.verified import VerifiedValue, values_of
from avskrift.parsing.vocabulary import Vocabulary

Figures = Mapping[str, Counts]
"""Counts by the part of the record: `parties`, `period`, `groups` ..."""


def figures_of(verified: Agreement, read: Agreement) -> Figures:
    """How many values of a `verified` record are right in one that was `read` from the same document.

    A value is right that is spelt alike in the same field of an object that is called alike.
    """
    truth, claims = _by_field(verified), _by_field(read)
    found: dict[str, Counts] = {}
    for field in dict.fromkeys([*truth, *claims]):
        right = _matches(truth.get(field, []), claims.get(field, []))
        missed, wrong = len(truth.get(field, [])) - right, len(claims.get(field, [])) - right
        part = field.split(".")[0]
        found[part] = found.get(part, Counts()) + Counts(right=right, wrong=wrong, missed=missed)
    return found


def record_of(spans: Sequence[TaggedSpan], verified: Agreement, vocabulary: Vocabulary) -> Agreement:
    """What the network alone reads, by the `spans` that it tagged, in the place of a `verified` record; the
    `vocabulary` knows dates and kinds of bodies."""
    found = records_of(spans, vocabulary)
    title = None if found.title is None else found.title.value
    head = verified.document.model_copy(update={"title": title, "diary_numbers": found.diary_numbers})
    lists = ("parties", "groups", "focus_areas", "annexes", "signatories", "contacts", "period")
    return verified.model_copy(update={"document": head, **{name: getattr(found, name) for name in lists}})


def total_of(figures: Iterable[Figures]) -> dict[str, Counts]:
    """The sums of some figures, part by part."""
    found: dict[str, Counts] = {}
    for one in figures:
        for part, counts in one.items():
            found[part] = found.get(part, Counts()) + counts
    return found


def sum_of(figures: Figures) -> Counts:
    """The counts of all parts together."""
    return sum(figures.values(), Counts())


def _by_field(record: Agreement) -> dict[str, list[VerifiedValue]]:
    found: dict[str, list[VerifiedValue]] = {}
    for value in values_of(record):
        found.setdefault(value.field, []).append(value)
    return found


def _matches(truth: Sequence[VerifiedValue], read: Sequence[VerifiedValue]) -> int:
    """How many values of a field are among the true ones, each once."""
    left = list(truth)
    for value in read:
        same = next((t for t in left if _are_alike(t.text, value.text) and _are_alike(t.owner, value.owner)), None)
        if same is not None:
            left.remove(same)
    return len(truth) - len(left)


def _are_alike(one: str, other: str) -> bool:
    return one == other or alikeness(one, other) >= ALIKE
