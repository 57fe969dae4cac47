"""Clause by clause: what each became, word by word, and what in that is of substance or in doubt."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from avskrift.comparison.clauses.alignment import ClausePair, pairs_of
from avskrift.comparison.clauses.annex_part import Place, annex_sections, holds_annexes, place_of
from avskrift.comparison.clauses.material_change import Actors, actors_of, substance_of
from avskrift.comparison.clauses.reordered_sentences import without_turned
from avskrift.comparison.clauses.signature_lines import first_signature_line, signature_keys
from avskrift.comparison.clauses.word_diff import Renumbered, Stretch, is_too_long, stretches_of
from avskrift.comparison.clauses.words import Token, printed, tokens_of
from avskrift.comparison.objects.name_similarity import stems_in
from avskrift.comparison.objects.ocr_uncertainty import Reading, misreading_in
from avskrift.comparison.vocabulary import pattern
from avskrift.models.agreement import Agreement, Section
from avskrift.models.comparison import (
    NOT_HELD,
    ClauseChange,
    ClauseFate,
    ClauseSide,
    ObjectChange,
    ObjectFate,
    ObjectName,
    RunKind,
    Side,
    Substance,
    SubstanceKind,
    WordRun,
)
from avskrift.parsing.structure.title_roles import roles_of

_LONGEST_HEAD, _HEAD_LETTERS = 14, 8
"""Words of a page's head at most, and letters from which words that recur are one."""
_MOST_NAMED = 100
"""Pairs of sections that a body's name can tell of."""
_MOVED = 3
"""Words from which a stretch that went here and came there has moved."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How clauses and annexes of the old document are numbered in the new one, by their folded numbers."""

    clauses: dict[str, str]
    annexes: dict[str, str]

    def same(self, old: Token, new: Token) -> bool:
        """Whether two numbers point to the same clause or annex."""
        known = self.annexes if old.refers == "annex" else self.clauses
        return old.key == new.key or known.get(old.key) == new.key


def clauses_of(
    old: Agreement, new: Agreement, objects: Sequence[ObjectChange], remarks: list[str]
) -> list[ClauseChange]:
    """Every clause of both, in the order of the new document.

    `objects` are what became of the objects: clauses of matched bodies are one, and annexes are known by number.
    `remarks` takes what could not be compared in full.
    """
    pairs = pairs_of(old.sections, new.sections, _told_by(objects, old, new), remarks)
    annexes = {
        (old.annexes[_at(a.path)].number or "").lower(): (new.annexes[_at(b.path)].number or "").lower()
        for one in objects
        if one.object is ObjectName.ANNEX
        for a in one.old
        for b in one.new
    }
    numbers = {_number(old.sections[p.old[0]]): _number(new.sections[p.new[0]]) for p in pairs if p.old and p.new}
    numbering = Numbering({a: b for a, b in numbers.items() if a and b}, annexes)
    renamed = [
        (one.old[0].name, one.new[0].name)
        for one in objects
        if one.object is ObjectName.GROUP and one.fate is ObjectFate.RENAMED
    ]
    actors = actors_of(old, new, renamed=renamed)
    readings = Reading.of(old), Reading.of(new)
    missing = _Missing(
        frozenset() if holds_annexes(new) else annex_sections(old),
        frozenset() if holds_annexes(old) else annex_sections(new),
    )
    signed = signature_keys(old, new)
    compared = [_compared(pair, old.sections, new.sections, numbering.same, actors, signed) for pair in pairs]
    remarks += [
        f"a clause of {max(len(one.old), len(one.new)):,} words was compared in parts"
        for one in compared
        if is_too_long(len(one.old), len(one.new))
    ]
    _mark_moved(compared)
    heads = _heads_of(compared, old=True), _heads_of(compared, old=False)
    return [_change(one, old.sections, new.sections, readings, missing, heads) for one in compared]


def _at(path: str) -> int:
    return int(path.rsplit("/", 1)[1])


def _told_by(objects: Sequence[ObjectChange], old: Agreement, new: Agreement) -> frozenset[tuple[int, int]]:
    """Sections, by their places, whose titles name groups or areas that belong together."""
    told = _same_matter(old, new)
    before, after = _Titles.of(old.sections), _Titles.of(new.sections)
    for one in objects:
        if one.object in (ObjectName.GROUP, ObjectName.FOCUS_AREA) and len(one.old) == len(one.new) == 1:
            here, there = before.naming(one.old[0]), after.naming(one.new[0])
            if len(here) * len(there) <= _MOST_NAMED:  # a title of so many sections tells none from another
                told |= {(i, j) for i in here for j in there}
    return frozenset(told)


def _same_matter(old: Agreement, new: Agreement) -> set[tuple[int, int]]:
    """Sections that alone in each agreement, its annexes aside, are about something: Tid, Avtalstid."""

    def alone(record: Agreement) -> dict[str, int]:
        below = annex_sections(record)
        roles = [roles_of(s.title)[:1] if s.title and s.id not in below else () for s in record.sections]
        often = Counter(role for some in roles for role in some)
        return {role: i for i, some in enumerate(roles) for role in some if often[role] == 1}

    there = alone(new)
    return {(i, there[role]) for role, i in alone(old).items() if role in there}


