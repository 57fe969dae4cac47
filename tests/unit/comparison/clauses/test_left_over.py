"""Sections without a counterpart: written anew, joined to a neighbour, or held in one whose heading was lost."""

from avskrift.comparison.clauses.left_over import between_neighbours, joined_to_neighbours, standing_within
from avskrift.comparison.clauses.letter_sequences import sequences_of
from avskrift.models.agreement import Section

_LIGHT = "Belysningen vid busstationen i Rödvik ses över varje höst innan mörkret kommer."
_SCHOOL = "Skolans fältassistenter rör sig på torget under fredagskvällar och skolavslutningar."


def section(title: str, text: str = "", number: str | None = None, roles: tuple[str, ...] = ()) -> Section:
    return Section(number=number, title=title, level=1, page=1, roles=list(roles), text=text)


def test_a_clause_written_anew_stands_between_the_same_neighbours() -> None:
    old = [section("Syfte"), section("Uppföljning av arbetet", "Möte i maj."), section("Tid")]
    new = [section("Syfte"), section("Uppföljning", "En enkät sänds ut till alla hushåll."), section("Tid")]
    remarks: list[str] = []
    assert between_neighbours({0: 0, 2: 2}, old, new, remarks) == [(1, 1)]
    assert between_neighbours({0: 1, 2: 2}, old, new, remarks) == []  # the new one stands before both
    assert not remarks


def test_headings_that_share_nothing_are_not_kin() -> None:
    old = [section("Syfte"), section("Belysning", number="2"), section("Tid")]
    new = [section("Syfte"), section("Skolan", number="2"), section("Tid")]
    assert between_neighbours({0: 0, 2: 2}, old, new, []) == []  # one number is not enough


def test_headings_with_one_role_are_kin() -> None:
    old = [section("Syfte"), section("Hur länge?", roles=("period",)), section("Parter")]
    new = [section("Syfte"), section("Avtalstid", roles=("period",)), section("Parter")]
    assert between_neighbours({0: 0, 2: 2}, old, new, []) == [(1, 1)]
    groups = [[section("A"), section("Hit", roles=("group:work",)), section("B")] for _ in range(2)]
    groups[1][1] = section("Dit", roles=("group:work",))
    assert between_neighbours({0: 0, 2: 2}, groups[0], groups[1], []) == []  # groups of one kind may be others


def test_text_that_stands_in_the_counterpart_of_a_neighbour_is_joined_to_it() -> None:
    own = sequences_of([section("1", _LIGHT), section("2", _SCHOOL)], [])
    others = sequences_of([section("1", f"{_LIGHT} {_SCHOOL}")], [])
    assert joined_to_neighbours({0: 0}, own, others) == {0: (1,)}
    assert joined_to_neighbours({0: 0}, own, sequences_of([section("1", _LIGHT)], [])) == {}


def test_left_over_sections_stand_within_one() -> None:
    parts = sequences_of([section("1", _LIGHT), section("2", _SCHOOL)], [])
    whole = sequences_of([section("1", f"{_LIGHT} {_SCHOOL}")], [])
    remarks: list[str] = []
    ((old, new, score),) = standing_within([0, 1], [0], parts, whole, remarks)
    assert (old, new) == ((0, 1), (0,)) and 0.6 < score <= 1
    ((old, new, score),) = standing_within([0], [0, 1], whole, parts, remarks)
    assert (old, new) == ((0,), (0, 1))
    assert standing_within([], [0], parts, whole, remarks) == [] and not remarks
