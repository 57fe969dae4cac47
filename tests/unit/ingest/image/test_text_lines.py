"""Lines of text found in drawn pages: where each stands, and that every letter lies in one of them."""

import time

import cv2
import numpy as np
import pytest
from drawn_text import Sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.ingest.image.picture import grown, ink_in
from avskrift.ingest.image.ruling import parting_rules, ruling_of
from avskrift.ingest.image.text_lines import TextLine, text_lines_of
from avskrift.models.geometry import BoundingBox

NEAR = 2.0
"""Pixels by which a box may miss the edge of the ink that was drawn."""


def not_parted(x0: float, x1: float, y: float) -> bool:
    return False


def lines_on(sheet: Sheet) -> list[TextLine]:
    """The lines of a sheet without rules, from top to bottom and left to right."""
    return sorted(text_lines_of(sheet.ink, 200, not_parted), key=lambda line: (line.box.top, line.box.x0))


def boxes_on(sheet: Sheet) -> list[BoundingBox]:
    return [line.box for line in lines_on(sheet)]


def same(found: BoundingBox, drawn: BoundingBox) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(found, drawn, strict=True))


def assert_lines(sheet: Sheet, *drawn: BoundingBox) -> None:
    found = boxes_on(sheet)
    for box in drawn:
        assert len([line for line in found if same(line, box)]) == 1, (box, found)
    assert len(found) == len(drawn)


def test_two_lines() -> None:
    sheet = Sheet()
    first = sheet.write(100, 100, "Kommunen och polisen ska arbeta tillsammans")
    second = sheet.write(100, 145, "för att stadens torg ska vara trygga.")
    assert_lines(sheet, first, second)
    line = lines_on(sheet)[0]
    assert (line.x_top, line.baseline) == (84, 100)
    assert line.slope == pytest.approx(0, abs=0.002)
    assert line.baseline - line.x_top == 16


def test_white_paper_has_no_lines() -> None:
    assert lines_on(Sheet()) == []


def test_columns_are_lines_of_their_own() -> None:
    sheet = Sheet()
    drawn = [
        sheet.write(x, baseline, text)
        for baseline, texts in (
            (100, ("Kommunen och polisen", "arbetar varje dag")),
            (145, ("ska mötas", "tillsammans")),
        )
        for x, text in zip((100, 800), texts, strict=True)
    ]
    assert_lines(sheet, *drawn)


def table() -> tuple[Sheet, list[BoundingBox]]:
    """Two rows of two cells, so close that only the rules part them."""
    sheet = Sheet()
    cells = [
        sheet.write(x, baseline, text)
        for baseline, texts in ((100, ("Skolan", "Torget")), (150, ("Parken", "Hamnen")))
        for x, text in zip((100, 232), texts, strict=True)
    ]
    for y in (65, 115, 165):
        sheet.rule(80, y, 380, y + 3)
    for x in (80, 217, 377):
        sheet.rule(x, 65, x + 3, 168)
    return sheet, cells


def test_rules_part_the_cells_of_a_table() -> None:
    sheet, cells = table()
    rules = parting_rules(ruling_of(sheet.ink, 200), 200)
    free = np.asarray(cv2.subtract(sheet.ink, grown(rules.both, 3)), np.uint8)

    def parted(x0: float, x1: float, y: float) -> bool:
        return bool(rules.down[int(y), int(x0) : int(x1)].any())

    parted_cells = [line.box for line in text_lines_of(free, 200, parted)]
    assert len(parted_cells) == 4
    assert all(any(same(found, cell) for found in parted_cells) for cell in cells)
    assert len(text_lines_of(free, 200, not_parted)) == 2  # without the rules a row is a line


@pytest.mark.parametrize("degrees", [-1.4, -0.5, 0.5, 1.4])
def test_a_line_that_slopes(degrees: float) -> None:
    sheet = Sheet()
    sheet.write(100, 160, "Kommunen och polisen ska arbeta tillsammans för att stadens torg ska vara trygga")
    sheet.write(100, 205, "och följa upp lägesbilden varje halvår tills en ny överenskommelse har slutits")
    turn = cv2.getRotationMatrix2D((800, 200), -degrees, 1.0)
    turned = np.asarray(cv2.warpAffine(sheet.grey, turn, (1600, 400), borderValue=255), np.uint8)
    first, second = sorted(text_lines_of(ink_in(turned), 200, not_parted), key=lambda line: line.baseline)
    for line, baseline in ((first, 160), (second, 205)):
        assert line.slope == pytest.approx(np.tan(np.radians(degrees)), abs=0.002)
        middle = (line.box.x0 + line.box.x1) / 2
        assert line.baseline == pytest.approx(baseline + (middle - 800) * line.slope, abs=2)
        assert line.baseline - line.x_top == pytest.approx(16, abs=2)


def test_a_line_that_bends_stays_one() -> None:
    sheet = Sheet()
    drawn = [
        sheet.write(100, baseline, "Kommunen och polisen ska arbeta tillsammans för att stadens torg ska vara trygga")
        for baseline in (160, 210)
    ]
    columns, rows = np.meshgrid(np.arange(1600, dtype=np.float32), np.arange(400, dtype=np.float32))
    bend = 18 * np.sin(np.pi * columns / 1600).astype(np.float32)
    bent = cv2.remap(sheet.grey, columns, rows + bend, cv2.INTER_LINEAR, borderValue=255)
    found = text_lines_of(ink_in(np.asarray(bent, np.uint8)), 200, not_parted)
    assert len(found) == len(drawn)
    assert all(line.box.x0 <= 105 and line.box.x1 >= drawn[0].x1 - 5 for line in found)


