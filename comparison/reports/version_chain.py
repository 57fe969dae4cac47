"""Chains of versions: agreements of the same parties and area, in order of time, and the gaps between them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from avskrift.comparison.name_similarity import same_words, stems_in
from avskrift.comparison.reports.days import first_day, last_day
from avskrift.models.agreement import Agreement, DateRole, DocumentKind, PartyKind
from avskrift.models.comparison import Gap, VersionChain

_POLICE = PartyKind.POLICE
_FEW, _LIKE_START = 300, 3
"""Sets of parties of which each is looked at; letters that two readings of a word are looked up by."""
_WHOLE_DATE = len("2024-02-29")
"""Letters of a day that is known to the day."""


@dataclass(frozen=True, slots=True)
class Version:
    """A record and the name it goes by (its path in the archive, or its file's name)."""

    name: str
    record: Agreement


def begins(record: Agreement) -> date | None:
    """The day from which an agreement holds: as it says, or else the last day it was signed or decided."""
    if record.period.valid_from is not None:
        return first_day(record.period.valid_from)
    days = [last_day(d.date) for d in record.dates if d.role in (DateRole.SIGNED, DateRole.DECIDED)]
    return max(days) if days else None


def ends(record: Agreement) -> date | None:
    """The last day that an agreement names; None where it names none."""
    return last_day(record.period.valid_to) if record.period.valid_to is not None else None


def is_known_to_the_day(partial: str) -> bool:
    """Whether a date is known to the day, and not only to the month or the year."""
    return len(partial) >= _WHOLE_DATE


def version_chains(versions: Sequence[Version]) -> list[list[Version]]:
    """The versions of each chain, in order of time; chains in the order in which their first versions came.

    Two agreements are of one chain when their parties are the same: all but the police by name, which is reorganised
    more often than municipalities are; the police too where both name nobody else. Documents without parties, and
    those that are no agreements, stand alone.
    """
    chains: list[list[Version]] = []
    by_key: dict[frozenset[str], list[Version]] = {}
    by_word: dict[str, list[frozenset[str]]] = {}
    for version in versions:
        key = _key(version.record)
        if key is None:
            chains.append([version])
            continue
        if key not in by_key:
            alike = next((known for known in _like(key, by_key, by_word) if _one_key(known, key)), None)
            by_key[key] = by_key[alike] if alike is not None else []
            if alike is None:
                chains.append(by_key[key])
            for word in _words(key):
                by_word.setdefault(word, []).append(key)
        by_key[key].append(version)
    for chain in chains:
        chain.sort(key=lambda v: (begins(v.record) or date.max, v.name))
    return chains


def _key(record: Agreement) -> frozenset[str] | None:
    if record.document.kind is not DocumentKind.AGREEMENT or not record.parties:
        return None
    others = [p for p in record.parties if p.kind is not _POLICE] or record.parties
    return frozenset(" ".join(sorted(stems_in(party.name))) for party in others)


def _words(key: frozenset[str]) -> set[str]:
    return {word[:_LIKE_START] for name in key for word in name.split()}


def _like(
    key: frozenset[str], by_key: Mapping[frozenset[str], object], by_word: Mapping[str, list[frozenset[str]]]
) -> Iterable[frozenset[str]]:
    """Sets of parties that may be another reading of `key`: all of them, or where they are many those in which its
    rarest word has a word that begins alike."""
    if len(by_key) <= _FEW:
        return by_key
    return min((by_word.get(word, []) for word in _words(key)), key=len, default=[])[:_FEW]


def _one_key(known: frozenset[str], key: frozenset[str]) -> bool:
    """Whether two sets of parties are one reading."""
    left = list(known)
    for name in key:
        other = next((k for k in left if same_words(k, name)), None)
        if other is None:
            return False
        left.remove(other)
    return not left


def described_chain(chain: Sequence[Version]) -> VersionChain:
    """A chain as people look at it: who, which versions, what lies between them."""
    between = [_between(before, after) for before, after in itertools.pairwise(chain)]
    return VersionChain(
        parties=[party.name for party in chain[-1].record.parties],
        names=[v.name for v in chain],
        gaps=[gap for gap, _ in between if gap is not None],
        remarks=[remark for _, remark in between if remark],
    )


def _between(before: Version, after: Version) -> tuple[Gap | None, str]:
    """The days between two versions where they are known, and what else is to be said; None and "" where nothing is."""
    end, start = ends(before.record), begins(after.record)
    if start is None:
        return None, f"{after.name} tells no day from which it holds"
    if end is None:
        if before.record.period.until_further_notice:
            return None, f"{before.name} held until further notice; {after.name} holds from {start}"
        return None, f"{before.name} tells no last day"
    days = (start - end).days - 1
    last, first = before.record.period.valid_to, after.record.period.valid_from
    if days and not all(is_known_to_the_day(day) for day in (last, first) if day):
        return None, f"{before.name} holds to {last}, {after.name} from {start.year}"
    extended = f"{before.name} could be extended beyond {end}" if days and before.record.period.extension else ""
    gap = Gap(after=before.name, before=after.name, from_day=str(end), to_day=str(start), days=days)
    return gap if days else None, extended
