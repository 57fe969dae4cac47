"""When two words are one reading, and what two wordings have in common."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.comparison.clauses.word_diff import stretches_of
from avskrift.comparison.clauses.words import Token, printed, tokens_of
from avskrift.comparison.objects.name_similarity import likeness_of, same_function
from avskrift.comparison.ocr_equivalence import same_reading, stem_of
from avskrift.comparison.vocabulary import load, pattern
from avskrift.language.common_order import longest_rising
from avskrift.language.fold import fold_word
from avskrift.models.comparison import RunKind

FOLDER = Path(__file__).parents[3] / "comparison" / "vocabulary"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("överenskommelsen", "overenskornmelsen"),  # marks lost, rn for m
        ("möjlig,", "rnojlig."),
        ("för", "fiir"),
        ("ska", "sku"),  # a word against one that is a thousand times rarer
        ("inte", "inle"),
        ("Björksätter", "Bjorksatter"),  # names that no list holds
        ("Lövgren", "Lövgrcn"),
        ("2020", "2O20"),
        ("l2", "12"),
    ],
)
def test_one_word_read_in_two_ways(old: str, new: str) -> None:
    assert same_reading(old, new) and same_reading(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ska", "bör"),
        ("ska", "kan"),
        ("två", "tre"),
        ("2020", "2021"),
        ("12", "72"),
        ("skola", "skolor"),
        ("månad", "månader"),
        ("Björkvik", "Björkdal"),
        ("Karlsson", "Larsson"),
        ("samverkansgruppen", "bosamverkansgruppen"),
        ("trygghetssamordnare", "trygghetssamordnarna"),
        ("polisen", "polisens"),
    ],
)
def test_two_words(old: str, new: str) -> None:
    assert not same_reading(old, new) and not same_reading(new, old)


@pytest.mark.parametrize("name", ["clauses", "names"])
def test_every_rule_catches_and_leaves(name: str) -> None:
    for entry in load(name).get("rule", []):
        assert entry["catches"] and entry["leaves"]
        for text in entry["catches"]:
            assert pattern(name, entry["name"]).search(text), (entry["name"], text)
        for text in entry["leaves"]:
            assert not pattern(name, entry["name"]).search(text), (entry["name"], text)


@pytest.mark.parametrize("name", ["clauses", "names"])
def test_every_list_has_an_example(name: str) -> None:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key, table in data.items():
        if key != "rule":
            assert all(one["example"] for one in (table if isinstance(table, list) else [table])), key


@pytest.mark.parametrize(
    "forms",
    [
        ("styrgrupp", "styrgruppen", "styrgruppens"),
        ("samordnare", "samordnarna"),
        ("råd", "rådet"),
        ("område", "områden"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem_of(fold_word(form)) for form in forms}) == 1


def words(text: str) -> list[str]:
    return [token.word for token in tokens_of(text)]


def test_words_of_a_clause() -> None:
    text = "1. Parterna ska träffas två (2) gånger.\n• Kommunpolis\nSida 3 (12)\nBilaga 2 4\n§ 4 Rektor"
    assert words(text) == ["Parterna", "ska", "träffas", "två", "2", "gånger", "Kommunpolis", "Rektor"]
    assert printed(tokens_of("två (2) gånger, minst")) == "två (2) gånger, minst"


def test_numbers_of_clauses_and_annexes_point() -> None:
    found = {t.word: t.refers for t in tokens_of("enligt punkten 8 och bilaga 3 och 4, 8 gånger, se § 5")}
    assert (found["3"], found["4"], found["5"]) == ("annex", "annex", "clause")
    assert [t.refers for t in tokens_of("punkten 8 eller 8 gånger") if t.word == "8"] == ["clause", None]
    # a line that begins with the number that the line before points to is no fourth item
    assert [t.word for t in tokens_of("se punkt\n4. I gruppen ingår")] == ["se", "punkt", "4", "I", "gruppen", "ingår"]


def same_number(old: Token, new: Token) -> bool:
    return old.key == new.key


def kinds(old: str, new: str) -> list[tuple[str, str, str]]:
    a, b = tokens_of(old), tokens_of(new)
    return [
        (s.kind.value, printed(a[s.old_start : s.old_end]), printed(b[s.new_start : s.new_end]))
        for s in stretches_of(a, b, same_number)
    ]


def test_line_breaks_hyphens_and_signs_are_no_difference() -> None:
    old = "Parterna ska upprätta samverkansöverenskommelser, jämte bilagor."
    new = "Parterna ska upp-\nrätta samverkans överenskommelser jämte bilagor"
    assert {kind for kind, _, _ in kinds(old, new)} <= {"equal", "same_reading"}


def test_a_word_that_changed_stands_alone() -> None:
    found = kinds("Gruppen ska träffas två gånger per år.", "Gruppen bör träffas tre gånger per år.")
    assert [f for f in found if f[0] not in ("equal", "same_reading")] == [
        ("replaced", "ska", "bör"),
        ("replaced", "två", "tre"),
    ]


LINE = st.lists(
    st.sampled_from(
        ["ska", "bör", "polisen", "kommunen", "två", "tre", "möte", "per", "år", "inte", "enligt", "bilaga", "3"]
    ),
    max_size=60,
)


@given(LINE, LINE)
def test_stretches_cover_both_wordings(old: list[str], new: list[str]) -> None:
    a, b = tokens_of(" ".join(old)), tokens_of(" ".join(new))
    found = stretches_of(a, b, same_number)
    assert [i for s in found for i in range(s.old_start, s.old_end)] == list(range(len(a)))
    assert [j for s in found for j in range(s.new_start, s.new_end)] == list(range(len(b)))
    for s in found:
        if s.kind is RunKind.EQUAL:
            assert [t.key for t in a[s.old_start : s.old_end]] == [t.key for t in b[s.new_start : s.new_end]]


def test_long_texts_are_cut_at_what_stands_once() -> None:
    old = [f"ord{i}" for i in range(3000)]
    new = [w for i, w in enumerate(old) if i % 500] + ["slut"]
    found = kinds(" ".join(old), " ".join(new))
    assert [f for f in found if f[0] == "removed"] == [("removed", f"ord{i}", "") for i in range(0, 3000, 500)]
    assert found[-1] == ("added", "", "slut")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=40))
def test_the_longest_rising_part(pairs: list[tuple[int, int]]) -> None:
    ordered = sorted(set(pairs))
    found = longest_rising(ordered)
    assert all(a[1] < b[1] for a, b in itertools.pairwise(found))
    assert set(found) <= set(ordered)
    assert not ordered or found


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
