"""Patterns of a file of rules."""

import re

import pytest

from avskrift.language.rules import compiled


def test_words_fill_patterns_and_the_words_below_them() -> None:
    data = {
        "words": {"COLOUR": ["röd", "blå"], "THING": ["{COLOUR} bil", "båt"]},
        "rule": [{"name": "things", "pattern": "en {THING}{1,2}$"}],
    }
    (rule,) = compiled(data)
    assert rule.name == "things"
    assert rule.pattern.search("en BLÅ bil") and rule.pattern.search("en båtbåt") and not rule.pattern.search("en bil")


def test_case_and_lines_count_only_where_the_entry_says_so() -> None:
    data = {
        "line": [
            {"name": "exact", "pattern": "^Bilaga", "ignore_case": False},
            {"name": "lines", "pattern": "^bilaga", "multiline": True},
        ]
    }
    exact, lines = compiled(data, "line")
    assert exact.pattern.search("Bilaga 1") and not exact.pattern.search("bilaga 1")
    assert lines.pattern.search("Text\nBILAGA 1") and not exact.pattern.search("Text\nBilaga 1")


def test_a_pattern_that_is_none_is_refused_when_it_is_asked_for() -> None:
    good, bad = compiled({"rule": [{"name": "closed", "pattern": "()"}, {"name": "open", "pattern": "("}]})
    assert good.pattern is good.pattern
    with pytest.raises(re.error):
        _ = bad.pattern
