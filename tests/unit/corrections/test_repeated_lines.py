"""Headers read as most pages have them, and words that an engine was unsure of."""

import random
import time

from avskrift.corrections import correct
from avskrift.corrections.repeated_lines import agreed
from avskrift.models.document import Document, Line, LineRole, Page, PageSource, Word


def header(number: int, text: str) -> Line:
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        words.append(Word(word, start, None, 0.9))
        at = start + len(word)
    return Line(number, text, text, tuple(words), role=LineRole.HEADER)


def corrected(readings: list[str]) -> list[str]:
    pages = tuple(Page(n, PageSource.OCR, (header(1, text),)) for n, text in enumerate(readings, 1))
    return [page.lines[0].text for page in correct(Document("x.pdf", "00", pages)).pages]


def test_signs_that_most_pages_agree_on() -> None:
    found = corrected(["Diarienummer: A12.345/2021", "Diarienummer: A12.345/2021", "Dianenummer: AI2.345/2021"])
    assert found == ["Diarienummer: A12.345/2021"] * 3


def test_page_numbers_stay() -> None:
    readings = [f"Samverkansöverenskommelse sida {n} av 4" for n in range(1, 5)]
    assert corrected(readings) == readings


def test_a_word_is_not_outvoted_by_what_is_none() -> None:
    found = corrected(["Lokalpolsområde Klockvik", "Lokalpolisområde Klockvik", "Lokalpolsområde Klockvik"])
    assert found == ["Lokalpolisområde Klockvik"] * 3


def test_two_pages_are_no_majority() -> None:
    readings = ["Dnr KS 2021/12 Klockvik", "Dnr KS 2021/13 Klockvik"]
    assert corrected(readings) == readings


def body(confidence: float) -> str:
    text = "Parterna ska följa upp samverkansöverenskornmelsen varje år tillsammans"
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        words.append(Word(word, start, None, confidence if "rn" in word else 0.96))
        at = start + len(word)
    page = Page(1, PageSource.OCR, (Line(1, text, text, tuple(words)),))
    return correct(Document("x.pdf", "00", (page,))).pages[0].lines[0].text


def test_a_word_read_unsurely_is_mended_in_a_text_that_is_whole() -> None:
    assert "samverkansöverenskommelsen" in body(0.5)


def test_a_word_read_surely_is_left_alone() -> None:
    assert "samverkansöverenskornmelsen" in body(0.95)


def test_headers_take_no_square_of_the_pages() -> None:
    rng = random.Random(1)

    def noisy(text: str) -> str:
        return "".join(rng.choice("abcdefgh") if rng.random() < 0.08 else sign for sign in text)

    def seconds(pages: int) -> float:
        of_one = [noisy("Samverkansöverenskommelse Klockvik") for _ in range(pages)]
        others = ["".join(rng.choices("abcdefghijklmno", k=20)) for _ in range(pages)]
        rows = [(header(1, one), header(2, other)) for one, other in zip(of_one, others, strict=True)]
        begun = time.process_time()
        agreed(tuple(Page(n, PageSource.OCR, lines) for n, lines in enumerate(rows, 1)), lambda _: False)
        return time.process_time() - begun

    least = {pages: min(seconds(pages) for _ in range(3)) for pages in (80, 320)}  # others run on this machine
    assert least[320] < 10 * least[80] + 0.2
