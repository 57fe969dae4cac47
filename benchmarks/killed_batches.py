"""A batch that is killed again and again: at last its results are those of an undisturbed run, byte for byte.

    python benchmarks/killed_batches.py FOLDER [--documents 300] [--kills 200] [--seed 1]

FOLDER holds text documents; they are copied until there are enough, some of them twice as the same bytes.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def archive(sources: list[Path], folder: Path, documents: int, chance: random.Random) -> None:
    """Writes so many documents, in folders; one of ten is another one's copy."""
    for number in range(documents):
        path = folder / f"{number % 7}" / f"avtal {number:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = chance.choice(sources).read_text(encoding="utf-8")
        copy = number > 10 and number % 10 == 0
        path.write_text(text if copy else f"{text}\nHandling {number}\n", encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    """The digest of every result, by its path; the manifest tells of times and is left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith((".", "manifest"))
    }


def begin(inputs: Path, output: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "avskrift", "batch", str(inputs), "-o", str(output), "--jobs", "2"]
    return subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as work:
        inputs, undisturbed, killed = Path(work) / "in", Path(work) / "whole", Path(work) / "killed"
        archive(sorted(asked.folder.rglob("*.txt")), inputs, asked.documents, chance)
        begun = time.monotonic()
        begin(inputs, undisturbed).communicate()
        seconds = time.monotonic() - begun
        print(f"undisturbed: {asked.documents} documents in {seconds:.0f} s")
        kills = fresh = 0
        while kills < asked.kills:
            process = begin(inputs, killed)
            try:
                process.communicate(timeout=chance.uniform(0.3, max(3.0, seconds / 12)))
                fresh += 1  # it came to its end: begin anew
                if digests(killed) != digests(undisturbed):
                    sys.exit("a run that came to its end differs")
                shutil.rmtree(killed)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.communicate()
                kills += 1
        last_line = begin(inputs, killed).communicate()[1].decode().splitlines()[-1:]
        same = digests(killed) == digests(undisturbed)
        parts = list(killed.rglob(".*.part"))
        print(f"{kills} kills, {fresh} whole runs between them; last: {' '.join(last_line)}")
        print(f"results {'are the same' if same else 'DIFFER'}, {len(parts)} temporary files left")
        if not same or parts:
            sys.exit(1)


if __name__ == "__main__":
    main()
