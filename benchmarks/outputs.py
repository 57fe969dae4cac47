"""Every output for every document below a folder, and what differs between two such sets.

    python benchmarks/outputs.py make SHARED BEFORE        # with the program as it was
    python benchmarks/outputs.py make SHARED AFTER         # with the program as it is
    python benchmarks/outputs.py differ BEFORE AFTER       # status 1 where a byte of a result differs

`make` drives the command line alone, so that it can be run with any version of the program: the one that Python imports
as `avskrift`. It writes below its second folder, in the same places whatever the version. `--texts` leaves out
what has to be read from pictures, which takes minutes. Left out of what is compared: times, and what is told of the
program itself.
"""

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

PICTURES = ("scans", "real", "cases/pages")
TEXTS = ("documents", "annotated", "cases/fields", "cases/odd")
TABLES = ("jsonl", "csv", "parquet", "sqlite", "markdown")
PARTS = ("records", "corrections", "comparisons")
REPORTS = ("html", "json", "md")
# Of a run, not of its results: times, the manifest with its makings, what was kept, the lock.
NOT_COMPARED = re.compile(r"manifest\.(sqlite|jsonl)|\.pages|\.search|\.lock|report\.html")
OF_THE_RUN = {"seconds", "started", "finished", "making", "program", "versions", "avskrift"}


def run(*arguments: str | Path, into: Path | None = None) -> None:
    """Runs the command; what it prints and its status are kept as results beside `into`."""
    command = [sys.executable, "-m", "avskrift", *map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:  # no relative name means something there
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=7200)
    if into is not None:
        into.parent.mkdir(parents=True, exist_ok=True)
        into.with_name(into.name + ".stdout").write_bytes(done.stdout)
        into.with_name(into.name + ".status").write_text(str(done.returncode), encoding="utf-8")


def make(shared: Path, out: Path, folders: Sequence[str], parts: Collection[str]) -> None:
    """Writes the outputs that `parts` names for the documents of `shared` below `out`."""
    made_by = {"records": make_records, "corrections": make_corrections, "comparisons": make_comparisons}
    for part, made in made_by.items():
        if part in parts:
            made(shared, out, folders)
            print(part, flush=True)


def make_records(shared: Path, out: Path, folders: Sequence[str]) -> None:
    for name in folders:
        made = out / "batch" / name
        run("batch", shared / name, "-o", made, into=out / "said" / name)
        for form in TABLES:
            where = out / "export" / f"{name}.{form}"
            where.parent.mkdir(parents=True, exist_ok=True)
            run("export", made, "--to", form, "-o", where)
        run("search", made, "polisen", into=out / "search" / name)
        print(name, flush=True)


def make_corrections(shared: Path, out: Path, folders: Sequence[str]) -> None:
    texts = sorted(path for name in ("gold", "documents", "annotated") for path in (shared / name).rglob("*.txt"))
    for path in texts:
        into = out / "correct" / path.relative_to(shared)
        into.parent.mkdir(parents=True, exist_ok=True)
        run("correct", path, "-o", into, "--report", into.with_suffix(".jsonl"))


def make_comparisons(shared: Path, out: Path, folders: Sequence[str]) -> None:
    """Needs the records of `documents`."""
    compared = sorted((out / "batch" / "documents").rglob("*.json"))
    for old, new in pairwise(compared):
        for form in REPORTS:
            where = out / "compare" / f"{old.stem}-{new.stem}.{form}"
            run("compare", old, new, "-o", where, into=where)
    for question in ("--timeline", "--matrix", "--on=2020-05-01"):
        where = out / "compare" / f"all{question}"
        files = [out / "batch" / "documents"] if question != "--timeline" else compared
        run("compare", question, *files, "--json", into=where)
    for of in ("record", "comparison", "timeline", "matrix", "in-force"):
        run("schema", "--of", of, into=out / "schema" / of)


def results(root: Path) -> dict[str, Path]:
    """The files below `root` that are compared, by their names from there."""
    names = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path for name, path in names.items() if not NOT_COMPARED.search(name)}


def content(path: Path, but: Collection[str]) -> list[str]:
    """What a result holds, line by line, without what belongs to the run."""
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            return list(database.iterdump())
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return [json.dumps(row, default=str) for row in parquet.read_table(path).to_pylist()]
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix in (".json", ".stdout") and text.startswith("{"):
        return list(leaves(json.loads(text), but))
    return text.splitlines()


def leaves(value: object, but: Collection[str], where: str = "") -> Iterator[str]:
    """The values of JSON in order, one a line, each behind its path; not what stands under the keys of `but`."""
    if isinstance(value, dict):
        for key, held in value.items():
            if key not in but:
                yield from leaves(held, but, f"{where}.{key}")
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from leaves(held, but, f"{where}[{number}]")
    else:
        yield f"{where} = {json.dumps(value, ensure_ascii=False)}"


def differ(before: Path, after: Path, but: Collection[str] = ()) -> int:
    """Prints each result that differs with its first differing line; returns how many differ."""
    old, new = results(before), results(after)
    but = {*OF_THE_RUN, *but}
    found = 0
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            print(f"{name}: only {'before' if name in old else 'after'}")
            found += 1
            continue
        a = [line.replace(str(before), "OUT") for line in content(old[name], but)]
        b = [line.replace(str(after), "OUT") for line in content(new[name], but)]
        if a != b:
            found += 1
            pairs = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
            x, y = pairs[0] if pairs else (f"{len(a)} lines", f"{len(b)} lines")
            print(f"{name}: {max(len(pairs), abs(len(a) - len(b)))} lines\n  - {x[:300]}\n  + {y[:300]}")
    print(f"{len(old)} results before, {len(new)} after, {found} differ")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("make")
    build.add_argument("shared", type=Path)
    build.add_argument("out", type=Path)
    build.add_argument("--texts", action="store_true", help="leave out scans and PDFs")
    build.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    differing = commands.add_parser("differ")
    differing.add_argument("before", type=Path)
    differing.add_argument("after", type=Path)
    differing.add_argument("--but", nargs="+", default=[], metavar="KEY", help="keys of JSON that are not compared")
    chosen = parser.parse_args()
    if chosen.command == "make":
        folders = [*TEXTS, *(() if chosen.texts else PICTURES)]
        make(chosen.shared.resolve(), chosen.out.resolve(), folders, chosen.parts)
        return 0
    return 1 if differ(chosen.before.resolve(), chosen.after.resolve(), chosen.but) else 0


if __name__ == "__main__":
    raise SystemExit(main())
