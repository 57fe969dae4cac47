"""How likely letters follow each other in Swedish."""

import pytest

from avskrift.ingest.text_layer.letter_statistics import bigram_cross_entropy

SWEDISH = "Kommunen och Polisen ska tillsammans arbeta för en trygg och säker kommun där alla trivs."


def test_swedish_costs_less_than_other_languages_and_rubbish() -> None:
    english = "The municipality and the police shall work together for a safe town where all are happy."
    rubbish = "xqzj wvkx qqzx jjwx zzqk vvqx wxzq kqjx"
    costs = [bigram_cross_entropy(text) for text in (SWEDISH, english, rubbish)]
    assert costs == sorted(costs) and costs[0] < 2.7 < 3.0 < costs[1] and costs[2] > 4.5


@pytest.mark.parametrize("same", [SWEDISH.upper(), SWEDISH.replace(" ", "\n\n"), SWEDISH.replace(" ", " 12, ")])
def test_case_white_space_and_figures_cost_nothing(same: str) -> None:
    assert bigram_cross_entropy(same) == pytest.approx(bigram_cross_entropy(SWEDISH))


@pytest.mark.parametrize("text", ["", "a"])
def test_too_short_to_cost(text: str) -> None:
    assert bigram_cross_entropy(text) == 0.0
