"""The usual engine on drawn pages: what it reads, where, and when it gives up."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_text import Sheet

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.preprocessing import ScanCondition
from avskrift.ingest.ocr.lstm.engine import LstmEngine
from avskrift.ingest.ocr.page_image import PageImage, page_image_of
from avskrift.ingest.words import OcrWord
from avskrift.runtime.failures import Failures

ENGINE = LstmEngine()


def texts_of(words: Sequence[OcrWord]) -> list[str]:
    """The lines that were read, sorted."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return sorted(" ".join(w.text for w in sorted(line, key=lambda w: w.box.x0)) for line in lines.values())


def image_of(grey: Grey) -> PageImage:
    return page_image_of(grey, 200, ScanCondition(0, 0), Failures(logging.getLogger("avskrift.ingest")))


@pytest.fixture(scope="module")
def page() -> Sheet:
    sheet = Sheet(1600, 700)
    sheet.write(150, 120, "Samverkan i Vikbo", 44, "VeraBd")
    for row, text in enumerate(("Kommunen och polisen ska arbeta tillsammans", "för trygga torg och parker.")):
        sheet.write(150, 190 + 44 * row, text)
    sheet.pen.ellipse((150, 286, 160, 296), fill=0)
    sheet.write(190, 300, "Rektorn vid skolan")
    for x, top, x1, bottom in ((150, 380, 700, 383), (150, 440, 700, 443), (150, 500, 700, 503)):
        sheet.rule(x, top, x1, bottom)
    for x in (150, 400, 697):
        sheet.rule(x, 380, x + 3, 503)
    for x, baseline, text in ((170, 420, "Område"), (420, 420, "2021"), (170, 480, "Hamnen"), (420, 480, "13 275")):
        sheet.write(x, baseline, text)
    sheet.write(790, 660, "7")
    return sheet


def test_a_page_with_a_heading_a_list_and_a_table(page: Sheet) -> None:
    words = ENGINE.read_page(image_of(page.grey), 600.0)
    texts = texts_of(words)
    for text in ("Samverkan i Vikbo", "Kommunen och polisen ska arbeta tillsammans", "för trygga torg och parker."):
        assert text in texts
    for text in ("Område", "2021", "Hamnen", "13 275", "7"):
        assert text in texts
    assert any(text.endswith("Rektorn vid skolan") for text in texts)
    for word in words:
        assert 140 <= word.box.x0 < word.box.x1 <= 1600 and 70 <= word.box.top < word.box.bottom <= 700


def test_all_pages_in_whatever_state_are_read(page: Sheet) -> None:
    plain = PageImage.plain(page.grey)
    for condition in (ScanCondition(0, 20), ScanCondition(1, 0), ScanCondition(1, 0, two_toned=True)):
        texts = texts_of(ENGINE.read_page(replace(plain, condition=condition), 600.0))
        assert "Kommunen och polisen ska arbeta tillsammans" in texts


def test_a_blank_page_has_no_words() -> None:
    assert ENGINE.read_page(image_of(np.full((400, 600), 255, np.uint8)), 9.0) == []


def crop_of(text: str) -> Grey:
    sheet = Sheet(900, 80)
    sheet.write(30, 50, text)
    return sheet.grey


def test_each_picture_is_a_line() -> None:
    texts = ["Vikbo kommun", "§ 17 Val av 25 % till anna@vikbo.example"]
    empty: list[Grey] = [np.full((30, 90), 255, np.uint8), np.zeros((0, 7), np.uint8)]
    crops = [*map(crop_of, texts), *empty]
    read = ENGINE.read_lines(crops, 200, 600.0)
    assert [[word.text for word in words] for words in read] == [*map(str.split, texts), [], []]
    assert all(0 <= w.box.x0 < w.box.x1 <= 900 and 0 <= w.box.top < w.box.bottom <= 80 for words in read for w in words)
    assert ENGINE.read_symbols(crops, 200, 600.0) == [[], [], [], []]
    assert ENGINE.read_lines([], 200, 600.0) == ENGINE.read_symbols([], 200, 600.0) == []


def test_time_that_is_up_ends_a_reading(page: Sheet) -> None:
    with pytest.raises(EngineFailedError, match="it took longer than 0 seconds"):
        ENGINE.read_page(image_of(page.grey), 0.0)
    with pytest.raises(EngineFailedError, match="it took longer than 0 seconds"):
        ENGINE.read_lines([crop_of("Vikbo")], 200, 0.0)


def test_threads_read_the_same_side_by_side(page: Sheet) -> None:
    image = image_of(page.grey)
    with ThreadPoolExecutor(3) as threads:
        first, *others = threads.map(lambda _: ENGINE.read_page(image, 600.0), range(3))
    assert first and all(other == first for other in others)


def test_its_name_tells_its_networks_and_its_fingerprint_all_that_it_reads_by() -> None:
    ENGINE.check()
    assert ENGINE.name == "lstm 2 Latin swe"
    name, *digests = ENGINE.fingerprint.removeprefix(ENGINE.name).split(" ")
    assert name == "" and len(set(digests)) == 3 and all(len(digest) >= 16 for digest in digests)
    assert not ENGINE.gains_from_second_picture


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 400)])
def test_nothing_is_read_in_a_speck(size: tuple[int, int]) -> None:
    assert ENGINE.read_lines([np.zeros(size, np.uint8)], 200, 600.0) == [[]]


@pytest.mark.xfail(strict=True, reason="lines are read from upright boxes, which cut the ends of one that slopes")
def test_a_line_that_slopes_alone_is_read() -> None:
    text = "Kommunen och polisen ska arbeta tillsammans för att stadens torg ska vara trygga"
    sheet = Sheet()
    sheet.write(100, 200, text)
    turn = cv2.getRotationMatrix2D((800, 200), -1.4, 1.0)
    turned = np.asarray(cv2.warpAffine(sheet.grey, turn, (1600, 400), borderValue=255), np.uint8)
    words = ENGINE.read_page(PageImage.plain(turned), 600.0)  # the rest of its page is level
    assert [word.text for word in sorted(words, key=lambda word: word.box.x0)] == text.split()
