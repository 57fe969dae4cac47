"""Struck-out words in pictures: what a rule must run through, and what becomes of the picture."""

import numpy as np
import pytest
from drawn_text import Sheet

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.preprocessing import CLEAN
from avskrift.ingest.image.struck_lines import struck_lines_in, without_struck
from avskrift.ingest.ocr.page import read_page, upright
from avskrift.ingest.ocr.page_image import page_image_of
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

DPI = 200
LINE = "Avtalet gäller till den 31 augusti 2022"


def sheet_with(top: int, *, x0: int = 100, beyond: int = 0, thick: int = 3) -> tuple[Sheet, BoundingBox]:
    """A line whose letters stand at 200, and a rule across it that begins at `top`."""
    sheet = Sheet(1600, 400)
    box = sheet.write(100, 200, LINE)
    sheet.write(100, 250, "Raden under den gäller")
    rule = BoundingBox(x0, top, box.x1 + beyond, top + thick)
    sheet.rule(*(int(side) for side in rule))
    return sheet, rule


@pytest.mark.parametrize("top", [186, 188, 192])
def test_a_rule_through_letters(top: int) -> None:
    sheet, rule = sheet_with(top)
    (found,) = struck_lines_in(sheet.grey, [rule], DPI)
    assert found.box.x0 == rule.x0 and found.box.top < 180 and 200 <= found.box.bottom < 225
    left = without_struck(sheet.grey, [found], DPI)
    assert np.all(left[:215] == 255) and np.any(left[225:] < 128)
    assert np.any(found.picture < 128)
    assert np.all((found.picture < 128).mean(axis=1) < 0.9)


@pytest.mark.parametrize("top", [201, 204, 210, 168])
def test_a_rule_under_or_over_letters_strikes_nothing_out(top: int) -> None:
    sheet, rule = sheet_with(top)
    assert struck_lines_in(sheet.grey, [rule], DPI) == []


def test_a_rule_that_runs_on_far_beyond_the_words_strikes_nothing_out() -> None:
    sheet, rule = sheet_with(188, beyond=500)
    assert struck_lines_in(sheet.grey, [rule], DPI) == []


def test_a_rule_alone_and_one_at_the_edge() -> None:
    sheet = Sheet(600, 200)
    sheet.rule(50, 0, 500, 3)
    sheet.rule(50, 100, 500, 103)
    rules = [BoundingBox(50, 0, 500, 3), BoundingBox(50, 100, 500, 103), BoundingBox(700, 300, 900, 303)]
    assert struck_lines_in(sheet.grey, rules, DPI) == []


def test_two_rules_through_a_line_strike_it_out_once() -> None:
    sheet, rule = sheet_with(184)
    second = rule.moved(0, 9)
    sheet.rule(*(int(side) for side in second))
    assert len(struck_lines_in(sheet.grey, [rule, second], DPI)) == 1


def page_of(grey: Grey) -> PageToOcr:
    height, width = grey.shape
    return PageToOcr(1, width * 72 / DPI, height * 72 / DPI, lambda dpi: grey, "a picture")


def test_a_page_is_read_without_its_struck_out_words() -> None:
    from avskrift.ingest.ocr.engines import engine_called

    sheet = Sheet(1654, 700)
    sheet.write(100, 150, "Samverkansöverenskommelse mellan Granviks kommun och polisen")
    begun = sheet.write(100, 250, "Avtalet gäller till den")
    struck = sheet.write(int(begun.x1) + 10, 250, "31 augusti 2022")
    sheet.rule(int(struck.x0), 238, int(struck.x1), 241)
    sheet.write(int(struck.x1) + 10, 250, "29 februari 2024")
    sheet.write(100, 300, "och förlängs med ett år i sänder.")
    page = read_page(upright(page_of(sheet.grey)), engine_called("lstm"), 60)
    assert [line.text for line in page.lines] == [
        "Samverkansöverenskommelse mellan Granviks kommun och polisen",
        "Avtalet gäller till den 29 februari 2024",
        "och förlängs med ett år i sänder.",
    ]
    assert [(region.kind, region.text) for region in page.regions] == [("struck_out", "31 augusti 2022")]
    assert page.warnings == ("page 1: struck-out words are left out: 31 augusti 2022",)


def test_what_fails_costs_the_search_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    from avskrift.ingest.ocr import page_image

    def fail(*_: object) -> None:
        raise ValueError("31 augusti 2022")

    monkeypatch.setattr(page_image, "struck_lines_in", fail)
    failures = Failures(logging.getLogger("avskrift.ingest"), "page 1: ")
    sheet, _ = sheet_with(188)
    image = page_image_of(sheet.grey, DPI, CLEAN, failures)
    assert image.struck == () and failures.messages == (
        "page 1: looking for struck-out words failed and was left out (ValueError); they were read as text",
    )
