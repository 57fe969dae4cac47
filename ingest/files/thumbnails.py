"""Pages as pictures for people to look at: small, upright and straightened, as boxes of evidence lie on them."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.ingest.files import file_type, images, pdf
from avskrift.ingest.image.preprocessing import straightened
from avskrift.models.page_view import PageView
from avskrift.runtime.input_files import read_file

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
    """The pages of these numbers, in their order; none of a text file. `rotations` and `skews` are those of all pages
    of the record (`source`).

    Raises `InputError`.
    """
    data = read_file(path)
    kind = file_type.container_of(data, path)
    wanted = sorted(set(numbers))
    drawn = (
        pdf.drawn_pages(data, path, password, wanted, _DPI)
        if kind is file_type.Container.PDF
        else _frames(data, path, wanted)
        if kind is file_type.Container.IMAGE
        else iter(())
    )
    found = []
    for number, grey, width, height in drawn:
        rotation = rotations[number - 1] if number <= len(rotations) else 0
        skew = skews[number - 1] if number <= len(skews) else 0.0
        if rotation in (90, 270):
            width, height = height, width
        found.append(PageView(number, width, height, _jpeg(straightened(grey, rotation, skew))))
    return found


def _frames(data: bytes, path: Path, wanted: Sequence[int]) -> Iterator[tuple[int, "Grey", float, float]]:
    for number in wanted:
        for page in images.pages_of(data, path, lambda _: None, range(number, number + 1)):
            if isinstance(page, pdf.PageToOcr):
                yield number, page.render(_DPI), page.width, page.height


def _jpeg(grey: "Grey") -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.fromarray(grey).save(held, "JPEG", quality=_QUALITY, optimize=True)
    return held.getvalue()
