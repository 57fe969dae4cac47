"""What was in force on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from avskrift.comparison.reports.in_force import in_force_on
from avskrift.comparison.reports.version_chain import Version
from avskrift.models.comparison import InForce

Make = Callable[..., Version]


_DAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("period", "in_force", "because"),
    [
        ({"valid_from": "2019-01-01", "valid_to": "2021-12-31"}, InForce.YES, "it holds from 2019-01-01 to 2021-12-31"),
        ({"valid_from": "2019-01-01", "until_further_notice": True}, InForce.YES, "until further notice"),
        ({"valid_from": "2021-01-01"}, InForce.NO, "it holds from 2021-01-01"),
        ({"valid_from": "2015-01-01", "valid_to": "2019-12-31"}, InForce.NO, "it held to 2019-12-31"),
        ({"valid_to": "2019-12-31"}, InForce.NO, "it held to 2019-12-31"),
        ({}, InForce.PERHAPS, "it tells no day from which it holds"),
        (
            {"valid_from": "2015-01-01", "valid_to": "2019-12-31", "extension": "ett år"},
            InForce.PERHAPS,
            "could be extended",
        ),
        ({"valid_from": "2020"}, InForce.PERHAPS, "it holds from 2020, and the day is not told"),
        (
            {"valid_from": "2019-01-01", "valid_to": "2020-05"},
            InForce.PERHAPS,
            "it holds to 2020-05, and the day is not told",
        ),
        ({"valid_from": "2019-01-01"}, InForce.PERHAPS, "tells no last day"),
        ({"valid_from": "2021-01-01", "valid_to": "2020-01-01"}, InForce.PERHAPS, "before its first"),
    ],
)
def test_one_agreement(version: Make, period: dict[str, Any], in_force: InForce, because: str) -> None:
    (status,) = in_force_on(_DAY, [version("a", **period)])
    assert status.in_force is in_force and because in status.because


def test_an_agreement_known_by_its_signing_is_perhaps_in_force(version: Make) -> None:
    (status,) = in_force_on(_DAY, [version("a", signed="2019-03-01", valid_to="2021-12-31")])
    assert status.in_force is InForce.PERHAPS and status.because.endswith("the day is that of signing or deciding")


def test_a_newer_version_holds_in_place_of_one_without_an_end(version: Make) -> None:
    old = version("old", valid_from="2015-01-01", until_further_notice=True)
    newer = version("newer", valid_from="2019-01-01", valid_to="2022-12-31")
    statuses = {s.name: s for s in in_force_on(_DAY, [newer, old])}
    assert (
        statuses["old"].in_force is InForce.NO and statuses["old"].because == "newer holds in its place from 2019-01-01"
    )
    assert statuses["newer"].in_force is InForce.YES and {s.line for s in statuses.values()} == {1}


def test_two_versions_whose_days_overlap(version: Make) -> None:
    old = version("old", valid_from="2015-01-01", valid_to="2021-12-31")
    (first, _) = in_force_on(_DAY, [old, version("newer", valid_from="2019-01-01", valid_to="2022-12-31")])
    assert first.in_force is InForce.PERHAPS and first.because.endswith("but newer holds from 2019-01-01")
