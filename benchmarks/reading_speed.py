"""How fast scans are read beside bare Tesseract and OCRmyPDF, in turns; kept pages, born-digital pages, memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from interleaved import Cost, cost_of, in_turns, print_costs
from reading_programs import (
    DPI,
    batch_command,
    installed,
    ocrmypdf_command,
    parse_command,
    tesseract_command,
    tesseract_loop,
)
from scan_folders import WORKERS, Asked, Scan, groups, pictures_of

from avskrift.ingest import read
from avskrift.models.document import PageSource
from avskrift.models.options import ReadingOptions

_LIBRARY = """
import json, resource, sys, time
from pathlib import Path
from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.options import ReadingOptions
who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
cpu = lambda: sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, who))
engine, jobs, *scans = sys.argv[1:]
wall, used = time.perf_counter(), cpu()
for scan in scans:
    correct(read(Path(scan), ReadingOptions(engine=engine, jobs=int(jobs))))
print(json.dumps([time.perf_counter() - wall, cpu() - used]))
"""
"""Reading and correcting by calls, all scans in one process; what loading the packages takes is not counted."""

_LONG_SCAN = """
import resource, sys
from pathlib import Path
from avskrift.models.options import PipelineOptions, ReadingOptions
from avskrift.pipeline import record_of, transcribe
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20
reported = {0}
def report(done, known):
    if done not in reported and (done in (20, 50) or done % 100 == 0):
        reported.add(done)
        print(f"{done} pages {resident()} MB", end="; ", flush=True)
def peak():  # not ru_maxrss, which begins with that of the process that began this one
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))
def was_read():
    print(f"peak of reading {peak()} MB", end="; ", flush=True)
