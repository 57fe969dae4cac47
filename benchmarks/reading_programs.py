"""Programs that read scans: bare Tesseract, OCRmyPDF and ours, each as a command line and as the text of pages."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from interleaved import ONE_THREAD
from scan_folders import WORKERS, pictures_of

from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.options import ReadingOptions
from avskrift.output.record.plain_text import text_of

DPI = 200
"""Dots an inch of the pictures that bare Tesseract is given."""
Command = list[str | Path]


def installed() -> tuple[str, ...]:
    return tuple(name for name in ("tesseract", "ocrmypdf") if shutil.which(name))


def tesseract_command(picture: Path, dpi: int) -> Command:
    """Writes the text beside the picture."""
    return ["tesseract", picture, picture, "-l", "swe", "--dpi", str(dpi)]


def tesseract_loop(folder: Path, dpi: int) -> Command:
    """The same for all pictures in a folder, two at a time."""
    line = f"ls {folder}/*.tif | xargs -P{WORKERS} -I@ tesseract @ @ -l swe --dpi {dpi}"
    return ["bash", "-c", line]


def ocrmypdf_command(scan: Path, folder: Path) -> Command:
    """Writes PDF and text into a folder."""
    options = ("-q", "-l", "swe", "--force-ocr", "-j", str(WORKERS))
    return ["ocrmypdf", *options, "--sidecar", folder / f"{scan.stem}.txt", scan, folder / f"{scan.stem}.out.pdf"]


def ocrmypdf_loop(folder: Path, results: Path) -> Command:
    """OCRmyPDF for all scans in a folder, two at a time, writing its quickest kind of PDF."""
    line = (
        f"cd {folder} && ls *.pdf | xargs -P{WORKERS} -I@ ocrmypdf -q -l swe --force-ocr --jobs 1 --output-type pdf "
        f"--sidecar {results}/@.txt @ {results}/@"
    )
    return ["bash", "-c", line]


def parse_command(scan: Path, folder: Path, engine: str) -> Command:
    """Ours: read, corrected and understood."""
    options = ("--engine", engine, "--jobs", str(WORKERS), "--no-cache", "-o", folder / f"{scan.stem}.json")
    return [sys.executable, "-m", "avskrift", "parse", scan, *options]


def batch_command(scans: Path, output: Path, engine: str) -> Command:
    """The same for a folder of scans."""
    options = ("--engine", engine, "--jobs", str(WORKERS), "-o", output)
    return [sys.executable, "-m", "avskrift", "batch", scans, *options]


def texts(scan: Path, engines: Sequence[str]) -> dict[str, list[str]]:
    """The text of each page by each program that is installed, and by ours with each engine, raw and corrected."""
    programs: dict[str, Callable[[Path], list[str]]] = {"tesseract": _by_tesseract, "ocrmypdf": _by_ocrmypdf}
    labels = {"tesseract": "tesseract alone", "ocrmypdf": "ocrmypdf --sidecar"}
    found = {labels[name]: programs[name](scan) for name in installed()}
    for engine in engines:
        document = read(scan, ReadingOptions(engine=engine, jobs=WORKERS))
        found[f"avskrift {engine}, as read"] = text_of(document).split("\f")
        found[f"avskrift {engine}, corrected"] = text_of(correct(document)).split("\f")
    return found


def _by_tesseract(scan: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(_text_of_picture, pictures_of(scan, Path(folder), DPI)))


def _text_of_picture(picture: Path) -> str:
    subprocess.run(tesseract_command(picture, DPI), capture_output=True, check=True, env=ONE_THREAD)
    return Path(f"{picture}.txt").read_text(encoding="utf-8").replace("\f", "")


def _by_ocrmypdf(scan: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(ocrmypdf_command(scan, Path(folder)), check=True, capture_output=True, env=ONE_THREAD)
        return (Path(folder) / f"{scan.stem}.txt").read_text(encoding="utf-8").split("\f")
