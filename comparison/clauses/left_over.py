"""Sections that no other resembles: written anew between the same neighbours, joined to one, or held in one.

Where one document lost a heading, two clauses of the other stand in one section of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from avskrift.comparison.candidates import Index
from avskrift.comparison.clauses.letter_sequences import LEAST_SEQUENCES
from avskrift.comparison.name_similarity import likeness_of
from avskrift.models.agreement import Section

_MOST_PAIRS = 20_000
"""Pairs of left-over sections up to which it is looked which stands within which."""
_MOST_LETTERS = 20_000_000
"""Letter sequences of left-over sections, times sections they are looked for in, up to which it is looked."""

JoinedSections = tuple[tuple[int, ...], tuple[int, ...], float]
"""Places of old sections and of new ones that are one clause, and a score from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Tuned on the pairs of agreements of `benchmarks/comparing.py`."""

    kin: float = 0.4
    """Kinship of two headings (`_kinship`) from which clauses between the same neighbours are one."""
    shared_role: float = 0.5
    """What it adds to kinship that both headings have one role."""
    same_number: float = 0.2
    """What it adds to kinship that both have one number."""
    contained: float = 0.6
    """Share of a section's letter sequences that another must hold for it to be a part of it."""


SETTINGS = Settings()


def between_neighbours(
    matched: dict[int, int], old: Sequence[Section], new: Sequence[Section], remarks: list[str]
) -> list[tuple[int, int]]:
    """Clauses left over between the same neighbours that bear the same number, matter or words in their titles.

    Their texts were written anew; place and heading say that one took the other's place. `matched` are places in `old`
    and `new` of sections that are one; `remarks` takes what could not be compared in full.
    """
    found: list[tuple[int, int]] = []
    taken = set(matched.values())
    befores, afters = _neighbours(len(old), matched)
    windows = [
        (i, range(matched.get(befores[i], -1) + 1, matched.get(afters[i], len(new))))
        for i, section in enumerate(old)
        if i not in matched and section.title
    ]
    index = _index_for(windows, new, remarks)
    for i, window in windows:
        places: Iterable[int] = window
        if index is not None:
            places = [j for j in index.candidates(_heading(old[i]), i, len(old)) if j in window]
        alike = [(_kinship(old[i], new[j]), -j) for j in places if j not in taken]
        kinship, negative = max(alike, default=(0.0, 0))
        if kinship >= SETTINGS.kin:
            found.append((i, -negative))
            taken.add(-negative)
    return found


def _index_for(windows: Sequence[tuple[int, range]], new: Sequence[Section], remarks: list[str]) -> Index | None:
    """An index of headings where there are too many sections to look at each; None where there are few."""
    if sum(len(window) for _, window in windows) <= _MOST_PAIRS:
        return None
    remarks.append(
        f"too many sections without a counterpart, {len(windows):,}: those written anew were looked for among the "
        "few with words of their headings only"
    )
    return Index([_heading(section) for section in new])


def _heading(section: Section) -> list[str]:
    """What a heading is found by: its words and its matter."""
    return [section.title or "", *section.roles]


def _neighbours(count: int, matched: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """For each section the nearest before and after it that has a counterpart; -1 and `count` where there is none."""
    before, after = [-1] * count, [count] * count
    for i in range(1, count):
        before[i] = i - 1 if i - 1 in matched else before[i - 1]
    for i in range(count - 2, -1, -1):
        after[i] = i + 1 if i + 1 in matched else after[i + 1]
    return before, after


def _kinship(old: Section, new: Section) -> float:
    """How far two headings speak of one thing: shared words and matter, and the same number."""
    if not old.title or not new.title:
        return 0.0
    shared = set(old.roles) & set(new.roles)
    role = any(not role.startswith("group:") for role in shared)  # which group is which is known by more than this
    number = bool(old.number) and old.number == new.number
    likeness = likeness_of(old.title, new.title).both
    return likeness + SETTINGS.shared_role * role + SETTINGS.same_number * number


def joined_to_neighbours(
    matched: dict[int, int], own: Sequence[Counter[str]], others: Sequence[Counter[str]]
) -> dict[int, tuple[int, ...]]:
    """Sections without a counterpart whose text stands in the counterpart of the section before or after them.

    `matched` gives counterparts by place; `own` and `others` are the letter sequences of both sides. By the place of
    the section that they are joined to.
    """
    found: dict[int, tuple[int, ...]] = {}
    befores, afters = _neighbours(len(own), matched)
    left_of: dict[int, Counter[str]] = {}
    for i, grams in enumerate(own):
        if i in matched or not grams:
            continue
        neighbours = [k for k in (befores[i], afters[i]) if k in matched]
        left_of = {  # sections in a row have the same neighbours
            k: left_of[k] if k in left_of else others[matched[k]] - own[k] for k in neighbours
        }
        least = SETTINGS.contained * grams.total()
        host = next((k for k in neighbours if sum((grams & left_of[k]).values()) >= least), None)
        if host is not None:
            found[host] = (*found.get(host, ()), i)
    return found


def standing_within(
    alone_old: Sequence[int],
    alone_new: Sequence[int],
    grams_old: Sequence[Counter[str]],
    grams_new: Sequence[Counter[str]],
    remarks: list[str],
) -> list[JoinedSections]:
    """Sections left over that stand together in one left-over section of the other side, whose headings were lost.

    `alone_old` and `alone_new` are places of sections without a counterpart, `grams_old` and `grams_new` the letter
    sequences of all sections; `remarks` takes what was not looked for.
    """
    letters = sum(len(grams_old[i]) for i in alone_old) * len(alone_new)
    letters += sum(len(grams_new[j]) for j in alone_new) * len(alone_old)
    if letters > _MOST_LETTERS or len(alone_old) * len(alone_new) > _MOST_PAIRS:
        remarks.append(
            f"too many sections without a counterpart, {len(alone_old):,} and {len(alone_new):,}: it was not looked "
            "which of them stand within which"
        )
        return []
    in_new = _held(alone_old, alone_new, grams_old, grams_new)
    left_old = sorted(set(alone_old).difference(*(parts for parts, _, _ in in_new)))
    left_new = sorted(set(alone_new) - {j for _, j, _ in in_new})
    in_old = _held(left_new, left_old, grams_new, grams_old)
    return [
        *((parts, (j,), score) for parts, j, score in in_new),
        *(((i,), parts, score) for parts, i, score in in_old),
    ]


def _held(
    parts: Sequence[int], wholes: Sequence[int], grams: Sequence[Counter[str]], others: Sequence[Counter[str]]
) -> list[tuple[tuple[int, ...], int, float]]:
    """Which sections stand in which of the other side: the parts, the whole, and the share of it that they are."""
    found: list[tuple[tuple[int, ...], int, float]] = []
    left = list(parts)
    for whole in wholes:
        within = [i for i in left if _stands_in(grams[i], others[whole])]
        share = sum(grams[i].total() for i in within) / max(1, others[whole].total())
        if share >= SETTINGS.contained:
            found.append((tuple(within), whole, min(1.0, share)))
            left = [i for i in left if i not in within]
    return found


def _stands_in(part: Counter[str], whole: Counter[str]) -> bool:
    return part.total() >= LEAST_SEQUENCES and (part & whole).total() >= SETTINGS.contained * part.total()
