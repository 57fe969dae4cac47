"""Columns of running text, and tables without rules that are none."""

from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.words import OcrWord
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
