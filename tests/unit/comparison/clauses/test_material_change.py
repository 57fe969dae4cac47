"""What makes a difference material: numbers, dates, who, duties, negations."""

import pytest

from avskrift.comparison.clauses.material_change import Actors, material_changes, sense_of
from avskrift.comparison.clauses.word_diff import stretches_of
from avskrift.comparison.clauses.words import tokens_of
from avskrift.models.comparison import MaterialKind

_ACTORS = Actors(frozenset({"rosvik"}))


def kinds(old: str, new: str, actors: Actors = _ACTORS) -> set[MaterialKind]:
    a, b = tokens_of(old), tokens_of(new)
    stretches = stretches_of(a, b, lambda x, y: x.key == y.key)
    return {change.kind for s in stretches for change in material_changes(a, b, s, actors)}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("inom tre månader", "inom sex månader", MaterialKind.NUMBER),
        ("minst två möten", "högst två möten", MaterialKind.NUMBER),
        ("från den 1 maj 2021", "från den 1 juni 2021", MaterialKind.DATE),
        ("senast före årets slut", "senast efter årets slut", MaterialKind.DATE),
        ("då beslutar styrgruppen ensam", "då beslutar kommunen ensam", MaterialKind.PARTY),
        ("parterna ska träffas", "parterna bör träffas", MaterialKind.OBLIGATION),
        ("avtalet får överlåtas", "avtalet får inte överlåtas", MaterialKind.NEGATION),
    ],
)
def test_each_kind(old: str, new: str, kind: MaterialKind) -> None:
    assert kind in kinds(old, new)
    assert kind in kinds(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parterna skall träffas", "parterna ska träffas"),
        ("inom två (2) månader", "inom 2 månader"),
        ("gruppen möts fyra gånger om året", "gruppen möts en gång i kvartalet"),
        ("arbetet är viktigt", "arbetet är angeläget"),
    ],
)
def test_wordings_that_say_the_same(old: str, new: str) -> None:
    assert not kinds(old, new)


def test_a_renamed_group_is_no_other_actor() -> None:
    renamed = Actors(frozenset(), {"styrgrupp": "the group Ledningsgrupp", "ledningsgrupp": "the group Ledningsgrupp"})
    assert MaterialKind.PARTY not in kinds("då kallar styrgruppen", "då kallar ledningsgruppen", renamed)


def test_what_a_word_says() -> None:
    assert sense_of("skall") == sense_of("ska") == "duty"
    assert sense_of("två") == "2"
    assert sense_of("kommunens") == sense_of("kommunen")
