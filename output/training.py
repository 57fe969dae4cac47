"""What an archive has taught the learned reader, as a file, and what it is worth, for people at a terminal."""

from collections.abc import Mapping

from rich.console import RenderableType

from avskrift.models.training import Counts, TrainedReader
from avskrift.output.terminal_table import terminal_table

_COLUMNS = ("", "values", "precision", "after", "recall", "after", "F1", "after")


def reader_text(reader: TrainedReader) -> str:
    """The file as JSON text."""
    return reader.model_dump_json(indent=2) + "\n"


def training_summary(before: Mapping[str, Counts], after: Mapping[str, Counts]) -> RenderableType:
    """How documents that were left out were read before and after, part by part of the record, and in all."""
    parts = list(dict.fromkeys([*before, *after]))
    rows = [_row(part.replace("_", " "), before.get(part, Counts()), after.get(part, Counts())) for part in parts]
    sums = (sum(counts.values(), Counts()) for counts in (before, after))
    return terminal_table("Documents left out, before and after", _COLUMNS, [*rows, _row("all", *sums)])


def _row(name: str, before: Counts, after: Counts) -> tuple[str, ...]:
    figures = [f"{share:.3f}" for kind in ("precision", "recall", "f1") for share in _both(kind, before, after)]
    return (name, str(before.right + before.missed), *figures)


def _both(kind: str, before: Counts, after: Counts) -> tuple[float, float]:
    return getattr(before, kind), getattr(after, kind)


def figures_in_words(reader: TrainedReader) -> str:
    """What the file was made of and what it is worth, on one line."""
    before, after = reader.before, reader.after
    lacking = f", {reader.not_found} not found" if reader.not_found else ""
    made_of = f"{reader.documents} documents, {reader.values} values{lacking}"
    figures = (
        f"F1 {before.f1:.3f} before, {after.f1:.3f} after",
        f"precision {before.precision:.3f} and {after.precision:.3f}",
        f"recall {before.recall:.3f} and {after.recall:.3f}",
    )
    return f"{made_of}; documents left out: {', '.join(figures)}"
