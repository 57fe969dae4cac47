"""Every confusion mends its own examples in damaged text and leaves its counterexamples in whole text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from avskrift.corrections import correct_lines
from avskrift.corrections.candidates import Candidates
from avskrift.corrections.damage import TextDamage
from avskrift.language.compounds import compounds
from avskrift.language.confusions import Kind
from avskrift.language.data_files import load
from avskrift.language.lexicon import lexicon

LANGUAGE_DATA = Path(__file__).parents[3] / "language" / "data"
CONFUSIONS: list[dict[str, Any]] = [e for kind in Kind for e in load("confusions")[kind] if "cost" in e]
DAMAGED = TextDamage((0.95, 0.95, 0.95), 0.1)


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    return Candidates(lexicon(), compounds(), DAMAGED, {})


@pytest.mark.parametrize("rule", CONFUSIONS, ids=lambda r: f"{r['read']}-{r['printed']}")
def test_confusion(rule: dict[str, Any], candidates: Candidates) -> None:
    assert rule["catches"] and rule["leaves"]
    for read, printed in rule["catches"].items():
        for one, other in zip(read.split(), printed.split(), strict=True):
            assert other in [c.text for c in candidates.of(one)], f"{one}: {[c.text for c in candidates.of(one)]}"
    for word in rule["leaves"]:
        assert correct_lines([f"Det står {word} i texten."])[0].text == f"Det står {word} i texten."


ABBREVIATIONS: dict[str, Any] = tomllib.loads((LANGUAGE_DATA / "abbreviations.toml").read_text(encoding="utf-8"))
BROKEN = [
    "",
    "Overenskornmelsen reglerar sarnverkan mellan kommunen och polisen i Vikbo.",
    "Styrgruppen foljer upp <less arbete och Iediga insatser i ornradet.",
    "Parterna ar overens om att bestarnmelserna galler tills vidare.",
]


@pytest.mark.parametrize("line", ABBREVIATIONS["catches"])
def test_abbreviations_before_numbers_stay(line: str) -> None:
    assert correct_lines([line, *BROKEN])[0].text == line


@pytest.mark.parametrize(("read", "printed"), ABBREVIATIONS["leaves"].items())
def test_what_is_no_abbreviation_is_mended(read: str, printed: str) -> None:
    assert correct_lines([read, *BROKEN])[0].text == printed
