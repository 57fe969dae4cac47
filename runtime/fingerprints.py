"""Everything beside the document and the settings that can change what is read in it, in one place.

The modules and data of this package by their bytes, the libraries that they use and what those bring along by their
versions, the engine's data by their bytes. Pages that are kept and records of a batch are known by it.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from avskrift.errors import InputError
from avskrift.runtime.input_files import sha256_of

_ALWAYS = ("numpy", "pydantic")
_READING = (
    "opencv-python-headless",
    "opencv-python",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pillow-heif",
    "pypdfium2",
    "pytesseract",
    "rapidfuzz",
)
_SHAPE_OF_A_PAGE = ("document.py", "edits.py", "geometry.py")
_RECORDS = ("jsonpatch", "marisa-trie", "onnxruntime", "rapidfuzz", "spacy")


def reading_libraries() -> dict[str, str]:
    """The versions of what reads pages, by name."""
    return _versions(_READING) | {"PDFium": _pdfium()}


def record_libraries() -> dict[str, str]:
    """The versions of what mends text and makes records, by name."""
    return _versions(_RECORDS)


@cache
def reading_modules() -> str:
    """A digest of the modules and data that read pages, and of the shape of a page."""
    shapes = [files("avskrift.models").joinpath(name) for name in _SHAPE_OF_A_PAGE]
    opened = [files("avskrift.runtime").joinpath(name) for name in ("failures.py", "input_files.py")]
    return _digest_of_packages("avskrift.ingest", "avskrift.language") + _digest_of_all([*shapes, *opened])


@cache
def correcting_modules() -> str:
    """A digest of the rules and modules of the corrections, and of what they know of the language."""
    return _digest_of_packages("avskrift.corrections", "avskrift.language")


@cache
def correcting_model() -> str:
    """A digest of the model of the corrections."""
    return _digest_of_all(_all_in(files("avskrift.corrections").joinpath("weights")))


@cache
def parsing_modules() -> str:
    """A digest of the parser, its vocabulary, the shape of records, and how they are written."""
    written = [files("avskrift.output.record").joinpath(name) for name in ("json_file.py", "plain_text.py")]
    written += [files("avskrift.runtime").joinpath("failures.py"), files("avskrift").joinpath("pipeline.py")]
    return _digest_of_packages("avskrift.parsing", "avskrift.models", "avskrift.language") + _digest_of_all(written)


def reading() -> str:
    """A digest of all that reads a page, but for the engine: a page read by another is another page."""
    return hashlib.sha256(json.dumps([reading_modules(), reading_libraries()], sort_keys=True).encode()).hexdigest()


def digest_of_folder(folder: Path, ending: str) -> list[str]:
    """The names and digests of the files of a user's folder, in the order of their names. Raises `InputError`."""
    return [f"{path.name} {sha256_of(path)}" for path in sorted(folder.glob(f"*{ending}"))]


def digest_of_data(path: Path) -> str:
    """The digest of a file of the engine's, kept as long as its size and age are the same; empty where it is none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return _digest_of_file(path, status.st_size, status.st_mtime_ns)


@cache
def _digest_of_file(path: Path, size: int, mtime_ns: int) -> str:
    try:
        return sha256_of(path)[:16]
    except InputError:
        return ""


@cache
def _versions(names: tuple[str, ...]) -> dict[str, str]:
    found = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}", "Unicode": unicodedata.unidata_version}
    for name in (*_ALWAYS, *names):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def _pdfium() -> str:
    """The version of PDFium itself, which pypdfium2 may bring along in another one than its own tells."""
    try:
        told = json.loads(files("pypdfium2_raw").joinpath("version.json").read_bytes())
        return f"{told['major']}.{told['minor']}.{told['build']}.{told['patch']}"
    except (ModuleNotFoundError, OSError, ValueError, KeyError, TypeError):
        return ""


def _digest_of_packages(*packages: str) -> str:
    return _digest_of_all(entry for package in packages for entry in _all_in(files(package)))


def _all_in(folder: Traversable) -> Iterator[Traversable]:
    """The files below `folder`, in the order of their names, without what Python made of them."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "weights"):
            yield from _all_in(entry)
        elif entry.is_file() and not entry.name.endswith((".pyc", ".pyo")):
            yield entry


def _digest_of_all(entries: Iterable[Traversable]) -> str:
    return hashlib.sha256("".join(map(_digest_of, entries)).encode()).hexdigest()[:16]


def _digest_of(entry: Traversable) -> str:
    return hashlib.sha256(entry.name.encode() + b"\0" + entry.read_bytes()).hexdigest()
