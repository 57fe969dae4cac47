"""Every figure of the rules, and of the rules with the learned reader, on documents whose true records are known.

    python benchmarks/reader.py SHARED [--scans [--engines lstm tesseract] [--more FOLDER ...] [--profiles ...]]

Prints for both how many minimal cases hold (SHARED/cases/fields), how well the fields of agreements retold from real
ones and of those that the rules were made with are read (F1 of the pooled fields, precision and recall over all
values), how many values are found in documents that are no agreements (tests/documents/agreements), and what a page and
the first document cost. The figures on writers held out are those of training/reader/fit_judge.py, those of files with
several documents of file_parts.py. `--scans` reads scans instead, by each OCR engine: macro F1 of each by both; first
those of more folders, whose values are those of `<id>.gold.json` (scan_records.py), then those of known agreements.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scan_folders import Asked, add_arguments, asked_by
from scan_records import scans_with_records

from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
from avskrift.output.record.json_file import json_of
from avskrift.parsing import parse
from avskrift.pipeline import transcribe

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests" / "documents" / "agreements"
SETS = {"agreements retold from real ones": "manners", "agreements that the rules were made with": ""}
HELD = 0.9995
"""The score of a case from which it holds."""


def scored(shared: Path, *arguments: str | Path) -> dict[str, Any]:
    """What SHARED/score/fields.py says."""
    command = [sys.executable, str(shared / "score" / "fields.py"), "--json", *map(str, arguments)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def write(record: Agreement, path: Path) -> None:
    path.write_text(json_of(record), encoding="utf-8")


def cases(shared: Path, options: ParsingOptions) -> str:
    held = number = 0
    with tempfile.TemporaryDirectory() as folder:
        for text in sorted((shared / "cases" / "fields").glob("*.txt")):
            out = Path(folder) / "record.json"
            write(parse(transcribe(text, PipelineOptions()), options), out)
            found = scored(shared, text.with_suffix(".json"), out)
            number += 1
            held += found["macro_f1"] >= HELD
    return f"{held} of {number} hold"


def fields(shared: Path, name: str, options: ParsingOptions) -> str:
    truth = shared / "gold" / "fields" / name
    with tempfile.TemporaryDirectory() as folder:
        for gold in sorted(truth.glob("*.gold.json")):
            stem = gold.name.removesuffix(".gold.json")
            source = next(p for p in (shared / "documents").rglob(f"{stem}.txt"))
            write(parse(transcribe(source, PipelineOptions()), options), Path(folder) / f"{stem}.json")
        found = scored(shared, "--batch", truth, folder)
    cells = found["fields_pooled"].values()
    right, wrong, missing = (sum(cell[name] for cell in cells) for name in ("tp", "fp", "fn"))
    return (
        f"F1 of the pooled fields {found['macro_over_fields_pooled']:.3f}, mean of documents"
        f" {found['macro_over_documents']:.3f}; over all values precision {right / (right + wrong):.3f},"
        f" recall {right / (right + missing):.3f}"
    )


def invented(options: ParsingOptions) -> str:
    """How many values are found in texts of other kinds."""
    found = 0
    paths = sorted(OURS.glob("other-*.txt"))
    for path in paths:
        record = parse(transcribe(path, PipelineOptions()), options)
        found += len(record.parties) + len(record.groups) + len(record.focus_areas)
        found += len(record.annexes) + len(record.signatories)
    return f"{found} values in {len(paths)} documents that are no agreements"


def cost(documents: Sequence[Document], options: ParsingOptions) -> str:
    """CPU time after reading and correction."""
    begin = time.process_time()
    parse(documents[0], options)
    first = time.process_time() - begin
    begin = time.process_time()
    for document in documents:
        parse(document, options)
    spent, number = time.process_time() - begin, sum(len(d.pages) for d in documents)
    return f"{1000 * spent / number:.0f} ms a page, {first:.2f} s the first document with loading"


def scans(asked: Asked, readers: Mapping[str, ParsingOptions]) -> None:
    """Macro F1 of each scan whose true record is known, by each engine and each of some readers, and the means."""
    means: dict[tuple[str, ...], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "record.json"
        for gold, scan in scans_with_records(asked, Path(folder)):
            for engine in asked.engines:
                options = PipelineOptions(reading=ReadingOptions(engine=engine))
                document = transcribe(scan.path, options)
                cells = []
                for name, parsing in readers.items():
                    write(parse(document, parsing), out)
                    found = scored(asked.shared, gold, out)["macro_f1"]
                    means[scan.path.parent.name, scan.profile, engine, name].append(found)
                    cells.append(f"{name} {found:.3f}")
                print(f"{scan.path.name:36} {engine:10} {'  '.join(cells)}", flush=True)
    for key, values in means.items():
        print(f"mean of {len(values):2} {' '.join(key):50} {sum(values) / len(values):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--scans", action="store_true")
    chosen = parser.parse_args()
    asked = asked_by(chosen)
    shared, readers = asked.shared, {"rules": ParsingOptions(learned=False), "both": ParsingOptions()}
    if chosen.scans:
        scans(asked, readers)
        return
    documents = [transcribe(path, PipelineOptions()) for path in sorted((shared / "documents").rglob("*.txt"))]
    for name, options in readers.items():
        print(f"## {name}\n{cost(documents, options)}\ncases: {cases(shared, options)}")
        for label, folder in SETS.items():
            print(f"{label}: {fields(shared, folder, options)}")
        print(invented(options), flush=True)


if __name__ == "__main__":
    main()
