"""Two versions side by side: one page of HTML that needs nothing but itself.

Documents are untrusted: their words are only ever text between tags or quoted attributes, escaped; ids and links are
made of numbers. The page's policy (CSP) lets run no script but the one whose hash it bears, and fetches nothing.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from avskrift.models.comparison import (
    ClauseChangeType,
    Comparison,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    ValueChange,
    ValueChangeType,
)
from avskrift.models.page_view import PageView
from avskrift.output.comparison.page_panel import panel_side
from avskrift.output.comparison.page_text import ClauseItem, Piece, value_pieces
from avskrift.output.comparison.sentence import in_short
from avskrift.output.html import template, template_text

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


def comparison_page(
    compared: Comparison, old_pages: Sequence[PageView] = (), new_pages: Sequence[PageView] = ()
) -> str:
    """The page. Where `old_pages` and `new_pages` hold a page, values lead to its picture or its lines."""
    from markupsafe import Markup

    groups = [
        _Group(title, [_Item(str(n), o, object_kinds(o)) for n, o in enumerate(compared.objects) if o.object is name])
        for name, title in _GROUPS.items()
    ]
    clauses = [ClauseItem.of(n, clause) for n, clause in enumerate(compared.clauses)]
    papers = {"old": panel_side("old", compared, old_pages), "new": panel_side("new", compared, new_pages)}
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


def object_kinds(change: ObjectChange) -> tuple[str, ...]:
    """The kinds of change that an object is found under."""
    if change.fate is ObjectChangeType.CHANGED and all(v.fate is ValueChangeType.REWORDED for v in change.values):
        return ("reworded",)
    return (change.fate.value,)


@dataclass(frozen=True, slots=True)
class _Item:
    """An object in its group."""

    id: str
    change: ObjectChange
    kinds: tuple[str, ...]

    @property
    def values_marked(self) -> list[tuple[ValueChange, tuple[list[Piece], list[Piece]]]]:
        """Its values that differ, with the words of both sides."""
        return [(value, value_pieces(value)) for value in self.change.values]

    @property
    def in_doubt(self) -> bool:
        return bool(self.change.doubt or any(v.doubt for v in self.change.values))


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    items: list[_Item]


@dataclass(frozen=True, slots=True)
class _Filter:
    kind: str
    count: int
    shown: bool


def _filters(
    change_types: type[ObjectChangeType] | type[ClauseChangeType], items: Sequence[tuple[str, ...]]
) -> list[_Filter]:
    """One for each kind. What was kept is not shown until it is asked for."""
    counts = Counter(kind for kinds in items for kind in kinds)
    names = list(dict.fromkeys([*(one.value for one in change_types), *counts]))
    return [_Filter(name, counts[name], name != ObjectChangeType.KEPT) for name in names]
