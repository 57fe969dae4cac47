"""Prints every figure of the README and of benchmarks/README.md.

    python benchmarks/measure.py SHARED [corrections|thresholds|fields|parsing|pages|readers|memory|signs|...]

SHARED is a folder with documents/, gold/, scans/ and score/ (benchmarks/README.md says what they hold). The scores
are those of the scripts in SHARED/score. Without names every table is printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from correction_tables import corrections
from field_confidence import Judged, judged, print_reliability
from made_ocr import faces
from page_readers import born_digital, cells, cpu, memory, readers
from sign_pages import SIGNS, sign_of, sign_pages, signs_with_neighbours
from thresholds import thresholds

from avskrift.ingest import read
from avskrift.models.document import PageSource
from avskrift.models.options import PipelineOptions, ReadingOptions
from avskrift.output.record.json_file import json_of
from avskrift.pipeline import record_of, transcribe

OPTIONS = PipelineOptions(reading=ReadingOptions(jobs=os.cpu_count() or 1))


def score(shared: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(shared / "score" / arguments[0]), *map(str, arguments[1:])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def fields(shared: Path) -> None:
    """Field scores of the documents with a true record and of every scan of such a document; how often values are right
    by the confidence that they state."""
    values: list[Judged] = []
    sets = {
        "documents retold from real ones, which nothing was tuned with": shared / "gold" / "fields" / "manners",
        "documents that the parser was tuned with": shared / "gold" / "fields",
    }
    for name, truth in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            for gold in sorted(truth.glob("*.gold.json")):
                stem = gold.name.removesuffix(".gold.json")
                source = next(p for p in (shared / "documents").rglob(f"{stem}.txt"))
                record = record_of(transcribe(source, OPTIONS), OPTIONS)
                (Path(folder) / f"{stem}.json").write_text(json_of(record), encoding="utf-8")
                values.extend(judged(json.loads(json_of(record)), json.loads(gold.read_text(encoding="utf-8"))))
            print(f"## Fields of {name} (score/fields.py --batch)")
            print(score(shared, "fields.py", "--batch", truth, folder))
    print("\n## Fields of the scans: macro F1 (score/fields.py)")
    with tempfile.TemporaryDirectory() as folder:
        for gold in sorted((shared / "gold" / "fields" / "scans").glob("*.gold.json")):
            for scan in sorted((shared / "scans").glob(gold.name.removesuffix(".gold.json") + "*.pdf")):
                out = Path(folder) / "record.json"
                out.write_text(json_of(record_of(transcribe(scan, OPTIONS), OPTIONS)), encoding="utf-8")
                found = json.loads(score(shared, "fields.py", gold, out, "--json"))
                print(f"{scan.name:36} {found['macro_f1']:.3f}")
                record = json.loads(out.read_text(encoding="utf-8"))
                values.extend(judged(record, json.loads(gold.read_text(encoding="utf-8"))))
    print_reliability(values)


def parsing(shared: Path) -> None:
    """What parsing costs after reading and correction: milliseconds of CPU a page; loading, with the first document."""
    texts = sorted((shared / "documents").rglob("*.txt"))
    documents = [transcribe(path, OPTIONS) for path in texts]
    begin = time.process_time()
    record_of(documents[0], OPTIONS)
    print(f"first document, with loading   {time.process_time() - begin:.2f} s")
    begin = time.process_time()
    for document in documents:
        record_of(document, OPTIONS)
    spent, number = time.process_time() - begin, sum(len(d.pages) for d in documents)
    print(f"{number} pages of {len(documents)} documents   {1000 * spent / number:.0f} ms a page")


def pages(shared: Path) -> None:
    """How well each scan is read, corrections included (score/pages.py)."""
    print("## Pages (score/pages.py), corrections included")
    with tempfile.TemporaryDirectory() as folder:
        for scan in sorted((shared / "scans").glob("*.pdf")):
            document = transcribe(scan, OPTIONS)
            out = Path(folder) / "read.txt"
            text = "\f".join("\n".join(line.text for line in page.lines) for page in document.pages)
            out.write_text(text, encoding="utf-8")
            ocr = sum(page.source is PageSource.OCR for page in document.pages)
            true = shared / "scans" / (scan.name.partition(".")[0] + ".gold.txt")
            print(f"{scan.name:36} {score(shared, 'pages.py', true, out).partition(': ')[2]} ({ocr} pages by OCR)")


def reading(shared: Path) -> None:
    """Reading beside other programs: error rates, speed, cells of tables, born-digital pages."""
    for table in (readers, cpu, cells, born_digital):
        table(shared)


def signs(shared: Path) -> None:
    """`§ % @` on pages that we invent and spoil as an office scanner does, and on such pages without any."""
    print("## § % @ on made office scans, corrections included: right of those printed, and invented")
    if not faces():
        print("no typefaces to set pages in: apt-get install fonts-liberation")
        return
    with tempfile.TemporaryDirectory() as folder:
        for full in (True, False):
            printed: Counter[str] = Counter()
            right: Counter[str] = Counter()
            invented: Counter[str] = Counter()
            for page in sign_pages(Path(folder), 7, 20, signs=full):
                document = transcribe(page.picture, OPTIONS)
                found = signs_with_neighbours([line.text for p in document.pages for line in p.lines])
                true = signs_with_neighbours(page.lines)
                for word, times in true.items():
                    printed[sign_of(word)] += times
                    right[sign_of(word)] += min(times, found[word])
                for word, times in (found - true).items():
                    invented[sign_of(word)] += times
            for sign in SIGNS:
                print(
                    f"{'pages full of them' if full else 'pages without':20} {sign} {right[sign]} of {printed[sign]}, "
                    f"{invented[sign]} that were not printed so"
                )


def speed(shared: Path) -> None:
    """CPU of reading end to end against bare tesseract on the same page images (300 dots an inch).

    Once for a document of a single page, where starting Python and its packages counts in full, once for one of
    four pages.
    """
    import pikepdf
    import pypdfium2

    print("## CPU seconds: bare tesseract on the page images, avskrift end to end, ratio (best of three each)")
    for name in ("ostermalm2020.clean300", "ostermalm2020.office200", "info2021.office200"):
        for first, last in ((1, 2), (0, 4)):
            with tempfile.TemporaryDirectory() as folder:
                some = Path(folder) / "some.pdf"
                with pikepdf.open(shared / "scans" / f"{name}.pdf") as pdf:
                    del pdf.pages[last:]
                    del pdf.pages[:first]
                    pdf.save(some)
                own = [
                    sys.executable,
                    "-m",
                    "avskrift",
                    "parse",
                    str(some),
                    "--no-cache",
                    "-o",
                    str(Path(folder) / "own.json"),
                ]
                bare = 0.0
                with pypdfium2.PdfDocument(some) as drawn:
                    for sheet in drawn:
                        image = Path(folder) / "page.png"
                        sheet.render(scale=300 / 72, grayscale=True).to_pil().save(image, dpi=(300, 300))
                        command = ["tesseract", str(image), str(Path(folder) / "bare"), "-l", "swe", "tsv"]
                        bare += min(cpu_of(command) for _ in range(3))
                end_to_end = min(cpu_of(own) for _ in range(3))
                print(f"{name:28} {last - first} page(s) {bare:.2f} {end_to_end:.2f} {end_to_end / bare:.2f}")


def cpu_of(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, cwd="/")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def real(shared: Path) -> None:
    """Real PDFs of other kinds: how each page was read."""
    print("## Real PDFs of other kinds")
    for path in sorted((shared / "real").glob("*.pdf")):
        document = read(path, OPTIONS.reading)
        sources = [page.source.value for page in document.pages]
        words = sum(len(line.words) for _, line in document.lines())
        print(
            f"{path.name:44} {sources.count('text_layer')} by text layer, {sources.count('ocr')} by OCR, {words} words"
        )


TABLES: dict[str, Callable[[Path], None]] = {
    "corrections": corrections,
    "thresholds": thresholds,
    "fields": fields,
    "parsing": parsing,
    "pages": pages,
    "readers": reading,
    "memory": memory,
    "signs": signs,
    "speed": speed,
    "real": real,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], default=[])
    args = parser.parse_args()
    for name in args.tables or TABLES:
        TABLES[name](args.shared.resolve())
        print(flush=True)


if __name__ == "__main__":
    main()
