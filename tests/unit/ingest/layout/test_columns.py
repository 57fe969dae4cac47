"""Columns, and how well a page was read."""

import numpy as np
import pytest

from avskrift.ingest.image.preprocessing import Grey
from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.ocr.refine.figure_text import told_apart
from avskrift.ingest.ocr.scan_quality import quality_of
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line, Quality, Word
from avskrift.models.geometry import BoundingBox


def row(text: str, x: float, top: float) -> list[OcrWord]:
    words = []
    for word in text.split():
        words.append(OcrWord(word, BoundingBox(x, top, x + 5.0 * len(word), top + 9), 0.95, stated_size=11.0))
        x += 5.0 * len(word) + 4
    return words


LEFT = [f"Kommunen svarar för insats nummer {n} i" for n in "abcdefgh"]
RIGHT = [f"Polisen svarar för insats nummer {n} med" for n in "abcdefgh"]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    words = [
        w
        for n, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))
        for w in row(a, 60, 100 + 14 * n) + row(b, 320, 103 + 14 * n)
    ]
    assert [line.raw for line in lines_of(words)] == [*LEFT, *RIGHT]


def test_labels_and_values_stay_beside_each_other() -> None:
    words = [w for n, b in enumerate(RIGHT) for w in row("Mål", 60, 100 + 14 * n) + row(b, 320, 100 + 14 * n)]
    assert [line.raw for line in lines_of(words)] == [f"Mål   {text}" for text in RIGHT]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2001-05-07 13:40 FRÅN: KLOCKVIKS KOMMUN TILL: 0123-45678 S. 2/5", True),
        ("FAX 0123 456 78 KLOCKVIK P. 03/07", True),
        ("Sida 1 (3)", False),
        ("Klockvik 2021-03-04 kl. 13.00", False),
    ],
)
def test_the_line_that_a_fax_machine_prints(line: str, told: bool) -> None:
    words, x = [], 60.0
    for word in line.split():
        words.append(OcrWord(word, BoundingBox(x, 20, x + 12 * len(word), 40), 0.9, 1))
        x += 12 * len(word) + 10
    picture: Grey = np.full((2338, 1654), 255, np.uint8)
    left, depicted = told_apart(words, [], [], picture)
    assert ([d.kind for d in depicted] == ["transmission"]) is told
    assert (left == []) is told


@pytest.mark.parametrize(
    ("sure", "unsure", "grade"),
    [
        (40, 0, Quality.GOOD),
        (40, 2, Quality.GOOD),
        (40, 4, Quality.FAIR),
        (40, 9, Quality.POOR),
        (0, 0, Quality.UNREADABLE),
    ],
)
def test_grades(sure: int, unsure: int, grade: Quality) -> None:
    words = tuple(Word("ord", 4 * i, None, 0.95 if i < sure else 0.4) for i in range(sure + unsure))
    raw = " ".join("ord" for _ in words)
    assert quality_of([Line(1, raw, raw, words)] if words else []) is grade
