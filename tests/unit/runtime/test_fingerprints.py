"""What can change a result is named in one place, and nothing is left out of it."""

import ast
import os
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from avskrift.runtime import fingerprints

ROOT = Path(__file__).parents[3]


def libraries_of(*rooms: str) -> set[str]:
    """The distributions that the modules of some rooms import, wherever in them."""
    names = set()
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    known = packages_distributions()
    foreign = names - set(sys.stdlib_module_names) - {"avskrift"}
    return {known[name][0].lower().replace("_", "-") for name in foreign if name in known}


@pytest.mark.parametrize(
    ("rooms", "told"),
    [
        (("ingest",), fingerprints.reading_libraries()),
        (("corrections", "parsing", "models"), fingerprints.record_libraries()),
    ],
)
def test_every_library_that_can_change_a_result_is_named(rooms: tuple[str, ...], told: dict[str, str]) -> None:
    named = {name.lower().replace("_", "-") for name in told}
    assert libraries_of(*rooms) <= named
    assert {"Python", "Unicode"} <= told.keys() and all(told.values())


def test_data_are_known_by_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "swe.traineddata"
    path.write_bytes(b"one")
    first = fingerprints.digest_of_data(path)
    os.utime(path, (1, 1))
    assert fingerprints.digest_of_data(path) == first != ""
    path.write_bytes(b"two")
    os.utime(path, (2, 2))
    assert fingerprints.digest_of_data(path) not in (first, "")
    path.unlink()
    assert fingerprints.digest_of_data(path) == ""


STAGES = (fingerprints.READING, fingerprints.CORRECTING, fingerprints.PARSING)
RECORDS_ARE_MADE_BY = ("pipeline", "output.record.json_file", "output.record.plain_text")
WITHOUT_EFFECT = {
    "output.atomic_write": "how a file is written, not what",
    "output.temporary_names": "as above",
    "runtime.fingerprints": "what tells of changes",
    "runtime.signals": "when a run stops",
    "runtime.system": "what other processes do",
    "runtime.temporary_folder": "where files are while they are made",
    "runtime.uncollected_imports": "when garbage is looked for",
}
"""Modules that those import which make records, and that no record depends on."""


def imported_by(name: str) -> set[str]:
    """The modules of the package, without its name, that one of them imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file_of(name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("avskrift."):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {below for module in found if file_of(below := module.removeprefix("avskrift.")).exists()}


def file_of(name: str) -> Path:
    place = ROOT / name.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_name(f"{place.name}.py")


def reached_from(*names: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imported_by(name)
    return reached


def covered(name: str, *stages: fingerprints.Stage) -> bool:
    return any(name in stage.modules or name.split(".")[0] in stage.packages for stage in stages)


def test_every_module_that_can_change_a_record_is_in_a_digest() -> None:
    modules = {name for name in reached_from(*RECORDS_ARE_MADE_BY) if file_of(name).name != "__init__.py"}
    left_out = {name for name in modules if not covered(name, *STAGES)}
    assert left_out == WITHOUT_EFFECT.keys()
    assert all(file_of(name).exists() for stage in STAGES for name in (*stage.packages, *stage.modules))


def test_every_module_that_shapes_a_page_is_named() -> None:
    """Kept pages of another shape are other pages."""
    assert all(covered(name, fingerprints.READING) for name in reached_from("models.document"))


def test_a_stage_is_known_by_its_modules() -> None:
    digests = {fingerprints.digest_of_stage(stage) for stage in STAGES}
    assert len(digests) == len(STAGES) and fingerprints.correcting_model() not in digests
    one_more = fingerprints.Stage(fingerprints.READING.packages, (*fingerprints.READING.modules, "errors"))
    assert fingerprints.digest_of_stage(one_more) != fingerprints.digest_of_stage(fingerprints.READING)
