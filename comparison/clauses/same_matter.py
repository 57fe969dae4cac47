"""Sections of both documents that are about one matter: a group, a focus area, or a role that no other has."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from avskrift.comparison.clauses.annex_part import Place, end_of_agreement, place_of, stands_in_annex
from avskrift.comparison.name_similarity import stems_in
from avskrift.models.agreement import Agreement, Section
from avskrift.models.comparison import ObjectChange, ObjectName, Side

_MOST_NAMED = 100
"""Pairs of sections that a group's name can tell of: a title of more sections tells none from another."""


def sections_of_one_matter(
    objects: Sequence[ObjectChange], old: Agreement, new: Agreement
) -> frozenset[tuple[int, int]]:
    """Pairs of sections, by their places in both records, that are about one matter.

    Their titles name groups or areas that belong together (`objects`), or they alone in each agreement have a role.
    """
    found = _pairs_with_a_unique_role(old, new)
    before, after = _Titles.of(old.sections), _Titles.of(new.sections)
    for one in objects:
        if one.object in (ObjectName.GROUP, ObjectName.FOCUS_AREA) and len(one.old) == len(one.new) == 1:
            here, there = before.naming(one.old[0]), after.naming(one.new[0])
            if len(here) * len(there) <= _MOST_NAMED:
                found |= set(product(here, there))
    return frozenset(found)


def _pairs_with_a_unique_role(old: Agreement, new: Agreement) -> set[tuple[int, int]]:
    """Sections that alone in each agreement, its annexes aside, are about something: Tid, Avtalstid."""
    before, after = _sections_by_role(old), _sections_by_role(new)
    return {(i, after[role]) for role, i in before.items() if role in after}


def _sections_by_role(record: Agreement) -> dict[str, int]:
    """The places of sections that are the only ones with their first role."""
    end = end_of_agreement(record)
    roles = {i: s.roles[:1] for i, s in enumerate(record.sections) if s.title and not stands_in_annex(s, end)}
    often = Counter(role for some in roles.values() for role in some)
    return {role: i for i, some in roles.items() for role in some if often[role] == 1}


@dataclass(frozen=True, slots=True)
class _Titles:
    """Where sections stand, and what their titles tell.

    `starts` are the places where sections begin, sorted; `last` is, for each of them, the last section (by its place in
    the record) of those that begin there or before.
    """

    by_stems: dict[frozenset[str], list[int]]
    starts: list[Place]
    last: list[int]

    @classmethod
    def of(cls, sections: Sequence[Section]) -> "_Titles":
        by_stems: dict[frozenset[str], list[int]] = {}
        for i, section in enumerate(sections):
            if section.title:
                by_stems.setdefault(frozenset(stems_in(section.title)), []).append(i)
        begun = sorted((place_of(s.evidence) or (s.page, 0), i) for i, s in enumerate(sections))
        return cls(by_stems, [start for start, _ in begun], list(accumulate((i for _, i in begun), max)))

    def naming(self, side: Side) -> list[int]:
        """Sections that describe a group or area: with its name for a title, or in whose lines its name was read."""
        named = self.by_stems.get(frozenset(stems_in(side.name)), [])
        place = place_of(side.evidence)
        if named or place is None:
            return named
        at = bisect_right(self.starts, place)
        return [self.last[at - 1]] if at else []