@dataclass(frozen=True, slots=True)
class _Titles:
    """Where sections stand, and what their titles tell."""

    by_stems: dict[frozenset[str], list[int]]
    starts: list[Place]
    """Where sections begin, sorted."""
    last: list[int]
    """The last section, by its place in the record, of those that begin there or before."""

    @classmethod
    def of(cls, sections: Sequence[Section]) -> "_Titles":
        by_stems: dict[frozenset[str], list[int]] = {}
        for i, section in enumerate(sections):
            if section.title:
                by_stems.setdefault(frozenset(stems_in(section.title)), []).append(i)
        begun = sorted((place_of(s.evidence) or (s.page, 0), i) for i, s in enumerate(sections))
        return cls(by_stems, [start for start, _ in begun], list(accumulate((i for _, i in begun), max)))

    def naming(self, side: Side) -> list[int]:
        """Sections that describe a body: those with its name for a title, or in whose lines its name was read."""
        named = self.by_stems.get(frozenset(stems_in(side.name)), [])
        place = place_of(side.evidence)
        if named or place is None:
            return named
        at = bisect_right(self.starts, place)
        return [self.last[at - 1]] if at else []


def _number(section: Section) -> str:
    return (section.number or "").strip(" .§").lower()


@dataclass(frozen=True, slots=True)
class _Missing:
    """Ids of sections in annexes that the other file does not hold."""

    of_old: frozenset[str]
    of_new: frozenset[str]


class _Weight(Enum):
    """What a difference does to its clause: nothing (moved, signatures, a page's head), little (likely OCR), or all."""

    NONE = 0
    LIGHT = 1
    FULL = 2


@dataclass(slots=True)
class _Compared:
    pair: ClausePair
    old: list[Token]
    new: list[Token]
    stretches: list[Stretch]
    substances: list[list[Substance]]
    moved: set[int]


def _compared(
    pair: ClausePair,
    old: Sequence[Section],
    new: Sequence[Section],
    renumbered: Renumbered,
    actors: Actors,
    signed: Sequence[str],
) -> _Compared:
    a, b = _tokens([old[i] for i in pair.old], signed), _tokens([new[j] for j in pair.new], signed)
    stretches = stretches_of(a, b, renumbered)
    substances = [
        []
        if one.kind in (RunKind.EQUAL, RunKind.SAME_READING)
        else substance_of(a, b, (one.old_start, one.old_end, one.new_start, one.new_end), actors)
        for one in stretches
    ]
    return _Compared(pair, a, b, stretches, substances, set())


def _tokens(sections: Sequence[Section], signed: Sequence[str]) -> list[Token]:
    found: list[Token] = []
    for section in sections:
        start = found[-1].line + 1 if found else 0
        first = first_signature_line(section.text, () if _on_signing(section) else signed)
        text = f"{section.title}\n{section.text}" if section.title else section.text
        signing = first + (1 if section.title else 0)
        found.extend(tokens_of(text, start, signing))
    return found


def _on_signing(section: Section) -> bool:
    """Whether signing is what a section is about, so that its names and days are its own words."""
    return bool(section.title) and roles_of(section.title or "")[:1] == ("signatures",)


def _mark_moved(compared: Sequence[_Compared]) -> None:
    """Stretches that went in one place and came in another are moved, each with one counterpart."""
    came: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for n, one in enumerate(compared):
        if one.pair.old:
            for k, stretch in enumerate(one.stretches):
                if stretch.kind is RunKind.ADDED and _is_whole(one.new, stretch.new_start, stretch.new_end):
                    keys = tuple(t.key for t in one.new[stretch.new_start : stretch.new_end])
                    came.setdefault(keys, []).append((n, k))
    for one in compared:
        if not one.pair.new:
            continue
        for k, stretch in enumerate(one.stretches):
            if stretch.kind is RunKind.REMOVED and _is_whole(one.old, stretch.old_start, stretch.old_end):
                places = came.get(tuple(t.key for t in one.old[stretch.old_start : stretch.old_end]))
                if places:
                    n, other = places.pop(0)
                    one.moved.add(k)
                    compared[n].moved.add(other)


def _is_whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch is one or more whole sentences or items: part of one may say another thing elsewhere."""
    if end - start < _MOVED:
        return False
    before, last = tokens[start - 1] if start else None, tokens[end - 1]
    begins = before is None or before.line != tokens[start].line or before.text.rstrip().endswith((".", "!", "?"))
    ends = end == len(tokens) or tokens[end].line != last.line or last.text.rstrip().endswith((".", "!", "?"))
    return begins and ends


def _heads_of(compared: Sequence[_Compared], *, old: bool) -> frozenset[str]:
    """Words, digits aside, that only one side has, and has in several places: the head or foot of its pages."""
    often: Counter[str] = Counter()
    for one in compared:
        for stretch in one.stretches:
            if stretch.kind is (RunKind.REMOVED if old else RunKind.ADDED):
                tokens = (
                    one.old[stretch.old_start : stretch.old_end]
                    if old
                    else one.new[stretch.new_start : stretch.new_end]
                )
                often[_letters(tokens)] += 1
    return frozenset(letters for letters, n in often.items() if n > 1 and len(letters) >= _HEAD_LETTERS)


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(c for t in tokens for c in t.key if c.isalpha())


def _is_head(gone: Sequence[Token], came: Sequence[Token], heads: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether words that only one side has are what its pages begin or end with."""
    if bool(gone) == bool(came):
        return False
    tokens, recurring = (gone, heads[0]) if gone else (came, heads[1])
    if len(tokens) > _LONGEST_HEAD:
        return False
    return _letters(tokens) in recurring or pattern("clauses", "page number").search(printed(tokens)) is not None


