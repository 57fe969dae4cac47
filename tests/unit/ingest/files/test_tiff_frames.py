"""Frames of a TIFF, found without what they say of themselves."""

import io

import make_odd_files as make
import pytest
from PIL import Image

from avskrift.ingest.files.tiff_frames import offsets_of, point_to

MADE = {file.name: file.data for file in make._tiffs()}


def test_every_frame_is_found() -> None:
    offsets = offsets_of(MADE["frames.tiff"], 10)
    assert len(offsets) == 3 and len(set(offsets)) == 3
    assert offsets_of(MADE["frames.tiff"], 2) == offsets[:2]


def test_chains_end() -> None:
    assert offsets_of(MADE["frames-in-a-loop.tiff"], 10) == offsets_of(MADE["frames.tiff"], 10)
    assert offsets_of(MADE["frames-out-of-the-file.tiff"], 10)[:3] == offsets_of(MADE["frames.tiff"], 10)


@pytest.mark.parametrize("data", [b"", b"II*\0", MADE["frames.gif"], b"II\x2c\0" + bytes(20)])
def test_what_is_no_tiff_has_no_frames(data: bytes) -> None:
    assert offsets_of(data, 10) == ()


def test_a_frame_by_itself() -> None:
    data = MADE["frames.tiff"]
    file = io.BytesIO(data)
    widths = []
    for offset in offsets_of(data, 10):
        point_to(file, offset)
        file.seek(0)
        widths.append(Image.open(file).width)
    assert widths == [620, 640, 660]
