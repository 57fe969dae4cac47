"""The documents that verified records were made of, found by what is in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import InputError, UsageError
from avskrift.models.agreement import Agreement, SourceFile
from avskrift.parsing.parts.own_pages import pages_of
from avskrift.runtime.input_files import sha256_of


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document at `path`, and the record that people verified, from a file called `name`."""

    name: str
    path: Path
    record: Agreement


def documents_of(
    records: Iterable[tuple[str, Agreement]], folder: Path, left_out: Callable[[str], None]
) -> list[VerifiedDocument]:
    """The documents of some `records`, each with the name of its file, in the order of their digests: those in a
    `folder`, or below it, that hold the same bytes. Files that are called as the record has it are looked at first.

    `left_out` is called with a line for each record that has no document there, or the same as another. Raises
    `UsageError` where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of documents")
    archive = _Archive(folder)
    found: dict[tuple[str, tuple[int, ...]], VerifiedDocument] = {}
    for name, record in records:
        key = record.source.sha256, tuple(pages_of(record))
        path = archive.file_of(record.source)
        if path is None:
            left_out(f"{name}: its document ({record.source.file}) is not in {folder}")
        elif key in found:
            left_out(f"{name}: it is left out, {found[key].name} is of the same document")
        else:
            found[key] = VerifiedDocument(name, path, record)
    return [found[key] for key in sorted(found)]


def files_below(folder: Path, ending: str = "") -> list[Path]:
    """The files in a folder and below it whose names end so, in the order of their names; hidden ones are none."""
    found = (path for path in folder.rglob(f"*{ending}") if path.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


class _Archive:
    """The files of a folder by their digests; each is read once, and only if it is needed."""

    def __init__(self, folder: Path) -> None:
        self._files = [path for path in files_below(folder) if path.suffix.lower() != ".json"]
        self._digests: dict[Path, str] = {}

    def file_of(self, source: SourceFile) -> Path | None:
        """The file that a record was made of; None where it is not there."""
        name = Path(source.file).name
        for path in sorted(self._files, key=lambda path: path.name != name):
            if self._digest(path) == source.sha256:
                return path
        return None

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            try:
                self._digests[path] = sha256_of(path)
            except InputError:  # what cannot be opened is no document that was read
                self._digests[path] = ""
        return self._digests[path]
