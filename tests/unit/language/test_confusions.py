"""The table of confusions, and what each use draws from it."""

import pytest

from avskrift.language.confusions import (
    Kind,
    Use,
    as_shapes,
    confusions,
    correctable,
    counted_readings,
    letters_for_digits,
    readings_of,
    single_readings,
    spaced_swaps,
)
from avskrift.language.data_files import load


def test_each_confusion_stands_once_and_is_one() -> None:
    keys = [(c.kind, c.printed, c.read) for c in confusions()]
    assert len(keys) == len(set(keys))
    assert all(c.printed != c.read for c in confusions())


def test_what_is_corrected_has_examples_that_hold_it() -> None:
    entries = [entry for kind in Kind for entry in load("confusions")[kind]]
    for entry in entries:
        assert ("cost" in entry) == ("catches" in entry) == ("leaves" in entry)
        for read, printed in entry.get("catches", {}).items():
            assert entry["read"] in read and entry["printed"].lower() in printed.lower(), read
    costs = [cost for _, cost in correctable()]
    assert costs == sorted(costs) and len(costs) == sum("cost" in entry for entry in entries)


def test_the_first_reading_of_a_mark_is_the_letter_without_it() -> None:
    first = {printed: next(iter(readings)) for printed, readings in counted_readings(Kind.MARKS).items()}
    assert first["å"] == first["ä"] == "a" and first["ö"] == "o" and first["É"] == "E"


@pytest.mark.parametrize("use", [Use.WORDS, Use.LINES])
def test_a_print_is_not_taken_for_another_print(use: Use) -> None:
    for one in confusions():
        if use in one.uses and one.printed.isascii():
            assert as_shapes(one.printed, use) == one.printed


def test_words_and_lines_are_alike_in_their_own_ways() -> None:
    assert as_shapes("avtai", Use.WORDS) == as_shapes("avtal", Use.WORDS)
    assert as_shapes("samverkan", Use.WORDS) == as_shapes("sarnverkan", Use.WORDS)
    assert as_shapes("liigesbild", Use.LINES) == as_shapes("lagesbild", Use.LINES)
    assert as_shapes("liigesbild", Use.WORDS) != as_shapes("lagesbild", Use.WORDS)
    assert as_shapes("hemma", Use.LINES) != as_shapes("bemma", Use.LINES)


def test_letters_for_digits() -> None:
    assert "2O2l-I0-0S".translate(letters_for_digits(2.0)) == "2021-10-05"
    assert "D2".translate(letters_for_digits(2.0)) == "D2" and "D2".translate(letters_for_digits(0.5)) == "02"
    assert "S".translate(letters_for_digits(0.1)) == "5"  # the digit that it is most often read for, not 8


def test_readings_of_signs() -> None:
    assert {"94", "o/o", ""} <= readings_of("%") and "3" not in readings_of("§")
    assert "3" in single_readings("§") and "94" not in single_readings("%")
    assert set(single_readings("•", Use.BULLETS)) <= set(single_readings("•"))


def test_letter_spaced_headings_try_few() -> None:
    assert {(read, printed) for read, printed, _ in spaced_swaps()} >= {("rn", "m"), ("I", "l")}
    assert len(spaced_swaps()) < 10
