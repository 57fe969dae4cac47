"""Lines of descent: agreements of the same parties and area, in order of time, and the gaps between them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from avskrift.comparison.objects.name_similarity import same_words, stems_in
from avskrift.comparison.reports.days import first_day, last_day
from avskrift.models.agreement import Agreement, DateRole, DocumentKind, PartyKind
from avskrift.models.comparison import Gap, VersionChain

_POLICE = PartyKind.POLICE
_FEW, _LIKE_START = 300, 3
"""Sets of parties of which each is looked at; letters that two readings of a word are looked up by."""
_WHOLE = len("2020-02-29")
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


def version_chains(versions: Sequence[Version]) -> list[list[Version]]:
    """The versions of each line, in order of time; lines in the order in which their first versions came.

    Two agreements are of one line when their parties are the same: all but the police by name, which is reorganised
    more often than municipalities are; the police too where both name nobody else. Documents without parties, and
    those that are no agreements, stand alone.
    """
    lines: list[list[Version]] = []
    by_key: dict[frozenset[str], list[Version]] = {}
    by_word: dict[str, list[frozenset[str]]] = {}
    for version in versions:
        key = _key(version.record)
        if key is None:
            lines.append([version])
            continue
        line = by_key.get(key)
        if line is None:
            line = next((by_key[known] for known in _like(key, by_key, by_word) if _one_key(known, key)), None)
        if line is None:
            line = []
            lines.append(line)
        for word in _words(key) if key not in by_key else ():
            by_word.setdefault(word, []).append(key)
        by_key[key] = line
        line.append(version)
    for line in lines:
        line.sort(key=lambda v: (begins(v.record) or date.max, v.name))
    return lines


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


def described_chain(line: Sequence[Version]) -> VersionChain:
    """A line as people look at it: who, which versions, what lies between them."""
    gaps = []
    remarks = []
    for before, after in itertools.pairwise(line):
        end, start = ends(before.record), begins(after.record)
        if start is None:
            remarks.append(f"{after.name} tells no day from which it holds")
        elif end is None:
            if before.record.period.until_further_notice:
                remarks.append(f"{before.name} held until further notice; {after.name} holds from {start}")
            else:
                remarks.append(f"{before.name} tells no last day")
        elif (start - end).days != 1:
            days = (start - end).days - 1
            if any(
                len(told) < _WHOLE for told in (before.record.period.valid_to, after.record.period.valid_from) if told
            ):
                remarks.append(
                    f"{before.name} holds to {before.record.period.valid_to}, {after.name} from {start.year}"
                )
                continue
            if before.record.period.extension is not None:
                remarks.append(f"{before.name} could be extended beyond {end}")
            gaps.append(Gap(after=before.name, before=after.name, from_day=str(end), to_day=str(start), days=days))
    parties = [party.name for party in line[-1].record.parties]
    return VersionChain(parties=parties, names=[v.name for v in line], gaps=gaps, remarks=remarks)
