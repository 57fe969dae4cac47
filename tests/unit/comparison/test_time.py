"""Records that hold much, or nothing that is alike: time grows with them and not with their square, and what is
compared less thoroughly for it is told."""

import random
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import RECORDS, record, sections

from avskrift.comparison import compare
from avskrift.comparison.clauses import alignment, letter_sequences, word_diff
from avskrift.comparison.clauses.letter_sequences import cosines_of, sequences_of
from avskrift.comparison.ocr_equivalence import may_be_one, same_reading
from avskrift.comparison.reports.in_force import in_force_on
from avskrift.comparison.reports.version_chain import Version, version_chains
from avskrift.models.agreement import Agreement, Party, PartyKind, Period, SourceFile
from avskrift.models.comparison import ClauseChangeType, InForce, ObjectChangeType, ObjectName

TIMES, GROWTH, BASE = 4, 10.0, 0.2
"""How much more is compared, by how much its time may be longer (the square: 16), and seconds that are forgiven."""

TRIES = 4
"""How often more time is taken where it is too long: whatever else the machine does only makes it longer."""


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    compare(record(sections=sections(["Parterna ska samverka."])), record(sections=sections(["Parterna bör verka."])))


def seconds(shape: str, count: int) -> float:
    old, new = RECORDS[shape](count)
    begun = time.process_time()
    compare(old, new, patch=False)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("shape", "count"),
    [
        ("areas", 110),
        ("activities", 110),
        ("people", 110),
        ("parties, annexes, days", 105),
        ("members", 150),
        ("sections that share nothing", 40),
        ("one section many times", 60),
        ("sentences in one section", 100),
        ("words in one sentence", 1_000),
        ("letters in a word", 100),
        ("words in a name", 50),
        ("one word repeated", 1_000),
    ],
)
def test_time_grows_with_what_is_compared(shape: str, count: int) -> None:
    few, many = seconds(shape, count), seconds(shape, TIMES * count)
    for _ in range(TRIES):
        if many < GROWTH * few + BASE:
            break
        few, many = min(few, seconds(shape, count)), min(many, seconds(shape, TIMES * count))
    assert many < GROWTH * few + BASE


@pytest.mark.parametrize("shape", ["areas", "activities", "people", "members"])
def test_what_was_not_compared_each_with_each_is_told(shape: str) -> None:
    assert not compare(*RECORDS[shape](20), patch=False).remarks
    told = compare(*RECORDS[shape](120), patch=False).remarks
    assert told and all(remark.startswith("too m") for remark in told)


def test_objects_beyond_the_bound_are_found_wherever_they_stand() -> None:
    old, _ = RECORDS["areas"](130)
    turned = random.Random(1).sample(old.focus_areas, len(old.focus_areas))
    found = compare(old, record(focus_areas=turned), patch=False)
    changes = [change for change in found.objects if change.object is ObjectName.FOCUS_AREA]
    assert [change.fate for change in changes] == [ObjectChangeType.KEPT] * len(turned)


def test_sections_in_parts_are_the_same_where_nothing_moved(
    record_of: Callable[[str], Agreement], agreement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = record_of(agreement)
    monkeypatch.setattr(alignment, "_MOST_SECTIONS", 4)
    found = compare(one, one, patch=False)
    assert {clause.fate for clause in found.clauses} == {ClauseChangeType.UNCHANGED}
    assert [clause.old[0].path for clause in found.clauses] == [f"/sections/{i}" for i in range(len(one.sections))]
    assert any(remark.startswith("too many sections") for remark in found.remarks)


def test_words_aligned_in_parts_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (pair.sections[0].text for pair in RECORDS["words in one sentence"](50))
    monkeypatch.setattr(word_diff, "_LARGEST_TABLE", 100)
    found = compare(record(sections=sections([old])), record(sections=sections([new])), patch=False)
    assert " ".join(run.old for run in found.clauses[0].runs).split()[1:] == ["0", *old.split()]
    assert " ".join(run.new for run in found.clauses[0].runs).split()[1:] == ["0", *new.split()]
    assert any("compared in parts" in remark for remark in found.remarks)


def test_a_folded_table_tells_nearly_the_same_cosines(
    record_of: Callable[[str], Agreement], agreement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    grams = sequences_of(record_of(agreement).sections, [])
    whole = cosines_of(grams, grams)
    monkeypatch.setattr(letter_sequences, "_MOST_TABLE", 0)
    assert np.abs(cosines_of(grams, grams) - whole).max() < 0.1


@given(st.text("rnmiljoc0e1hb-", min_size=1, max_size=9), st.text("rnmiljoc0e1hb-", min_size=1, max_size=9))
def test_no_reading_is_ruled_out_by_the_table(old: str, new: str) -> None:
    assert may_be_one([old], [new])[0][0] or not same_reading(old, new)


def test_a_thousand_versions_are_put_in_lines_in_time() -> None:
    def version(number: int, name: str) -> Version:
        source = SourceFile(file="made", sha256=f"{number:064}", pages=1, page_sources=["plain_text"])
        parties = [Party(name=name, kind=PartyKind.COMPANY)]
        period = Period(valid_from=f"{2000 + number % 10}", until_further_notice=True)
        return Version(f"{number:05}", record(source=source, parties=parties, period=period))

    rng = random.Random(1)
    apart = [version(n, "".join(rng.choices("abdefgiklmnorstuv", k=9))) for n in range(1_000)]
    one = [version(n, "Vikbo kommun") for n in range(1_000)]
    begun = time.process_time()
    assert len(version_chains(apart)) == len({v.record.parties[0].name for v in apart})
    standing = in_force_on(date(2018, 1, 1), one)
    assert time.process_time() - begun < 10
    assert [s.in_force for s in standing].count(InForce.YES) == 100
