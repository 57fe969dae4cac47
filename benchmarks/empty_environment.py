"""The wheel in an empty environment, without Tesseract: is the sample scan read, and are its core fields right?

    python benchmarks/empty_environment.py [--wheel FILE]

Builds the wheel (unless one is given), installs it with pip and what it requires into a new environment, and reads
examples/klockviken-2023.pdf with a PATH that holds this environment alone. Prints each core field; exit status 1
when one is not as tests/documents/klockviken-2023.golden.json has it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "klockviken-2023.pdf"
GOLDEN = ROOT / "tests" / "documents" / "klockviken-2023.golden.json"
CORE = {
    "document": ("kind", "title", "diary_numbers"),
    "parties": ("name", "kind", "organisation_number", "defined_term", "address"),
    "period": ("valid_from", "valid_to", "extension", "revision"),
    "groups": ("name", "members", "meetings_per_year"),
    "focus_areas": ("name",),
    "annexes": ("number", "title"),
    "signatories": ("name", "title"),
}
"""Attributes of each field that must be as they are in the golden record."""
NOT_IN_A_BUILD = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__")


def built_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built from a copy, since building leaves folders behind."""
    shutil.copytree(ROOT, folder / "source", ignore=NOT_IN_A_BUILD)
    _pip(Path(sys.executable), "wheel", "--no-deps", "-w", folder, folder / "source")
    return next(folder.glob("avskrift-*.whl"))


def core_of(record: dict[str, Any]) -> dict[str, Any]:
    """The core fields, without places and confidences."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(v) for key, v in value.items() if not key.startswith("evidence")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    found: dict[str, Any] = {}
    for name, attributes in CORE.items():
        value = bare(record[name])
        entries = value if isinstance(value, list) else [value]
        found[name] = [{key: entry.get(key) for key in attributes} for entry in entries]
    return found


def read_by(environment: Path, output: Path) -> str:
    """Reads the sample with what is installed in `environment` alone, and says what that took."""
    programs = environment / "bin"
    assert shutil.which("tesseract", path=str(programs)) is None
    begun = time.monotonic()
    subprocess.run(
        [programs / "avskrift", "parse", SAMPLE, "--no-cache", "-o", output],
        check=True,
        cwd="/",
        env={"PATH": str(programs), "HOME": str(environment), "LANG": os.environ.get("LANG", "C.UTF-8")},
    )
    return f"read without Tesseract on PATH in {time.monotonic() - begun:.1f} s"


def _pip(python: Path, *arguments: str | Path) -> None:
    without_ours = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), "-m", "pip", *map(str, arguments), "-qq", "--disable-pip-version-check"]
    subprocess.run(command, check=True, cwd="/", env=without_ours)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        wheel = chosen.wheel.resolve() if chosen.wheel else built_wheel(folder)
        venv.create(folder / "environment", with_pip=True)
        _pip(folder / "environment" / "bin" / "python", "install", wheel)
        print(
            f"{wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB, {read_by(folder / 'environment', folder / 'r.json')}"
        )
        found = core_of(json.loads((folder / "r.json").read_text(encoding="utf-8")))
    true = core_of(json.loads(GOLDEN.read_text(encoding="utf-8")))
    for name in CORE:
        print(f"{name:12} {'right' if found[name] == true[name] else f'wrong: {found[name]}, not {true[name]}'}")
    sys.exit(0 if found == true else 1)


if __name__ == "__main__":
    main()
