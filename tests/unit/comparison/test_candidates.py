"""Which objects of two long lists may belong together."""

from avskrift.comparison.candidates import Index, too_many, words_of
from avskrift.models.agreement import Evidence, Group, GroupKind


def test_words_of_an_object_without_its_evidence() -> None:
    place = Evidence(page=1, bbox=None, text="Ordförande", raw="Ordförande", confidence=1.0)
    group = Group(name="Lokal Styrgrupp", kind=GroupKind.OTHER, members=["Rektor"], evidence=place)
    assert {"lokal", "styrgrupp", "styrgr", "rektor"} <= set(words_of(group))
    assert "ordforande" not in words_of(group)
    assert words_of("Trygghetsvandring i Åby") == ("trygghetsvandring", "tryggh", "i", "aby")


def test_those_that_share_rare_words_and_those_at_the_same_place() -> None:
    names = [f"Grupp nummer {n}" for n in range(100)]
    names[70] = "Grannsamverkan Solbacken"
    found = Index(names).candidates("Solbackens grannsamverkan", 10, 100)
    assert 70 in found and set(range(8, 13)) <= set(found) and len(found) < 30
    assert found == sorted(found)


def test_what_is_told_of_it() -> None:
    assert too_many("groups", 1200, 3).startswith("too many to be compared each with each: groups, 1,200 and 3;")
