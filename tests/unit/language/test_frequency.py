"""Meeting frequencies: every rule with its examples, and months without meetings."""

from typing import Any

import pytest

from avskrift.language.data_files import load
from avskrift.language.dates import DATES
from avskrift.language.frequency import FREQUENCIES, FrequencyRules, frequency_in
from avskrift.language.numbers import NUMBERS, Numbers


@pytest.mark.parametrize("rule", load("frequency")["rule"], ids=lambda r: str(r["name"]))
def test_every_rule_catches_and_leaves(rule: dict[str, Any]) -> None:
    for text, per_year in rule["catches"].items():
        found = frequency_in(text)
        assert found is not None, text
        assert found.per_year == (None if per_year == "-" else per_year), text
    for text in rule["leaves"]:
        assert frequency_in(text) is None, text


@pytest.mark.parametrize("number", range(len(load("frequency")["except"])))
def test_every_exception_catches_and_leaves(number: int) -> None:
    rule = load("frequency")["except"][number]
    for text in rule["catches"]:
        assert FREQUENCIES.exceptions[number].pattern.search(text), text
    for text in rule["leaves"]:
        assert not FREQUENCIES.exceptions[number].pattern.search(text), text


@pytest.mark.parametrize(
    ("text", "per_year"),
    [
        ("en gång i månaden, utom juli", 11),
        ("varje månad (ej juli-aug)", 10),
        ("varje månad, juli och augusti undantagna", 10),
        ("sex gånger per år, dock inte i juli", None),
        ("fyra gånger per år, dock inte i juli", 4),
        ("vart tredje år", 0.33),
        ("vid behov, utom juli", None),
    ],
)
def test_months_without_meetings_are_taken_off(text: str, per_year: float | None) -> None:
    found = frequency_in(text)
    assert found is not None and found.per_year == per_year


def test_a_number_comes_before_a_need() -> None:
    text = "Gruppen möts vid behov, dock minst två gånger per år."
    found = frequency_in(text)
    assert found is not None
    assert text[found.start : found.end] == "minst två gånger per år" and found.per_year == 2


def test_rules_and_numbers_of_another_file_are_used() -> None:
    data = {
        "rule": [{"name": "moons", "pattern": "(?P<n>{N}) träffar varje (?P<unit>måne)"}],
        "words": {"N": ["tretton"]},
        "except": [],
    }
    numbers = Numbers({"tretton": 13}, NUMBERS.ordinals, {"måne": 13, "vecka": 52})
    found = frequency_in("tretton träffar varje måne", FrequencyRules.from_data(data, numbers, DATES))
    assert found is not None and found.per_year == 169
