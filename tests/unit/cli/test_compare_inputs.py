"""Documents and records as versions to compare."""

from pathlib import Path

import pytest

from avskrift.cli.compare_inputs import opened, pages_for, record_in, versions_in, with_distinct_names
from avskrift.comparison import compare
from avskrift.comparison.reports.version_chain import Version
from avskrift.errors import BrokenInputError, UsageError
from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Evidence, Period, Section, SourceFile
from avskrift.models.options import PipelineOptions, ReadingOptions

_OPTIONS = PipelineOptions(reading=ReadingOptions(engine="none"))


class Listener:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.lines: list[str] = []

    def document(self, name: str) -> None:
        self.names.append(name)

    def pages(self, done: int, known: int) -> None:
        pass

    def read(self) -> None:
        pass

    def line(self, text: str) -> None:
        self.lines.append(text)


def record(file: str = "a.txt", **period: str) -> Agreement:
    place = Evidence(page=1, line=1, bbox=None, text="Syfte", raw="Syfte", confidence=1.0)
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file=file, sha256="0" * 64, pages=1, page_sources=["ocr"]),
        period=Period.model_validate(period),
        sections=[Section(title="Syfte", level=1, page=1, text="Trygghet.", evidence=place)],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(record().model_dump_json(), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Syfte\n\nTrygghet.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Överenskommelse\n\nSyfte\nTrygghet i Rödby.\n", encoding="utf-8")
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_records_and_what_is_none(folder: Path) -> None:
    assert record_in(folder / "a.json") == record()
    with pytest.raises(BrokenInputError, match="no record of avskrift parse"):
        record_in(folder / "c.json")
    (folder / "c.json").write_text(record(valid_from="2021-02-30").model_dump_json(), encoding="utf-8")
    with pytest.raises(BrokenInputError, match="a day that no calendar has"):
        record_in(folder / "c.json")


def test_the_text_beside_a_record(folder: Path) -> None:
    version = opened(folder / "a.json", _OPTIONS, Listener())
    assert version.version.name == "a" and version.lines == (("Syfte", "Trygghet."),) and version.file is None


def test_a_folder_of_records_and_documents(folder: Path) -> None:
    listener = Listener()
    assert [v.name for v in versions_in(folder, _OPTIONS, listener)] == ["a.json", "b.txt"]
    assert len(listener.lines) == 1 and "c.json" in listener.lines[0]
    with pytest.raises(UsageError, match="no such folder"):
        list(versions_in(folder / "none", _OPTIONS, listener))


def test_pages_that_a_comparison_points_to(folder: Path) -> None:
    version = opened(folder / "a.json", _OPTIONS, Listener())
    pages = pages_for(version, compare(record(), record()), old=True)
    assert [(page.number, page.lines, page.picture) for page in pages] == [(1, ("Syfte", "Trygghet."), None)]


def test_no_two_versions_have_one_name() -> None:
    versions = [Version(name, record()) for name in ("a", "b", "a", "a")]
    assert [v.name for v in with_distinct_names(versions)] == ["a", "b", "a (2)", "a (3)"]
