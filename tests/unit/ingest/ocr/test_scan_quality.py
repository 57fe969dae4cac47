"""How well a page was read: grades by the share of unsure words."""

import pytest

from avskrift.ingest.ocr.scan_quality import quality_of, warnings_for
from avskrift.models.document import Line, Quality, Word


@pytest.mark.parametrize(
    ("sure", "unsure", "grade"),
    [
        (40, 0, Quality.GOOD),
        (40, 2, Quality.GOOD),
        (40, 4, Quality.FAIR),
        (40, 9, Quality.POOR),
        (0, 0, Quality.UNREADABLE),
    ],
)
def test_grades(sure: int, unsure: int, grade: Quality) -> None:
    words = tuple(Word("ord", 4 * i, None, 0.95 if i < sure else 0.4) for i in range(sure + unsure))
    raw = " ".join("ord" for _ in words)
    assert quality_of([Line(1, raw, raw, words)] if words else []) is grade


def test_only_pages_to_scan_again_are_told() -> None:
    assert warnings_for(3, Quality.GOOD) == warnings_for(3, Quality.FAIR) == ()
    assert warnings_for(3, Quality.POOR) == ("page 3 was read poorly; scan it again if you can",)
    assert "page 3" in warnings_for(3, Quality.UNREADABLE)[0]
