"""Pages that are kept between runs."""

import errno
import os
import tracemalloc
import zlib
from pathlib import Path

import pypdfium2
import pytest

from avskrift.ingest import read
from avskrift.ingest.files.page_cache import PageCache, remove_stale_parts
from avskrift.ingest.ocr.lstm.engine import LstmEngine
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page, PageSource
from avskrift.models.options import ReadingOptions
from avskrift.runtime import fingerprints

SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "page.png"
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        whole = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
        whole.crop((0, 0, whole.width, 600)).save(path, dpi=(200, 200))
    return path


@pytest.mark.usefixtures("canned_words")
def test_a_second_run_gives_the_same_without_the_engine(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ReadingOptions(cache_folder=tmp_path)
    first = read(scan, options)

    def asked(*_: object) -> list[OcrWord]:
        raise AssertionError("the engine was asked again")

    for name in ("read_page", "read_symbols", "read_lines"):
        monkeypatch.setattr(LstmEngine, name, asked)
    assert read(scan, options) == first


@pytest.mark.usefixtures("canned_words")
def test_other_settings_are_other_pages(scan: Path, tmp_path: Path) -> None:
    read(scan, ReadingOptions(cache_folder=tmp_path, engine="none"))
    assert read(scan, ReadingOptions(cache_folder=tmp_path)).pages[0].lines


@pytest.mark.usefixtures("canned_words")
def test_a_damaged_page_is_read_again(scan: Path, tmp_path: Path) -> None:
    options = ReadingOptions(cache_folder=tmp_path)
    first = read(scan, options)
    for kept in tmp_path.rglob("*.page"):
        kept.write_bytes(kept.read_bytes()[:40])
    assert read(scan, options) == first


def test_nothing_is_kept_of_what_was_given_up(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, "ab", ("none",), None)
    cache.keep(Page(1, PageSource.OCR, (), warnings=("too slow",), given_up=True))
    assert cache.page(1) is None


@pytest.mark.usefixtures("canned_words")
def test_a_folder_that_cannot_be_written_does_no_harm(scan: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert read(scan, ReadingOptions(cache_folder=blocked)).pages[0].lines


def test_the_oldest_pages_go_first(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, "ab", ("none",), most_bytes=1)
    for number in range(1, 66):
        cache.keep(Page(number, PageSource.OCR, ()))
    assert len(list(tmp_path.rglob("*.page"))) == 0


def page_files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.glob("*/*"))


def test_a_full_disk_leaves_no_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    cache = PageCache(tmp_path, "ab", ("none",), None)
    monkeypatch.setattr(Path, "replace", full)
    for number in range(1, 4):
        cache.keep(Page(number, PageSource.OCR, ()))
    assert page_files(tmp_path) == []
    monkeypatch.undo()
    cache.keep(Page(1, PageSource.OCR, ()))
    assert page_files(tmp_path) == [".page"]


def test_parts_that_a_process_left_are_taken_away(tmp_path: Path) -> None:
    PageCache(tmp_path, "ab", ("none",), None).keep(Page(1, PageSource.OCR, ()))
    (folder,) = tmp_path.iterdir()
    for name in ("tmpold_0000.part", "tmpnew_0000.part"):
        (folder / name).write_bytes(b"half")
    os.utime(folder / "tmpold_0000.part", (1, 1))
    remove_stale_parts(tmp_path)
    assert page_files(tmp_path) == [".page", ".part"] and (folder / "tmpnew_0000.part").exists()


def test_what_others_have_in_the_folder_of_pages_stays(tmp_path: Path) -> None:
    theirs = [tmp_path / "downloads" / "film.part", tmp_path / "ab" / "film.part", tmp_path / "downloads" / "a.page"]
    behind = tmp_path / "elsewhere" / "tmpold_0000.part"
    for path in (*theirs, behind):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"theirs")
        os.utime(path, (1, 1))
    (tmp_path / "cd").symlink_to(behind.parent)
    PageCache(tmp_path, "ab", ("none",), 0).keep(Page(1, PageSource.OCR, ()))
    remove_stale_parts(tmp_path)
    assert all(path.read_bytes() == b"theirs" for path in (*theirs, behind))


def test_a_bomb_among_the_kept_pages_is_no_page(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, "ab", ("none",), None)
    cache.keep(Page(1, PageSource.OCR, ()))
    (path,) = tmp_path.glob("*/*.page")
    packing = zlib.compressobj(1)
    path.write_bytes(b"".join(packing.compress(bytes(1 << 20)) for _ in range(150)) + packing.flush())
    tracemalloc.start()
    try:
        assert PageCache(tmp_path, "ab", ("none",), None).page(1) is None
        assert tracemalloc.get_traced_memory()[1] < 140 << 20
    finally:
        tracemalloc.stop()
    path.unlink()
    os.mkfifo(path)
    assert PageCache(tmp_path, "ab", ("none",), None).page(1) is None


def test_other_libraries_are_other_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    PageCache(tmp_path, "ab", ("none",), None).keep(Page(1, PageSource.OCR, ()))
    assert PageCache(tmp_path, "ab", ("none",), None).holds(1)
    told = fingerprints.reading_libraries()
    monkeypatch.setattr(fingerprints, "reading_libraries", lambda: told | {"PDFium": "another"})
    assert not PageCache(tmp_path, "ab", ("none",), None).holds(1)
