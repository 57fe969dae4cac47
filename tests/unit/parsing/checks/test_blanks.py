"""Blanks that are filled in by hand."""

import pytest

from avskrift.models.document import Document, Line, Page, PageSource, Region, Word
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.checks.blanks import remarks_on_blanks
from avskrift.parsing.vocabulary import Vocabulary

WIDE = 6.0
"""Points of a sign."""


def line(number: int, text: str, top: float) -> Line:
    words, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        words.append(Word(part, at, BoundingBox(72 + WIDE * at, top, 72 + WIDE * (at + len(part)), top + 10)))
        at += len(part)
    return Line(number, text, text, tuple(words), BoundingBox.enclosing(w.bbox for w in words if w.bbox is not None))


def remarks(lines: list[str], *regions: tuple[str, float, float, float, float]) -> list[str]:
    """What is remarked on a page with lines 30 points apart from 100 on, and regions of some kinds."""
    placed = tuple(line(n, text, 70 + 30 * n) for n, text in enumerate(lines, 1))
    by_hand = tuple(Region(kind, BoundingBox(*box)) for kind, *box in regions)
    page = Page(1, PageSource.OCR, placed, width=595, height=842, regions=by_hand)
    found = remarks_on_blanks(Document("a.pdf", "0" * 64, (page,)), Vocabulary.shipped())
    assert all(r.kind == "reading" and r.evidence is not None and r.evidence.page == 1 for r in found)
    return [r.text for r in found]


@pytest.mark.parametrize("blank", ["................", "________________", ". . . . . . . . . ."])
@pytest.mark.parametrize("kind", ["handwriting", "signature"])
def test_a_blank_with_writing_on_it_is_told_at_its_field(blank: str, kind: str) -> None:
    text = f"Ort och datum: {blank}"
    assert remarks([text, "Anna Berg"], (kind, 170, 90, 230, 106)) == [
        "page 1: 'Ort och datum' is filled in by hand, which was not read"
    ]


def test_an_empty_blank_a_signature_and_writing_elsewhere_are_not() -> None:
    assert remarks(["Ort och datum: ................"]) == []
    assert remarks(["Ort och datum: ................"], ("handwriting", 170, 300, 230, 320)) == []
    assert remarks(["Ort och datum: ................"], ("logo", 170, 90, 230, 106)) == []
    assert remarks(["Underskrift: ................"], ("signature", 160, 90, 230, 106)) == []
    assert remarks(["................", "Anna Berg"], ("signature", 80, 90, 150, 106)) == []


def test_a_label_may_stand_below_its_blank_or_before_one_that_the_writing_covers() -> None:
    assert remarks(["________________", "Datum"], ("handwriting", 80, 90, 150, 106)) == [
        "page 1: 'Datum' is filled in by hand, which was not read"
    ]
    assert remarks(["Giltig från:"], ("handwriting", 150, 96, 220, 112)) == [
        "page 1: 'Giltig från' is filled in by hand, which was not read"
    ]


def test_each_blank_of_a_line_has_its_own_label() -> None:
    text = "Avtalet gäller från ............ till ............"
    second = 72 + WIDE * (text.rindex("....") - 6)
    (told,) = remarks([text], ("handwriting", second, 95, second + 40, 110))
    assert told == "page 1: 'till' is filled in by hand, which was not read"
