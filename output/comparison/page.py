"""Two versions side by side: one page of HTML that needs nothing but itself.

Documents are untrusted: their words are only ever text between tags or quoted attributes, escaped; ids and links are
made of numbers. The page's policy (CSP) lets run no script but the one whose hash it bears, and fetches nothing.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal

from avskrift.models.agreement import Evidence
from avskrift.models.comparison import (
    ClauseChange,
    ClauseChangeType,
    ClauseSide,
    Comparison,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    RunKind,
    ValueChange,
    ValueChangeType,
    WordRun,
)
from avskrift.models.page_view import PageView
from avskrift.output.html import template, template_text

Which = Literal["old", "new"]

_LONG = 6
"""Words from which a value is shown word by word."""
_TOO_LONG = 800
"""Words from which comparing them would take the page too long."""

_GROUPS = {
    ObjectName.PARTY: "Parties",
    ObjectName.PERIOD: "Period",
    ObjectName.DATE: "Dates",
    ObjectName.GROUP: "Groups",
    ObjectName.FOCUS_AREA: "Focus areas",
    ObjectName.ANNEX: "Annexes",
    ObjectName.SIGNATORY: "Signatories",
    ObjectName.CONTACT: "Contacts",
    ObjectName.DOCUMENT: "Title and register numbers",
}
"""In the order of the page; what matters most comes first."""
_SIGNS = {
    "kept": "=",
    "unchanged": "=",
    "changed": "≠",
    "reworded": "≈",
    "substance": "≠",
    "renamed": "→",
    "replaced": "⇄",
    "split": "1→2",
    "merged": "2→1",
    "added": "+",
    "removed": "−",
    "moved": "↕",
}
_WORDS = {"substance": "differs in substance", "reworded": "reworded only"}
_OTHER_NAMES = {ObjectChangeType.RENAMED, ObjectChangeType.REPLACED, ObjectChangeType.SPLIT, ObjectChangeType.MERGED}
_MARKS = {RunKind.REMOVED: "−", RunKind.ADDED: "+", RunKind.MOVED: "↕"}
"""What stands before words that differ, so that they can be told apart without colour."""


def comparison_page(
    compared: Comparison, old_pages: Sequence[PageView] = (), new_pages: Sequence[PageView] = ()
) -> str:
    """The page. Where `old_pages` and `new_pages` hold a page, values lead to its picture or its lines."""
    from markupsafe import Markup

    groups = [
        _Group(title, [_Item(str(n), o, object_kinds(o)) for n, o in enumerate(compared.objects) if o.object is name])
        for name, title in _GROUPS.items()
    ]
    clauses = [_ClauseItem.of(n, clause) for n, clause in enumerate(compared.clauses)]
    papers = {"old": _paper("old", compared, old_pages), "new": _paper("new", compared, new_pages)}
    # Both are the package's own text, put in whole; a hash in the policy is of exactly what stands between the tags.
    style, script = (template_text(f"comparison.{kind}.j2") for kind in ("css", "js"))
    return template("comparison.html.j2").render(
        compared=compared,
        sides=(("old", "Old", compared.old), ("new", "New", compared.new)),
        groups=[group for group in groups if group.items],
        clauses=clauses,
        field_filters=_filters(ObjectChangeType, [item.kinds for group in groups for item in group.items]),
        clause_filters=_filters(ClauseChangeType, [item.kinds for item in clauses]),
        in_short=in_short(compared),
        remarks=compared.remarks,
        papers=papers,
        link=lambda which, evidence: papers[which].ids[evidence],
        style=Markup(style),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii"),
        tally=_tally,
        signs=_SIGNS,
        words=_WORDS,
    )


def _tally(words: Sequence[str]) -> str:
    return ", ".join(f"{word} ×{n}" if n > 1 else word for word, n in Counter(words).items())


def in_short(compared: Comparison) -> str:
    """One sentence on what matters."""
    objects = [o for o in compared.objects if not o.doubt]
    clauses = Counter(c.fate for c in compared.clauses if not _only_doubtful(c))
    paired = [o for o in objects if o.old and o.new]
    parties = sum(o.object is ObjectName.PARTY and o.fate is not ObjectChangeType.KEPT for o in paired)
    values = sum(v.fate is not ValueChangeType.REWORDED for o in paired for v in o.values if not v.doubt)
    names = sum(o.fate in _OTHER_NAMES and o.object is not ObjectName.PARTY for o in paired)
    counts = [(parties, "party"), (names, "name"), (values, "value"), (clauses[ClauseChangeType.MATERIAL], "clause")]
    said = _told(counts, "differ")
    parts = [f"{said} in substance"] if said else []
    for which, object_fate, clause_fate in (
        ("new", ObjectChangeType.ADDED, ClauseChangeType.ADDED),
        ("old", ObjectChangeType.REMOVED, ClauseChangeType.REMOVED),
    ):
        alone = sum(o.fate is object_fate for o in objects)
        if said := _told([(alone, "field"), (clauses[clause_fate], "clause")], "stand"):
            parts.append(f"{said} only in the {which} version")
    parts = parts or ["no number, date, party, duty or negation differs in what was compared"]
    if compared.counts.doubtful:
        parts.append(_told([(compared.counts.doubtful, "difference")], "are") + " in doubt")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _only_doubtful(clause: ClauseChange) -> bool:
    """Whether nothing of a clause's difference is sure."""
    if not clause.old or not clause.new:
        return bool(clause.doubt)
    return all(run.doubt for run in clause.runs if run.substance)


