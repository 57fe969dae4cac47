"""Which document a verified record is of."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.adaptation import documents_of
from avskrift.adaptation.documents import files_below
from avskrift.errors import UsageError
from avskrift.models.agreement import (
    Agreement,
    DocumentHead,
    DocumentKind,
    DocumentPart,
    Evidence,
    Group,
    GroupKind,
    SourceFile,
)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def record(name: str, text: str, *, page: int = 1, parts: int = 0) -> Agreement:
    digest = hashlib.sha256(text.encode()).hexdigest()
    kinds = [DocumentPart(pages=[n], kind=DocumentKind.AGREEMENT, recorded=n == page) for n in range(1, parts + 1)]
    source = SourceFile(file=name, sha256=digest, pages=1, page_sources=["plain_text"], parts=kinds)
    stands = Evidence(page=page, bbox=None, text="Styrgruppen", raw="Styrgruppen", confidence=1.0)
    group = Group(name="Styrgruppen", kind=GroupKind.STEERING, evidence=stands)
    return Agreement(document=DocumentHead(kind=DocumentKind.AGREEMENT), source=source, groups=[group])


def test_the_file_with_the_same_bytes_is_taken_whatever_it_is_called(
    file: Callable[[str, str], Path], tmp_path: Path
) -> None:
    file("a.txt", "another text")
    right = file("year/renamed.txt", "the text")
    lines: list[str] = []
    (found,) = documents_of([("a.json", record("a.txt", "the text"))], tmp_path, lines.append)
    assert found.path == right and found.name == "a.json" and not lines


def test_records_without_a_document_and_second_ones_of_one_are_left_out(
    file: Callable[[str, str], Path], tmp_path: Path
) -> None:
    file("a.txt", "the text")
    lines: list[str] = []
    same = record("a.txt", "the text")
    given = [("a.json", same), ("copy.json", same), ("b.json", record("b.txt", "not there"))]
    assert [one.name for one in documents_of(given, tmp_path, lines.append)] == ["a.json"]
    assert lines == [
        "copy.json: it is left out, a.json is of the same document",
        f"b.json: its document (b.txt) is not in {tmp_path}",
    ]


def test_records_of_several_documents_in_one_file_are_all_taken(
    file: Callable[[str, str], Path], tmp_path: Path
) -> None:
    file("a.txt", "the text")
    given = [(f"a-{n}.json", record("a.txt", "the text", page=n, parts=2)) for n in (1, 2)]
    assert [one.name for one in documents_of(given, tmp_path, lambda line: None)] == ["a-1.json", "a-2.json"]


def test_hidden_files_and_json_are_no_documents(file: Callable[[str, str], Path], tmp_path: Path) -> None:
    file(".pages/a.txt", "the text")
    file("a.json", "the text")
    assert documents_of([("r.json", record("a.txt", "the text"))], tmp_path, lambda line: None) == []
    assert files_below(tmp_path, ".json") == [tmp_path / "a.json"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder of documents"):
        documents_of([], tmp_path / "none", lambda line: None)
