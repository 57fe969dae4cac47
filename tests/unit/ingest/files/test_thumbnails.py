"""Pages as small pictures for people."""

import io
from pathlib import Path

import make_odd_files as make
from PIL import Image

from avskrift.ingest.files.thumbnails import pictures_of


def test_pictures_stand_as_boxes_of_evidence_do(tmp_path: Path) -> None:
    path = tmp_path / "avtal.pdf"
    path.write_bytes(make.one_page(make.shown()))
    (upright,) = pictures_of(path, [1, 1, 5])
    (turned,) = pictures_of(path, [1], rotations=[90])
    assert (upright.width, upright.height) == (turned.height, turned.width) == (595, 842)
    for view in (upright, turned):
        assert view.picture is not None
        size = Image.open(io.BytesIO(view.picture)).size
        assert abs(size[0] / size[1] - view.width / view.height) < 0.01


def test_a_text_has_none(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_text("Granviks kommun", encoding="utf-8")
    assert pictures_of(path, [1]) == []
