"""The words of a comparison's page: those of clauses and values, each stretch with the sign of its change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from avskrift.models.comparison import ClauseChange, ClauseSide, RunKind, ValueChange, WordRun

Which = Literal["old", "new"]

_LONG = 6
"""Words from which a value is shown word by word."""
_TOO_LONG = 800
"""Words from which comparing them would take the page too long."""
_MUCH_ALIKE = 0.5
"""Likeness (0 to 1, `difflib`) from which values are shown word by word."""
_MARKS = {RunKind.REMOVED: "−", RunKind.ADDED: "+", RunKind.MOVED: "↕"}
"""What stands before words that differ, so that they can be told apart without colour."""
_SIDE_MARKS: dict[Which, str] = {"old": "−", "new": "+"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one side with one change. `mark` is the sign before them, empty where they are shown plainly; `note` is
    what a pointer that rests on them is shown."""

    kind: str
    mark: str
    text: str
    doubtful: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One side of a clause: the sections it holds, the words of the first one's title, the rest."""

    which: Which
    label: str
    sections: list[ClauseSide]
    title: list[Piece]
    body: list[Piece]


@dataclass(frozen=True, slots=True)
class ClauseItem:
    """A clause on the page: the kinds of change that it is found under, its words on both sides."""

    id: str
    change: ClauseChange
    kinds: tuple[str, ...]
    texts: tuple[ClauseText, ClauseText]

    @classmethod
    def of(cls, number: int, clause: ClauseChange) -> "ClauseItem":
        """A clause with its number on the page."""
        kind = clause.fate.value
        texts = _text_of("old", "Old", clause.old, clause.runs), _text_of("new", "New", clause.new, clause.runs)
        return cls(str(number), clause, (kind, "moved") if clause.moved and kind != "moved" else (kind,), texts)

    @property
    def name(self) -> str:
        """What the clause is called, in the new version where it stands there."""
        side = (self.change.new or self.change.old)[0]
        return " ".join(filter(None, (side.number, side.title))) or "without a title"


def _text_of(which: Which, label: str, sections: list[ClauseSide], runs: Sequence[WordRun]) -> ClauseText:
    """A side's words, those of the title (with which the runs begin, if they were not printed otherwise) apart."""
    pieces = [piece for run in runs if (piece := _piece(which, run)) is not None]
    left = len(_without_space(sections[0].title or "")) if sections else 0
    if not left or not _without_space(*(p.text for p in pieces)).startswith(_without_space(sections[0].title or "")):
        return ClauseText(which, label, sections, [], pieces)
    head: list[Piece] = []
    while left:
        piece = pieces.pop(0)
        end = _place_after(piece.text, left)
        head.append(replace(piece, text=piece.text[:end]))
        left -= len(_without_space(head[-1].text))
        if rest := piece.text[end:].strip():
            pieces.insert(0, replace(piece, text=rest))
    return ClauseText(which, label, sections, head, pieces)


def _without_space(*texts: str) -> str:
    return "".join(word for text in texts for word in text.split())


def _place_after(text: str, count: int) -> int:
    """Where the first `count` letters and signs of a text end, white space aside; its end where there are fewer."""
    places = [at for at, letter in enumerate(text, 1) if not letter.isspace()]
    return places[count - 1] if count <= len(places) else len(text)


def _piece(which: Which, run: WordRun) -> Piece | None:
    """The words of a run on one side; None where there are none."""
    text, other = (run.old, run.new) if which == "old" else (run.new, run.old)
    if not text:
        return None
    mark = _SIDE_MARKS[which] if run.kind is RunKind.REPLACED else _MARKS.get(run.kind, "")
    notes = [f"{'new' if which == 'old' else 'old'}: {other}"] if other and run.kind is not RunKind.EQUAL else []
    return Piece(run.kind.value, mark, text, bool(run.doubt), "; ".join([*notes, *_notes(run)]))


def _notes(run: WordRun) -> Iterator[str]:
    """What is said of a run on either side."""
    for one in run.substance:
        yield f"{one.kind.value}: {', '.join(one.old) or 'none'} → {', '.join(one.new) or 'none'}"
    if run.kind is RunKind.MOVED:
        yield "moved"
    yield from run.doubt


def value_pieces(change: ValueChange) -> tuple[list[Piece], list[Piece]]:
    """A value's words on both sides; of long ones that are much alike, only those that differ are marked."""
    old, new = (change.old or "").split(), (change.new or "").split()
    if _LONG < max(len(old), len(new)) < _TOO_LONG:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() >= _MUCH_ALIKE:
            return _marked_words(change.fate.value, old, new, matcher)
    kind = change.fate.value
    return (
        [Piece(kind, _SIDE_MARKS["old"], change.old)] if change.old is not None else [],
        [Piece(kind, _SIDE_MARKS["new"], change.new)] if change.new is not None else [],
    )


def _marked_words(
    kind: str, old: Sequence[str], new: Sequence[str], matcher: "SequenceMatcher[str]"
) -> tuple[list[Piece], list[Piece]]:
    """The words of both sides, those marked that differ; `matcher` has compared them."""
    pieces: dict[Which, list[Piece]] = {"old": [], "new": []}
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        sides: tuple[tuple[Which, Sequence[str]], ...] = (("old", old[i:i_end]), ("new", new[j:j_end]))
        for which, words in sides:
            if words:
                pieces[which].append(Piece(kind, "" if tag == "equal" else _SIDE_MARKS[which], " ".join(words)))
    return pieces["old"], pieces["new"]
