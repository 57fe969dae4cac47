"""Options that several commands share."""

from pathlib import Path

import pytest

from avskrift.cli.options import check_reader, check_vocabulary, files_in, reading_options
from avskrift.errors import UsageError


def test_reading_as_the_options_say() -> None:
    options = reading_options("none", 12.0, 30, 2, "hemligt")
    assert (options.engine, options.page_timeout_seconds, options.max_pages, options.jobs) == ("none", 12.0, 30, 2)
    assert options.password is not None and options.password.get_secret_value() == "hemligt"
    assert options.cache_folder is not None and options.cache_folder.parts[-2:] == ("avskrift", "pages")
    assert reading_options("none", 12.0, 30, 2, "", cached=False).cache_folder is None
    assert reading_options("none", 12.0, 30, 2, "").password is None


def test_the_files_of_a_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "headings.toml").write_text("x", encoding="utf-8")
    assert files_in(tmp_path) == (tmp_path / "headings.toml",) and files_in(None) == ()


def test_a_vocabulary_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "headings.toml").write_text("this is no TOML", encoding="utf-8")
    with pytest.raises(UsageError, match=r"headings\.toml"):
        check_vocabulary(tmp_path)
    check_vocabulary(None)


def test_a_reader_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "our.reader.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="no reader that avskrift train wrote"):
        check_reader(tmp_path / "our.reader.json")
    check_reader(None)
