"""Sections are paired by titles and words, across renumbering and moves."""

from collections.abc import Collection

from avskrift.comparison.clauses.alignment import ClausePair, pairs_of
from avskrift.models.agreement import Section

_TEXTS = {
    "Syfte": "Parterna vill att boende i Älvnäs ska känna sig trygga hemma, på torget och på väg till skolan.",
    "Mål": "Antalet cykelstölder vid stationen ska minska varje år, och fler ska anmäla det som de utsätts för.",
    "Ekonomi": "Kommunen bekostar belysningen längs strandpromenaden, och polisen svarar för sina egna utgifter.",
    "Tid": "Överenskommelsen gäller i tre år från undertecknandet och kan förlängas med ett år i taget.",
}


def sections(*titles: str, texts: dict[str, str] | None = None) -> list[Section]:
    """Numbered sections with these titles."""
    told = texts or _TEXTS
    return [Section(number=str(n), title=t, level=1, page=1, text=told[t]) for n, t in enumerate(titles, 1)]


def pairs(old: list[Section], new: list[Section], one_matter: Collection[tuple[int, int]] = ()) -> list[ClausePair]:
    """The pairs; nothing is beyond a bound."""
    remarks: list[str] = []
    found = pairs_of(old, new, frozenset(one_matter), remarks)
    assert not remarks
    return found


def places(found: list[ClausePair]) -> list[tuple[tuple[int, ...], tuple[int, ...], bool]]:
    return [(p.old, p.new, p.moved) for p in found]


def test_renumbered_clauses_are_pairs_in_the_order_of_the_new_document() -> None:
    old, new = sections("Syfte", "Mål", "Tid"), sections("Syfte", "Ekonomi", "Mål", "Tid")
    assert places(pairs(old, new)) == [((0,), (0,), False), ((), (1,), False), ((1,), (2,), False), ((2,), (3,), False)]


def test_what_went_stands_after_what_stood_before_it() -> None:
    old, new = sections("Syfte", "Mål", "Ekonomi", "Tid"), sections("Syfte", "Tid")
    assert places(pairs(old, new)) == [((0,), (0,), False), ((1,), (), False), ((2,), (), False), ((3,), (1,), False)]


def test_a_clause_in_another_order_has_moved() -> None:
    found = pairs(sections("Syfte", "Mål", "Ekonomi", "Tid"), sections("Tid", "Syfte", "Mål", "Ekonomi"))
    assert places(found)[0] == ((3,), (0,), True)
    assert not any(p.moved for p in found[1:])


def test_two_clauses_whose_heading_was_lost_are_one_on_the_other_side() -> None:
    joined = {**_TEXTS, "Syfte": f"{_TEXTS['Syfte']}\n{_TEXTS['Mål']}"}
    found = pairs(sections("Syfte", "Mål", "Tid"), sections("Syfte", "Tid", texts=joined))
    assert places(found) == [((0, 1), (0,), False), ((2,), (1,), False)]


def test_sections_on_one_matter_are_a_pair_though_their_words_are_others() -> None:
    old = [Section(title="Lokal styrgrupp", level=1, page=1, text="Gruppen möts fyra gånger om året på kommunhuset.")]
    new = [Section(title="Ledningsgrupp", level=1, page=1, text="Möten hålls varje kvartal i polisens lokaler.")]
    assert [p.old for p in pairs(old, new)] == [(), (0,)] or [p.old for p in pairs(old, new)] == [(0,), ()]
    assert places(pairs(old, new, {(0, 0)})) == [((0,), (0,), False)]
    assert all(p.score is not None and 0 < p.score <= 1 for p in pairs(old, new, {(0, 0)}))


def test_empty_sides() -> None:
    assert pairs([], []) == []
    assert places(pairs([], sections("Syfte"))) == [((), (0,), False)]
    assert places(pairs(sections("Syfte"), [])) == [((0,), (), False)]
