"""No regular expression of the package takes more than a small time for each sign, whatever the text."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pattern_worst_cases import Known, known_patterns, worst_cases

SIGNS = 2_000
PATTERNS = known_patterns()
QUICK, MOST = 6, 400
"""Times as long as a plain loop a pattern may take before its growth is asked for, and at all."""
GROWTH_SECONDS = 8.0
"""CPU seconds after which growth is not measured a sixth time and more."""
GROWTH = 8.0
"""What four times the signs may take: four times as long where time is linear, sixteen times where it is the square."""


def cpu_seconds(known: Known, text: str) -> float:
    begun = time.process_time()
    known.run(text)
    return time.process_time() - begun


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Fails what takes more CPU seconds: a pattern whose time grows exponentially does not come back."""

    def fail(*_: object) -> None:
        raise AssertionError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, fail)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def plain_loop() -> float:
    """The CPU seconds that a loop in Python takes over `SIGNS` signs ten times, the least of several."""

    def once() -> float:
        begun = time.process_time()
        for _ in range(10):
            assert sum(sign == "a" for sign in "ab" * (SIGNS // 2)) == SIGNS // 2
        return time.process_time() - begun

    return min(once() for _ in range(5))


def test_patterns_are_found_in_modules_and_rules() -> None:
    places = {known.place.split(":")[0] for known in PATTERNS}
    assert {"parsing/structure/text_span.py", "corrections/tokens.py", "parsing/vocabulary/entities.toml"} <= places
    assert {"corrections/rules/signs.toml", "comparison/vocabulary/clauses.toml"} <= places
    assert len(PATTERNS) > 300


def growth(known: Known, text: str) -> float:
    """How much longer the pattern takes over 16,000 signs than over 4,000.

    Each is the least of some tries, three and up to twelve, after five no more than fit in some seconds: whatever else
    the machine does only makes a try longer.
    """
    piece = text[:-1]
    short = long = float("inf")
    begun = time.process_time()
    for tried in range(1, 13):
        short = min(short, max(cpu_seconds(known, piece * 2 + "!"), 1e-6))
        long = min(long, cpu_seconds(known, piece * 8 + "!"))
        if tried >= 3 and long <= GROWTH * short:
            break
        if tried >= 5 and time.process_time() - begun > GROWTH_SECONDS:
            break
    return long / short


def test_growth_with_the_square_would_be_seen(plain_loop: float) -> None:
    square = Known("parsing/made.py:1", re.compile(r"\w+@"), searched=True, anchored=False)
    text = "a" * SIGNS + "!"
    assert cpu_seconds(square, text) > QUICK * plain_loop
    assert growth(square, text) > GROWTH


@pytest.mark.parametrize("known", PATTERNS, ids=lambda known: known.place)
def test_time_of_a_pattern_is_linear_in_its_worst_cases(known: Known, plain_loop: float) -> None:
    with ended_after(30.0):
        worst, most = "", 0.0
        for text in worst_cases(known, SIGNS, breakers=("!",)):
            taken = cpu_seconds(known, text)
            if taken > most:  # twice: once is an accident
                taken = min(taken, cpu_seconds(known, text))
            if taken > most:
                worst, most = text, taken
            assert taken <= MOST * plain_loop, f"{taken:.3f} s for {SIGNS} signs like {text[:60]!r}"
        if most > QUICK * plain_loop:
            assert growth(known, worst) <= GROWTH, f"it grows with the square on {worst[:60]!r}"
