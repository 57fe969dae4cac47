"""Prints every figure of the README and of benchmarks/README.md.

    python benchmarks/measure.py SHARED [corrections|thresholds|fields|parsing|pages|text|commands|pictures|...]
        [--more FOLDER ...] [--engines lstm tesseract] [--profiles fax ...] [--most N] [--rounds 2] [--pages 500]

SHARED is a folder with documents/, gold/, scans/ and score/ (benchmarks/README.md says what they hold). The scores
are those of the scripts in SHARED/score. Without names every table is printed. The options are for the tables of
reading: more folders of scans, engines to compare, some scans only.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from correction_tables import corrections
from field_confidence import Judged, judged, print_reliability
from reading_accuracy import grades, signs, text
from reading_speed import born_digital, commands, kept, memory, pictures
from scan_folders import Asked, add_arguments, asked_by
from table_cells import cells
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
    "real": real,
}
READING: dict[str, Callable[[Asked], None]] = {
    "text": text,
    "cells": cells,
    "signs": signs,
    "grades": grades,
    "commands": commands,
    "pictures": pictures,
    "kept": kept,
    "born": born_digital,
    "memory": memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("tables", nargs="*", choices=[*TABLES, *READING, []], default=[])
    args = parser.parse_intermixed_args()
    asked = asked_by(args)
    for name in args.tables or [*TABLES, *READING]:
        if name in READING:
            READING[name](asked)
        else:
            TABLES[name](asked.shared)
        print(flush=True)


if __name__ == "__main__":
    main()
