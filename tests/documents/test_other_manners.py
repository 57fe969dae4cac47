"""Agreements, plans, excerpts and memos written by several hands, and texts of other kinds: what is true of each.

`agreements/truth.json` holds it by document and field, in lower case; `agreements/cells.toml` names the cells that are
known to come out wrong, which are expected to fail, and those that careful readers may read otherwise.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from avskrift.models.agreement import Agreement, DocumentKind
from avskrift.models.options import ParsingOptions, PipelineOptions
from avskrift.pipeline import parse_file

FOLDER = Path(__file__).parent / "agreements"
TRUTH: dict[str, dict[str, Any]] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
FIELDS = ("kind", "title", "parties", "period", "groups", "areas", "annexes", "signatories", "contacts", "diary")
CELLS: dict[str, Any] = tomllib.loads((FOLDER / "cells.toml").read_text(encoding="utf-8"))
KNOWN_WRONG = CELLS["known_wrong"]
WRONG_BY_BOTH = {
    f"{name}.{field}": KNOWN_WRONG.get(f"{name}.{field}", "the learned reader errs here")
    for name, fields in CELLS["wrong_by_both"].items()
    for field in fields
}
INVENTED_BY_BOTH = frozenset(CELLS["invented_by_both"])


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
def record_of(name: str, *, learned: bool = False) -> Agreement:
    options = PipelineOptions(parsing=ParsingOptions(learned=learned))
    return parse_file(FOLDER / f"{name}.txt", options)


def cells(wrong: Mapping[str, str]) -> list[Any]:
    """All cells as parameters, those that are known to be wrong marked so."""
    found = []
    for name in sorted(TRUTH):
        for field in TRUTH[name]:
            cell = f"{name}.{field}"
            marks = [pytest.mark.xfail(strict=True, reason=wrong[cell])] if cell in wrong else []
            found.append(pytest.param(name, field, id=cell, marks=marks))
    return found


@pytest.mark.parametrize(("name", "field"), cells(KNOWN_WRONG))
def test_what_is_true_of_it_is_found(name: str, field: str) -> None:
    assert told(record_of(name))[field] == TRUTH[name][field]


@pytest.mark.parametrize(("name", "field"), cells(WRONG_BY_BOTH))
def test_what_is_true_of_it_is_found_by_both(name: str, field: str) -> None:
    """By the rules and the learned reader together. What the rules alone get right here, having been made with these
    documents at hand, is the price of reading others better (docs/learned_reader.md)."""
    assert told(record_of(name, learned=True))[field] == TRUTH[name][field]


def test_no_cell_is_left_out() -> None:
    assert {tuple(fields) for fields in TRUTH.values()} == {FIELDS}
    known = {f"{name}.{field}" for name in TRUTH for field in FIELDS}
    assert known >= KNOWN_WRONG.keys() | WRONG_BY_BOTH.keys() | CELLS["readers_may_differ"].keys()


OTHERS = sorted(n for n in TRUTH if n.startswith("other-"))
INVENTED = "the network takes an item for an area"


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_invented_in_other_texts(name: str) -> None:
    assert invented(record_of(name)) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=[pytest.mark.xfail(strict=True, reason=INVENTED)] if n in INVENTED_BY_BOTH else [])
        for n in OTHERS
    ],
)
def test_nothing_is_invented_in_other_texts_by_both(name: str) -> None:
    assert invented(record_of(name, learned=True)) == []


def invented(record: Agreement) -> list[str]:
    """What a text of another kind holds that it cannot."""
    found = [g.name for g in record.groups] + [a.name for a in record.focus_areas]
    if record.document.kind is not DocumentKind.OTHER:
        return found
    period = [p for p in (record.period.valid_from, record.period.until_further_notice) if p]
    return [*found, *(p.name for p in record.parties), *(s.name for s in record.signatories), *map(str, period)]
