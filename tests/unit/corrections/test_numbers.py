"""Letters inside numbers become digits only where something proves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.corrections.numbers import corrected_numbers


def mended(*lines: str) -> list[str]:
    out = []
    found = corrected_numbers(lines)
    for index, line in enumerate(lines):
        for change in sorted(found.get(index, []), key=lambda c: -c.raw_start):
            line = line[: change.raw_start] + change.replacement + line[change.raw_end :]
        out.append(line)
    return out


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("från och med 2O2l-03-l9", "från och med 2021-03-19"),
        ("org.nr 2l2000-4516", "org.nr 212000-4516"),
        ("tel. O8-4S0 l2 000", "tel. 08-450 12 000"),
        ("l23 4S Vikbo", "123 45 Vikbo"),
        ("under 20l9 och 2O20", "under 2019 och 2020"),
        ("beslut 1O5 fattades", "beslut 105 fattades"),
    ],
)
def test_letters_in_numbers(read: str, printed: str) -> None:
    assert mended(read) == [printed]


@pytest.mark.parametrize(
    "line",
    [
        "2O20-13-l9 finns inte",  # no such month
        "org.nr 2l2000-4515",  # a wrong check digit
        "bilaga 3a och 12B, avsnitt 1b",
        "SO2 och CO2-utsläpp, lokal B12, väg E4, klass 9B",
        "ISO 9001, paragraf 5 l",
    ],
)
def test_what_nothing_proves_stays(line: str) -> None:
    assert mended(line) == [line]


def test_page_headers_vote() -> None:
    headers = ["Dnr A07l .03 2/2021", "Dnr A071.032/2021", "Dnr A071.03 2/202I"]
    assert mended(*headers) == ["Dnr A071.032/2021"] * 3


def test_numbers_that_differ_in_digits_are_two() -> None:
    lines = ["Dnr 3.2-145/2021", "Dnr 3.2-146/2021"]
    assert mended(*lines) == lines


@given(st.lists(st.from_regex(r"[A-Za-z0-9 ./:-]{0,40}", fullmatch=True), max_size=6))
def test_digits_are_never_lost_or_exchanged(lines: list[str]) -> None:
    for before, after in zip(lines, mended(*lines), strict=True):
        kept = [c for c in before if c.isdigit()]
        now = iter([c for c in after if c.isdigit()])
        assert all(any(c == d for d in now) for c in kept)
