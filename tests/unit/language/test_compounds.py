"""Compounds: words that no list holds, made of words that one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.compounds import SETTINGS, agrees, compounds
from avskrift.language.fold import without_marks

PARTS = st.sampled_from(["trygghet", "samverkan", "skola", "område", "polis", "grupp", "möte", "kväll", "barn", "vård"])


@given(st.lists(PARTS, min_size=3, max_size=3))
def test_a_compound_of_known_words_is_one(parts: list[str]) -> None:
    word = "".join(parts)
    found = compounds().best(word)
    assert found is not None and found.form == word
    assert 2 <= len(found.parts) <= SETTINGS.most_parts


@pytest.mark.parametrize(
    ("read", "form", "parts"),
    [
        ("trygghetsmote", "trygghetsmöte", ("trygghet", "möte")),
        ("kvallspolis", "kvällspolis", ("kväll", "polis")),
        ("omradesgrupp", "områdesgrupp", ("område", "grupp")),
    ],
)
def test_marks_come_back_to_each_part(read: str, form: str, parts: tuple[str, ...]) -> None:
    found = compounds().best(read)
    assert found is not None and (found.form, found.parts) == (form, parts)
    assert compounds().best(read, True) is None  # strict: as it is read, or not at all


@pytest.mark.parametrize("read", ["polis", "xqzvpolis", "möte", "po1isgrupp", ""])
def test_what_is_no_compound(read: str) -> None:
    assert compounds().best(read) is None


@given(st.text(alphabet="aåäoöes", max_size=6))
def test_a_form_agrees_with_itself_and_with_what_lost_its_marks(form: str) -> None:
    assert agrees(form, form) and agrees(form, without_marks(form))


def test_marks_that_are_read_are_kept() -> None:
    assert not agrees("moten", "möten") and not agrees("möte", "möten")