def test_lines_that_touch_by_their_strokes_down_are_two() -> None:
    sheet = Sheet()
    sheet.write(100, 100, "Kommunen jagar vägar och följer upp planen")
    sheet.write(100, 128, "hjälpligt byggt, dit bladen hålls låsta")
    touching = [a for _, a in sheet.letters for _, b in sheet.letters if a.bottom >= b.top > a.top + 10]
    assert touching  # strokes down of the first line reach as low as strokes up of the second
    first, second = lines_on(sheet)
    assert [first.baseline, second.baseline] == pytest.approx([100, 128], abs=2)


@pytest.mark.parametrize("apart", [6, 14, 22])
def test_a_letter_spaced_heading_is_one_line(apart: int) -> None:
    sheet = Sheet()
    assert_lines(sheet, sheet.write(100, 100, "ÖVERENSKOMMELSE", apart=apart))


def test_a_raised_figure_belongs_to_its_line() -> None:
    sheet = Sheet()
    word = sheet.write(100, 100, "Parternas arbetsgrupp")
    figure = sheet.write(int(word.x1) + 2, 87, "1", size=18)
    rest = sheet.write(int(figure.x1) + 10, 100, "leder arbetet")
    (line,) = boxes_on(sheet)
    assert line.x1 == pytest.approx(rest.x1, abs=NEAR) and line.top <= figure.top + NEAR


def test_text_in_a_box_is_found_once_the_box_is_taken_out() -> None:
    sheet = Sheet()
    text = sheet.write(130, 110, "Ärendenummer 17")
    for x0, top, x1, bottom in ((100, 60, 500, 63), (100, 140, 500, 143), (100, 60, 103, 143), (497, 60, 500, 143)):
        sheet.rule(x0, top, x1, bottom)
    rules = parting_rules(ruling_of(sheet.ink, 200), 200)
    free = np.asarray(cv2.subtract(sheet.ink, grown(rules.both, 3)), np.uint8)
    (line,) = text_lines_of(free, 200, not_parted)
    assert same(line.box, text)


@pytest.mark.parametrize("gap", [4, 1])
def test_underlined_text_keeps_its_letters(gap: int) -> None:
    """A line under text is no letter; where it touches strokes down, these are lost to it and the rest is not."""
    sheet = Sheet()
    text = sheet.write(130, 100, "Kommunens samordnare")
    other = sheet.write(130, 200, "Polisens samordnare")
    sheet.rule(130, 100 + gap, int(text.x1), 103 + gap)
    first, second = lines_on(sheet)
    assert first.baseline == 100
    assert [first.box.x0, first.box.x1] == pytest.approx([text.x0, text.x1], abs=NEAR)
    assert same(second.box, other)


def test_a_bullet_belongs_to_its_line() -> None:
    sheet = Sheet()
    sheet.pen.ellipse((100, 85, 110, 95), fill=0)
    sheet.write(146, 100, "Rektorn vid skolan")
    (line,) = boxes_on(sheet)
    assert line.x0 == 100


def test_a_page_number_alone_is_a_line() -> None:
    sheet = Sheet()
    assert_lines(sheet, sheet.write(100, 100, "Kommunen och polisen"), sheet.write(800, 300, "7"))


def test_dots_after_numbers_and_the_last_stop_belong_to_their_line() -> None:
    sheet = Sheet()
    assert_lines(sheet, sheet.write(100, 100, "1. Den 3. mars kl. 14.30."))


def test_marks_over_capitals_belong_to_their_line() -> None:
    sheet = Sheet()
    assert_lines(sheet, sheet.write(100, 100, "ÅÄÖ ÅRSTA ÄNGAR ÖSTRA"), sheet.write(100, 140, "ÅLÖ ÄGER ÖN ÅTER"))


def test_a_shadow_at_the_side_is_no_line() -> None:
    sheet = Sheet()
    text = sheet.write(200, 100, "Kommunen och polisen")
    for top in range(60, 340, 40):
        sheet.rule(2, top, 22, top + 25)
    assert_lines(sheet, text)


WORDS = st.sampled_from(
    ["Kommunen", "och", "polisen", "följer", "upp", "trygga", "ÅTGÄRD", "i", "på", "2021.", "kl.", "Ängby,", "(ja)"]
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Sheet, int]:
    """A page of lines of some sizes and distances, and how many there are."""
    sheet = Sheet(1600, 900)
    size = draw(st.integers(22, 40))
    count = draw(st.integers(1, 7))
    baseline = 80
    for _ in range(count):
        text = " ".join(draw(st.lists(WORDS, min_size=3, max_size=6)))
        sheet.write(draw(st.integers(90, 200)), baseline, text, size)
        baseline += round(size * draw(st.sampled_from([1.25, 1.5, 2.0])))
    return sheet, count


@settings(max_examples=40)
@given(sheets())
def test_every_letter_lies_in_exactly_one_line(drawn: tuple[Sheet, int]) -> None:
    sheet, count = drawn
    found = boxes_on(sheet)
    assert len(found) == count
    for letter, box in sheet.letters:
        assert len([line for line in found if line.contains_centre(box)]) == 1, (letter, box)


@pytest.mark.slow
def test_time_grows_with_the_shapes_of_a_page_not_with_their_square() -> None:
    def seconds(side: int) -> float:
        ink = np.zeros((30 * side + 60, 30 * side + 60), np.uint8)
        for row in range(side):
            for column in range(side):
                ink[30 + 30 * row : 38 + 30 * row, 30 + 30 * column : 38 + 30 * column] = 255
        begun = time.process_time()
        text_lines_of(ink, 300, lambda x0, x1, y: False)
        return time.process_time() - begun

    few, many = (min(seconds(side) for _ in range(3)) for side in (25, 75))
    assert many < 27 * few  # nine times the shapes; their square would be 81
