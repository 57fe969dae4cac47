"""doctor finds what is missing or damaged, and never ends in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import avskrift

PACKAGE = Path(avskrift.__file__).parent


def doctor(**environment: str) -> tuple[int, str]:
    result = subprocess.run(
        [sys.executable, "-m", "avskrift", "doctor"],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        cwd="/",
        timeout=240,
        check=False,
    )
    assert result.stderr == ""
    return result.returncode, result.stdout


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package whose weights and word lists can be harmed; all else is that of the package."""
    copied = tmp_path / "avskrift"
    networks = ("ingest/ocr/lstm/data", "ingest/ocr/lstm", "ingest/ocr", "ingest")
    for folder in ("corrections/weights", "language/data", "corrections", "language", *networks, "."):
        (copied / folder).mkdir(parents=True, exist_ok=True)
        for entry in (PACKAGE / folder).iterdir():
            if not (copied / folder / entry.name).exists():
                (copied / folder / entry.name).symlink_to(entry)
    return copied


@pytest.mark.parametrize(
    "name",
    [
        *(f"corrections/weights/{n}" for n in ("restorer.onnx", "homographs.bin", "confidence.json")),
        "language/data/pairs.marisa",
    ],
)
def test_weights_that_are_missing(package: Path, name: str) -> None:
    (package / name).unlink()
    status, told = doctor(PYTHONPATH=str(package.parent))
    assert status == 1 and "MISSING Corrections" in told and "To mend it: pip install" in told


def test_weights_that_are_cut_off(package: Path) -> None:
    homographs = package / "corrections/weights/homographs.bin"
    start = homographs.read_bytes()[:5000]
    homographs.unlink()  # a link to the package's own
    homographs.write_bytes(start)
    status, told = doctor(PYTHONPATH=str(package.parent))
    assert status == 1 and "MISSING Corrections" in told and "5,000 weights" in told


def test_all_is_there_in_a_copy_too(package: Path) -> None:
    status, told = doctor(PYTHONPATH=str(package.parent))
    assert status == 0 and "MISSING" not in told


@pytest.mark.parametrize("name", ["Latin.traineddata", "swe.traineddata"])
def test_networks_of_the_engine_that_are_missing_or_cut_off(package: Path, name: str) -> None:
    network = package / "ingest/ocr/lstm/data" / name
    start = network.read_bytes()[:5000]
    network.unlink()  # a link to the package's own
    for _ in range(2):
        status, told = doctor(PYTHONPATH=str(package.parent))
        assert status == 1 and f"MISSING OCR engine: {name}: " in told and "To mend it: pip install" in told
        network.write_bytes(start)


def test_the_engine_reads_a_line() -> None:
    status, told = doctor()
    assert status == 0 and "ok      OCR engine: lstm 2 Latin swe, a drawn line comes out right\n" in told


def test_without_tesseract_nothing_is_missing(tmp_path: Path) -> None:
    status, told = doctor(PATH=str(tmp_path))
    assert status == 0 and "MISSING" not in told
    (line,) = (line for line in told.splitlines() if "Tesseract" in line)
    assert line.startswith("ok ") and "not needed, only for --engine tesseract" in line
    assert "apt-get install tesseract-ocr" in line
