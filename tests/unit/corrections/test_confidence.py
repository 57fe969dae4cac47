"""Probabilities: logistic curves that rise with the margin and never reach certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.corrections import confidence
from avskrift.corrections.confidence import SETTINGS

margins = st.floats(-5, 50)


def features(margin: float, log_prob: float = -0.5, known: bool = True) -> tuple[float, ...]:
    return confidence.features(margin, log_prob, known=known, was_known=False, length=8)


@given(margins, st.floats(-40, 0), st.booleans(), st.sampled_from(["glyphs", "diacritics", "spacing", "no such rule"]))
def test_a_probability_is_one(margin: float, log_prob: float, known: bool, rule: str) -> None:
    assert 0.0 <= confidence.probability(rule, features(margin, log_prob, known)) <= SETTINGS.most_sure


def test_a_clear_choice_is_surer() -> None:
    sure, unsure = features(8.0, -0.05), features(0.1, -6.0)
    for rule in ("glyphs", "diacritics"):
        assert confidence.probability(rule, sure) > 0.85 > 0.6 > confidence.probability(rule, unsure)


def test_features_are_bounded() -> None:
    assert features(99.0) == features(SETTINGS.most_margin)
    assert features(-3.0) == features(0.0)
    assert features(1.0, -99.0) == features(1.0, SETTINGS.least_log_prob)


def test_an_unknown_rule_is_judged_as_glyphs() -> None:
    assert confidence.probability("other", features(3.0)) == confidence.probability("glyphs", features(3.0))


@pytest.mark.parametrize(("total", "chance"), [(0.0, 0.5), (2.0, 0.881), (-2.0, 0.119), (99.0, 0.999), (-99.0, 0.0)])
def test_logistic(total: float, chance: float) -> None:
    assert confidence.logistic([total], [1.0]) == chance


def test_rivals_share_the_probability_of_a_letter_spaced_stretch() -> None:
    judged_by = confidence.spaced_features(1.0, 5.0, 0.5, listed=True)
    alone = confidence.spaced_probability(judged_by, 0, changed=True)
    assert confidence.spaced_probability(judged_by, 3, changed=True) == pytest.approx(alone / 4, abs=0.001)
    assert confidence.spaced_probability(judged_by, 0, changed=False) >= alone


def test_a_dear_stretch_is_less_sure() -> None:
    cheap, dear = (
        confidence.spaced_probability(confidence.spaced_features(c, 5.0, 0.5, listed=True), 0, changed=False)
        for c in (0.5, 3.0)
    )
    assert cheap > dear
