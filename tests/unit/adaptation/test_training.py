"""What verified records teach: an archive's own manner of writing, and nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from verified_archive import NEW, OPTIONS, areas_of

from avskrift.adaptation import Training, VerifiedDocument, trained
from avskrift.errors import UsageError
from avskrift.models.agreement import Agreement, Contact
from avskrift.models.options import ParsingOptions
from avskrift.output.training import figures_in_words, reader_text
from avskrift.pipeline import parse_file

Archive = list[VerifiedDocument]


@pytest.fixture
def reader(training: Training, tmp_path: Path) -> Path:
    path = tmp_path / "our.reader.json"
    path.write_text(reader_text(training.reader), encoding="utf-8")
    return path


def read(path: Path, reader: Path | None) -> Agreement:
    return parse_file(path, OPTIONS.model_copy(update={"parsing": ParsingOptions(reader=reader)}))


@pytest.mark.parametrize("number", NEW)
def test_areas_in_a_manner_of_the_archives_own_are_read_in_documents_that_nobody_looked_at(
    documents: list[Path], reader: Path, number: int
) -> None:
    def names(by: Path | None) -> list[str]:
        return [area.name for area in read(documents[number], by).focus_areas]

    assert names(reader) == areas_of(number) != names(None)


def test_what_was_right_stays(documents: list[Path], reader: Path) -> None:
    for number in NEW:
        before, after = (read(documents[number], by) for by in (None, reader))
        for field in ("parties", "groups", "signatories"):
            assert [one.name for one in getattr(after, field)] == [one.name for one in getattr(before, field)]
        assert after.period.valid_from == before.period.valid_from


def test_the_record_says_by_which_reader_it_was_made(documents: list[Path], reader: Path) -> None:
    settings: Any = read(documents[0], reader).source.settings
    assert settings["parsing"]["reader"] == str(reader)


def test_documents_that_were_left_out_show_that_it_helps(training: Training) -> None:
    assert training.helps and training.reader.documents == 6 and training.reader.not_found == 0
    assert training.after["focus_areas"].f1 > training.before["focus_areas"].f1 + 0.05
    assert training.after["parties"] == training.before["parties"]
    assert figures_in_words(training.reader).startswith("6 documents, 108 values; documents left out: F1 0.")


def test_the_same_records_give_the_same_file_and_a_document_that_cannot_be_read_is_left_out(
    archive: Archive, training: Training, tmp_path: Path, watcher: Any
) -> None:
    gone = replace(archive[0], path=tmp_path / "gone.txt")
    assert reader_text(trained([gone, *archive], OPTIONS, watcher).reader) == reader_text(training.reader)
    assert [line.split(": ", 1)[1] for line in watcher.lines] == ["no such file; it is left out"]


def test_no_word_of_a_document_is_in_the_file(training: Training) -> None:
    assert set(training.reader.model_dump()) == {
        *("schema_version", "reader", "avskrift", "documents", "values", "not_found", "before", "after"),
        *("weights", "bias"),
    }


def test_records_that_hold_what_the_reader_reads_teach_nothing_that_helps(archive: Archive, watcher: Any) -> None:
    found = trained([replace(one, record=parse_file(one.path, OPTIONS)) for one in archive[:3]], OPTIONS, watcher)
    assert not found.helps and found.reader.before.f1 == 1.0


def test_three_documents_are_needed_and_values_that_are_not_in_a_document_are_named(
    archive: Archive, watcher: Any
) -> None:
    unknown = {"contacts": [Contact(name="Okänd Person", phone="0123-456 78")]}
    more = replace(archive[0], record=archive[0].record.model_copy(update=unknown))
    with pytest.raises(UsageError, match="2 documents with verified records; 3 are needed"):
        trained([more, archive[1]], OPTIONS, watcher)
    (line,) = watcher.lines
    assert line.startswith("avtal-0.json: not found in the document: contacts.name 'Okänd Person', contacts.phone")
    assert line.endswith("(2 of 20)")
