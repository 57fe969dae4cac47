"""Figures of whole archives: workers against one, against a shell loop of OCRmyPDF, overhead, resuming, a cluster.

    python benchmarks/archive_batches.py SHARED [workers|loop|cluster|full|overhead|exports ...] [--documents 100000]
        [--scans FOLDER] [--most N]

Every comparison is made in one run, each side from nothing: no page is kept from one to the other. In `loop` both sides
take turns for two rounds; it reads the scans of FOLDER (SHARED/scans if not given), N of each kind at most.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from interleaved import Cost, cost_of, in_turns, print_costs
from reading_programs import Command, batch_command, ocrmypdf_loop
from scan_folders import scans_of

from avskrift.models.options import ReadingOptions

DASK = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_SATURATION": "1.0",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
"""As docs/archives.md advises: no document waits behind another one, and workers do not watch themselves work."""
SCANS = ("*.office200.pdf", "*.fax.pdf")
TINY = "Samverkansöverenskommelse\n\nVikbo kommun och Polisen i Vikbo samverkar. Handling {}.\n"


def batch(*arguments: str | Path) -> tuple[float, str]:
    """Seconds that a batch takes, and its last line."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "avskrift", "batch", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    return time.monotonic() - begun, done.stderr.splitlines()[-1]


def rows(output: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (output / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def pages_of(output: Path) -> int:
    return sum(int(str(row["pages"])) for row in rows(output))


@contextmanager
def scans(shared: Path, copies: int = 1) -> Iterator[Path]:
    """A folder of scans, each a file of its own bytes."""
    with tempfile.TemporaryDirectory() as folder:
        for pattern in SCANS:
            for path in sorted((shared / "scans").glob(pattern)):
                for n in range(copies):
                    data = path.read_bytes() + b"\n%" + str(n).encode() * (n > 0)
                    (Path(folder) / f"{path.stem}-{n}.pdf").write_bytes(data)
        yield Path(folder)


def workers(shared: Path, documents: int) -> None:
    with scans(shared, 2) as folder, tempfile.TemporaryDirectory() as work:
        one, _ = batch(folder, "-o", Path(work) / "one", "--jobs", "1")
        two, _ = batch(folder, "-o", Path(work) / "two", "--jobs", "2")
        pages = pages_of(Path(work) / "one")
    report = f"{pages} pages: 1 worker {60 * pages / one:.1f} pages a minute, 2 workers {60 * pages / two:.1f}"
    print(f"{report}, {one / two:.2f} x")


def loop(folder: Path, most: int | None) -> None:
    """As many office scans as faxes, of the same documents: our batch against a shell loop of OCRmyPDF."""
    if shutil.which("ocrmypdf") is None:
        print("ocrmypdf is not installed: left out")
        return
    office, faxes = scans_of(folder, "office200"), scans_of(folder, "fax")
    both = {scan.document for scan in office} & {scan.document for scan in faxes}
    chosen = [scan for of_kind in (office, faxes) for scan in [s for s in of_kind if s.document in both][:most]]
    with tempfile.TemporaryDirectory() as work:
        inputs = Path(work) / "scans"
        inputs.mkdir()
        for scan in chosen:
            shutil.copy(scan.path, inputs)

        def into_new_folder(command: Callable[[Path], Command]) -> Cost:
            with tempfile.TemporaryDirectory(dir=work) as results:
                return cost_of([command(Path(results))])

        engine = ReadingOptions().engine
        rivals = {
            "ls | xargs -P2 ocrmypdf --jobs 1": lambda: into_new_folder(lambda out: ocrmypdf_loop(inputs, out)),
            f"avskrift batch --jobs 2 ({engine})": lambda: into_new_folder(
                lambda out: batch_command(inputs, out / "out", engine)
            ),
        }
        print("## Office scans and faxes, half of each, two workers; best and median of two rounds in turns")
        print_costs("half and half", sum(len(scan.true_pages) for scan in chosen), in_turns(rivals, 2))


def overhead(shared: Path, documents: int) -> None:
    with tempfile.TemporaryDirectory() as work:
        inputs, output = Path(work) / "in", Path(work) / "out"
        tiny_archive(inputs, documents)
        seconds, report = batch(inputs, "-o", output, "--jobs", "2")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        busy = sum(float(str(row["seconds"])) for row in rows(output))
        over = (2 * seconds - busy) / documents
        print(
            f"{documents} tiny documents: {seconds:.0f} s, {1000 * busy / documents:.1f} ms of work each, "
            f"{1000 * over:.1f} ms of a worker's time beside it, largest process {peak:.0f} MB ({report})"
        )
        again, _ = batch(inputs, "-o", output, "--jobs", "2")
        print(f"resume of the finished batch: {again:.1f} s")


def cluster(shared: Path, documents: int) -> None:
    with scans(shared, 2) as folder, tempfile.TemporaryDirectory() as work:
        here, _ = batch(folder, "-o", Path(work) / "here", "--jobs", "2")
        file = Path(work) / "scheduler.json"
        started = [dask("scheduler", file, "--host", "127.0.0.1", "--port", "0", "--no-jupyter")]
        while not file.exists():
            time.sleep(0.2)
        started += [dask("worker", file, "--nthreads", "1") for _ in range(2)]
        time.sleep(8)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        there, _ = batch(folder, "-o", Path(work) / "there", "--cluster", address)
        for process in started:
            process.kill()
        pages = pages_of(Path(work) / "here")
    print(
        f"{pages} pages: pool of 2 workers {60 * pages / here:.1f} pages a minute, 2 Dask workers "
        f"{60 * pages / there:.1f}, {here / there:.2f} x"
    )


def dask(what: str, file: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(file), "--no-dashboard"]
    return subprocess.Popen(
        [*command, *arguments], env=os.environ | DASK, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    )


def full(shared: Path, documents: int) -> None:
    """A disk that fills up, then an output folder that turns read-only: on a small file system made for it (root)."""
    with scans(shared) as folder, tempfile.TemporaryDirectory() as work:
        small = Path(work) / "small"
        small.mkdir()
        if os.system(f"mount -t tmpfs -o size=400k tmpfs {small} 2>/dev/null"):
            print("no small file system can be made here: left out")
            return
        try:
            output = small / "out"
            steps = (("too small", "size=64m"), ("larger", "ro"), ("read-only", "rw"), ("writable again", "rw"))
            for what, after in steps:
                command = [sys.executable, "-m", "avskrift", "batch", str(folder), "-o", str(output), "--jobs", "2"]
                done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
                print(f"disk {what}: exit {done.returncode}: {done.stderr.splitlines()[-1]}")
                subprocess.run(["mount", "-o", f"remount,{after}", str(small)], check=True)
        finally:
            subprocess.run(["umount", "-l", str(small)], check=False)


def exports(shared: Path, documents: int) -> None:
    """Peak memory of each export, of few documents and of many."""
    for count in (1_000, 10_000):
        with tempfile.TemporaryDirectory() as work:
            inputs, output = Path(work) / "in", Path(work) / "out"
            tiny_archive(inputs, count)
            batch(inputs, "-o", output, "--jobs", "2")
            report = []
            for form in ("jsonl", "csv", "parquet", "sqlite", "markdown"):
                command = [sys.executable, "-m", "avskrift", "export", str(output), "--to", form]
                report.append(f"{form} {peak_of(command):.0f} MB")
            report.append(
                f"search {peak_of([sys.executable, '-m', 'avskrift', 'search', str(output), 'vikbo']):.0f} MB"
            )
            print(f"{count} documents: {', '.join(report)}")


def peak_of(command: Sequence[str]) -> float:
    """The largest memory of a command, in megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_maxrss / 1024


def tiny_archive(folder: Path, documents: int) -> None:
    for n in range(documents):
        path = folder / f"{n // 1000:03}" / f"{n:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TINY.format(n), encoding="utf-8")


TABLES: dict[str, Callable[[Path, int], None]] = {
    "workers": workers,
    "overhead": overhead,
    "cluster": cluster,
    "full": full,
    "exports": exports,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("tables", nargs="*", choices=[*TABLES, "loop", []], default=[])
    parser.add_argument("--scans", type=Path, metavar="FOLDER")
    parser.add_argument("--most", type=int, metavar="N")
    parser.add_argument("--documents", type=int, default=100_000)
    asked = parser.parse_args(arguments)
    for name in asked.tables or [*TABLES, "loop"]:
        if name == "loop":
            loop((asked.scans or asked.shared / "scans").resolve(), asked.most)
        else:
            TABLES[name](asked.shared.resolve(), asked.documents)


if __name__ == "__main__":
    main()
