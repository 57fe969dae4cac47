"""Commands killed with kill -9 at random instants: nothing is lost, nothing half-written, nothing left behind.

    python benchmarks/killed_commands.py SCAN FOLDER [--kills 200] [--seed 1]

SCAN is a scanned PDF for `parse` and `compare`, FOLDER holds text documents for `batch` and `export`. Each kill takes
one of the four commands in turn and ends it between its first instant and its usual end. After each kill every output
is whole (the old one, the new one, or none) and soon no process of the command runs. At last each command runs once
undisturbed: the outputs are those of runs that nobody disturbed, and no temporary file is left.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_SOON = 10.0
"""Seconds in which the processes of a killed command must have ended."""


class Commands:
    """The four commands in a folder of their own; `outputs` are what each writes."""

    def __init__(self, work: Path, scan: Path, texts: list[Path]) -> None:
        self.work, self.temporary = work, work / "tmp"
        self.out = work / "out"
        inputs = work / "in"
        for folder in (self.temporary, self.out, inputs):
            folder.mkdir()
        for path in texts:
            shutil.copy(path, inputs / path.name)
        pdf = work / "scan.pdf"
        shutil.copy(scan, pdf)
        record, records = self.out / "scan.json", work / "records"
        self.arguments: dict[str, list[str]] = {
            "parse": ["parse", str(pdf), "--no-cache", "-o", str(record), "--text", str(self.out / "scan.txt")],
            "batch": ["batch", str(inputs), "-o", str(work / "batch"), "--jobs", "2"],
            "export": ["export", str(records), "--to", "csv", "-o", str(self.out / "tables")],
            "compare": ["compare", str(pdf), str(inputs / texts[0].name), "-o", str(self.out / "changes.html")],
        }
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "XDG_CACHE_HOME": str(work / "cache")}
        self.run_undisturbed("batch", records)

    def begin(self, name: str, output: Path | None = None) -> "subprocess.Popen[bytes]":
        """Starts the command of that name, into `output` where it is given."""
        arguments = self.arguments[name]
        if output is not None:
            arguments = [*arguments[:3], str(output), *arguments[4:]]
        command = [sys.executable, "-m", "avskrift", *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd="/", env=self.environment, stdout=quiet, stderr=quiet, stdin=quiet)

    def run_undisturbed(self, name: str, output: Path | None = None) -> float:
        """Runs a command to its end; the seconds that it took."""
        begun = time.monotonic()
        status = self.begin(name, output).wait()
        if status != 0:
            sys.exit(f"{name} ended with {status}")
        return time.monotonic() - begun

    def running(self) -> list[str]:
        """The processes that have our temporary folder in their environment or arguments."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                described = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
                state = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(self.temporary).encode() in described and state != "Z" and int(process.name) != os.getpid():
                found.append(described.decode(errors="replace"))
        return found

    def digests(self) -> dict[str, str]:
        """The digest of each output by its path; manifests and reports of times are left out."""
        found = {}
        for folder in (self.out, self.work / "batch"):
            for path in sorted(folder.rglob("*")):
                place = path.relative_to(self.work)
                if path.is_file() and not place.parts[1].startswith((".", "manifest")):
                    found[str(place)] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def temporary_files(self) -> list[str]:
        """What a killed run left: temporary names beside outputs, anything in the temporary folder."""
        parts = [p for f in (self.out, self.work / "batch") for p in f.rglob(".*") if p.suffix in (".new", ".part")]
        return [str(p.relative_to(self.work)) for p in [*parts, *self.temporary.rglob("*")]]


def soon(true: Callable[[], bool]) -> bool:
    """Whether something comes true within `_SOON` seconds."""
    end = time.monotonic() + _SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return true()


def half_written(out: Path) -> list[str]:
    """The outputs that are not whole: JSON that does not parse, pages and tables without their end."""
    bad = []
    for path in out.rglob("*"):
        if any(part.startswith(".") for part in path.relative_to(out).parts) or not path.is_file():
            continue  # what is not yet, or no longer, an output
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".json":
            try:
                json.loads(text)
            except ValueError:
                bad.append(path.name)
        elif not text.rstrip(" ").endswith(("</html>\n", "</html>") if path.suffix == ".html" else "\n"):
            bad.append(path.name)
    return bad


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scan", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    texts = sorted(asked.folder.rglob("*.txt"))[:40]
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        commands = Commands(Path(work), asked.scan, texts)
        names = list(commands.arguments)
        seconds = {name: commands.run_undisturbed(name) for name in names}
        right = commands.digests()
        print("undisturbed:", ", ".join(f"{name} {took:.1f} s" for name, took in seconds.items()), flush=True)
        killed = dict.fromkeys(names, 0)
        while sum(killed.values()) < asked.kills:
            name = names[sum(killed.values()) % len(names)]
            if chance.random() < 0.3:  # from nothing, as the first time
                shutil.rmtree(commands.out)
                commands.out.mkdir()
                shutil.rmtree(Path(work) / "batch", ignore_errors=True)
            process = commands.begin(name)
            try:
                process.wait(chance.uniform(0.01, seconds[name]))
                continue  # it was faster this time
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
            killed[name] += 1
            if not soon(lambda: not commands.running()):
                faults.append(f"{name}: still running: {commands.running()[0][:200]}")
            faults += [f"{name}: {bad} is half-written" for bad in half_written(commands.out)]
        for name in names:
            commands.run_undisturbed(name)
        left = commands.temporary_files()
        same = commands.digests() == right
        print(f"{sum(killed.values())} kills: {killed}")
        print(f"outputs {'are the same' if same else 'DIFFER'}, {len(left)} temporary files left {left[:5]}")
        print(f"{len(faults)} faults after a kill", *faults[:10], sep="\n")
        if faults or left or not same:
            sys.exit(1)


if __name__ == "__main__":
    main()
