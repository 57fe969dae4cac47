"""Pages mended: corrections on top of those that reading made, doubts that are kept."""

from avskrift.corrections import correct
from avskrift.models.document import Document, Line, LineRole, Page, PageSource, Word
from avskrift.models.edits import Edit, apply
from avskrift.models.options import CorrectingOptions

CONTEXT = [
    "Overenskornmelsen reglerar sarnverkan mellan kommunen och polisen.",
    "Styrgruppen foljer upp <less arbete och Iediga insatser i ornradet.",
    "Parterna ar overens om att bestarnmelserna galler tills vidare.",
]


def line(number: int, raw: str, *, seen: tuple[Edit, ...] = (), role: LineRole = LineRole.BODY) -> Line:
    """A line as an engine read it, with what a closer look at the picture changed."""
    words, at = [], 0
    for word in raw.split():
        start = raw.index(word, at)
        words.append(Word(word, start, None, 0.9))
        at = start + len(word)
    return Line(number, raw, apply(raw, seen), tuple(words), edits=seen, role=role)


def mended(*pages: tuple[Line, ...], least: float = 0.0) -> tuple[Page, ...]:
    read = tuple(Page(number, PageSource.OCR, lines) for number, lines in enumerate(pages, 1))
    return correct(Document("x.pdf", "00", read), CorrectingOptions(min_confidence=least)).pages


def body() -> tuple[Line, ...]:
    return tuple(line(number, text) for number, text in enumerate(CONTEXT, 1))


def reading_of(found: Line, word: str) -> tuple[str, list[str]]:
    start = found.text.index(word)
    a, b = found.raw_span(start, start + len(word))
    return found.raw[a:b], [w.raw for w in found.words_of(start, start + len(word))]


def test_corrections_on_top_of_each_other_keep_the_way_back() -> None:
    raw = "Overens3 foljer overenskornmelsen i ornradet"
    seen = (Edit(0, 8, "Overens 3", "second look", 0.9),)
    (page,) = mended((*body(), line(4, raw, seen=seen)))
    found = page.lines[3]
    assert found.text == "Överens 3 följer överenskommelsen i området"
    assert apply(raw, found.edits) == found.text
    assert found.edits[0].rule.startswith("second look + ")
    assert found.edits[0].confidence <= 0.9
    assert reading_of(found, "3") == ("Overens3", ["Overens3"])
    assert reading_of(found, "följer") == ("foljer", ["foljer"])
    assert reading_of(found, "området") == ("ornradet", ["ornradet"])


def test_what_is_mended_beside_an_older_edit_leaves_it_as_it_is() -> None:
    raw = "Enligt 8 3 foljer styrgruppen upp ornradet"
    seen = (Edit(7, 8, "§", "second look", 0.95),)
    (page,) = mended((*body(), line(4, raw, seen=seen)))
    found = page.lines[3]
    assert found.text == "Enligt § 3 följer styrgruppen upp området"
    assert found.edits[0].rule == "second look"
    assert reading_of(found, "§") == ("8", ["8"])
    assert reading_of(found, "3") == ("3", ["3"])


def test_doubts_stay_when_headers_are_compared() -> None:
    heads = ["Sarnverkan i Vikbo sida", "Sarnverkan i Vikbo sida", "Sarnverkan i Viibo sida"]
    pages = [(line(9, head, role=LineRole.HEADER), *body()) for head in heads]
    found = mended(*pages, least=0.999)
    assert [page.lines[0].text for page in found] == [*heads[:2], heads[0]] or found[2].lines[0].suggestions
    for page in found:
        (doubt,) = [d for d in page.lines[0].suggestions if d.replacement == "Samverkan"]
        assert page.lines[0].raw[doubt.raw_start : doubt.raw_end] == "Sarnverkan"


def test_a_doubt_tells_its_place_in_what_was_read() -> None:
    raw = "Overens3 foljer overenskornmelsen i ornradet"
    seen = (Edit(0, 8, "Overens 3", "second look", 0.9),)
    (page,) = mended((*body(), line(4, raw, seen=seen)), least=1.0)
    doubts = {d.replacement: raw[d.raw_start : d.raw_end] for d in page.lines[3].suggestions}
    assert doubts["överenskommelsen"] == "overenskornmelsen" and doubts["området"] == "ornradet"


def test_what_is_likelier_wrong_than_right_is_not_made() -> None:
    (page,) = correct(Document("x.pdf", "00", (Page(1, PageSource.OCR, (line(9, "0 i l e n"), *body())),))).pages
    found = page.lines[0]
    assert found.text == found.raw == "0 i l e n"
    assert all(d.confidence < CorrectingOptions().min_confidence for d in found.suggestions) and found.suggestions
