"""Which of two readings is believed, and what is told where they differ."""

from dataclasses import replace

import pytest

from avskrift.parsing.judge import judge
from avskrift.parsing.judge.claims import Claim
from avskrift.parsing.judge.judge import Believed, Judged, best_of, chosen, disagreement_of


def claim(text: str, share: float, *, rules: bool, start: int = 0) -> Judged:
    """A claim whose only feature is its probability; as long as its words are many."""
    words = Claim(text, None, (start, start + len(text.split())))
    return Judged("parties", words, 0 if rules else None, None if rules else 0, (share,))


@pytest.fixture(autouse=True)
def shares_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge thinks what the claims of these tests say; half is enough, and rules have no advantage."""
    monkeypatch.setattr(judge, "probability", lambda field, features: features[0])
    monkeypatch.setattr(judge, "threshold", lambda field, by_learned=True: 0.5)
    monkeypatch.setattr(judge, "preference", lambda share, by_rules: share)


def test_of_readings_of_the_same_words_the_likeliest_is_believed() -> None:
    found = chosen([claim("Viken", 0.6, rules=True), claim("Norra Viken", 0.9, rules=False)])
    assert [one.judged.claim.text for one in found] == ["Norra Viken"]


def test_what_is_likelier_wrong_than_right_is_not_said() -> None:
    assert chosen([claim("Viken", 0.4, rules=True)]) == []


def test_readings_of_other_words_are_both_believed_in_their_order() -> None:
    found = chosen([claim("Polisen", 0.9, rules=False, start=5), claim("Viken", 0.6, rules=True)])
    assert [one.judged.claim.text for one in found] == ["Viken", "Polisen"]


def test_another_reading_by_the_other_witness_is_told() -> None:
    (found,) = chosen([claim("Viken", 0.6, rules=True), claim("Norra Viken", 0.9, rules=False)])
    (told,) = disagreement_of(found)
    assert (told.text, told.other, told.by_rules) == ("Norra Viken", "Viken", False)


def test_what_is_hardly_probable_is_not_told() -> None:
    (found,) = chosen([claim("Viken", 0.1, rules=True), claim("Norra Viken", 0.9, rules=False)])
    assert disagreement_of(found) == []


def test_a_single_value_has_one_reading_and_the_other_is_told_wherever_it_stands() -> None:
    first, second = (
        Believed(claim("2031", 0.7, rules=True), 0.7),
        Believed(claim("2033", 0.6, rules=False, start=9), 0.6),
    )
    best = best_of([second, first])
    assert best == replace(first, rival=second.judged, rival_share=0.6)
    assert best_of([]) is None
