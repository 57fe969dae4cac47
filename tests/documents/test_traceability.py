"""Values of damaged documents are followed back to what was read, over every correction on the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import CorrectingOptions, PipelineOptions
from avskrift.pipeline import record_of, transcribe

FOLDER = Path(__file__).parent / "agreements"
BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")


def spoilt(text: str) -> str:
    """The text without its marks, some letters misread, headings of one word letter-spaced."""
    rows = []
    for row in text.translate(BARE).split("\n"):
        if re.fullmatch(r"[A-Z][a-z]{3,}", row.strip()):
            row = " ".join(row.strip())
        rows.append(re.sub(r"mm(?=[a-z])|(?<=sa)m(?=v)", lambda m: m.group().replace("m", "rn"), row))
    return "\n".join(rows)


@pytest.mark.parametrize("name", ["hedlunda-2022", "algarda2015", "bjorkevad2020", "bredfors2016"])
@pytest.mark.parametrize("least", [0.0, 0.5, 1.0])
def test_every_value_of_a_mended_text(
    name: str, least: float, tmp_path: Path, trace: Callable[[Document, Agreement], None]
) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(spoilt((FOLDER / f"{name}.txt").read_text(encoding="utf-8")), encoding="utf-8")
    options = PipelineOptions(correcting=CorrectingOptions(min_confidence=least))
    document = transcribe(path, options)
    record = record_of(document, options)
    trace(document, record)
    mended = sum(len(line.edits) for _, line in document.lines())
    doubted = sum(len(line.suggestions) for _, line in document.lines())
    assert len(record.corrections) == mended and len(record.doubtful) == doubted
    assert (mended > 20) is (least < 1.0)
    assert (doubted > 20) is (least == 1.0)
