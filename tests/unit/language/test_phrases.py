"""Wordings that tell what a line is."""

from typing import Any

import pytest

from avskrift.language.data_files import load
from avskrift.language.phrases import phrase


@pytest.mark.parametrize("rule", load("phrases")["rule"], ids=lambda r: str(r["name"]))
def test_every_rule_catches_and_leaves(rule: dict[str, Any]) -> None:
    assert all(phrase(rule["name"]).search(text) for text in rule["catches"])
    assert not any(phrase(rule["name"]).search(text) for text in rule["leaves"])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        phrase("greeting")
