"""`--debug-images`: a picture of each page with what was seen on it, made in the worker and written by the command."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import OutputError

if TYPE_CHECKING:
    from pydantic import SecretStr

    from avskrift.models.document import Document


def images_of(file: Path, document: "Document", password: "SecretStr | None") -> list[str]:
    """A PNG in base64 for each page of `document`, which was read from `file`; empty for one that cannot be drawn."""
    from avskrift.ingest.files.thumbnails import pictures_of
    from avskrift.output.record.debug_images import debug_image

    pages = {page.number: page for page in document.pages}
    rotations, skews = [page.rotation for page in document.pages], [page.skew for page in document.pages]
    secret = None if password is None else password.get_secret_value()
    views = pictures_of(file, list(pages), rotations, skews, secret)
    drawn = {view.number: debug_image(pages[view.number], view) for view in views}
    return [b64encode(drawn.get(number, b"")).decode("ascii") for number in pages]


def write_images(folder: Path | None, images: Sequence[str]) -> None:
    """Writes the `images` to `folder`, which is made where it is not there; nothing where there is none. Raises
    `OutputError`."""
    from avskrift.output.atomic_write import write_bytes
    from avskrift.output.record.debug_images import file_of

    if folder is None:
        return

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from None
    for number, image in enumerate(images, 1):
        if image:
            write_bytes(file_of(folder, number), b64decode(image))
