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


def test_every_module_that_shapes_a_page_is_named() -> None:
    """Kept pages of another shape are other pages."""
    names, waiting = set(), ["document"]
    while waiting:
        names.add(name := waiting.pop())
        tree = ast.parse((ROOT / "models" / f"{name}.py").read_text(encoding="utf-8"))
        used = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        waiting += [m.rpartition(".")[2] for m in used if m.startswith("avskrift.models.")]
    assert names == {Path(name).stem for name in fingerprints._SHAPE_OF_A_PAGE}
