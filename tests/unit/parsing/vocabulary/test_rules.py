"""Every rule of the vocabularies catches its own examples and leaves what it must leave."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from avskrift.language.rules import Rule
from avskrift.parsing.structure.action_plan_labels import label_at
from avskrift.parsing.structure.entities import entities_in
from avskrift.parsing.structure.title_roles import group_kind, roles_of
from avskrift.parsing.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[4] / "parsing" / "vocabulary"
VOCABULARY = Vocabulary.shipped()

PATTERNS = [
    (name, table, rule.name)
    for name, table in [
        ("period", "rule"),
        ("parties", "term"),
        ("parties", "address"),
        ("parties", "around"),
        ("groups", "rule"),
        ("focus_areas", "rule"),
        ("contacts", "rule"),
        ("diary_numbers", "rule"),
        ("roles", "rule"),
        ("roles", "within"),
        ("signing", "rule"),
        ("signing", "within"),
        ("references", "rule"),
        ("headings", "line"),
        ("tables", "rule"),
        ("annexes", "rule"),
        ("diary_numbers", "holder"),
        ("document_kind", "around"),
        ("document_kind", "title"),
        ("document_kind", "kind"),
        ("parties", "kind"),
        ("entities", "within"),
        ("choices", "rule"),
        ("sheets", "rule"),
        ("signing_sheets", "mark"),
        ("signing_sheets", "line"),
        *(("minutes", table) for table in VOCABULARY.table("minutes") if table not in ("words", "label")),
    ]
    for rule in VOCABULARY.rules(name, table)
]


def entry(name: str, table: str, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in VOCABULARY.table(name)[table] if e.get("name", e.get("key")) == rule)
    return found


@pytest.mark.parametrize(("name", "table", "rule"), PATTERNS)
def test_pattern_catches_and_leaves(name: str, table: str, rule: str) -> None:
    pattern: re.Pattern[str] = next(r.pattern for r in VOCABULARY.rules(name, table) if r.name == rule)
    data = entry(name, table, rule)
    assert data["catches"], "a rule without an example"
    assert data["leaves"], "a rule without a counterexample"
    catches = data["catches"]
    for text in catches:
        match = pattern.search(text)
        assert match is not None, text
        if isinstance(catches, dict):
            assert catches[text] in match.groupdict().values()
    for text in data["leaves"]:
        assert pattern.search(text) is None, text


@pytest.mark.parametrize("rule", VOCABULARY.rules("minutes", "label"), ids=lambda r: str(r.name))
def test_labels_of_minutes(rule: Rule) -> None:
    data = entry("minutes", "label", rule.name)
    assert data["catches"] and data["leaves"]
    for text in data["catches"]:
        assert rule.pattern.fullmatch(text), text
    for text in data["leaves"]:
        assert not rule.pattern.fullmatch(text), text


@pytest.mark.parametrize("role", VOCABULARY.table("headings")["role"], ids=lambda r: str(r["name"]))
def test_heading_roles(role: dict[str, Any]) -> None:
    for text in role["catches"]:
        assert role["name"] in roles_of(text, VOCABULARY), text
    for text in role["leaves"]:
        assert role["name"] not in roles_of(text, VOCABULARY), text


@pytest.mark.parametrize("group", VOCABULARY.table("headings")["group"], ids=lambda r: str(r["kind"]))
def test_names_of_bodies(group: dict[str, Any]) -> None:
    for text in group["catches"]:
        assert group_kind(text, VOCABULARY) == group["kind"], text
    for text in group["leaves"]:
        assert group_kind(text, VOCABULARY) != group["kind"], text


@pytest.mark.parametrize("ending", VOCABULARY.table("headings")["group_ending"], ids=lambda r: str(r["kind"]))
def test_endings_of_bodies(ending: dict[str, Any]) -> None:
    for text in ending["catches"]:
        assert re.fullmatch(ending["pattern"], text) and group_kind(text, VOCABULARY) is not None, text
    for text in ending["leaves"]:
        assert re.fullmatch(ending["pattern"], text) is None, text


@pytest.mark.parametrize("row", VOCABULARY.table("action_plan")["row"], ids=lambda r: str(r["key"]))
def test_labels_of_action_plans(row: dict[str, Any]) -> None:
    for text in row["catches"]:
        found = label_at(text, VOCABULARY)
        assert found is not None and found[0] == row["key"], text
    for text in row["leaves"]:
        found = label_at(text, VOCABULARY)
        assert found is None or found[0] != row["key"], text


@pytest.mark.parametrize("entity", VOCABULARY.table("entities")["entity"], ids=lambda r: str(r["label"]))
def test_entities(entity: dict[str, Any]) -> None:
    for text, span in entity["catches"].items():
        assert (entity["label"], span) in [(e.label, e.text) for e in entities_in(text, VOCABULARY)], text
    for text in entity["leaves"]:
        assert entity["label"] not in [e.label for e in entities_in(text, VOCABULARY)], text


def test_every_file_is_read() -> None:
    for path in FOLDER.glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
