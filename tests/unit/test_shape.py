"""The shape of the repository: packages, links for type checkers, small modules."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"tests", "training", "benchmarks", "docs", "scripts", "examples", "build", "dist"}
LONGER_THAN_400_LINES: set[str] = set()

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the repository")


def shipped_folders() -> set[str]:
    return {
        p.name
        for p in ROOT.iterdir()
        if p.is_dir() and (p / "__init__.py").exists() and p.name not in NOT_SHIPPED and not p.name.startswith(".")
    }


def test_every_package_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    on_disk = {"avskrift"}
    for folder in shipped_folders():
        for init in (ROOT / folder).rglob("__init__.py"):
            on_disk.add("avskrift." + ".".join(init.parent.relative_to(ROOT).parts))
    assert set(project["tool"]["setuptools"]["packages"]) == on_disk


def test_every_shipped_part_is_linked_for_type_checkers() -> None:
    parts = shipped_folders() | {p.name for p in ROOT.glob("*.py")} | {"py.typed"}
    assert {p.name for p in (ROOT / ".typing" / "avskrift").iterdir() if p.is_symlink()} == parts


def test_modules_stay_small() -> None:
    long = set()
    for folder in [*shipped_folders(), "training", "benchmarks"]:
        for path in (ROOT / folder).rglob("*.py"):
            if len(path.read_text(encoding="utf-8").splitlines()) > 400:
                long.add(str(path.relative_to(ROOT)))
    assert long == LONGER_THAN_400_LINES


def test_no_module_bears_a_name_of_the_standard_library() -> None:
    import sys

    assert not {p.stem for p in ROOT.glob("*.py")} & set(sys.stdlib_module_names) - {"__init__", "__main__"}


def test_onnxruntime_is_imported_in_one_place() -> None:
    """Where it is kept from reporting on its user (runtime/inference.py)."""
    importing = set()
    for folder in [*shipped_folders(), *NOT_SHIPPED - {"build", "dist"}, "."]:
        for path in (ROOT / folder).glob("*.py" if folder == "." else "**/*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if any(name.split(".")[0] == "onnxruntime" for name in names):
                    importing.add(str(path.relative_to(ROOT)))
    assert importing == {"runtime/inference.py"}
