"""Headers and footers: what repeats at the edges of pages, and what only seems to."""

from avskrift.ingest.layout.headers_footers import with_roles
from avskrift.models.document import Line, LineRole, Page, PageSource

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
