"""How well and how fast pages are read, beside programs that a user could pick instead: OCRmyPDF and bare Tesseract.

All read the same scans in the same run with two workers; what is not installed is left out.
"""

import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.document import Document, PageSource
from avskrift.models.options import ReadingOptions
from avskrift.output.record.plain_text import text_of

WORKERS = 2
_DPI = 200
_ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
_PROFILES = ("clean300", "office200", "fax", "bad150", "rotated", "badlayer", "badlayer+bad150", "badlayer+fax")


def readers(shared: Path) -> None:
    """Error rates of each reader over each kind of scan, and pages a minute."""
    score = _score(shared)
    print(f"## Pages, {WORKERS} workers: lines, page in reading order, words lost (score/pages.py), pages a minute")
    own: dict[str, Callable[[Path], list[str]]] = {"tesseract alone": _bare}
    if shutil.which("ocrmypdf"):
        own["ocrmypdf --sidecar"] = _ocrmypdf
    for profile in _PROFILES:
        scans = sorted((shared / "scans").glob(f"*.{profile}.pdf"))
        sums: dict[str, list[list[int]]] = defaultdict(lambda: [[0, 0], [0, 0], [0, 0]])
        seconds: dict[str, float] = defaultdict(float)
        pages = 0
        for scan in scans:
            true = (scan.parent / f"{scan.name.partition('.')[0]}.gold.txt").read_text(encoding="utf-8").split("\f")
            pages += len(true)
            found: dict[str, list[str]] = {}
            for name, reader in own.items():
                begun = time.perf_counter()
                found[name] = reader(scan)
                seconds[name] += time.perf_counter() - begun
            begun = time.perf_counter()
            document = read(scan, ReadingOptions(jobs=WORKERS))
            seconds["avskrift, as read"] += time.perf_counter() - begun
            found["avskrift, as read"] = text_of(document).split("\f")
            found["avskrift, corrected"] = text_of(correct(document)).split("\f")
            seconds["avskrift, corrected"] += time.perf_counter() - begun
            for name, texts in found.items():
                padded = texts + [""] * (len(true) - len(texts))
                for row, measured in zip(
                    sums[name], (score.line_errors, score.page_errors, score.lost_words), strict=True
                ):
                    for a, b in zip(true, padded, strict=False):
                        errors, of = measured(a, b)
                        row[0] += errors
                        row[1] += of
        for name, rows in sums.items():
            shares = " ".join(f"{errors / max(1, of):8.2%}" for errors, of in rows)
            print(f"{profile:16} {name:22} {shares} {60 * pages / seconds[name]:7.1f}", flush=True)


