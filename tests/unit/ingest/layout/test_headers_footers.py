"""Headers and footers: what repeats at the edges of pages, and what only seems to."""

from avskrift.ingest.layout.headers_footers import with_roles
from avskrift.models.document import Line, LineRole, Page, PageSource
from avskrift.models.geometry import BoundingBox

BODY = (
    "Parterna möts varje månad.",
    "Kommunen bekostar utbildning av grannstödjare.",
    "En gemensam lägesbild tas fram på hösten.",
    "Skadegörelse anmäls samma dag.",
    "Vid högtider förstärks bemanningen i hamnen.",
    "Tvister löses av undertecknarna.",
)
OTHERS = (
    "Fritidsgården håller öppet till elva.",
    "Åtgärderna följs upp i december.",
    "Ungdomar ska erbjudas feriearbete.",
    "Trafiken på Storgatan mäts två gånger.",
    "Samordnarna rapporterar skriftligt.",
    "Polisen patrullerar till fots.",
)


def headers_and_footers(*pages: list[str]) -> list[str]:
    told = with_roles(
        [
            Page(number, PageSource.PLAIN_TEXT, tuple(Line(i, t, t) for i, t in enumerate(lines, 1)))
            for number, lines in enumerate(pages, 1)
        ]
    )
    return [line.text for page in told for line in page.lines if line.role is not LineRole.BODY]


def test_what_stands_on_every_page_is_no_text() -> None:
    first, second = ["Vikbo kommun  Sida 1", *BODY], ["Vikbo kommun  Sida 2", *OTHERS]
    assert headers_and_footers(first, second) == [first[0], second[0]]


def test_an_entry_of_the_contents_and_its_heading_are_text() -> None:
    contents = ["INNEHÅLL", "1   Inledning ............... 2", "2   Parter .................. 2", *BODY]
    assert headers_and_footers(contents, ["1 Inledning", *OTHERS]) == []


def test_a_name_far_from_the_edge_of_a_cover_is_text() -> None:
    cover = ["SAMVERKANSAVTAL", *BODY, "Lokalpolisområde Viken", "2016", "Vikbo, KS 16/88", "Antaget i mars"]
    last = ["Bilaga", *OTHERS[3:], *OTHERS[:3], "Vikbo kommun", "Lokalpolisområde Viken"]
    assert "Lokalpolisområde Viken" not in headers_and_footers(cover, last)


def test_a_header_with_its_page_number_is_known_on_one_page_alone() -> None:
    head = "Diarienummer: KS 2020/0391          Sida 2 av 2"
    assert headers_and_footers(["HANDLINGSPLAN", *BODY], [head, *OTHERS]) == [head]
    assert headers_and_footers(["HANDLINGSPLAN", *BODY], ["Se även sidan 2 och bilagan", *OTHERS]) == []


def printed(number: int, lines: list[tuple[str, float]], source: PageSource = PageSource.TEXT_LAYER) -> Page:
    """A page of A4 with lines at some heights, in points from its top."""
    placed = (
        Line(n, text, text, bbox=BoundingBox(72, top, 72 + 6 * len(text), top + 11), font_size=10.5)
        for n, (text, top) in enumerate(lines, 1)
    )
    return Page(number, source, tuple(placed), width=595, height=842)


def body(texts: tuple[str, ...], top: float = 120) -> list[tuple[str, float]]:
    return [(text, top + 20 * n) for n, text in enumerate(texts)]


def told_of(*pages: Page) -> list[str]:
    return [line.text for page in with_roles(pages) for line in page.lines if line.role is not LineRole.BODY]


def test_what_only_looks_alike_in_exact_text_is_no_header() -> None:
    pages = printed(1, body(("Transaktion", *BODY))), printed(2, body(("5. Organisation", *OTHERS)))
    assert told_of(*pages) == []


def test_a_header_that_an_engine_misread_is_one_at_the_same_height_and_size_alone() -> None:
    read, again = "Överenskommelse för trygghet i Vikbo", "Överenskornmelse för trygqhet i Vlkbo"
    first = printed(1, [(read, 40), *body(BODY)], PageSource.OCR)
    assert told_of(first, printed(2, [(again, 46), *body(OTHERS)], PageSource.OCR)) == [read, again]
    assert told_of(first, printed(2, [(again, 90), *body(OTHERS)], PageSource.OCR)) == []


def test_a_page_that_was_scanned_twice_has_no_headers_but_those_of_other_pages() -> None:
    sheet = ("6. Uppföljning", *OTHERS, "Kommunchef")
    assert told_of(*(printed(n, body(texts)) for n, texts in enumerate((BODY, sheet, sheet), 1))) == []
    headed = [
        printed(n, [("Vikbo kommun", 40), *body(texts)])
        for n, texts in enumerate((BODY, sheet, sheet, OTHERS[::-1]), 1)
    ]
    assert told_of(*headed) == ["Vikbo kommun"] * 4


def test_offices_at_other_heights_of_two_pages_are_no_footer() -> None:
    first = printed(1, [*body(BODY), ("Kommundirektör", 400)])
    assert told_of(first, printed(2, [*body(OTHERS), ("Kommundirektör", 620)])) == []


def test_the_head_of_two_agreements_of_one_template_is_text() -> None:
    first = ("1. Parter", "Vikbo kommun och Polisen i Norra Viken", *BODY)
    second = ("1. Parter", "Alby kommun och Polisen i Södra Alby", *BODY)
    assert told_of(printed(1, body(first)), printed(2, body(OTHERS)), printed(3, body(second))) == []