def _change(
    one: _Compared,
    old: Sequence[Section],
    new: Sequence[Section],
    readings: tuple[Reading, Reading],
    missing: _Missing,
    heads: tuple[frozenset[str], frozenset[str]],
) -> ClauseChange:
    pair = one.pair
    runs = []
    weights: list[_Weight] = []
    for k, (stretch, substance) in enumerate(zip(one.stretches, one.substances, strict=True)):
        gone = one.old[stretch.old_start : stretch.old_end]
        came = one.new[stretch.new_start : stretch.new_end]
        moved = k in one.moved
        signs = all(t.signs for t in (*gone, *came))  # who signed and when is told by itself
        differs = stretch.kind not in (RunKind.EQUAL, RunKind.SAME_READING) and not moved and not signs
        pages = [old[i].page for i in pair.old], [new[j].page for j in pair.new]
        words = [t.word for t in gone], [t.word for t in came]
        doubt: list[str] = []
        if differs and pair.old and pair.new:
            misread = misreading_in(*words)
            if not gone and readings[0].has_note(words[1]):
                misread.append("the same words are a footnote of the old document")
            if not came and readings[1].has_note(words[0]):
                misread.append("the same words are a footnote of the new document")
            if _is_head(gone, came, heads):
                misread.append("a page's head or foot within the text")
                weights.append(_Weight.NONE)
            else:
                weights.append(_Weight.LIGHT if misread else _Weight.FULL)
            weak = [d for r, w, p in zip(readings, words, pages, strict=True) for d in r.doubts(w, p)]
            doubt = [*misread, *weak]
        else:
            weights.append(_Weight.NONE)
        runs.append(
            WordRun(
                kind=RunKind.MOVED if moved else stretch.kind,
                old=printed(gone),
                new=printed(came),
                substance=substance if differs and pair.old and pair.new else [],
                doubt=doubt,
            )
        )
    runs = without_turned(runs)
    fate = _fate(pair, runs, weights)
    substance = _all_of(run for run in runs if run.kind in _DIFFERENT)
    doubt = list(dict.fromkeys(reason for run in runs for reason in run.doubt))
    for side, sections, ids in ((pair.old, old, missing.of_old), (pair.new, new, missing.of_new)):
        if fate in (ClauseFate.ADDED, ClauseFate.REMOVED) and any(sections[i].id in ids for i in side):
            doubt.append(NOT_HELD)
    return ClauseChange(
        fate=fate,
        moved=pair.moved,
        renumbered=bool(pair.old and pair.new) and _number(old[pair.old[0]]) != _number(new[pair.new[0]]),
        old=[_side(old[i], i) for i in pair.old],
        new=[_side(new[j], j) for j in pair.new],
        score=None if pair.score is None else round(pair.score, 3),
        substance=substance,
        runs=runs,
        doubt=doubt,
    )


_DIFFERENT = (RunKind.REPLACED, RunKind.REMOVED, RunKind.ADDED)


def _fate(pair: ClausePair, runs: Sequence[WordRun], weights: Sequence[_Weight]) -> ClauseFate:
    if not pair.old:
        return ClauseFate.ADDED
    if not pair.new:
        return ClauseFate.REMOVED
    if any(run.substance and weight is _Weight.FULL for run, weight in zip(runs, weights, strict=True)):
        return ClauseFate.SUBSTANCE
    if any(weight is not _Weight.NONE for weight in weights):
        return ClauseFate.REWORDED
    moved = pair.moved or any(run.kind is RunKind.MOVED for run in runs)
    return ClauseFate.MOVED if moved else ClauseFate.UNCHANGED


def _all_of(runs: Iterable[WordRun]) -> list[Substance]:
    """The substance of several runs, one of each kind; what went and came in equal measure is left out."""
    old: dict[SubstanceKind, list[str]] = {}
    new: dict[SubstanceKind, list[str]] = {}
    for run in runs:
        for one in run.substance:
            old.setdefault(one.kind, []).extend(one.old)
            new.setdefault(one.kind, []).extend(one.new)
    return [
        Substance(kind=kind, old=old.get(kind, []), new=new.get(kind, []))
        for kind in SubstanceKind
        if old.get(kind) or new.get(kind)
    ]


def _side(section: Section, at: int) -> ClauseSide:
    return ClauseSide(
        number=section.number,
        title=section.title,
        page=section.page,
        path=f"/sections/{at}",
        evidence=section.evidence,
    )
