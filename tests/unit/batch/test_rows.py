"""Rows of a manifest: what is sane, and what becomes of them."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from avskrift.batch.rows import Row, Status, as_made, begun, checked_row, is_key, json_line

ROW = Row(b"x/a.pdf", b"/in/a.pdf", Status.DONE, size=3, pages=2, confidence=0.98765, sha256="ab", json_bytes=9)


def values(**other: object) -> dict[str, object]:
    return {**asdict(ROW), "status": "done", **other}


def test_a_sane_row_comes_back() -> None:
    assert checked_row(values()) == ROW


@pytest.mark.parametrize(
    "other",
    [
        {"status": "unheard of"},
        {"pages": -1},
        {"pages": "2"},
        {"confidence": float("nan")},
        {"key": b"../a.pdf"},
        {"key": b""},
        {"path": b""},
        {"path": b"a\0b"},
        {"same_as": b"/root"},
        {"error": b"bytes"},
    ],
)
def test_a_row_that_no_batch_writes_is_none(other: dict[str, object]) -> None:
    assert checked_row(values(**other)) is None


@pytest.mark.parametrize(
    ("key", "is_one"), [(b"a", True), (b"a/b.pdf", True), (b"a//b", False), (b"./a", False), ("a", False)]
)
def test_keys_lead_nowhere_else(key: object, is_one: bool) -> None:
    assert is_key(key) is is_one


def test_a_row_begins_anew_and_keeps_what_was_known() -> None:
    row = begun(replace(ROW, error_class="InputError", error="damaged", attempts=2), b"x/a.pdf", Path("/in/b.pdf"))
    assert (row.status, row.error_class, row.error, row.attempts, row.path) == (Status.WAITING, "", "", 2, b"/in/b.pdf")
    assert begun(None, b"b", Path("/b")) == Row(b"b", b"/b")


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({}, Status.DONE),
        ({"unread_pages": 1}, Status.PARTIAL),
        ({"same_as": b"b"}, Status.DUPLICATE),
        ({"error_class": "InputError", "same_as": b"b"}, Status.FAILED),
    ],
)
def test_a_row_is_in_the_state_of_its_results(other: dict[str, object], status: Status) -> None:
    assert as_made(replace(ROW, status=Status.GONE, **other)).status is status  # type: ignore[arg-type]


def test_results_are_those_that_were_written() -> None:
    assert ROW.results == {".json"} and replace(ROW, text_bytes=3, json_bytes=0).results == {".txt"}


def test_one_line_of_json() -> None:
    line = json.loads(json_line(replace(ROW, key=b"\xff.pdf")))
    assert line["document"] == r"\xff.pdf" and line["confidence"] == 0.988
    assert line["error"] is None and line["made_by"] is None and line["bytes"] == 3
