"""The documents that lie in a message or an archive, and in one that lies in it; nothing deeper."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import InputError, LimitExceededError, UnsupportedFormatError
from avskrift.ingest.files.containers.archive import files_in
from avskrift.ingest.files.containers.held_file import Held, HeldFile
from avskrift.ingest.files.containers.mail import attachments_of
from avskrift.ingest.files.containers.outlook import attachments_in_outlook
from avskrift.ingest.files.file_type import FileType, file_type_of
from avskrift.ingest.files.packed_kind import COMPOUND_MAGIC

_CONTAINERS = (FileType.MAIL, FileType.ARCHIVE)
_DEEPEST = 1
"""Containers between a file and a document in it, beside the file itself."""
_TEXTS = (".txt", ".text")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document in a file: its name with those of what it lies in, its bytes, and what the message around it is."""

    name: str
    data: bytes
    about: str = ""


def documents_in(data: bytes, kind: FileType, *, unpack: bool, depth: int = 0) -> Iterator[HeldDocument]:
    """The documents in the `data` of a file of a `kind`, a message or an archive. Archives in a message are opened
    with `unpack` alone; `depth` is how many containers lie around this one.

    Raises `InputError` for what cannot be opened, and `LimitExceededError` for what lies too deep.
    """
    if depth > _DEEPEST:
        raise LimitExceededError("archives or messages lie in each other deeper than is read")
    held = _attached(data) if kind is FileType.MAIL else Held(())
    for file in held.files if kind is FileType.MAIL else files_in(data):
        found = _kind_of(file)
        if found is FileType.MAIL or (found is FileType.ARCHIVE and (unpack or kind is FileType.ARCHIVE)):
            for inner in documents_in(file.data, found, unpack=unpack, depth=depth + 1):
                yield HeldDocument(f"{file.name}/{inner.name}", inner.data, inner.about or held.about)
        elif found is not None and found not in _CONTAINERS:
            yield HeldDocument(file.name, file.data, held.about)


def _attached(data: bytes) -> Held:
    """What is attached to a message, whatever program keeps it."""
    return attachments_in_outlook(data) if data.startswith(COMPOUND_MAGIC) else attachments_of(data)


def _kind_of(file: HeldFile) -> FileType | None:
    """What kind of document a file is; None for one that cannot be read."""
    try:
        kind = file_type_of(file.data, Path(file.name))
    except InputError:
        return None
    return None if kind is FileType.TEXT and not file.name.lower().endswith(_TEXTS) else kind


def only_document(data: bytes, kind: FileType, *, unpack: bool) -> HeldDocument:
    """The one document in a message or an archive. Raises as `documents_in`, and `UnsupportedFormatError` where there
    is none or more than one, with the names."""
    if kind is FileType.ARCHIVE and not unpack:
        raise UnsupportedFormatError("this is a zip archive; --unpack reads the document in it, or unpack it first")
    first: HeldDocument | None = None
    names: list[str] = []
    for document in documents_in(data, kind, unpack=unpack):
        first = first or document
        names.append(document.name)
    what = "a message" if kind is FileType.MAIL else "an archive"
    if first is None:
        raise UnsupportedFormatError(f"this is {what} without a document that can be read{_others(data, kind)}")
    if len(names) > 1:
        listed = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" * (len(names) > _MOST_NAMED))
        raise UnsupportedFormatError(f"this is {what} with {len(names)} documents ({listed}); batch reads each of them")
    return first


def _others(data: bytes, kind: FileType) -> str:
    """What lies in a message that is no document."""
    if kind is not FileType.MAIL:
        return ""
    held = _attached(data)
    names = ", ".join(file.name for file in held.files[:_MOST_NAMED])
    return f" ({names})" if names else f" ({held.about}); save its text as .txt if that is the document"
