"""How alike two names are."""

import pytest

from avskrift.comparison.name_similarity import likeness_of, same_function, same_words, shared_members, stems_in


def test_stems_of_the_words_that_tell_names_apart() -> None:
    assert stems_in("Lokala styrgruppen") == stems_in("Styrgrupp")
    assert stems_in("och för") == ()
    assert stems_in("Handlingsplan") == stems_in("Åtgärdsplaner")


def test_a_compound_is_two_words_on_the_other_side() -> None:
    like = likeness_of("Uppföljningsplan", "Plan för uppföljning")
    assert like.in_old == like.in_new == pytest.approx(1.0)
    assert dict(like.shared_old) and sum(dict(like.shared_new).values()) == pytest.approx(1.0)


def test_a_longer_name_holds_the_shorter() -> None:
    like = likeness_of("Trygghetsråd", "Trygghetsråd för skolor")
    assert like.in_old == pytest.approx(1.0) and like.in_new < 0.9
    turned = likeness_of("Trygghetsråd för skolor", "Trygghetsråd")
    assert (like.both, like.in_old) == pytest.approx((turned.both, turned.in_new))


def test_one_reading_of_several_words() -> None:
    assert same_words("Lokal samverkan", "lokal sam-verkan") and not same_words("Lokal samverkan", "Lokal styrning")


def test_members_of_two_lists() -> None:
    old = ["Kommunchef", "Rektor vid Ekskolan", "Polis"]
    new = ["Polis", "Ekdals kommunchef", "Fritidschef"]
    assert shared_members(old, new) == [(0, 1), (2, 0)]
    assert shared_members([], new) == []


def test_long_lists_are_looked_through_by_an_index() -> None:
    old = [f"Föreningen {n} i Solvik" for n in range(150)]
    assert shared_members(old, old) == [(n, n) for n in range(150)]


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("Lokal styrgrupp", "Styrgruppen", 1.0),
        ("Uppföljningsplan", "Plan för uppföljning", 1.0),
        ("Åtgärdsplan", "Åtgärds- och uppföljningsplan", 0.6),
        ("Ungdomar och narkotika", "Narkotika bland unga", 1.0),
        ("Styrgrupp", "Arbetsgrupp", 0.0),
    ],
)
def test_names_are_compared_by_their_telling_words(old: str, new: str, alike: float) -> None:
    assert abs(likeness_of(old, new).both - alike) < 0.1


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Stadsdelsdirektör", "Näsuddens stadsdelsdirektör", True),
        ("Kommunpolis", "Kommunpolis för Lokalpolisområde Näsudden", True),
        ("Chef från utbildningsförvaltningen", "Chef från socialförvaltningen", False),
        ("Trygghetssamordnare", "Säkerhetssamordnare", False),
    ],
)
def test_functions_are_one_whatever_place_they_name(old: str, new: str, same: bool) -> None:
    assert same_function(old, new) is same
