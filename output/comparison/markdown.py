"""A comparison as a page of Markdown."""

from collections.abc import Iterator, Sequence

from avskrift.models.comparison import (
    ClauseChange,
    ClauseChangeType,
    Comparison,
    ObjectChange,
    ObjectChangeType,
    RunKind,
    ValueChange,
    WordRun,
)
from avskrift.output.comparison.summary import (
    ARROWS,
    counts_in_words,
    differing_clauses,
    head_in_words,
    in_words,
    not_held_in_words,
    titles_in_words,
)
from avskrift.output.record.markdown import escaped


def comparison_markdown(compared: Comparison) -> str:
    """What differs; words that went are struck through, words that came are bold."""
    return "\n".join(_lines(compared)) + "\n"


def _lines(compared: Comparison) -> Iterator[str]:
    yield f"# {escaped(compared.old.file)} → {escaped(compared.new.file)}"
    yield ""
    yield f"- Old: {escaped(head_in_words(compared.old))}"
    yield f"- New: {escaped(head_in_words(compared.new))}"
    yield ""
    yield f"{escaped(counts_in_words(compared))}."
    yield ""
    yield from _fields([one for one in compared.objects if one.fate is not ObjectChangeType.KEPT])
    differing = differing_clauses(compared)
    if differing:
        yield "## Clauses"
        yield ""
    for clause in differing:
        yield from _clause(clause)
    for remark in compared.remarks:
        yield f"{escaped(remark)}."
        yield ""
    if not_held := not_held_in_words(compared):
        yield escaped(not_held)
        yield ""
    if same := compared.counts.clauses.get(ClauseChangeType.UNCHANGED.value, 0):
        yield f"{same} clauses are unchanged."


def _fields(changed: Sequence[ObjectChange]) -> Iterator[str]:
    """The table of objects that are not as they were; nothing where there are none."""
    if not changed:
        return
    yield "## Fields"
    yield ""
    yield "| What | Became | Old | New | Page | In doubt |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in changed:
        yield from (f"| {' | '.join(escaped(cell) or ' ' for cell in row)} |" for row in _rows(one))
    yield ""


def _rows(one: ObjectChange) -> Iterator[Sequence[str]]:
    what = one.object.value.replace("_", " ")
    old, new = (" + ".join(side.name for side in sides) for sides in (one.old, one.new))
    pages = _pages(*(side.evidence.page if side.evidence else None for side in (*one.old[:1], *one.new[:1])))
    if one.fate is not ObjectChangeType.CHANGED:
        score = f" ({one.score:.2f}: {'; '.join(one.because)})" if one.score is not None else ""
        yield what, one.fate.value + score, old, new, pages, "; ".join(one.doubt)
    yield from (_value_row(f"{what}: {new or old}", value) for value in one.values)


def _value_row(what: str, value: ValueChange) -> Sequence[str]:
    read = _pages(*(e.page if e else None for e in (value.old_evidence, value.new_evidence)))
    became = f"{value.field.replace('_', ' ')} {value.fate.value}{ARROWS[value.direction]}"
    return what, became, value.old or "", value.new or "", read, "; ".join(value.doubt)


def _pages(*pages: int | None) -> str:
    return " → ".join(str(page) for page in pages if page is not None)


def _clause(clause: ClauseChange) -> Iterator[str]:
    yield f"### {_clause_title(clause)}"
    yield ""
    for one in clause.substance:
        yield f"- {one.kind.value}: {escaped(', '.join(one.old)) or '–'} → {escaped(', '.join(one.new)) or '–'}"
    yield from (f"- in doubt: {escaped(reason)}" for reason in clause.doubt)
    if clause.substance or clause.doubt:
        yield ""
    yield " ".join(_run(run) for run in clause.runs)
    yield ""


def _clause_title(clause: ClauseChange) -> str:
    """What a clause is called on both sides, and what became of it."""
    old, new = titles_in_words(clause.old), titles_in_words(clause.new)
    title = old if old == new else " → ".join(filter(None, (old, new)))
    moved = ", moved" if clause.moved and clause.fate is not ClauseChangeType.MOVED else ""
    return f"{escaped(title)}: {in_words(clause.fate)}{moved}"


def _run(run: WordRun) -> str:
    if run.kind in (RunKind.EQUAL, RunKind.SAME_READING):
        return escaped(run.new)
    if run.kind is RunKind.MOVED:
        return f"*(moved: {escaped(run.old or run.new)})*"
    gone = f"~~{escaped(run.old)}~~" if run.old else ""
    came = f"**{escaped(run.new)}**" if run.new else ""
    return " ".join(filter(None, (gone, came)))
