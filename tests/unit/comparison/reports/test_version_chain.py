"""Chains of versions, and what lies between them."""

from collections.abc import Callable
from datetime import date

from avskrift.comparison.reports.version_chain import (
    Version,
    begins,
    described_chain,
    ends,
    is_known_to_the_day,
    version_chains,
)
from avskrift.models.agreement import (
    DocumentKind,
    PartyKind,
)

Make = Callable[..., Version]

_MUNICIPALITY, _POLICE = PartyKind.MUNICIPALITY, PartyKind.POLICE


def test_the_first_and_the_last_day(version: Make) -> None:
    assert begins(version("a", valid_from="2019-05").record) == date(2019, 5, 1)
    assert begins(version("a", signed="2019").record) == date(2019, 12, 31)
    assert begins(version("a").record) is None and ends(version("a").record) is None
    assert ends(version("a", valid_to="2020-02").record) == date(2020, 2, 29)
    assert is_known_to_the_day("2020-02-29") and not is_known_to_the_day("2020-02")


def test_the_police_may_be_reorganised(version: Make) -> None:
    old = version("old", ("Ekby kommun", _MUNICIPALITY), ("Polisen i Ekby", _POLICE), valid_from="2016")
    new = version("new", ("Ekby kommun", _MUNICIPALITY), ("Lokalpolisområde Nord", _POLICE), valid_from="2020")
    other = version("other", ("Alby kommun", _MUNICIPALITY), ("Polisen i Ekby", _POLICE))
    assert [[v.name for v in chain] for chain in version_chains([new, other, old])] == [["old", "new"], ["other"]]


def test_what_is_no_agreement_stands_alone(version: Make) -> None:
    plan = version("plan", kind=DocumentKind.ACTION_PLAN)
    assert [len(chain) for chain in version_chains([version("a"), plan, version("b")])] == [2, 1]


def test_gaps_and_overlaps(version: Make) -> None:
    first = version("first", valid_from="2015-01-01", valid_to="2016-12-31")
    later = version("later", valid_from="2017-03-01", valid_to="2019-12-31")
    chain = described_chain([first, later, version("next", valid_from="2019-12-01")])
    assert [(gap.after, gap.before, gap.days) for gap in chain.gaps] == [("first", "later", 59), ("later", "next", -31)]
    assert described_chain([first, version("b", valid_from="2017-01-01")]).gaps == []


def test_what_is_not_known_is_remarked(version: Make) -> None:
    first = version("first", valid_from="2015-01-01", valid_to="2016-12-31")
    open_end = version("open", valid_from="2015-01-01", until_further_notice=True)
    assert described_chain([first, version("b")]).remarks == ["b tells no day from which it holds"]
    assert described_chain([version("a", valid_from="2015"), first]).remarks == ["a tells no last day"]
    assert described_chain([open_end, version("b", valid_from="2018-01-01")]).remarks == [
        "open held until further notice; b holds from 2018-01-01"
    ]
    month = version("month", valid_from="2018-02")
    assert described_chain([first, month]).remarks == ["first holds to 2016-12-31, month from 2018"]
    extended = version("e", valid_from="2015-01-01", valid_to="2016-12-31", extension="ett år i taget")
    assert described_chain([extended, version("b", valid_from="2018-01-01")]).remarks == [
        "e could be extended beyond 2016-12-31"
    ]