options = PipelineOptions(reading=ReadingOptions(engine=sys.argv[1]))
document = transcribe(Path(sys.argv[2]), options, report, was_read)
record_of(document, options)
print(f"with the record {resident()} MB, peak {peak()} MB")
"""


def commands(asked: Asked) -> None:
    """Whole commands with two workers, from start to end, and the same by calls in one process."""
    print(
        f"## Whole commands, {WORKERS} workers, {asked.rounds} rounds in turns: each figure of the best and the median"
    )
    for folder, profile, scans in groups(asked):
        print(f"# {folder.name}")
        with tempfile.TemporaryDirectory() as work:
            rivals = _rivals(asked, scans, Path(work))
            print_costs(profile, sum(len(scan.true_pages) for scan in scans), in_turns(rivals, asked.rounds))


def _rivals(asked: Asked, scans: list[Scan], work: Path) -> dict[str, Callable[[], Cost]]:
    """What is to be measured, by name; results go to folders in `work`, each to its own."""
    inputs, pictures = work / "scans", work / "pictures"
    inputs.mkdir()
    pictures.mkdir()
    rivals: dict[str, Callable[[], Cost]] = {}
    for scan in scans:
        (inputs / scan.path.name).write_bytes(scan.path.read_bytes())
        if "tesseract" in installed():
            pictures_of(scan.path, pictures, DPI)
    if "tesseract" in installed():
        rivals["tesseract, xargs -P2"] = lambda: cost_of([tesseract_loop(pictures, DPI)])
    if "ocrmypdf" in installed():
        rivals["ocrmypdf -j 2"] = lambda: _into_new_folder(
            work, lambda folder: cost_of([ocrmypdf_command(scan.path, folder) for scan in scans])
        )
    for engine in asked.engines:
        rivals |= _own_rivals(engine, scans, inputs, work)
    return rivals


def _own_rivals(engine: str, scans: list[Scan], inputs: Path, work: Path) -> dict[str, Callable[[], Cost]]:
    return {
        f"avskrift parse --jobs 2 ({engine})": lambda: _into_new_folder(
            work, lambda folder: cost_of([parse_command(scan.path, folder, engine) for scan in scans])
        ),
        f"avskrift batch --jobs 2 ({engine})": lambda: _into_new_folder(
            work, lambda folder: cost_of([batch_command(inputs, folder / "out", engine)])
        ),
        f"read and correct by calls ({engine})": lambda: _by_calls(engine, scans, WORKERS),
    }


def _into_new_folder(work: Path, measured: Callable[[Path], Cost]) -> Cost:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        return measured(Path(folder))


def _by_calls(engine: str, scans: list[Scan], jobs: int) -> Cost:
    command = [sys.executable, "-c", _LIBRARY, engine, str(jobs), *(str(scan.path) for scan in scans)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    wall, cpu = json.loads(done.stdout)
    return Cost(wall, cpu)


def pictures(asked: Asked) -> None:
    """One core: bare Tesseract on the pictures of a scan, ours on the scan that they are the pages of."""
    print("## CPU on the same pictures, of the scanner's resolution: bare Tesseract, whole command, reading by calls")
    if "tesseract" not in installed():
        print("tesseract is not installed: left out")
        return
    for folder, _, scans in groups(asked):
        print(f"# {folder.name}")
        for scan in scans:
            with tempfile.TemporaryDirectory() as work:
                found = in_turns(_on_pictures(scan, Path(work), asked.engines), asked.rounds)
            print_costs(scan.path.stem, len(scan.true_pages), found)


def _on_pictures(scan: Scan, work: Path, engines: tuple[str, ...]) -> dict[str, Callable[[], Cost]]:
    from PIL import Image

    pages = pictures_of(scan.path, work, scan.dpi)
    bound = work / "all.tiff"  # the very pictures that Tesseract is given, in one file
    first, *others = [Image.open(page) for page in pages]
    first.save(bound, save_all=True, append_images=others, dpi=(scan.dpi, scan.dpi))
    rivals: dict[str, Callable[[], Cost]] = {
        "tesseract": lambda: cost_of([tesseract_command(page, scan.dpi) for page in pages])
    }
    picture = Scan(bound, scan.document, scan.profile)
    for engine in engines:
        command = [*parse_command(bound, work, engine), "--jobs", "1"]
        rivals[f"avskrift parse ({engine})"] = partial(cost_of, [command])
        rivals[f"read and correct by calls ({engine})"] = partial(_by_calls, engine, [picture], 1)
    return rivals


def kept(asked: Asked) -> None:
    """A second run with kept pages."""
    print("## Seconds for a scan, read and then read again with kept pages")
    for _, _, scans in groups(asked, ("office200",)):
        scan = scans[0].path
        with tempfile.TemporaryDirectory() as folder:
            options = ReadingOptions(engine=asked.engines[0], jobs=WORKERS, cache_folder=Path(folder))
            seconds = []
            for _ in range(2):
                begun = time.perf_counter()
                read(scan, options)
                seconds.append(time.perf_counter() - begun)
        print(
            f"{scan.stem:28} {seconds[0]:.2f} {seconds[1]:.3f} {seconds[0] / seconds[1]:.0f} times faster", flush=True
        )


def born_digital(asked: Asked) -> None:
    """Pages a second of born-digital PDFs: pdfplumber's words with boxes, with its tables too, and ours."""
    import pdfplumber

    print("## Born-digital pages a second: pdfplumber (words), pdfplumber (words and tables), avskrift, tables on")
    for path in sorted((asked.shared / "real").glob("*.pdf"))[: asked.most]:
        document = read(path, ReadingOptions(engine="none"))
        if any(page.source is not PageSource.TEXT_LAYER for page in document.pages):
            continue
        pages = len(document.pages)
        seconds = []
        for tables in (False, True):
            begun = time.perf_counter()
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_words(extra_attrs=["size", "fontname"])
                    if tables:
                        page.find_tables()
                    page.close()
            seconds.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        read(path, ReadingOptions(engine="none"))
        seconds.append(time.perf_counter() - begun)
        rates = " ".join(f"{pages / s:7.1f}" for s in seconds)
        print(f"{path.name:40} {rates}   {seconds[0] / seconds[2]:.1f} and {seconds[1] / seconds[2]:.1f} times as fast")


def memory(asked: Asked) -> None:
    """Resident memory of one worker while it reads a long scan, then of the whole record."""
    import pikepdf

    print(f"## Resident memory of one worker that reads a scan of {asked.pages} pages")
    for _, profile, scans in groups(asked, ("office200",)):
        with tempfile.TemporaryDirectory() as folder:
            long = Path(folder) / "long.pdf"
            with pikepdf.open(scans[-1].path) as one, pikepdf.new() as many:
                for number in range(asked.pages):
                    many.pages.append(one.pages[number % len(one.pages)])
                many.save(long)
            for engine in asked.engines:
                print(f"{scans[-1].document} {profile} {engine}: ", end="", flush=True)
                subprocess.run(
                    [sys.executable, "-c", _LONG_SCAN, engine, str(long)], check=True, cwd="/", env=os.environ
                )
        return
