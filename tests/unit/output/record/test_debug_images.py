"""Pictures of pages with what was seen on them."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from avskrift.errors import UsageError
from avskrift.models.document import HiddenText, Line, LineRole, Page, PageSource, Region, Word
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_view import PageView
from avskrift.output.record.debug_images import check_folder, debug_image, file_of


def view() -> PageView:
    buffer = io.BytesIO()
    Image.new("L", (400, 600), 255).save(buffer, "JPEG")
    return PageView(1, 200, 300, buffer.getvalue())


def page(*words: Word, source: PageSource = PageSource.OCR) -> Page:
    box = BoundingBox(20, 40, 180, 52)
    line = Line(1, "Avtal mellan", "Avtal mellan", words, box, role=LineRole.HEADER)
    return Page(1, source, (line,), 200, 300)


def colours(of: Page) -> set[tuple[int, int, int]]:
    with Image.open(io.BytesIO(debug_image(of, view()))) as image:
        assert image.size == (400, 600)
        return set(map(tuple, np.asarray(image.convert("RGB")).reshape(-1, 3).tolist()))


BLUE, GREEN, ORANGE, RED, GREY = (40, 90, 220), (0, 150, 60), (240, 140, 0), (230, 0, 0), (120, 120, 120)
SURE = Word("Avtal", 0, BoundingBox(20, 40, 60, 52), 0.95)


def test_words_by_their_source() -> None:
    assert GREEN in colours(page(SURE)) and not {BLUE, ORANGE} & colours(page(SURE))
    assert ORANGE in colours(page(replace(SURE, confidence=0.5)))
    assert BLUE in colours(page(replace(SURE, printed=True)))
    assert BLUE in colours(page(SURE, source=PageSource.TEXT_LAYER))


def test_what_is_no_text() -> None:
    box = BoundingBox(20, 100, 120, 140)
    assert RED in colours(replace(page(SURE), regions=(Region("unread", box),)))
    assert RED not in colours(replace(page(SURE), regions=(Region("logo", box),)))
    assert GREY in colours(replace(page(SURE), hidden_text=(HiddenText("hemligt", "white", box),)))


def test_only_pictures_of_its_own_are_written_over(tmp_path: Path) -> None:
    check_folder(None)
    check_folder(tmp_path / "new")
    file_of(tmp_path, 1).write_bytes(debug_image(page(SURE), view()))
    check_folder(tmp_path)
    Image.new("L", (10, 10)).save(file_of(tmp_path, 2))
    with pytest.raises(UsageError, match=r"page-0002\.png: it is there already"):
        check_folder(tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        check_folder(file_of(tmp_path, 1))
