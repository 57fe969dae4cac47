"""Clause by clause: what each became, word by word, and what in that is material or in doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from avskrift.comparison.clauses.alignment import ClausePair, pairs_of
from avskrift.comparison.clauses.annex_part import Place, end_of_agreement, holds_annexes, stands_in_annex
from avskrift.comparison.clauses.compared_clause import ComparedClause, compared_clause, marked_moves
from avskrift.comparison.clauses.material_change import actors_of
from avskrift.comparison.clauses.page_heads import is_page_head, recurring_words
from avskrift.comparison.clauses.reordered_sentences import without_reordered
from avskrift.comparison.clauses.same_matter import sections_of_one_matter
from avskrift.comparison.clauses.signature_lines import signature_keys
from avskrift.comparison.clauses.word_diff import is_too_long
from avskrift.comparison.clauses.words import Token, printed
from avskrift.comparison.ocr_uncertainty import Reading, misreading_in
from avskrift.models.agreement import Agreement, Section
from avskrift.models.comparison import (
    NOT_HELD,
    ClauseChange,
    ClauseChangeType,
    ClauseSide,
    MaterialChange,
    MaterialKind,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    RunKind,
    WordRun,
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """How clauses and annexes of the old document are numbered in the new one, by their folded numbers."""

    clauses: dict[str, str]
    annexes: dict[str, str]

    @classmethod
    def of(
        cls, old: Agreement, new: Agreement, pairs: Iterable[ClausePair], objects: Iterable[ObjectChange]
    ) -> "Numbering":
        """What the matched clauses (`pairs`) and annexes (among `objects`) of the records `old` and `new` tell."""
        clauses = [(_number(old.sections[p.old[0]]), _number(new.sections[p.new[0]])) for p in pairs if p.old and p.new]
        annexes = [
            (_annex_number(old, before.path), _annex_number(new, after.path))
            for one in objects
            if one.object is ObjectName.ANNEX
            for before in one.old
            for after in one.new
        ]
        return cls({a: b for a, b in dict(clauses).items() if a and b}, dict(annexes))

    def same(self, old: Token, new: Token) -> bool:
        """Whether two numbers point to the same clause or annex."""
        known = self.annexes if old.refers == "annex" else self.clauses
        return old.key == new.key or known.get(old.key) == new.key


def clauses_of(
    old: Agreement, new: Agreement, objects: Sequence[ObjectChange], remarks: list[str]
) -> list[ClauseChange]:
    """Every clause of `old` and `new`, in the order of the new document.

    `objects` are what became of the objects: clauses that name one group are one, and annexes are known by number.
    `remarks` takes what could not be compared in full.
    """
    pairs = pairs_of(old.sections, new.sections, sections_of_one_matter(objects, old, new), remarks)
    numbering = Numbering.of(old, new, pairs, objects)
    actors = actors_of(old, new, renamed=_renamed_groups(objects))
    signed = signature_keys(old, new)
    compared = [compared_clause(pair, old.sections, new.sections, numbering.same, actors, signed) for pair in pairs]
    remarks += [
        f"a clause of {max(len(one.old), len(one.new)):,} words was compared in parts"
        for one in compared
        if is_too_long(len(one.old), len(one.new))
    ]
    marked_moves(compared)
    before = _Document.of(old, new, recurring_words(compared, RunKind.REMOVED))
    after = _Document.of(new, old, recurring_words(compared, RunKind.ADDED))
    return [_change(one, before, after) for one in compared]


def _renamed_groups(objects: Iterable[ObjectChange]) -> list[tuple[str, str]]:
    return [
        (one.old[0].name, one.new[0].name)
        for one in objects
        if one.object is ObjectName.GROUP and one.fate is ObjectChangeType.RENAMED
    ]


def _annex_number(record: Agreement, path: str) -> str:
    return (record.annexes[int(path.rsplit("/", 1)[1])].number or "").lower()


def _number(section: Section) -> str:
    return (section.number or "").strip(" .§").lower()


@dataclass(frozen=True, slots=True)
class _Document:
    """What judging the differences needs of one side.

    `annexes_missing` tells that the other file holds no annex, `end` where the signatures end; `page_heads` are words
    that recur on this side only.
    """

    sections: Sequence[Section]
    reading: Reading
    annexes_missing: bool
    end: Place | None
    page_heads: frozenset[str]

    @classmethod
    def of(cls, record: Agreement, other: Agreement, page_heads: frozenset[str]) -> "_Document":
        return cls(record.sections, Reading.of(record), not holds_annexes(other), end_of_agreement(record), page_heads)

    def sides(self, places: Iterable[int]) -> list[ClauseSide]:
        """The sections at these places of the record, as they are shown."""
        return [
            ClauseSide(number=s.number, title=s.title, page=s.page, path=f"/sections/{i}", evidence=s.evidence)
            for i, s in ((i, self.sections[i]) for i in places)
        ]

    def weakness(self, words: Sequence[str], places: Iterable[int]) -> list[str]:
        """What makes the reading of these words, in the sections at these places, a weak one."""
        return self.reading.doubts(words, [self.sections[i].page for i in places])

    def holds_absent(self, places: Iterable[int]) -> bool:
        """Whether one of the sections stands in an annex that the other file lacks."""
        return self.annexes_missing and any(stands_in_annex(self.sections[i], self.end) for i in places)


class _Weight(Enum):
    """What a difference does to its clause: nothing (moved, signatures, a page's head), little (likely OCR), or all."""

    NONE = 0
    LIGHT = 1
    FULL = 2


def _change(one: ComparedClause, old: _Document, new: _Document) -> ClauseChange:
    """What became of a clause."""
    pair = one.pair
    judged = [_judged(one, at, old, new) for at in range(len(one.stretches))]
    runs = without_reordered([run for run, _ in judged])
    change_type = _change_type(pair, runs, [weight for _, weight in judged])
    doubt = list(dict.fromkeys(reason for run in runs for reason in run.doubt))
    if not one.on_both_sides and (old.holds_absent(pair.old) or new.holds_absent(pair.new)):
        doubt.append(NOT_HELD)
    return ClauseChange(
        fate=change_type,
        moved=pair.moved,
        renumbered=one.on_both_sides and _number(old.sections[pair.old[0]]) != _number(new.sections[pair.new[0]]),
        old=old.sides(pair.old),
        new=new.sides(pair.new),
        score=None if pair.score is None else round(pair.score, 3),
        substance=_summed(run for run in runs if run.kind in _DIFFERENT),
        runs=runs,
        doubt=doubt,
    )


def _judged(one: ComparedClause, at: int, old: _Document, new: _Document) -> tuple[WordRun, _Weight]:
    """The stretch `at` as a run of words, and what it weighs; who signed and when is compared by itself."""
    stretch, moved = one.stretches[at], at in one.moved
    gone, came = one.gone(stretch), one.came(stretch)
    counts = one.on_both_sides and stretch.differs and not moved and not all(t.signs for t in (*gone, *came))
    weight, doubt = _weighed(one.pair, gone, came, old, new) if counts else (_Weight.NONE, [])
    run = WordRun(
        kind=RunKind.MOVED if moved else stretch.kind,
        old=printed(gone),
        new=printed(came),
        substance=one.material[at] if counts else [],
        doubt=doubt,
    )
    return run, weight


def _weighed(
    pair: ClausePair, gone: Sequence[Token], came: Sequence[Token], old: _Document, new: _Document
) -> tuple[_Weight, list[str]]:
    """What a difference of a clause in both documents weighs, and why it may be the reading's."""
    before, after = [t.word for t in gone], [t.word for t in came]
    misread = misreading_in(before, after)
    if not gone and old.reading.has_note(after):
        misread.append("the same words are a footnote of the old document")
    if not came and new.reading.has_note(before):
        misread.append("the same words are a footnote of the new document")
    weight = _Weight.LIGHT if misread else _Weight.FULL
    if bool(gone) != bool(came) and is_page_head(gone or came, old.page_heads if gone else new.page_heads):
        misread.append("a page's head or foot within the text")
        weight = _Weight.NONE
    return weight, [*misread, *old.weakness(before, pair.old), *new.weakness(after, pair.new)]


_DIFFERENT = (RunKind.REPLACED, RunKind.REMOVED, RunKind.ADDED)


def _change_type(pair: ClausePair, runs: Sequence[WordRun], weights: Sequence[_Weight]) -> ClauseChangeType:
    """The gravest that any of the runs of words makes of the clause."""
    if not pair.old:
        return ClauseChangeType.ADDED
    if not pair.new:
        return ClauseChangeType.REMOVED
    if any(run.substance and weight is _Weight.FULL for run, weight in zip(runs, weights, strict=True)):
        return ClauseChangeType.MATERIAL
    if any(weight is not _Weight.NONE for weight in weights):
        return ClauseChangeType.REWORDED
    moved = pair.moved or any(run.kind is RunKind.MOVED for run in runs)
    return ClauseChangeType.MOVED if moved else ClauseChangeType.UNCHANGED


def _summed(runs: Iterable[WordRun]) -> list[MaterialChange]:
    """What several runs change materially, one of each kind."""
    changes = [one for run in runs for one in run.substance]
    by_kind = {kind: [one for one in changes if one.kind is kind] for kind in MaterialKind}
    return [
        MaterialChange(
            kind=kind, old=[word for c in some for word in c.old], new=[word for c in some for word in c.new]
        )
        for kind, some in by_kind.items()
        if any(c.old or c.new for c in some)
    ]
