"""Signs that the Swedish data lack come back from a second look, and only where the first one allows it."""

from collections.abc import Sequence

import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText, ReadCrops
from avskrift.ingest.ocr.refine.symbols import correct_symbols
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

PAGE: Grey = np.full((400, 1400), 255, np.uint8)
LETTER = 14


def words(line: str, top: float = 100.0, left: float = 100.0) -> list[OcrWord]:
    """The words of a line, set in letters of one width; `_` stands for white space that the engine did not see."""
    found, x = [], left
    for word in line.split(" "):
        width = LETTER * len(word)
        if word.strip("_"):
            found.append(OcrWord(word.replace("_", ""), BoundingBox(x, top, x + width, top + 30), 0.9))
        x += width + LETTER
    return found


def second_look(page: Grey, read: list[OcrWord], look: ReadCrops) -> list[OcrWord]:
    return list(correct_symbols(OcrPage(PageImage.plain(page), read_symbols=look), PageText(tuple(read))).words)


def in_crop(line: str, left: float = 0.0) -> list[OcrWord]:
    """The words of a line in what is cut out around it: a margin from the top and the left."""
    return words(line, top=8, left=64 + left)


def again(first: str, second: str) -> str:
    """What a line is said to have been printed as, from what two looks read at the same places."""
    asked: list[Grey] = []

    def look(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        asked.extend(crops)
        return [in_crop(second) for _ in crops]

    corrected = second_look(PAGE, words(first), look)
    assert asked or corrected == words(first)
    return " ".join(w.final_text for w in corrected)


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [
        ("Andelen var 25 94 av de boende", "Andelen var 25 _% av de boende", "Andelen var 25 % av de boende"),
        ("Andelen var 25 20 av de boende", "Andelen var 25 _% av de boende", "Andelen var 25 % av de boende"),
        ("Andelen var 2594 i fjol", "Andelen var 25_% i fjol", "Andelen var 25% i fjol"),
        ("enligt 2 kap. 5 8 polislagen", "enligt 2 kap. 5 § polislagen", "enligt 2 kap. 5 § polislagen"),
        ("enligt 2 kap. 5 _ polislagen", "enligt 2 kap. 5 § polislagen", "enligt 2 kap. 5 § polislagen"),
        ("$ 22 Val av justerare", "§ 22 Val av justerare", "§ 22 Val av justerare"),
        ("$& 22 Val av justerare", "§_ 22 Val av justerare", "§ 22 Val av justerare"),
        ("anna.bergQvikbo.example 08-12", "anna.berg@vikbo.example 08-12", "anna.berg@vikbo.example 08-12"),
        ("anna.berg vikbo.example 08-12", "anna.berg@vikbo.example 08-12", "anna.berg@vikbo.example 08-12"),
    ],
)
def test_signs_come_back(first: str, second: str, printed: str) -> None:
    assert again(first, second) == printed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Andelen var 25 procent i fjol", "Andelen var 25 _____% i fjol"),
        ("enligt 2 kap. 5 och polislagen", "enligt 2 kap. 5 §__ polislagen"),
        ("se www.vikbo.example för mer", "se www@vikbo.example för mer"),
        ("Telefon 08-123 45 94 10", "Telefon 08-123 45 _% 10"),
        ("nagot.helt.annat.se 08-12", "anna@vikbo.example_ 08-12"),
    ],
)
def test_none_are_invented(first: str, second: str) -> None:
    assert again(first, second) == " ".join(w.text for w in words(first))


def test_a_sign_that_was_lost_at_the_head_of_a_line() -> None:
    def look(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        return [in_crop("§ 22 Val av justerare", left=-2 * LETTER) for _ in crops]

    corrected = second_look(PAGE, words("22 Val av justerare"), look)
    assert [w.final_text for w in corrected] == ["§ 22", "Val", "av", "justerare"]


def test_other_words_stay_as_they_were_read() -> None:
    told = again("Andelen är 25 94 på våren", "Andelen ar 25 _% pa varen")
    assert told == "Andelen är 25 % på våren"


def test_the_line_keeps_the_first_reading_and_records_the_change() -> None:
    box = [BoundingBox(10.0 + 40 * n, 10.0, 40.0 + 40 * n, 22.0) for n in range(4)]
    texts = ["+", "anna.berg vikbo.example", "25", "94"]
    shown = ["", "anna.berg@vikbo.example", "", "%"]
    placed = [
        OcrWord(t, b, 0.8, corrected=p, corrected_by="second look", stated_size=10.0)
        for t, b, p in zip(texts, box, shown, strict=True)
    ]
    (line,) = lines_of(placed)
    assert line.raw == "+ anna.berg vikbo.example 25 94"
    assert line.text.endswith("anna.berg@vikbo.example 25 %")
    for edit, word in zip(
        [e for e in line.edits if e.rule == "second look"], ("anna.berg@vikbo.example", "%"), strict=True
    ):
        assert edit.replacement == word
        assert line.raw[edit.raw_start : edit.raw_end] in texts


def test_a_sign_read_as_the_last_figure_of_its_number() -> None:
    number = OcrWord("488", BoundingBox(450, 100, 504, 122), 0.86, 1)
    read = [
        OcrWord("enligt", BoundingBox(350, 100, 440, 128), 0.95, 1),
        number,
        OcrWord("kommunallagen", BoundingBox(520, 100, 700, 128), 0.95, 1),
    ]
    sign = OcrWord("§", BoundingBox(493 - 350 + 64, 12, 504 - 350 + 64, 34), 0.92, 1)
    page = np.full((400, 800), 255, np.uint8)
    assert [w.corrected for w in second_look(page, read, lambda crops: [[sign]])] == ["", "48 §", ""]
