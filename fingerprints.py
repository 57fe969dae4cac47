"""Everything beside the document and the settings that can change what is read in it, in one place.

The modules and data of this package by their bytes, the libraries that they use and what those bring along by their
versions, the engine's data by their bytes. Pages that are kept and records of a batch are known by it.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from avskrift.errors import InputError
from avskrift.input_files import sha256_of

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
    beside = [files("avskrift").joinpath(name) for name in ("failures.py", "input_files.py")]
    return _digest_of_package("avskrift.ingest") + _digest_of_all([*shapes, *beside])


@cache
def correcting_modules() -> str:
    """A digest of the rules and modules of the corrections."""
    return _digest_of_package("avskrift.corrections") + _digest_of_package("avskrift.corrections.rules")


@cache
def correcting_model() -> str:
    """A digest of the model of the corrections."""
    return _digest_of_package("avskrift.corrections.weights")


@cache
def parsing_modules() -> str:
    """A digest of the parser, its vocabulary, the shape of records, and how they are written."""
    written = [files("avskrift.output").joinpath(name) for name in ("json_file.py", "plain_text.py")]
    written += [files("avskrift").joinpath(name) for name in ("failures.py", "pipeline.py")]
    return "".join(
        [
            _digest_of_package("avskrift.parsing"),
            _digest_of_package("avskrift.parsing.vocabulary"),
            _digest_of_package("avskrift.models"),
            _digest_of_all(written),
        ]
    )


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


def _digest_of_package(package: str) -> str:
    entries = sorted(files(package).iterdir(), key=lambda e: e.name)
    return _digest_of_all(e for e in entries if e.is_file() and not e.name.endswith((".pyc", ".pyo")))


def _digest_of_all(entries: Iterable[Traversable]) -> str:
    return hashlib.sha256("".join(map(_digest_of, entries)).encode()).hexdigest()[:16]


def _digest_of(entry: Traversable) -> str:
    return hashlib.sha256(entry.name.encode() + b"\0" + entry.read_bytes()).hexdigest()
