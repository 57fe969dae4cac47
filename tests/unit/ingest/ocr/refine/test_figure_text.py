"""Words of figures: fax lines, logos, charts, signatures."""

import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.figure_text import separate_figure_text
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@pytest.mark.parametrize(
    ("line", "is_fax"),
    [
        ("2001-05-07 13:40 FRÅN: KLOCKVIKS KOMMUN TILL: 0123-45678 S. 2/5", True),
        ("FAX 0123 456 78 KLOCKVIK P. 03/07", True),
        ("Sida 1 (3)", False),
        ("Klockvik 2021-03-04 kl. 13.00", False),
    ],
)
def test_the_line_that_a_fax_machine_prints(line: str, is_fax: bool) -> None:
    words, x = [], 60.0
    for word in line.split():
        words.append(OcrWord(word, BoundingBox(x, 20, x + 12 * len(word), 40), 0.9, 1))
        x += 12 * len(word) + 10
    picture: Grey = np.full((2338, 1654), 255, np.uint8)
    text = separate_figure_text(OcrPage(PageImage.plain(picture)), PageText(tuple(words)))
    assert ([figure.kind for figure in text.figures] == ["transmission"]) is is_fax
    assert (text.words == ()) is is_fax
