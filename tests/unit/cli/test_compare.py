"""`avskrift compare`: which question is asked, and what is made of it."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.cli.compare_forms import Question, Renderers, WantedForms
from avskrift.cli.worker import Terminal
from avskrift.errors import UsageError

compare = sys.modules["avskrift.cli.compare"]


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--timeline", "--matrix"), "are different questions"),
        (("--on", "2020-5-1"), "give a day as 2018-05-01"),
        (("-o", "a.csv"), "must end with one of .html, .json, .md"),
        (("--timeline", "-o", "a.svg"), "must end with one of .csv, .html, .json, .md"),
    ],
)
def test_questions_that_cannot_be_answered(
    arguments: tuple[str, ...], text: str, worker_of: Callable[..., Any]
) -> None:
    worker = worker_of(compare)
    result = run("a.json", "b.json", *arguments)
    assert isinstance(result.exception, UsageError) and text in str(result.exception) and worker.limits is None


def test_each_output_gets_its_form(tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker_of(compare, _html="<p>", _md="# x")
    page, text = tmp_path / "a.html", tmp_path / "a.md"
    assert run("a.json", "b.json", "-o", page, "-o", text).output == ""
    assert page.read_text(encoding="utf-8") == "<p>" and text.read_text(encoding="utf-8") == "# x"


def test_json_or_a_summary_is_printed(worker_of: Callable[..., Any]) -> None:
    worker_of(compare, _json="{}", summary="Kort")
    assert run("a.json", "b.json", "--json").output == "{}"
    assert run("a.json", "b.json").output == "Kort"


def test_only_what_is_wanted_is_made() -> None:
    made: list[str] = []

    def rendered(form: str) -> str:
        made.append(form)
        return form

    wanted = WantedForms(frozenset({".md"}), True, False, Terminal(False, 80))
    renderers: Renderers = {form: partial(rendered, form) for form in (".html", ".json", ".md")}
    assert wanted.made(renderers, lambda: "summary") == {".json": ".json", ".md": ".md"}
    assert made == [".json", ".md"]
    assert WantedForms(frozenset(), False, True, Terminal(False, 80)).made({}, lambda: "Kort") == {"summary": "Kort\n"}


def test_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_two", "_timeline", "_matrix", "_on_day"):
        monkeypatch.setattr(Question, name, lambda *_, name=name, **__: {"asked": name})
    question: Any = Question((), None, None, None)  # type: ignore[arg-type]
    asked = [question.answer(kind, None, None, pictures=False)["asked"] for kind in ("two", "timeline", "matrix")]
    assert asked == ["_two", "_timeline", "_matrix"]
    assert question.answer("on", date(2020, 5, 1), None, pictures=False) == {"asked": "_on_day"}
