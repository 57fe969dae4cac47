"""Boxes to tick, in print, typed and as letters."""

import pytest

from avskrift.language.check_marks import CheckMark, check_marks_in, may_be_boxes


@pytest.mark.parametrize("box", ["☐", "[ ]", "[]", "( )", "[_]"])
def test_open_boxes(box: str) -> None:
    assert check_marks_in(f"{box} Tills vidare") == [CheckMark(0, len(box), ticked=False, sure=True)]


@pytest.mark.parametrize("box", ["☒", "☑", "[X]", "[x]", "(x)", "( X )"])
def test_ticked_boxes(box: str) -> None:
    assert check_marks_in(f"{box} Tills vidare") == [CheckMark(0, len(box), ticked=True, sure=True)]


@pytest.mark.parametrize(("sign", "ticked"), [("□", False), ("○", False), ("■", True), ("✓", True)])
def test_signs_that_are_bullets_too(sign: str, ticked: bool) -> None:
    assert check_marks_in(f"{sign} Tills vidare") == [CheckMark(0, 1, ticked=ticked, sure=False)]


def test_letters_only_at_the_beginning() -> None:
    assert check_marks_in("  X Tills vidare") == [CheckMark(2, 3, ticked=True, sure=False, letter=True)]
    assert check_marks_in("O Tills vidare X") == [CheckMark(0, 1, ticked=False, sure=False, letter=True)]
    assert check_marks_in("Överenskommelsen") == check_marks_in("X-huset") == []


def test_bullets_alone_are_no_boxes() -> None:
    bullets, squares = check_marks_in("□ Ett □ Två"), check_marks_in("□ Ett ■ Två")
    assert not may_be_boxes(bullets) and may_be_boxes(squares) and may_be_boxes(check_marks_in("☐ Ett"))
