"""Every rule of the comparison catches and leaves what it says."""

import tomllib
from pathlib import Path

import pytest

from avskrift.comparison.vocabulary import load, pattern

FOLDER = Path(__file__).parents[4] / "comparison" / "vocabulary"


@pytest.mark.parametrize("name", ["clauses", "names"])
def test_every_rule_catches_and_leaves(name: str) -> None:
    for entry in load(name).get("rule", []):
        assert entry["catches"] and entry["leaves"]
        for text in entry["catches"]:
            assert pattern(name, entry["name"]).search(text), (entry["name"], text)
        for text in entry["leaves"]:
            assert not pattern(name, entry["name"]).search(text), (entry["name"], text)


@pytest.mark.parametrize("name", ["clauses", "names"])
def test_every_list_has_an_example(name: str) -> None:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key, table in data.items():
        if key != "rule":
            assert all(one["example"] for one in (table if isinstance(table, list) else [table])), key
