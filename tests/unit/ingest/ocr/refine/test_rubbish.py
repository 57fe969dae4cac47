"""What an engine took for words: rules, specks, signs in the white, shapes as large as pictures."""

import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.refine.rubbish import drop_rubbish
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

TEXT = tuple(OcrWord("samverkan", BoundingBox(50, 50 + 40 * n, 200, 80 + 40 * n), 0.9, n) for n in range(5))


def kept(word: OcrWord, ink: int | None = 30) -> PageText:
    page: Grey = np.full((900, 900), 255, np.uint8)
    if ink is not None:
        x0, top, x1, bottom = map(int, word.box)
        page[top:bottom, x0:x1] = ink
    return drop_rubbish(OcrPage(PageImage.plain(page)), PageText((*TEXT, word)))


@pytest.mark.parametrize(
    ("text", "confidence", "is_word"),
    [
        ("kommun", 0.2, True),
        ("§", 0.9, True),
        ("-", 0.9, True),
        ("§", 0.4, False),
        ("%", 0.4, True),
        ("___", 0.9, False),
        ("--", 0.9, False),
        ("|", 0.9, False),
        ("a;:*", 0.2, False),
        ("a;:*", 0.8, True),
    ],
)
def test_words_and_rubbish(text: str, confidence: float, is_word: bool) -> None:
    word = OcrWord(text, BoundingBox(300, 300, 380, 330), confidence)
    assert (word in kept(word).words) is is_word
    assert kept(word).words[:5] == TEXT


def test_signs_in_the_white_are_none() -> None:
    dash, letter = (OcrWord(t, BoundingBox(300, 300, 320, 330), 0.9) for t in "-a")
    assert dash not in kept(dash, ink=None).words
    assert letter in kept(letter, ink=None).words


def test_signs_of_faint_print_are_words() -> None:
    percent = OcrWord("%", BoundingBox(300, 300, 320, 330), 0.9)
    assert percent in kept(percent, ink=180).words


def test_a_huge_shape_is_a_picture() -> None:
    huge = OcrWord("Ö", BoundingBox(300, 300, 600, 600), 0.9)
    text = kept(huge)
    assert huge not in text.words
    assert [(f.kind, f.box, f.words) for f in text.figures] == [("picture", huge.box, ())]
    rule = OcrWord("|", BoundingBox(300, 300, 305, 340), 0.9)
    assert kept(rule).figures == ()