def _told(counts: Sequence[tuple[int, str]], verb: str) -> str:
    """ "2 parties and 1 clause differ"; nothing where all are 0."""
    said = [f"{n:,} {_plural(word) if n != 1 else word}" for n, word in counts if n]
    if not said:
        return ""
    alone = sum(n for n, _ in counts) == 1
    ending = {"are": "is"}.get(verb, f"{verb}s") if alone else verb
    return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said) + f" {ending}"


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def object_kinds(change: ObjectChange) -> tuple[str, ...]:
    """The kinds of change that an object is found under."""
    if change.fate is ObjectChangeType.CHANGED and all(v.fate is ValueChangeType.REWORDED for v in change.values):
        return ("reworded",)
    return (change.fate.value,)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one side with one fate. `mark` is the sign before them, empty where they are shown plainly; `told` is
    what a pointer that rests on them is shown."""

    kind: str
    mark: str
    text: str
    doubtful: bool
    told: str


@dataclass(frozen=True, slots=True)
class _Item:
    """An object in its group."""

    id: str
    change: ObjectChange
    kinds: tuple[str, ...]

    @property
    def values_marked(self) -> list[tuple[ValueChange, tuple[list[_Piece], list[_Piece]]]]:
        """Its values that differ, with the words of both sides."""
        return [(value, _value_pieces(value)) for value in self.change.values]

    @property
    def in_doubt(self) -> bool:
        return bool(self.change.doubt or any(v.doubt for v in self.change.values))


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    items: list[_Item]


@dataclass(frozen=True, slots=True)
class _ClauseText:
    """One side of a clause: the sections it holds, the words of the first one's title, the rest."""

    which: Which
    label: str
    sections: list[ClauseSide]
    title: list[_Piece]
    body: list[_Piece]


@dataclass(frozen=True, slots=True)
class _ClauseItem:
    id: str
    change: ClauseChange
    kinds: tuple[str, ...]
    texts: tuple[_ClauseText, _ClauseText]

    @classmethod
    def of(cls, number: int, clause: ClauseChange) -> "_ClauseItem":
        fate = clause.fate.value
        texts = _text_of("old", "Old", clause.old, clause.runs), _text_of("new", "New", clause.new, clause.runs)
        return cls(str(number), clause, (fate, "moved") if clause.moved and fate != "moved" else (fate,), texts)

    @property
    def name(self) -> str:
        """What the clause is called, in the new version where it stands there."""
        side = (self.change.new or self.change.old)[0]
        return " ".join(filter(None, (side.number, side.title))) or "without a title"


def _text_of(which: Which, label: str, sections: list[ClauseSide], runs: Sequence[WordRun]) -> _ClauseText:
    """A side's words, those of the title (with which the runs begin, if they were not printed otherwise) apart."""
    pieces = [piece for run in runs if (piece := _piece(which, run)) is not None]
    title = "".join((sections[0].title or "").split()) if sections else ""
    if not title or not "".join("".join(p.text.split()) for p in pieces).startswith(title):
        return _ClauseText(which, label, sections, [], pieces)
    head: list[_Piece] = []
    left = len(title)
    while left:
        piece = pieces.pop(0)
        end = 0
        while left and end < len(piece.text):
            left -= not piece.text[end].isspace()
            end += 1
        first, rest = piece.text[:end], piece.text[end:].strip()
        head.append(_Piece(piece.kind, piece.mark, first, piece.doubtful, piece.told))
        if rest:
            pieces.insert(0, _Piece(piece.kind, piece.mark, rest, piece.doubtful, piece.told))
    return _ClauseText(which, label, sections, head, pieces)


