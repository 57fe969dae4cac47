"""Files are opened where it is done with care, and nowhere else: read in ingest.files, written in output."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"tests", "training", "benchmarks", "docs", "scripts", "examples", "build", "dist"}

OPENING = {"NamedTemporaryFile", "TemporaryFile", "fdopen", "mkstemp", "open", "open_code"}
WRITING = {"imwrite", "write_bytes", "write_text"}
READING = {"imread", "read_bytes", "read_text"}
NO_FILES = {"pdfplumber.open", "Image.open", "codecs.open"}
"""Of what is in memory."""
ALLOWED = {
    "ingest/files/": "documents, and pages that are kept",
    "output/": "whatever is written for a user",
    "runtime/input_files.py": "whatever a user names",
    "runtime/streams.py": "standard streams",
    "runtime/system.py": "what the system tells of itself",
    "runtime/temporary_folder.py": "temporary files",
    "ingest/ocr/": "pictures for an engine, in the temporary folder",
    "batch/locks.py": "locks",
    "cli/app.py": "standard streams",
    "cli/doctor.py": "whether a temporary file can be made",
    "__main__.py": "standard streams",
}

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the repository")


def calls_in(path: Path) -> set[str]:
    """The names of all that a module calls: `open`, or `path.open` with what it is called on."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {ast.unparse(call) for call in calls}


def reads_package_data(path: Path) -> bool:
    return "from importlib.resources import " in path.read_text(encoding="utf-8")


def opens_a_file(path: Path) -> bool:
    calls = calls_in(path) - NO_FILES
    methods = {call.rpartition(".")[2] for call in calls if "." in call}
    looked_for = WRITING | OPENING - {"open"} if reads_package_data(path) else WRITING | OPENING | READING
    return bool(calls & OPENING or methods & looked_for)


def modules() -> list[Path]:
    rooms = [init.parent for init in ROOT.glob("[a-z]*/__init__.py") if init.parent.name not in NOT_SHIPPED]
    return [*ROOT.glob("*.py"), *(path for room in rooms for path in room.rglob("*.py"))]


def test_files_are_opened_where_it_is_done_with_care() -> None:
    opening = {path.relative_to(ROOT).as_posix() for path in modules() if opens_a_file(path)}
    assert {name for name in opening if not name.startswith(tuple(ALLOWED))} == set()
    assert {place for place in ALLOWED if not any(name.startswith(place) for name in opening)} == set()


@pytest.mark.parametrize("line", ["open('a')", "path.read_text()", "os.fdopen(3)", "(folder / 'a').write_bytes(b'')"])
def test_a_module_that_opens_a_file_is_seen(tmp_path: Path, line: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(line, encoding="utf-8")
    assert opens_a_file(module)
