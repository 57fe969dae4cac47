"""What of a document stands in no clause."""

from avskrift.comparison.objects.coverage import coverage_remarks
from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Period, Section, SourceFile

_RECORD = Agreement(
    document=DocumentHead(kind=DocumentKind.AGREEMENT),
    source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"]),
    period=Period(),
    sections=[Section(title="Syfte", level=1, page=1, text="Parterna vill öka tryggheten i Sandvik.")],
)


def test_words_outside_clauses_are_counted() -> None:
    lines = [["Syfte", "Parterna vill öka", "tryggheten i Sandvik."], ["Dnr 12", "Sida två"]]
    (remark,) = coverage_remarks("old", _RECORD, lines)
    assert remark.startswith("4 of the 11 words of the old document stand in no clause")


def test_few_words_outside_are_not_told() -> None:
    assert coverage_remarks("new", _RECORD, [["Syfte", "Parterna vill öka"]]) == []
    assert coverage_remarks("new", _RECORD, []) == []
