"""Which part of a document are its annexes."""

from avskrift.comparison.clauses.annex_part import holds_annexes, in_annexes, stands_in_annex
from avskrift.models.agreement import (
    Agreement,
    Annex,
    DocumentHead,
    DocumentKind,
    Evidence,
    Period,
    Section,
    Signatory,
    SourceFile,
)


def place(page: int, line: int) -> Evidence:
    return Evidence(page=page, line=line, bbox=None, text="x", raw="x", confidence=1.0)


def section(page: int, line: int, annex: str | None = None) -> Section:
    return Section(level=1, page=page, evidence=place(page, line), annex=annex, text="")


def record(*sections: Section, signed: bool = True, annexes: bool = True) -> Agreement:
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file="a.txt", sha256="0" * 64, pages=3, page_sources=["plain_text"] * 3),
        period=Period(),
        sections=list(sections),
        annexes=[Annex(number="1", title="Karta")] if annexes else [],
        signatories=[Signatory(name="Olle Ek", evidence=place(2, 30))] if signed else [],
    )


def test_sections_below_the_signatures_or_of_an_annex() -> None:
    end = (2, 30)
    assert stands_in_annex(section(3, 1), end) and stands_in_annex(section(2, 31), end)
    assert not stands_in_annex(section(1, 5), end) and not stands_in_annex(section(9, 9), None)
    assert stands_in_annex(section(1, 5, annex="2"), end) and stands_in_annex(section(1, 5, annex=""), None)


def test_whether_a_file_holds_its_annexes() -> None:
    assert not holds_annexes(record(section(1, 1)))
    assert holds_annexes(record(section(1, 1), section(3, 1)))
    assert holds_annexes(record(section(1, 1), signed=False)), "it cannot be told"
    assert holds_annexes(record(section(1, 1), annexes=False)), "there are none"


def test_what_was_read_below_the_signatures() -> None:
    assert in_annexes((2, 30), [place(3, 1), place(2, 31)])
    assert not in_annexes((2, 30), [place(3, 1), place(1, 1)])
    assert not in_annexes((2, 30), []) and not in_annexes(None, [place(3, 1)])
