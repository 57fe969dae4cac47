"""What the signs of a lost display font stand for, seen from the headings of one document."""

from avskrift.corrections.display_type import (
    QUOTATION_MARKS,
    DisplayType,
    capitals_of,
    numbers_of,
    quoted,
    quotes_of,
    stops_of,
)


def test_capitals_need_headings_that_agree() -> None:
    assert capitals_of([("•", "B", "Bakgrund"), ("•", "B", "Bilaga")]) == {"•": "B"}
    assert capitals_of([("•", "B", "Bakgrund"), ("•", "B", "Bakgrund")]) == {}  # one heading twice is one
    assert capitals_of([("•", "B", "Bakgrund"), ("•", "B", "Bilaga"), ("•", "S", "Syfte")]) == {}


def test_quotation_marks_need_several_quotations() -> None:
    assert quotes_of([("K", "kommunen"), ("K", "parterna"), ("W", "polisen")]) == QUOTATION_MARKS | {"K"}


def test_a_sign_behind_a_quotation() -> None:
    assert stops_of([("z", False), ("z", True), ("z", False), ("y", True)]) == {"z": ",", "y": "."}


def test_a_number_is_read_only_where_all_its_signs_are_known() -> None:
    display = DisplayType(numbers={"k": "1", "m": ".", "w": "2"})
    assert display.number("kmw") == "1.2" and display.number("2m1") == "2.1"
    assert display.number("kmq") is None and display.number("mk") is None


def test_numbers_go_on_after_ones_that_are_read_right() -> None:
    assert numbers_of(["1", "1m1", "1m2", "2", "2m1"]) == {"m": "."}


def test_a_quotation_has_two_marks_that_are_alike() -> None:
    found = quoted("K o m m u n e n K")
    assert found is not None and (found.mark, found.words, found.stop) == ("K", "o m m u n e n", "")
    assert quoted("” P a r t e r n a “,") == ("”", "P a r t e r n a", ",")
    assert quoted("a b") is None
