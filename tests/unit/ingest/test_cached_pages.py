"""Pages kept between runs: which documents have a cache, and filling it part by part."""

from pathlib import Path

import make_odd_files as make
import pytest
from pydantic import SecretStr

from avskrift.ingest import keep_pages, open_document, pages_waiting, read
from avskrift.ingest.cached_pages import cache_for
from avskrift.models.options import ReadingOptions


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    path = tmp_path / "scan.tiff"
    path.write_bytes(next(file.data for file in make._tiffs() if file.name == "frames.tiff"))
    return path


@pytest.fixture
def options(tmp_path: Path) -> ReadingOptions:
    return ReadingOptions(engine="none", cache_folder=tmp_path / "kept")


def test_pages_wait_until_all_are_kept(frames: Path, options: ReadingOptions) -> None:
    assert pages_waiting(frames, options) == 3
    keep_pages(frames, options, range(1, 3))
    assert pages_waiting(frames, options) == 3
    keep_pages(frames, options, range(3, 4))
    assert pages_waiting(frames, options) == 0
    assert len(read(frames, options).pages) == 3


def test_parts_make_the_same_document(frames: Path, options: ReadingOptions) -> None:
    keep_pages(frames, options, range(2, 3))
    assert read(frames, options) == read(frames, ReadingOptions(engine="none"))


def test_some_documents_have_no_cache(frames: Path, options: ReadingOptions, tmp_path: Path) -> None:
    text = tmp_path / "avtal.txt"
    text.write_text(make.TEXT, encoding="utf-8")
    assert cache_for(open_document(frames), options) is not None
    assert cache_for(open_document(text), options) is None
    assert cache_for(open_document(frames), options.model_copy(update={"password": SecretStr("hemligt")})) is None
    assert cache_for(open_document(frames), options.model_copy(update={"cache_folder": None})) is None
    assert pages_waiting(text, options) == 0
