"""From the page as stored to the page as a reader sees it."""

import make_odd_files as make
import pypdfium2
import pytest

from avskrift.ingest.text_layer.page_geometry import as_shown, turn_of

FRAME = (0.0, 0.0, 200.0, 300.0)


@pytest.mark.parametrize(
    ("rotation", "box"),
    [(0, (10, 260, 50, 280)), (90, (20, 10, 40, 50)), (180, (150, 20, 190, 40)), (270, (260, 150, 280, 190))],
)
def test_a_stored_box_is_turned_with_its_page(rotation: int, box: tuple[int, ...]) -> None:
    assert tuple(as_shown((10.0, 20.0, 50.0, 40.0), FRAME, rotation)) == box


def test_four_turns_are_none() -> None:
    box = (10.0, 20.0, 50.0, 40.0)
    assert as_shown(box, FRAME, 360) == as_shown(box, FRAME, 0)


@pytest.mark.parametrize(
    ("matrix", "rotate", "turn"),
    [
        ("1 0 0 1 60 760", 0, 0),
        ("0 1 -1 0 300 100", 0, 90),
        ("0 1 -1 0 300 100", 90, 0),
        ("-1 0 0 -1 500 500", 0, 180),
        ("0.7 0.7 -0.7 0.7 100 100", 0, 0),
    ],
)
def test_most_letters_say_how_a_page_is_turned(matrix: str, rotate: int, turn: int) -> None:
    data = make.one_page(make.shown(matrix=matrix), page=f"/Rotate {rotate}")
    with pypdfium2.PdfDocument(data) as document:
        assert turn_of(document[0], document[0].get_textpage()) == turn
