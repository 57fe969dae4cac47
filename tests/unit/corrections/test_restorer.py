"""The network's verdict on a line: its reading, other readings and their probabilities."""

import math

import pytest

from avskrift.corrections.condition import Condition
from avskrift.corrections.restorer import Tagged, restorer

LOST = Condition((1.0, 1.0, 1.0), 0.1)
LINE = "Overenskornmelsen galler for <let Iokala ornradet."


@pytest.fixture(scope="module")
def verdict() -> Tagged:
    return restorer().tagged(["Parterna ar overens.", LINE, ""], LOST)[1]


def test_reading(verdict: Tagged) -> None:
    assert verdict.reading(0, len(LINE)) == "Överenskommelsen gäller för det lokala området."
    assert verdict.changes(0, 17) and not verdict.changes(len(LINE) - 1, len(LINE))


def test_readings_are_ranked_and_sum_to_at_most_one(verdict: Tagged) -> None:
    readings = verdict.readings(0, 17)
    assert readings[0][0] == "Överenskommelsen"
    chances = [math.exp(told) for _, told in readings]
    assert chances == sorted(chances, reverse=True) and sum(chances) <= 1.0 + 1e-6


def test_log_probability_agrees_with_the_readings(verdict: Tagged) -> None:
    best, told = verdict.readings(0, 17)[0]
    assert verdict.log_probability(0, 17, best) == pytest.approx(told, abs=0.05)
    assert verdict.log_probability(0, 17, "Telefonkatalogen") < told - 10


def test_lines_are_read_alike_however_many_follow() -> None:
    many = restorer().tagged([LINE] * 400, LOST)
    assert len(many) == 400 and {v.reading(0, len(LINE)) for v in many} == {many[0].reading(0, len(LINE))}


def test_nothing() -> None:
    assert list(restorer().tagged([], LOST)) == []
    assert [v.line for v in restorer().tagged(["", ""], LOST)] == ["", ""]
