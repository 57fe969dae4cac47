"""When two spellings are one reading."""

import pytest

from avskrift.comparison.ocr_equivalence import same_reading, stem_of
from avskrift.language.fold import fold_word


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
