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
def weights(tmp_path: Path) -> Path:
    """The weights of a copy of the package that can be harmed; all else is that of the package."""
    copied = tmp_path / "avskrift"
    inner = copied / "corrections"
    weights = inner / "weights"
    weights.mkdir(parents=True)
    for origin, target in (
        (PACKAGE, copied),
        (PACKAGE / "corrections", inner),
        (PACKAGE / "corrections" / "weights", weights),
    ):
        for entry in origin.iterdir():
            if not (target / entry.name).exists():
                (target / entry.name).symlink_to(entry)
    return weights


@pytest.mark.parametrize("name", ["restorer.onnx", "homographs.bin", "confidence.json", "pairs.marisa"])
def test_weights_that_are_missing(weights: Path, name: str) -> None:
    (weights / name).unlink()
    status, told = doctor(PYTHONPATH=str(weights.parents[2]))
    assert status == 1 and "MISSING Corrections" in told and "To mend it: pip install" in told


def test_weights_that_are_cut_off(weights: Path) -> None:
    (weights / "homographs.bin").unlink()
    (weights / "homographs.bin").write_bytes((PACKAGE / "corrections/weights/homographs.bin").read_bytes()[:5000])
    status, told = doctor(PYTHONPATH=str(weights.parents[2]))
    assert status == 1 and "MISSING Corrections" in told and "5,000 weights" in told


def test_all_is_there_in_a_copy_too(weights: Path) -> None:
    status, told = doctor(PYTHONPATH=str(weights.parents[2]))
    assert status == 0 and "MISSING" not in told


def test_an_engine_that_is_missing(tmp_path: Path) -> None:
    status, told = doctor(PATH=str(tmp_path))
    assert status == 1 and "MISSING Tesseract" in told and "apt-get install tesseract-ocr" in told
