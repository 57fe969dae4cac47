"""What made a record, and which parts of it changed."""

from pathlib import Path

import pytest

from avskrift.batch.build_info import BuildInfo, current_build
from avskrift.models.options import CorrectingOptions, ParsingOptions, PipelineOptions, ReadingOptions

NONE = ReadingOptions(engine="none")


def build(**options: object) -> BuildInfo:
    return current_build(PipelineOptions(reading=NONE, **options))  # type: ignore[arg-type]


def test_the_same_program_makes_the_same() -> None:
    assert build() == build() and build().changed(build()) == [] and not build().rereads(build())


def test_other_settings_are_another_build() -> None:
    other = build(correcting=CorrectingOptions(enabled=False))
    assert other.changed(build()) == ["the settings changed"] and not other.rereads(build())


def test_how_fast_and_where_pages_are_read_changes_nothing() -> None:
    reading = NONE.model_copy(update={"jobs": 7, "cache_folder": Path("/kept"), "max_pages": 3})
    assert current_build(PipelineOptions(reading=reading)) == build()


def test_a_users_vocabulary_counts_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text("", encoding="utf-8")
    before = build(parsing=ParsingOptions(vocabulary=tmp_path))
    (tmp_path / "groups.toml").write_text("# Granvik", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no vocabulary", encoding="utf-8")
    after = build(parsing=ParsingOptions(vocabulary=tmp_path))
    assert after.changed(before) == ["the settings changed"]


def test_a_reader_counts_by_its_content(tmp_path: Path) -> None:
    reader = tmp_path / "our.reader.json"
    reader.write_text("one", encoding="utf-8")
    before = build(parsing=ParsingOptions(reader=reader))
    assert build(parsing=ParsingOptions(reader=reader)) == before != build()
    reader.write_text("other", encoding="utf-8")
    assert build(parsing=ParsingOptions(reader=reader)).changed(before) == ["the settings changed"]


@pytest.mark.parametrize(
    ("part", "rereads"), [("engine", True), ("reading", True), ("parsing", False), ("model", False)]
)
def test_pages_are_read_again_for_what_reads_them(part: str, rereads: bool) -> None:
    other = build().model_copy(update={part: "other"})
    assert other.rereads(build()) is rereads and len(other.changed(build())) == 1


def test_libraries_are_named_with_their_versions() -> None:
    now = build()
    other = now.model_copy(update={"libraries": {**now.libraries, "spacy": "99", "new": "1"}})
    assert other.changed(now) == ["new changed (none, now 1)", f"spacy changed ({now.libraries['spacy']}, now 99)"]
    assert now.changed(now.model_copy(update={"libraries": {}, "reading_libraries": {}})) == [
        "the versions of the libraries that made it are not known"
    ]
