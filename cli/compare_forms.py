"""What `avskrift compare` makes of each question: two versions, a timeline, a matrix, what was in force on a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.cli.worker import Terminal
from avskrift.errors import InputError, UsageError
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from rich.console import RenderableType

    from avskrift.comparison.reports.version_chain import Version
    from avskrift.models.options import PipelineOptions
    from avskrift.output.table import PlainTable

SUMMARY = "summary"
"""What a summary for the terminal is called among what is made."""
Renderers = dict[str, Callable[[], str]]
"""What makes each form, by the end of a file's name."""


@dataclass(frozen=True, slots=True)
class WantedForms:
    """What is to be made: files by the ends of their names, JSON to be printed, else a summary for the terminal."""

    suffixes: frozenset[str]
    json: bool
    summary: bool
    terminal: Terminal

    def made(self, renderers: Renderers, summary: "Callable[[], RenderableType]") -> dict[str, str]:
        """What is wanted, each by the end of its name, the summary as `SUMMARY`."""
        kinds = self.suffixes | ({".json"} if self.json else set())
        made = {kind: renderers[kind]() for kind in sorted(kinds)}
        if self.summary and not self.json:
            made[SUMMARY] = self.terminal.shown(summary())
        return made


@dataclass(frozen=True, slots=True)
class Question:
    """A question to documents or records in `files`, which are read as `options` say; progress goes to `report`."""

    files: Sequence[Path]
    options: "PipelineOptions"
    wanted: WantedForms
    report: Report

    def answer(self, kind: str, day: date | None, password: str | None, *, pictures: bool) -> dict[str, str]:
        """What is wanted, by the end of its name. `kind` is "two", "timeline", "matrix" or "on" (which needs a `day`).

        Pages of two documents are drawn if `pictures` are wanted; `password` opens encrypted ones. Raises
        `UsageError`, `InputError` and what reading documents raises.
        """
        if day is not None:
            return self._on_day(day)
        if kind == "two":
            return self._two(password, pictures=pictures)
        return self._matrix() if kind == "matrix" else self._timeline()

    def _two(self, password: str | None, *, pictures: bool) -> dict[str, str]:
        from avskrift.cli.compare_inputs import opened, pages_for
        from avskrift.comparison import compare
        from avskrift.output.comparison.json_file import comparison_json
        from avskrift.output.comparison.markdown import comparison_markdown
        from avskrift.output.comparison.page import comparison_page
        from avskrift.output.comparison.summary import comparison_summary

        if len(self.files) != 2:
            raise UsageError("give two files, the old version and the new one (or --timeline for more)")
        old, new = (opened(path, self.options, self.report) for path in self.files)
        patch = self.wanted.json or ".json" in self.wanted.suffixes
        self.report.document(f"{self.files[0]} and {self.files[1]}")
        self.report.read()
        compared = compare(
            old.version.record, new.version.record, patch=patch, old_lines=old.lines, new_lines=new.lines
        )

        def page() -> str:
            first, second = (
                pages_for(side, compared, old=side is old, password=password, pictures=pictures) for side in (old, new)
            )
            return comparison_page(compared, first, second)

        renderers: Renderers = {
            ".html": page,
            ".json": lambda: comparison_json(compared),
            ".md": lambda: comparison_markdown(compared),
        }
        return self.wanted.made(renderers, lambda: comparison_summary(compared))

    def _timeline(self) -> dict[str, str]:
        from avskrift.comparison.reports.timeline import timeline_of
        from avskrift.output.comparison.json_file import comparison_json
        from avskrift.output.comparison.timeline import timeline_summary, timeline_table

        timeline = timeline_of(self._versions())
        renderers = {".json": lambda: comparison_json(timeline), **_table_renderers(timeline_table(timeline))}
        return self.wanted.made(renderers, lambda: timeline_summary(timeline))

    def _matrix(self) -> dict[str, str]:
        from avskrift.comparison.reports.matrix import matrix_of
        from avskrift.output.comparison.json_file import comparison_json
        from avskrift.output.comparison.matrix import matrix_picture, matrix_summary, matrix_table

        matrix = matrix_of(self._versions())
        renderers = {
            ".json": lambda: comparison_json(matrix),
            **_table_renderers(matrix_table(matrix)),
            ".svg": lambda: matrix_picture(matrix),
        }
        return self.wanted.made(renderers, lambda: matrix_summary(matrix))

    def _on_day(self, day: date) -> dict[str, str]:
        from avskrift.comparison.reports.in_force import in_force_on
        from avskrift.output.comparison.in_force import in_force_json, in_force_summary, in_force_table

        statuses = in_force_on(day, self._versions())
        renderers = {
            ".json": lambda: in_force_json(day, statuses),
            **_table_renderers(in_force_table(day, statuses)),
        }
        return self.wanted.made(renderers, lambda: in_force_summary(day, statuses))

    def _versions(self) -> "list[Version]":
        """The versions that files and folders hold; what cannot be read in a folder is reported."""
        from avskrift.cli.compare_inputs import opened, versions_in, with_distinct_names

        found: list[Version] = []
        for path in self.files:
            if path.is_dir():
                found.extend(versions_in(path, self.options, self.report))
            else:
                found.append(opened(path, self.options, self.report).version)
        if not found:
            raise InputError(f"{', '.join(map(str, self.files))}: there is no document in it")
        self.report.document(" ".join(str(path) for path in self.files[:3]))
        self.report.read()
        return with_distinct_names(found)


def _table_renderers(table: "PlainTable") -> Renderers:
    from avskrift.output.table import render_csv, render_html, render_markdown, render_svg

    return {
        ".csv": lambda: render_csv(table),
        ".md": lambda: render_markdown(table),
        ".html": lambda: render_html(table),
        ".svg": lambda: render_svg(table),
    }
