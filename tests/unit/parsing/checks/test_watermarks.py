"""What a watermark says of the document is remarked on; any other is a region and no more."""

import pytest

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, PageRegion, SourceFile
from avskrift.parsing.checks.watermarks import remarks_on_watermarks


def remarks(*regions: tuple[int, str, str | None]) -> list[str]:
    found = [PageRegion(page=page, kind=kind, bbox=(0, 0, 9, 9), text=text) for page, kind, text in regions]
    source = SourceFile(file="a.pdf", sha256="0" * 64, pages=3, page_sources=["text_layer"] * 3, regions=found)
    head = DocumentHead(kind=DocumentKind.AGREEMENT)
    return [remark.text for remark in remarks_on_watermarks(Agreement(document=head, source=source))]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("UTKAST", "a draft"),
        ("Utkast 2023-02-01", "a draft"),
        ("DRAFT", "a draft"),
        ("FÖRSLAG", "a proposal"),
        ("ARBETSMATERIAL", "working material"),
        ("KOPIA", "a copy"),
        ("EJ GILTIG", "void"),
        ("UPPHÄVD", "no longer in force"),
        ("FÖRSLAC", "a proposal"),
    ],
)
def test_words_that_tell(text: str, meaning: str) -> None:
    assert remarks((1, "watermark", text)) == [f"page 1 bears the watermark {text}: it may be {meaning}"]


def test_pages_are_named_together() -> None:
    found = remarks((1, "watermark", "UTKAST"), (2, "watermark", "UTKAST"), (2, "watermark", "UTKAST"))
    assert found == ["pages 1 and 2 bear the watermark UTKAST: it may be a draft"]


@pytest.mark.parametrize(
    "region", [(1, "watermark", "Granviks kommun"), (1, "watermark", None), (1, "stamp", "UTKAST")]
)
def test_others_say_nothing(region: tuple[int, str, str | None]) -> None:
    assert remarks(region) == []
