"""From a path to an open document, whatever kind of file it is."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from avskrift.errors import InputError
from avskrift.ingest.files.document_file import DocumentFile, FileBytes
from avskrift.ingest.files.file_type import FileType, file_type_of
from avskrift.ingest.files.whole_file import WholeFile, WholeReading
from avskrift.models.limits import USUAL_PAGES
from avskrift.models.options import ReadingOptions
from avskrift.runtime.input_files import read_file


def open_document(
    path: Path, password: str | None = None, most_pages: int = USUAL_PAGES, *, unpack: bool = False
) -> DocumentFile:
    """The document at `path`; its bytes are read now, once. `password` opens an encrypted PDF; `most_pages` is the most
    that it may have. The only document attached to a message is that, and with `unpack` the only one in an archive.

    Raises `InputError` for a file that cannot be read, `UnsupportedFormatError` for a kind that is not known.
    """
    source = FileBytes(path, read_file(path))
    kind = file_type_of(source.data, path)
    if kind in (FileType.MAIL, FileType.ARCHIVE):
        return _in_container(source, kind, password, most_pages, unpack=unpack)
    return _of_kind(source, kind, password, most_pages)


def _of_kind(source: FileBytes, kind: FileType, password: str | None, most_pages: int) -> DocumentFile:
    if kind is FileType.TEXT:
        from avskrift.ingest.files.plain_text import TextFile

        return TextFile(source)
    if kind is FileType.PDF:
        from avskrift.ingest.files.pdf import PdfFile

        return PdfFile(source, password, most_pages)
    if kind is FileType.IMAGE:
        from avskrift.ingest.files.images import ImageFile

        return ImageFile(source, most_pages)
    return WholeFile(source, _reader_of(kind), most_pages)


def _reader_of(kind: FileType) -> Callable[[bytes], WholeReading]:
    """What makes the pages of a file of a kind at once."""
    if kind is FileType.DOCX:
        from avskrift.ingest.files.office.docx import read_docx

        return read_docx
    if kind is FileType.ODT:
        from avskrift.ingest.files.office.odt import read_odt

        return read_odt
    if kind is FileType.PAGE_XML:
        from avskrift.ingest.files.recognised.page_xml import read_page_xml

        return read_page_xml
    if kind is FileType.ALTO:
        from avskrift.ingest.files.recognised.alto import read_alto

        return read_alto
    from avskrift.ingest.files.recognised.hocr import read_hocr

    return read_hocr


def _in_container(
    source: FileBytes, kind: FileType, password: str | None, most_pages: int, *, unpack: bool
) -> DocumentFile:
    """The one document in a message or an archive, with what tells of it."""
    from avskrift.ingest.files.containers.held_documents import only_document
    from avskrift.ingest.files.containers.member_file import MemberFile

    try:
        found = only_document(source.data, kind, unpack=unpack)
    except InputError as error:
        raise type(error)(f"{source.path}: {error}") from None
    path = source.path / found.name
    file = _of_kind(FileBytes(path, found.data), file_type_of(found.data, path), password, most_pages)
    around = f"attached to {found.about}" if found.about else "which lies"
    return MemberFile(file, f"the document is {found.name}, {around} in {source.path.name}")


@contextmanager
def opened(source: Path | DocumentFile, options: ReadingOptions) -> Iterator[DocumentFile]:
    """A document, opened here as `options` say where `source` is a path, and closed in the end. Raises as
    `open_document`."""
    if isinstance(source, Path):
        password = options.password.get_secret_value() if options.password is not None else None
        source = open_document(source, password, options.max_pages, unpack=options.unpack)
    with closing(source):
        yield source
