"""Every path that the pages on the code name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("docs/architecture.md", "docs/changing.md", "CONTRIBUTING.md")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
ALL_PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "benchmarks" / "README.md"])
CODE = sorted(p for p in ROOT.rglob("*.py") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts))
FILE = re.compile(r"(?<![\w/.-])((?:[\w-]+/)+[\w.-]+\.(?:py|toml|json|sh|onnx|bin))\b")
PATH = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?((?:[\w.-]+/)+[\w.-]*\w|(?:[\w-]+/)+)(?![\w/])")

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the repository")


def paths_in(text: str) -> set[str]:
    """Paths from the root, and from inside a room (`ocr/page.py`) as they stand."""
    found = {path.rstrip("/") for path in PATH.findall(text)}
    return {path for path in found if not path.startswith((".typing", ".venv"))}


@pytest.mark.parametrize("page", PAGES)
def test_paths_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = {path for path in paths_in(text) if not (ROOT / path).exists() and not any(ROOT.glob(f"*/{path}"))}
    assert not missing


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_files_of_our_folders_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    ours = {file for file in FILE.findall(text) if file.split("/")[0] in FOLDERS}
    assert not {file for file in ours if not (ROOT / file).exists()}


@pytest.mark.parametrize("page", PAGES[:2])
def test_modules_named_of_a_room_are_there(page: str) -> None:
    """A name in backticks with an underscore or a suffix is a module, a folder, a function or a type of the code."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+|[A-Z]\w+)`", (ROOT / page).read_text(encoding="utf-8")))
    modules = {path.stem for path in CODE}
    assert not {name for name in named if name not in modules and not re.search(rf"\b{name}\b", code)}
