"""Every sign rule mends its examples and leaves its counterexamples; addresses need a known domain."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from avskrift.corrections.signs import corrected_signs, domains_in
from avskrift.models.edits import apply

RULES = Path(__file__).parents[3] / "corrections" / "rules" / "signs.toml"
SIGNS: list[dict[str, Any]] = tomllib.loads(RULES.read_text(encoding="utf-8"))["sign"]


def mended(line: str, *others: str, domains: frozenset[str] = frozenset()) -> str:
    return apply(line, sorted(corrected_signs(line, domains, others).edits, key=lambda edit: edit.raw_start))


@pytest.mark.parametrize("rule", SIGNS, ids=lambda r: r["name"])
def test_rule(rule: dict[str, Any]) -> None:
    for read, printed in rule["catches"].items():
        assert mended(read) == printed
    assert rule["leaves"]
    for line in rule["leaves"]:
        assert mended(line) == line


def test_what_is_not_proven_is_only_doubtful() -> None:
    found = corrected_signs("Talet 25 94 står ensamt.", frozenset())
    assert not found.edits and [edit.replacement for edit in found.suggestions] == ["%"]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("nås på asa.berg vikbo.example eller", "nås på asa.berg@vikbo.example eller"),
        ("nås på asa.bergGvikbo.example eller", "nås på asa.berg@vikbo.example eller"),
        ("se www.vikbo.example och vikbo.example/trygg", "se www.vikbo.example och vikbo.example/trygg"),
    ],
)
def test_a_domain_that_the_text_shows_proves_an_address(read: str, printed: str) -> None:
    domains = domains_in(["info@vikbo.example"])
    assert mended(read, domains=domains) == printed


def test_another_reading_shows_the_sign() -> None:
    assert mended("sida 5 S i planen", "sida 5 § i planen") == "sida 5 § i planen"
    assert mended("minskat 12 94 sedan", "minskat 12 % sedan") == "minskat 12 % sedan"
    assert mended("minskat tolv sedan", "minskat 12 % sedan") == "minskat tolv sedan"
