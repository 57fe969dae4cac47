"""What a damaged word may have been, cheapest first."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.corrections.variants import SETTINGS, variants_of
from avskrift.language.confusions import correctable


def texts(read: str, *, marks: bool = True) -> list[str]:
    return [variant.text for variant in variants_of(read, 1.0, marks)]


def test_one_confusion_costs_less_than_two() -> None:
    found = variants_of("sarnrnan", 1.0, True)
    by_text = {variant.text: variant for variant in found}
    assert by_text["samman"].changes == 2 and by_text["samrnan"].changes == 1
    assert by_text["samrnan"].cost < by_text["samman"].cost
    assert [v.cost for v in found] == sorted(v.cost for v in found)


def test_a_place_may_be_asked_for() -> None:
    assert "Inledning" in texts("lnledning")
    assert "alI" not in texts("all")  # l for I only at the start


def test_letters_for_marks_only_where_marks_are_lost() -> None:
    assert "källa" in texts("kdlla") and "källa" not in texts("kdlla", marks=False)


@given(st.text(alphabet="rniIl1ced", max_size=12), st.integers(1, 20))
def test_bounds(read: str, most: int) -> None:
    found = variants_of(read, 0.5, True, most=most)
    assert len(found) <= most and read not in {v.text for v in found}
    assert all(1 <= v.changes <= SETTINGS.most_changes and v.cost <= SETTINGS.most_cost for v in found)
    assert len({v.text for v in found}) == len(found)


def test_the_table_is_whole() -> None:
    assert all(c.read and c.printed and c.read != c.printed and cost >= 0 for c, cost in correctable())
