"""No regular expression of the package takes more than a small time for each sign, whatever the text."""

import re
import time

import pytest
from pattern_worst_cases import Known, known_patterns, worst_cases

SIGNS = 2_000
PATTERNS = known_patterns()
MOST = 25.0
"""Times the seconds of the plain loop below, which goes over a thousand times `SIGNS` signs."""


def cpu_seconds(known: Known, text: str) -> float:
    begun = time.process_time()
    known.run(text)
    return time.process_time() - begun


@pytest.fixture(scope="module")
def plain_loop() -> float:
    """CPU seconds of one pattern without any choice over texts of `SIGNS` signs, a hundred times."""
    begun = time.process_time()
    for _ in range(100):
        assert re.search(r"[a-y]z", "ab" * (SIGNS // 2)) is None
    return time.process_time() - begun


def test_patterns_are_found_in_modules_and_rules() -> None:
    places = {known.place.split(":")[0] for known in PATTERNS}
    assert {"parsing/passage.py", "corrections/tokens.py", "parsing/vocabulary/entities.toml"} <= places
    assert {"corrections/rules/signs.toml", "comparison/vocabulary/clauses.toml"} <= places
    assert len(PATTERNS) > 300


def test_a_square_would_be_seen(plain_loop: float) -> None:
    square = Known("parsing/made.py:1", re.compile(r"\w+@"), searched=True, anchored=False)
    assert max(cpu_seconds(square, text) for text in worst_cases(square, SIGNS)) > MOST * plain_loop / 10


@pytest.mark.parametrize("known", PATTERNS, ids=lambda known: known.place)
def test_pattern_is_fast_on_its_worst_cases(known: Known, plain_loop: float) -> None:
    for text in worst_cases(known, SIGNS, breakers=("!",)):
        taken = min(cpu_seconds(known, text) for _ in range(1))
        if taken > MOST * plain_loop / 10:
            taken = min(cpu_seconds(known, text) for _ in range(3))
        assert taken <= MOST * plain_loop / 10, f"{taken:.3f} s for {SIGNS} signs like {text[:60]!r}"
