"""Printed rows: pieces of one engine's line, what stands beside them, and what only seems to."""

from avskrift.ingest.layout.rows import rows_from_top
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def word(text: str, x: float, top: float, line: int = 0, height: float = 10) -> OcrWord:
    return OcrWord(text, BoundingBox(x, top, x + 6 * len(text), top + height), 0.9, line)


def texts(words: list[OcrWord]) -> list[str]:
    return [" ".join(w.text for w in row) for row in rows_from_top(words)]


def test_words_at_one_height_are_one_row_from_left_to_right() -> None:
    assert texts([word("kommun", 60, 101), word("Vikbo", 10, 100), word("Polisen", 10, 120)]) == [
        "Vikbo kommun",
        "Polisen",
    ]


def test_pieces_of_two_lines_beside_each_other_are_one_row() -> None:
    left = [word("Område", 10, 100, line=1)]
    right = [word("Ansvarig", 200, 104, line=2), word("part", 260, 104, line=2)]
    assert texts(left + right) == ["Område Ansvarig part"]


def test_a_line_that_slopes_stays_one_row() -> None:
    slope = [word("avtal", 10 + 40 * n, 100 + 4 * n, line=1) for n in range(5)]
    assert texts(slope) == ["avtal avtal avtal avtal avtal"]


def test_a_line_that_jumps_is_torn() -> None:
    assert texts([word("Parterna", 10, 100, line=1), word("Vikbo", 90, 109, line=1)]) == ["Parterna", "Vikbo"]


def test_words_that_cover_each_other_are_two_rows() -> None:
    assert len(texts([word("Sida", 10, 100), word("Sida", 11, 104)])) == 2


def test_bullets_run_together_do_not_join_two_rows() -> None:
    marks = word("•", 10, 100, height=26)
    rows = texts([marks, word("Lägesbild", 40, 101), word("Åtgärder", 40, 117)])
    assert [row.replace("• ", "") for row in rows] == ["Lägesbild", "Åtgärder"]
