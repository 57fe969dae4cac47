"""Everything but the document and the settings that can change what is read in it, in one place.

The modules and data of this package by their bytes, the libraries that they use and what those bring along by their
versions, the engine's data by their bytes. Pages that are kept and records of a batch are known by it.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from avskrift.errors import InputError
from avskrift.runtime.input_files import sha256_of


@dataclass(frozen=True, slots=True)
class Stage:
    """What of this package takes part in one stage of making a record: `packages` with their data, and single
    `modules`, both named below `avskrift`. A stage that is done again is done with all that follow."""

    packages: tuple[str, ...]
    modules: tuple[str, ...] = ()


READING = Stage(
    ("ingest", "language"),
    (
        "models.document",
        "models.edits",
        "models.geometry",
        "models.limits",
        "models.page_frame",
        "runtime.failures",
        "runtime.input_files",
    ),
)
"""What reads pages, and the shape of a page."""
CORRECTING = Stage(("corrections", "language"), ("runtime.inference",))
PARSING = Stage(
    ("parsing", "models", "language"),
    (
        "errors",
        "output.record.json_file",
        "output.record.plain_text",
        "pipeline",
        "runtime.failures",
        "runtime.inference",
        "runtime.package_parts",
    ),
)
"""The parser with its vocabulary, the shape of records, and how they are written."""

_ALWAYS = ("numpy", "pydantic")
_READING_LIBRARIES = (
    "asn1crypto",
    "cryptography",
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
_RECORD_LIBRARIES = ("jsonpatch", "marisa-trie", "onnxruntime", "rapidfuzz", "spacy")
_MODEL = "weights"
"""The folder of what was trained, which is known by itself."""


def reading_libraries() -> dict[str, str]:
    """The versions of what reads pages, by name."""
    return _versions(_READING_LIBRARIES) | {"PDFium": _pdfium()}


def record_libraries() -> dict[str, str]:
    """The versions of what corrects text and makes records, by name."""
    return _versions(_RECORD_LIBRARIES)


@cache
def digest_of_stage(stage: Stage) -> str:
    """A digest of all that a stage does, but for its libraries and its model."""
    modules = [files("avskrift").joinpath(f"{name.replace('.', '/')}.py") for name in stage.modules]
    return _digest([*map(_digest_of_package, stage.packages), *map(_digest_of, modules)])


@cache
def correcting_model() -> str:
    """A digest of the model of the corrections."""
    return _digest(map(_digest_of, _all_in(files("avskrift.corrections").joinpath(_MODEL))))


def reading() -> str:
    """A digest of all that reads a page, but for the engine: a page read by another is another page."""
    return _digest([digest_of_stage(READING), json.dumps(reading_libraries(), sort_keys=True)])


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
    """The version of PDFium itself, which pypdfium2 may bring along in another one than its own suggests."""
    try:
        stated = json.loads(files("pypdfium2_raw").joinpath("version.json").read_bytes())
        return f"{stated['major']}.{stated['minor']}.{stated['build']}.{stated['patch']}"
    except (ModuleNotFoundError, OSError, ValueError, KeyError, TypeError):
        return ""


@cache
def _digest_of_package(package: str) -> str:
    return _digest(map(_digest_of, _all_in(files(f"avskrift.{package}"))))


def _all_in(folder: Traversable) -> Iterator[Traversable]:
    """The files below `folder`, in the order of their names, without models and what Python made of modules."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name not in ("__pycache__", _MODEL):
            yield from _all_in(entry)
        elif entry.is_file() and not entry.name.endswith((".pyc", ".pyo")):
            yield entry


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _digest_of(entry: Traversable) -> str:
    return hashlib.sha256(entry.name.encode() + b"\0" + entry.read_bytes()).hexdigest()
