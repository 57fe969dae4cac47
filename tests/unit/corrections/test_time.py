"""Time in proportion to the text, whatever the text: shapes at a size where its square would take minutes."""

import time
from dataclasses import replace

import pytest
from made_shapes import SHAPES, damaged

from avskrift.corrections import lines
from avskrift.corrections.lines import corrected_lines
from avskrift.corrections.text import corrected_text
from avskrift.errors import LimitExceededError
from avskrift.models.edits import apply, invert
from avskrift.models.options import CorrectingOptions

SIGNS = 20_000
CEILING = 60.0
"""CPU seconds: twenty times and more what any of these takes."""
QUICK = ["one sign", "random letters", "spaces", "brackets", "capital words", "letter-spaced", "combining marks"]


@pytest.mark.parametrize("shape", [*QUICK, "items ending in commas", "blank lines"])
def test_correcting_takes_no_square_of_the_text(shape: str) -> None:
    text = damaged(SHAPES[shape](SIGNS))
    begun = time.process_time()
    mended = corrected_text(text).text
    assert time.process_time() - begun < CEILING
    assert mended.count("\n") == text.count("\n")


def test_a_long_line_stays_one_line_with_all_its_signs() -> None:
    line = "Parterna ska samverka. " * 1_000
    mended = corrected_text(f"{line}\nslut\n").text
    assert mended == f"{line}\nslut\n"


def test_edits_of_a_long_line_stand_where_they_are_made() -> None:
    text = damaged("") + damaged("").replace("\n", " ") * 5
    rows = text.split("\n")
    for raw, row in zip(rows, corrected_lines(rows).lines, strict=True):
        assert apply(row.text, invert(raw, row.edits)) == raw
        assert not raw or row.edits


def test_a_text_of_several_blocks_is_mended_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = damaged("").split("\n") * 4
    whole = corrected_lines(rows)
    monkeypatch.setattr(lines, "SETTINGS", replace(lines.SETTINGS, together=sum(map(len, rows)) // 3))
    parted = corrected_lines(rows)
    assert len(parted.lines) == len(rows)
    assert [row.text for row in parted.lines] == [row.text for row in whole.lines]


def test_warnings_of_a_later_block_name_the_lines_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = [
        "The parties of the agreement shall meet for discussions on the areas that are",
        "named in it and for which the police has the lead.",
    ]
    rows = [*["Parterna ska samverka för att minska brott i området.", ""] * 15, *foreign, ""]
    assert any("2 lines from line 31" in warning for warning in corrected_lines(rows).warnings)
    monkeypatch.setattr(lines, "SETTINGS", replace(lines.SETTINGS, together=sum(map(len, rows[:20]))))
    assert any("2 lines from line 31" in warning for warning in corrected_lines(rows).warnings)


def test_a_text_longer_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_SIGNS", 1_000)
    with pytest.raises(LimitExceededError, match="1,000 at most"):
        corrected_text("x" * 1_001)
    with pytest.raises(LimitExceededError, match="1,000 at most"):
        corrected_text("kort", CorrectingOptions(), witnesses=["x" * 1_001])
