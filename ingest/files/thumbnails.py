"""Pages as pictures for people to look at: small, upright and straightened."""

import io
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.image.preprocessing import straightened
from avskrift.models.page_frame import PageFrame
from avskrift.models.page_view import PageView

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey

_DPI = 90
_QUALITY = 55
"""Of the JPEG, 1 to 95: print stays readable, and a page takes some 60 kB."""


def pictures_of(
    path: Path,
    numbers: Sequence[int],
    rotations: Sequence[int] = (),
    skews: Sequence[float] = (),
    password: str | None = None,
) -> list[PageView]:
    """The pages of these `numbers` (from 1) of the file at `path`, in their order; none of a text file.

    `rotations` and `skews`, in degrees, are those of all pages of the record (`source`); `password` opens an encrypted
    PDF. Raises `InputError`.
    """
    views = []
    with closing(open_document(path, password)) as file:
        for number, grey, width, height in file.pictures(sorted(set(numbers)), _DPI):
            rotation = rotations[number - 1] if number <= len(rotations) else 0
            skew = skews[number - 1] if number <= len(skews) else 0.0
            frame = PageFrame(width, height, rotation, skew)
            picture = _jpeg(straightened(grey, rotation, skew))
            views.append(PageView(number, *frame.upright_size, picture, frame=frame))
    return views


def _jpeg(grey: "Grey") -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
