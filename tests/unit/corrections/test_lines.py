"""What the correction stage promises of any text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.corrections import correct_lines
from avskrift.corrections.text import corrected_text
from avskrift.models.edits import CorrectedLine, apply, invert, text_spans

WHOLE = [
    "Överenskommelsen gäller från och med den 1 mars 2021 och löper tills vidare.",
    "Styrgruppen ska sammanträda minst två gånger per år och följa upp arbetet.",
    "Kommunen och polisen är överens om att minska brottsligheten på orten.",
    "",
    "• Trygga miljöer kring stationen",
    "Ansvarig är Åsa Öhman, 08-123 45 67, asa.ohman@vikbo.example.",
]
STRIPPED = [line.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")) for line in WHOLE]


def undone(corrected: CorrectedLine) -> str:
    """What was read, rebuilt from the corrected text and its edits."""
    return apply(corrected.text, invert(corrected.raw, corrected.edits))


def texts(lines: list[str]) -> list[str]:
    return [m.text for m in correct_lines(lines)]


def test_whole_text_stays_as_it_is() -> None:
    assert texts(WHOLE) == WHOLE


def test_one_name_over_and_over_is_no_sign_of_lost_marks() -> None:
    lines = [
        "HAMMARSTADS STAD",
        "Trädvalla stadsdelsförvaltning och polisen i Trädvalla har träffat följande överenskommelse.",
        "Den gäller för Trädvalla till och med årets slut och ses över när parterna i Trädvalla önskar det.",
        "Frågor om Trädvalla besvaras av Yasmin Oderhjelm vid Trädvalla stadsdelsförvaltning.",
    ]
    assert texts(lines) == lines


def test_lost_marks_come_back_in_context() -> None:
    mended = texts(STRIPPED)
    assert mended[:5] == WHOLE[:5]


def test_addresses_and_numbers_are_left() -> None:
    assert "08-123 45 67, asa.ohman@vikbo.example." in texts(STRIPPED)[5]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("I a k g r u n d", "Bakgrund"),
        ("0 a r t e r o c h a n s v a r", "Parter och ansvar"),
        ("8 i d", "Tid"),
        ("• o k a l s ty r g ru p p", "Lokal styrgrupp"),
        ("! n fo r m a t i o n", "Information"),
        ("I il a g o r", "Bilagor"),
    ],
)
def test_letter_spaced_headings_are_joined(read: str, printed: str) -> None:
    assert texts([read, *STRIPPED])[0] == printed


def test_damaged_words_are_mended() -> None:
    lines = [
        "Overenskornmelsen reglerar sarnverkan mellan kommunen och polisen.",
        "Styrgruppen foljer upp <less arbete och Iediga insatser i ornradet.",
        "Parterna ar overens om att bestarnmelserna galler tills vidare.",
    ]
    assert texts(lines) == [
        "Överenskommelsen reglerar samverkan mellan kommunen och polisen.",
        "Styrgruppen följer upp dess arbete och lediga insatser i området.",
        "Parterna är överens om att bestämmelserna gäller tills vidare.",
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=80), max_size=8))
def test_any_text_keeps_its_lines_and_can_be_undone(lines: list[str]) -> None:
    mended = correct_lines(lines)
    assert len(mended) == len(lines)
    for line, row in zip(lines, mended, strict=True):
        assert undone(row) == line == row.raw
        assert all(a.raw_end <= b.raw_start for a, b in pairwise(row.edits))
        assert all(end <= start for (_, end), (start, _) in pairwise(text_spans(row.edits)))
        assert all(0.0 <= e.confidence <= 1.0 for e in row.edits)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(STRIPPED), min_size=1, max_size=6), st.integers(1900, 2099), st.integers(1, 9999))
def test_digits_are_conserved(lines: list[str], year: int, number: int) -> None:
    rows = [*lines, f"dnr {number}/{year} galler fran {year}-01-01"]
    digits = ["".join(c for c in row if c.isdigit()) for row in rows]
    assert ["".join(c for c in row if c.isdigit()) for row in texts(rows)] == digits


@settings(max_examples=25, deadline=None)
@given(st.permutations(STRIPPED), st.sampled_from(["", "rn", "<l"]))
def test_mending_twice_is_mending_once(lines: list[str], damage: str) -> None:
    swaps = {"rn": ("m", "rn"), "<l": (" d", " <l"), "": ("q", "q")}
    read = [line.replace(*swaps[damage]) if "@" not in line else line for line in lines]
    once = texts(read)
    assert texts(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "\x00\x01\x02",
        "ord " * 20_000,
        "x" * 100_000,
        "Overenskommelsen galler for omradet och foljs upp varje ar. " * 2_000,
        "O V E R E N S K O M M E L S E N \n" * 40,
        "OVERENSKOMMELSEN GALLER FOR OMRADET OCH FOLJS UPP VARJE AR\n" * 20,
    ],
)
def test_odd_input_gives_no_surprise(text: str) -> None:
    assert corrected_text(text).text.count("\n") == text.count("\n")


def test_capitals_get_their_marks() -> None:
    lines = ["OVERENSKOMMELSEN GALLER FOR OMRADET", "OCH FOLJS UPP VARJE AR AV STYRGRUPPEN"] * 3
    assert texts(lines)[:2] == ["ÖVERENSKOMMELSEN GÄLLER FÖR OMRÅDET", "OCH FÖLJS UPP VARJE ÅR AV STYRGRUPPEN"]


def test_other_languages_stay_untouched() -> None:
    lines = ["The parties agree to cooperate in good faith for two years.", "Die Parteien arbeiten gut zusammen."]
    assert texts(lines) == lines


def test_a_line_without_end_is_mended_like_a_short_one() -> None:
    sentence = "Overenskornmelsen galler for ornradet och foljs upp av kornmunen i sarnverkan. "
    line = sentence * 400
    mended = correct_lines(["Parterna traffas arligen.", line, "Slut."])
    assert len(mended) == 3
    assert mended[1].text == "Överenskommelsen gäller för området och följs upp av kommunen i samverkan. " * 400
    assert undone(mended[1]) == line


BROKEN = [
    "",
    "Overenskornmelsen reglerar sarnverkan mellan kommunen och polisen i Vikbo.",
    "Styrgruppen foljer upp <less arbete och Iediga insatser i ornradet.",
    "Parterna ar overens om att bestarnmelserna galler tills vidare.",
    "De ska forebygga brott och oka tryggheten kring stationen.",
]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("3.1 Ran mot butiker", "3.1 Rån mot butiker"),
        ("• Ran mot butiker", "• Rån mot butiker"),
        ("e Ran mot butiker", "• Rån mot butiker"),
        ("a) Ran mot aldre", "a) Rån mot äldre"),
    ],
)
def test_a_word_that_lost_its_marks_is_no_other_word(read: str, printed: str) -> None:
    assert texts([read, *BROKEN])[0] == printed


def test_a_heading_keeps_its_capital() -> None:
    heads = ["4 Kostnader", "5. Agande av lokaler", "§ 6 Ovriga villkor"]
    assert texts([*heads, *BROKEN])[:3] == ["4 Kostnader", "5. Ägande av lokaler", "§ 6 Övriga villkor"]


def test_a_term_that_is_always_capitalised_stays_so() -> None:
    lines = [
        "Kommunen och foreningen kallas i detta avtal Parterna och ska hjalpas at.",
        "Avtalet kan sagas upp av en av Parterna, och det kan andras om Parterna ar overens.",
        "Kostnader som uppstar hos Parterna bars av dem sjalva om inte Parterna kommer overens.",
    ]
    mended = "\n".join(texts([*lines, *BROKEN])[:3])
    assert mended.count("Parterna") == 5