def _score(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("pages_score", shared / "score" / "pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pictures(scan: Path, folder: Path) -> list[Path]:
    """The pages as grey pictures without compression, at 200 dots an inch."""
    import pypdfium2

    found = []
    with pypdfium2.PdfDocument(scan) as drawn:
        for number, sheet in enumerate(drawn, 1):
            found.append(folder / f"{number:04}.pgm")
            sheet.render(scale=_DPI / 72, grayscale=True).to_pil().save(found[-1])
    return found


def _bare(scan: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(_tesseract, _pictures(scan, Path(folder))))


def _tesseract(picture: Path) -> str:
    command = ["tesseract", str(picture), "-", "-l", "swe", "--dpi", str(_DPI)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_ONE_THREAD).stdout


def _ocrmypdf(scan: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "text.txt"
        command = ["ocrmypdf", "-q", "-l", "swe", "--force-ocr", "--sidecar", str(out), "-j", str(WORKERS)]
        subprocess.run([*command, str(scan), str(Path(folder) / "out.pdf")], check=True, env=_ONE_THREAD)
        return out.read_text(encoding="utf-8").split("\f")


def cpu(shared: Path) -> None:
    """CPU seconds a page: the engine alone on the same pictures, and all of reading; a second run with kept pages."""
    print("\n## CPU seconds a page: Tesseract alone on the same pictures, avskrift (reading), ratio")
    for name in ("ostermalm2020.office200", "info2021.office200", "norrmalm2016.office200"):
        scan = shared / "scans" / f"{name}.pdf"
        with tempfile.TemporaryDirectory() as folder:
            pictures = _pictures(scan, Path(folder))
            bare = _spent([["tesseract", str(p), str(p), "-l", "swe", "--dpi", str(_DPI), "tsv"] for p in pictures])
            code = f"from pathlib import Path; from avskrift.ingest import read; read(Path({str(scan)!r}))"
            end_to_end = _spent([[sys.executable, "-c", code]])
            print(f"{name:28} {bare / len(pictures):.2f} {end_to_end / len(pictures):.2f} {end_to_end / bare:.2f}")
    print("\n## Seconds for a scan, read and then read again with kept pages")
    with tempfile.TemporaryDirectory() as folder:
        options = ReadingOptions(jobs=WORKERS, cache_folder=Path(folder))
        first, again = _timed(shared / "scans" / "norrmalm2016.office200.pdf", options)
        print(f"norrmalm2016.office200       {first:.2f} {again:.3f} {first / again:.0f} times faster")


def _timed(scan: Path, options: ReadingOptions) -> tuple[float, float]:
    found = []
    for _ in range(2):
        begun = time.perf_counter()
        read(scan, options)
        found.append(time.perf_counter() - begun)
    return found[0], found[1]


def _spent(commands: Sequence[Sequence[str]]) -> float:
    """User and system seconds of commands and their children, one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, check=True, capture_output=True, env=_ONE_THREAD)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cells(shared: Path) -> None:
    """Cells of tables that stand in the right row and column with their text."""
    print("\n## Cells of ruled tables in the right row and column, with their text (alike to 90 of 100)")
    for profile in ("clean300", "office200", "fax", "bad150"):
        right = total = 0
        for scan in sorted((shared / "scans").glob(f"*.{profile}.pdf")):
            gold = json.loads((scan.parent / f"{scan.name.partition('.')[0]}.gold.json").read_text(encoding="utf-8"))
            tables = [t for page in gold["pages"] for b in page["blocks"] if (t := _rows(b)) is not None]
            if not tables:
                continue
            found = _tables(correct(read(scan, ReadingOptions(jobs=WORKERS))))
            for page in gold["pages"]:
                true = [t for b in page["blocks"] if (t := _rows(b)) is not None]
                for number, rows in enumerate(true):
                    for r, row in enumerate(rows):
                        for c, text in enumerate(row):
                            if text.strip():
                                total += 1
                                read_as = found.get((page["n"], number, r, c), "")
                                right += fuzz.ratio(_flat(text), _flat(read_as)) >= 90
        if total:
            print(f"{profile:12} {right} of {total} ({right / total:.1%})", flush=True)


def _rows(block: dict[str, Any]) -> list[list[str]] | None:
    if block["kind"] == "grid":
        return [list(map(str, row)) for row in block["rows"]]
    if block["kind"] == "table":
        return [[row["l"], row["r"]] for row in block["rows"]]
    return None


def _flat(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _tables(document: Document) -> dict[tuple[int, int, int, int], str]:
    found: dict[tuple[int, int, int, int], str] = {}
    for page, line in document.lines():
        if line.cell is not None:
            key = (page.number, line.cell.table, line.cell.row, line.cell.column)
            found[key] = f"{found.get(key, '')} {line.text}"
    return found


def born_digital(shared: Path) -> None:
    """Pages a second of born-digital PDFs: pdfplumber's words with boxes, with its tables too, and ours."""
    import pdfplumber

    print("\n## Born-digital pages a second: pdfplumber (words), pdfplumber (words and tables), avskrift, tables on")
    for path in sorted((shared / "real").glob("*.pdf")):
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


def memory(shared: Path, lengths: Sequence[int] = (20, 80, 500)) -> None:
    """Peak memory of the process that reads a long scan, without what the engine's own processes take."""
    import pikepdf

    print("\n## Peak memory of a long scan, two workers: pages, MB of this process, MB of the largest engine process")
    scan = shared / "scans" / "ostermalm2020.office200.pdf"
    with tempfile.TemporaryDirectory() as folder:
        for length in lengths:
            long = Path(folder) / f"{length}.pdf"
            with pikepdf.open(scan) as one, pikepdf.new() as many:
                for number in range(length):
                    many.pages.append(one.pages[number % len(one.pages)])
                many.save(long)
            code = (
                "import resource; from pathlib import Path; from avskrift.ingest import read; "
                "from avskrift.models.options import ReadingOptions; "
                f"read(Path({str(long)!r}), ReadingOptions(jobs={WORKERS})); "
                "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "
                "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
            )
            output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
            print(f"{length:5} {output.strip()}", flush=True)
