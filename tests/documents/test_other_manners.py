"""Agreements, plans, excerpts and memos written by several hands, and texts of other kinds: what is true of each.

`agreements/truth.json` holds it by document and field, in lower case; `agreements/cells.toml` names the cells that are
known to come out wrong, which are expected to fail, and those that careful readers may read otherwise.
"""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from avskrift.models.agreement import Agreement, DocumentKind
from avskrift.pipeline import parse_file

FOLDER = Path(__file__).parent / "agreements"
TRUTH: dict[str, dict[str, Any]] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
FIELDS = ("kind", "title", "parties", "period", "groups", "areas", "annexes", "signatories", "contacts", "diary")
CELLS: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "cells.toml").read_text(encoding="utf-8"))
KNOWN_WRONG = CELLS["known_wrong"]


def low(text: str | None) -> str | None:
    return None if text is None else " ".join(text.casefold().replace("\u201d", '"').split()).strip(" .")


def told(record: Agreement) -> dict[str, Any]:
    """The record's fields as the truth holds them."""
    period = record.period
    fields = {
        "kind": record.document.kind.value,
        "title": low(record.document.title),
        "parties": [(low(p.name), p.kind.value, low(p.defined_term), p.organisation_number) for p in record.parties],
        "period": [period.valid_from, period.valid_to, period.until_further_notice],
        "groups": [
            (low(g.name), [low(m) for m in g.members], low(g.meeting_frequency), g.meetings_per_year)
            for g in record.groups
        ],
        "areas": [(low(a.name), low(a.goal)) for a in record.focus_areas],
        "annexes": [(a.number, low(a.title)) for a in record.annexes],
        "signatories": [(low(s.name), low(s.title)) for s in record.signatories],
        "contacts": [(low(c.name), low(c.role), c.phone, c.email) for c in record.contacts],
        "diary": [d.number for d in record.document.diary_numbers],
    }
    found: dict[str, Any] = json.loads(json.dumps(fields))
    return found


@cache
def record_of(name: str) -> Agreement:
    return parse_file(FOLDER / f"{name}.txt")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        pytest.param(
            name,
            field,
            id=(cell := f"{name}.{field}"),
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_WRONG[cell])] if cell in KNOWN_WRONG else [],
        )
        for name in sorted(TRUTH)
        for field in TRUTH[name]
    ],
)
def test_what_is_true_of_it_is_found(name: str, field: str) -> None:
    assert told(record_of(name))[field] == TRUTH[name][field]


def test_no_cell_is_left_out() -> None:
    assert {tuple(cells) for cells in TRUTH.values()} == {FIELDS}
    known = {f"{name}.{field}" for name in TRUTH for field in FIELDS}
    assert known >= KNOWN_WRONG.keys() | CELLS["readers_may_differ"].keys()


@pytest.mark.parametrize("name", sorted(n for n in TRUTH if n.startswith("other-")))
def test_nothing_is_invented_in_other_texts(name: str) -> None:
    record = record_of(name)
    assert not (record.groups or record.focus_areas)
    if record.document.kind is not DocumentKind.OTHER:
        return
    assert not (record.parties or record.signatories)
    assert record.period.valid_from is None and not record.period.until_further_notice
