"""How groups, focus areas and annexes are matched."""

import pytest

from avskrift.comparison.objects.groups import ANNEXES, AREAS, SETTINGS, groups
from avskrift.models.agreement import Annex, FocusArea, Group, GroupKind

_GROUPS = groups(frozenset({GroupKind.STEERING}))
_GOAL = "Färre ungdomar ska uppge att de har provat narkotika, och fler ska ha en vuxen att tala med."


def group(name: str, kind: GroupKind = GroupKind.OTHER, *members: str, purpose: str | None = None) -> Group:
    return Group(name=name, kind=kind, members=list(members), purpose=purpose)


def test_groups_by_name_and_members() -> None:
    one = group("Lokal styrgrupp", GroupKind.STEERING, "Kommunchef", "Närpolischef")
    score = _GROUPS.score(one, one)
    assert score.value == pytest.approx(1.0) and score.because == ("the same name", "2 of 2 members are the same")
    members = ("Kommunchef", "Närpolischef", "Rektor")
    other = _GROUPS.score(
        group("Trygghetsforum", GroupKind.OTHER, *members), group("Ekrådet", GroupKind.OTHER, *members)
    )
    assert other.value == pytest.approx(SETTINGS.members) and other.value < _GROUPS.enough


def test_kinds_and_purposes_add_to_it() -> None:
    old, new = group("Styrgrupp", GroupKind.STEERING), group("Ledningsråd", GroupKind.STEERING)
    assert _GROUPS.score(old, new).because == ("each the only group of the kind steering",)
    work = groups(frozenset()).score(group("A", GroupKind.WORKING), group("B", GroupKind.WORKING))
    assert work.value == SETTINGS.same_kind
    purposes = _GROUPS.score(group("A", purpose=_GOAL), group("B", purpose=_GOAL))
    assert purposes.because == ("purposes alike to 1.00",) and purposes.value == pytest.approx(SETTINGS.purpose)


def test_groups_that_share_nothing() -> None:
    assert _GROUPS.score(group("Styrgrupp"), group("Föräldraforum")).value == 0.0


def test_areas_by_name_or_text() -> None:
    old = FocusArea(name="Narkotika bland unga", goal=_GOAL)
    assert AREAS.score(old, FocusArea(name="Unga och narkotika")).value >= AREAS.enough
    by_text = AREAS.score(old, FocusArea(name="Fritid", goal=_GOAL))
    assert by_text.value == pytest.approx(SETTINGS.area_text_alone, abs=0.01) and by_text.because == (
        "texts alike to 1.00",
    )
    assert AREAS.score(old, FocusArea(name="Buller")).value < AREAS.enough
    assert AREAS.overlap is not None and AREAS.overlap(old, old).text_old == 1.0


def test_annexes_by_title_or_number() -> None:
    plan = Annex(number="1", title="Åtgärdsplan")
    assert (
        ANNEXES.score(plan, Annex(number="3", title="Åtgärdsplan (inklusive uppföljning)")).value >= SETTINGS.annex_head
    )
    assert ANNEXES.score(plan, Annex(number="1")).value == SETTINGS.same_number >= ANNEXES.enough
    assert ANNEXES.score(plan, Annex(number="2")).value == 0.0
    assert ANNEXES.name(Annex(number="2")) == "annex 2"
