"""Image files of several frames, of a few pixels, of many kinds: a damaged frame costs itself."""

import struct
from pathlib import Path

import make_odd_files as make
import numpy as np
import pytest
from PIL import Image

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest import read
from avskrift.ingest.files.tiff_frames import offsets_of
from avskrift.models.document import Document
from avskrift.models.options import ReadingOptions

NO_ENGINE = ReadingOptions(engine="none")
MADE = {file.name: file.data for file in make._tiffs()} | {file.name: file.data for file in make._pictures()}


def document_of(data: bytes, folder: Path, name: str = "scan.tiff") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path, NO_ENGINE)


@pytest.mark.parametrize("broken", [1, 2, 3])
def test_a_damaged_frame_costs_itself(tmp_path: Path, broken: int) -> None:
    pages = document_of(MADE[f"frame-{broken}-of-no-width.tiff"], tmp_path).pages
    assert [page.given_up for page in pages] == [number == broken for number in (1, 2, 3)]
    assert pages[broken - 1].warnings == (f"page {broken} could not be read: the image is damaged or cut off",)
    whole = document_of(MADE["frames.tiff"], tmp_path).pages
    assert [p.width for p in pages if not p.given_up] == [p.width for p in whole if p.number != broken]


def with_damaged_pixels(frames: int, damaged: range) -> bytes:
    """A TIFF of so many frames; those of some numbers from 0 say that their pixels begin at the end of the file."""
    small = [make._picture().resize((80, 60)) for _ in range(frames)]
    data = bytearray(make._saved(small[0], "tiff", save_all=True, append_images=small[1:], compression="tiff_lzw"))
    offsets = offsets_of(bytes(data), frames + 1)
    for number in damaged:
        begin = offsets[number] + 2
        entries = struct.unpack("<H", data[begin - 2 : begin])[0]
        tags = {struct.unpack("<H", data[at : at + 2])[0]: at for at in range(begin, begin + 12 * entries, 12)}
        assert struct.unpack("<I", data[tags[273] + 4 : tags[273] + 8]) == (1,)
        data[tags[273] + 8 : tags[273] + 12] = struct.pack("<I", len(data) - 4)
    return bytes(data)


def test_a_frame_whose_pixels_are_damaged(tmp_path: Path) -> None:
    pages = document_of(with_damaged_pixels(3, range(1, 2)), tmp_path).pages
    assert [page.given_up for page in pages] == [False, True, False]


def test_many_damaged_frames_hide_none_behind_them(tmp_path: Path) -> None:
    pages = document_of(with_damaged_pixels(27, range(1, 26)), tmp_path).pages
    assert [page.given_up for page in pages] == [False, *[True] * 25, False]
    first, rest = document_of(with_damaged_pixels(27, range(1, 27)), tmp_path).pages
    assert not first.given_up and rest.given_up
    assert rest.warnings[0].endswith("the image is damaged or cut off; nor could the 25 after it")


def test_chains_of_frames_that_lead_back_or_away(tmp_path: Path) -> None:
    assert len(document_of(MADE["frames-in-a-loop.tiff"], tmp_path).pages) == 3
    pages = document_of(MADE["frames-out-of-the-file.tiff"], tmp_path).pages
    assert [page.given_up for page in pages] == [False, False, False, True]


def test_an_animation_that_is_cut_off(tmp_path: Path) -> None:
    pages = document_of(MADE["frames-cut-off.gif"], tmp_path, "frames.gif").pages
    assert not pages[0].given_up and pages[-1].given_up


def test_too_many_frames(tmp_path: Path) -> None:
    path = tmp_path / "frames.tiff"
    path.write_bytes(MADE["frames.tiff"])
    with pytest.raises(LimitExceededError, match="more than 2 pages"):
        read(path, ReadingOptions(engine="none", max_pages=2))


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (1, 3000), (3000, 1)])
def test_a_picture_too_small_for_a_word_is_blank(tmp_path: Path, size: tuple[int, int]) -> None:
    (page,) = document_of(MADE[f"picture-{size[0]}-by-{size[1]}.png"], tmp_path, "dot.png").pages
    assert page.lines == () and not page.given_up and page.warnings == ()


@pytest.mark.parametrize("name", ["blank.jp2", "codestream.j2k", "whole.webp", "whole.avif", "whole.gif", "whole.bmp"])
def test_kinds_of_images(tmp_path: Path, name: str) -> None:
    (page,) = document_of(MADE[name], tmp_path, name).pages
    assert page.width and page.height and not page.given_up


@pytest.mark.parametrize("dpi", [0, 1, 10**6])
def test_dots_an_inch_that_cannot_be_are_not_believed(tmp_path: Path, dpi: int) -> None:
    (page,) = document_of(MADE[f"dots-{dpi}.tiff"], tmp_path).pages
    assert page.width == pytest.approx(595, rel=0.05)  # its letters are those of a sheet of A4


def test_a_picture_that_claims_to_be_metres_wide_is_drawn_no_larger(tmp_path: Path) -> None:
    (page,) = document_of(make._saved(Image.new("1", (10_000, 11_000), 1), "tiff", dpi=(50, 50)), tmp_path).pages
    assert page.width is not None and page.height is not None
    assert page.width * page.height * (300 / 72) ** 2 <= 141_000_000


def test_sixteen_bits_keep_their_tones(tmp_path: Path) -> None:
    from avskrift.ingest.files.images import _grey

    for mode in ("I", "I;16"):
        grey = np.asarray(_grey(Image.new(mode, (40, 40), 40_000)))
        assert int(grey.min()) == int(grey.max()) and abs(int(grey[0, 0]) - 156) < 2


def test_a_file_of_one_damaged_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        BrokenInputError, match=r"scan\.tiff: page 1 could not be read: the image is damaged or cut off"
    ):
        document_of(MADE["cut-off.jpeg"], tmp_path)


def test_libraries_write_nothing_to_standard_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("frames-out-of-the-file.tiff", "frame-2-of-no-width.tiff"):
        document_of(MADE[name], tmp_path)
    assert capfd.readouterr().err == ""
