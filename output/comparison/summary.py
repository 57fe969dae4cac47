"""A comparison for people at a terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from avskrift.models.comparison import (
    NOT_HELD,
    ClauseChange,
    ClauseChangeType,
    ClauseSide,
    Comparison,
    ObjectChange,
    ObjectChangeType,
    RunKind,
    ValueChange,
    VersionHead,
    WordRun,
)
from avskrift.output.sanitise import sanitised
from avskrift.output.terminal_table import terminal_table

_LONGEST = 160
"""Letters of a value that a terminal shows."""
_MOST_RUNS = 4
"""Differences of a clause that are shown."""
ARROWS = {"up": " ↑", "down": " ↓", None: ""}


def comparison_summary(compared: Comparison) -> RenderableType:
    """What differs, field by field and clause by clause; what is as it was is only counted."""
    head = [
        Text("old: ", style="dim") + Text(sanitised(head_in_words(compared.old))),
        Text("new: ", style="dim") + Text(sanitised(head_in_words(compared.new))),
        Text(counts_in_words(compared), style="bold"),
    ]
    parts: list[RenderableType] = [Panel(Group(*head), expand=True)]
    rows = [row for one in compared.objects for row in _object_rows(one)]
    if rows:
        parts.append(terminal_table("Fields", ("What", "Became", "Old", "New"), rows))
    clauses = [_clause_row(one) for one in differing_clauses(compared)]
    if clauses:
        parts.append(terminal_table("Clauses", ("Old", "New", "Became", "What differs"), clauses))
    parts += [Text(remark, style="dim") for remark in compared.remarks]
    if not_held := not_held_in_words(compared):
        parts.append(Text(not_held, style="dim"))
    return Group(*parts)


def differing_clauses(compared: Comparison) -> list[ClauseChange]:
    """The clauses that are not as they were, but for those of annexes that one file does not hold."""
    changed = [one for one in compared.clauses if one.fate is not ClauseChangeType.UNCHANGED]
    return [one for one in changed if NOT_HELD not in one.doubt]


def head_in_words(head: VersionHead) -> str:
    """Which document a side is, on one line."""
    end = head.valid_to or ("until further notice" if head.until_further_notice else "?")
    title = f" · {head.title}" if head.title else ""
    parties = f" · {' and '.join(head.parties)}" if head.parties else ""
    return f"{head.file}{title}{parties} · {head.valid_from or '?'} to {end}"


def counts_in_words(compared: Comparison) -> str:
    """How much differs, in a sentence."""
    counts = compared.counts
    clauses = ", ".join(
        f"{counts.clauses[f.value]} {in_words(f)}" for f in ClauseChangeType if f.value in counts.clauses
    )
    changed = sum(n for change_type, n in counts.objects.items() if change_type != ObjectChangeType.KEPT.value)
    sentence = f"{changed} objects and {counts.values} values differ; clauses: {clauses or 'none'}"
    return f"{sentence}; {counts.doubtful} differences are in doubt" if counts.doubtful else sentence


def in_words(change_type: ClauseChangeType) -> str:
    """What became of a clause, for people."""
    return "changed in substance" if change_type is ClauseChangeType.MATERIAL else change_type.value


def not_held_in_words(compared: Comparison) -> str:
    """How many clauses stand in annexes that the other file does not hold; empty where none do."""
    only = [one for one in compared.clauses if NOT_HELD in one.doubt]
    sides = [(len([c for c in only if c.old]), "old", "new"), (len([c for c in only if c.new]), "new", "old")]
    return " ".join(
        f"{n} clauses stand in annexes of the {side} file, and the {other} file holds none of its annexes."
        for n, side, other in sides
        if n
    )


def _object_rows(one: ObjectChange) -> Iterator[tuple[str, str, str, str]]:
    what = one.object.value.replace("_", " ")
    old, new = (" + ".join(side.name for side in sides) for sides in (one.old, one.new))
    if one.fate not in (ObjectChangeType.KEPT, ObjectChangeType.CHANGED):
        score = f" ({one.score:.2f})" if one.score is not None else ""
        yield what, one.fate.value + score + doubt_in_words(one.doubt), _short(old), _short(new)
    for value in one.values:
        yield f"{what}: {new or old}", *_value_cells(value)


def _value_cells(value: ValueChange) -> tuple[str, str, str]:
    became = f"{value.field.replace('_', ' ')} {value.fate.value}{ARROWS[value.direction]}"
    return became + doubt_in_words(value.doubt), _short(value.old or ""), _short(value.new or "")


def doubt_in_words(doubt: list[str]) -> str:
    """The first reason of a doubt."""
    return f" (in doubt: {doubt[0]})" if doubt else ""


def _clause_row(one: ClauseChange) -> tuple[str, str, str, str]:
    old, new = (titles_in_words(sides) for sides in (one.old, one.new))
    became = in_words(one.fate)
    if one.moved and one.fate is not ClauseChangeType.MOVED:
        became += ", moved"
    material = "; ".join(f"{s.kind.value}: {_listed(s.old)} → {_listed(s.new)}" for s in one.substance)
    runs = [run_in_words(run) for run in one.runs if run.kind not in (RunKind.EQUAL, RunKind.SAME_READING)]
    shown = " … ".join(runs[:_MOST_RUNS]) if one.old and one.new else ""
    return old, new, became + doubt_in_words(one.doubt), _short("\n".join(filter(None, (material, shown))), 400)


def titles_in_words(sides: list[ClauseSide]) -> str:
    """What the sections of one side are called: number and title, or the page."""
    return " + ".join(" ".join(filter(None, (side.number, side.title))) or f"page {side.page}" for side in sides)


def _listed(words: list[str]) -> str:
    return ", ".join(words[:6]) + (" …" if len(words) > 6 else "") if words else "–"


def run_in_words(run: WordRun) -> str:
    """A difference in signs: [-what went-] {+what came+}."""
    if run.kind is RunKind.MOVED:
        return f"(moved: {_short(run.old or run.new, 60)})"
    return " ".join(
        filter(
            None, (f"[-{_short(run.old, 60)}-]" if run.old else "", f"{{+{_short(run.new, 60)}+}}" if run.new else "")
        )
    )


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
