"""Rules: long straight strokes, faint ones in bad scans, and single ones to write on."""

import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.ruling import (
    faint_ruling_of,
    no_ruling,
    parting_rules,
    rules_in,
    ruling_of,
    single_rules,
    without_rules,
)


def ink_with(*boxes: tuple[int, int, int, int]) -> Grey:
    ink: Grey = np.zeros((400, 600), np.uint8)
    for x0, top, x1, bottom in boxes:
        ink[top:bottom, x0:x1] = 255
    return ink


def test_long_strokes_are_rules_and_letters_are_none() -> None:
    ruling = ruling_of(ink_with((50, 100, 350, 103), (200, 150, 203, 300), (400, 200, 440, 230)), 200)
    assert ruling.across[101, 60:340].all() and ruling.across.sum() == 255 * 900
    assert ruling.down[160:290, 201].all() and ruling.down.sum() == 255 * 450
    assert not ruling.both[200:230, 400:440].any()


def test_what_is_a_rule_depends_on_the_resolution() -> None:
    stroke = ink_with((50, 100, 150, 103))
    assert ruling_of(stroke, 200).across.any()
    assert not ruling_of(stroke, 300).across.any()


def test_faint_and_broken_rules() -> None:
    page: Grey = np.full((400, 600), 255, np.uint8)
    page[100:103, 50:550] = 225
    page[100:103, 90:550:60] = 255  # broken
    page[200:203, 50:550:30] = 225  # far apart: a row of dots
    ruling = faint_ruling_of(page, 200)
    assert ruling.across[101, 150:450].all()
    assert not ruling.across[180:220].any()
    assert not ruling.down.any()
    turned = faint_ruling_of(np.ascontiguousarray(np.rot90(page)), 200)
    assert turned.down.any() and not turned.across.any()


def test_rules_of_half_the_page_are_laid_over_all_of_it() -> None:
    ruling = ruling_of(ink_with((50, 100, 350, 103)), 100)
    page: Grey = np.zeros((801, 1200), np.uint8)
    assert ruling.as_large_as(ruling.across) is not ruling.across
    assert (ruling.as_large_as(ruling.across) == ruling.across).all()
    over = ruling.as_large_as(page)
    assert over.shape == page.shape and over[203, 400] == 255 and not over[:190].any() and not over[215:].any()


def test_ink_without_its_rules_and_what_is_close_to_them() -> None:
    ink = ink_with((50, 100, 350, 103), (200, 50, 203, 300), (60, 104, 64, 110), (400, 200, 440, 230))
    left = without_rules(ink, ruling_of(ink, 200), 5)
    assert not left[98:105].any() and not left[60:300, 198:205].any()
    assert left[107, 62] == 255 and left[210, 410] == 255
    only_longest = without_rules(ink, ruling_of(ink, 200), 5, least=280)
    assert not only_longest[101].any() and only_longest[60, 201] == 255


def test_single_rules_meet_nothing_that_runs_down() -> None:
    alone, above_table = (50, 50, 350, 53), (50, 200, 350, 203)
    ruling = ruling_of(ink_with(alone, above_table, (100, 200, 103, 300)), 200)
    (rule,) = single_rules(ruling, 200)
    assert rule.top < 52 < rule.bottom and rule.x0 <= 50 and rule.x1 >= 350
    assert single_rules(no_ruling(ruling.across), 200) == []


def test_the_stem_of_a_large_letter_parts_no_text() -> None:
    stem, rule = (100, 100, 106, 150), (200, 100, 203, 160)
    parting = parting_rules(ruling_of(ink_with(stem, rule), 200), 200)
    assert not parting.down[:, :150].any() and parting.down[110:150, 201].all()


def test_a_dark_ground_whose_letters_were_turned_has_no_rules() -> None:
    ruling = ruling_of(ink_with((50, 100, 350, 200), (400, 100, 403, 200)), 200)
    turned = ink_with((100, 130, 120, 160), (400, 100, 403, 200))
    left = rules_in(ruling, turned)
    assert not left.both[:, 200:390].any() and left.down[110:190, 401].all()


def test_a_rule_is_longer_than_the_stems_of_large_letters() -> None:
    ink = ink_with((100, 100, 108, 190))
    assert parting_rules(ruling_of(ink, 200), 200, letter=20.0).down.any()
    assert not parting_rules(ruling_of(ink, 200), 200, letter=40.0).down.any()