def _piece(which: Which, run: WordRun) -> _Piece | None:
    text, other = (run.old, run.new) if which == "old" else (run.new, run.old)
    if not text:
        return None
    mark, kind = _MARKS.get(run.kind, ""), run.kind.value
    if run.kind is RunKind.REPLACED:
        mark = "−" if which == "old" else "+"
    told = [f"{'new' if which == 'old' else 'old'}: {other}"] if other and run.kind is not RunKind.EQUAL else []
    for one in run.substance:
        told.append(f"{one.kind.value}: {', '.join(one.old) or 'none'} → {', '.join(one.new) or 'none'}")
    if run.kind is RunKind.MOVED:
        told.append("moved")
    told.extend(run.doubt)
    return _Piece(kind, mark, text, bool(run.doubt), "; ".join(told))


def _value_pieces(change: ValueChange) -> tuple[list[_Piece], list[_Piece]]:
    """A value's words on both sides; of long ones that are much alike, only those that differ are marked."""
    fate = change.fate.value
    old, new = (change.old or "").split(), (change.new or "").split()
    whole = (
        [_Piece(fate, "−", change.old, False, "")] if change.old is not None else [],
        [_Piece(fate, "+", change.new, False, "")] if change.new is not None else [],
    )
    if not _LONG < max(len(old), len(new)) < _TOO_LONG:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.5:
        return whole
    pieces: tuple[list[_Piece], list[_Piece]] = [], []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        for side, mark, words in ((0, "−", old[i:i_end]), (1, "+", new[j:j_end])):
            if words:
                pieces[side].append(_Piece(fate, "" if tag == "equal" else mark, " ".join(words), False, ""))
    return pieces


@dataclass(frozen=True, slots=True)
class _Filter:
    kind: str
    count: int
    shown: bool


def _filters(fates: type[ObjectChangeType] | type[ClauseChangeType], items: Sequence[tuple[str, ...]]) -> list[_Filter]:
    """One for each kind. What was kept is not shown until it is asked for."""
    counts = Counter(kind for kinds in items for kind in kinds)
    names = list(dict.fromkeys([*(fate.value for fate in fates), *counts]))
    return [_Filter(name, counts[name], name != ObjectChangeType.KEPT) for name in names]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where something was read, as the page's panel tells it."""

    id: str
    evidence: Evidence
    line_id: str


@dataclass(slots=True)
class _Page:
    """A page in the panel: what is known of its looks, and what was read on it."""

    number: int
    view: PageView | None
    picture: str
    readings: list[_Reading] = field(default_factory=list)


@dataclass(slots=True)
class _Paper:
    """All pages of a side, and the id of each reading."""

    pages: list[_Page]
    ids: dict[Evidence, str]


def _paper(which: Which, compared: Comparison, views: Sequence[PageView]) -> _Paper:
    """The pages that are known of, and those that something was read on."""
    pages = {view.number: _Page(view.number, view, _data_uri(view.picture)) for view in views}
    ids: dict[Evidence, str] = {}
    for evidence in _evidences(which, compared):
        if evidence in ids:
            continue
        page = pages.setdefault(evidence.page, _Page(evidence.page, None, ""))
        lines = page.view.lines if page.view is not None else ()
        known = evidence.line is not None and evidence.line <= len(lines)
        ids[evidence] = f"{which}-r{len(ids)}"
        line_id = f"{which}-p{evidence.page}-l{evidence.line}" if known else ""
        page.readings.append(_Reading(ids[evidence], evidence, line_id))
    return _Paper([pages[number] for number in sorted(pages)], ids)


def _evidences(which: Which, compared: Comparison) -> Iterator[Evidence]:
    old = which == "old"
    for change in compared.objects:
        yield from (side.evidence for side in (change.old if old else change.new) if side.evidence is not None)
        for value in change.values:
            evidence = value.old_evidence if old else value.new_evidence
            if evidence is not None:
                yield evidence
    for clause in compared.clauses:
        yield from (side.evidence for side in (clause.old if old else clause.new) if side.evidence is not None)


def _data_uri(picture: bytes | None) -> str:
    return f"data:image/jpeg;base64,{b64encode(picture).decode('ascii')}" if picture else ""
