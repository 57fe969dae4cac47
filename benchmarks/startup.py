"""CPU seconds that the commands take for one page of text, children included, and what the parts of `parse` take.

    python benchmarks/startup.py [CHECKOUT ...] [--runs 10]

Other checkouts are run in turn with this one, so that before and after stand in one table. Each run is a process of
its own, user and system time together. The modules are compiled beforehand, to a folder of its own: so they are where
avskrift is installed. The parts are told for this checkout alone, each with what it imports that none before it did;
the last row is what all of them take when it is all loaded.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

OWN = Path(__file__).resolve().parents[1]
PAGE = """SAMVERKANSÖVERENSKOMMELSE

mellan Vikbo kommun och Polismyndigheten, lokalpolisområde Vikbo, 2023-2025

1. Parter
Denna överenskommelse är träffad mellan Vikbo kommun, org.nr 212000-1234, och Polismyndigheten
genom lokalpolisområde Vikbo.

2. Syfte
Syftet med överenskommelsen är att öka tryggheten och minska brottsligheten i kommunen.

3. Prioriterade områden
- Ungdomar i riskzon
- Trygghet i offentlig miljö
- Våld i nära relationer

4. Organisation
Styrgruppen består av kommunchef Anna Berg och lokalpolisområdeschef Nils Ek. Gruppen möts fyra
gånger per år.

5. Giltighetstid
Överenskommelsen gäller från och med 2023-01-01 till och med 2025-12-31 och följs upp årligen.

Vikbo den 12 december 2022

Anna Berg                           Nils Ek
Kommunchef                          Lokalpolisområdeschef
"""
COMMANDS = {"--help": ["--help"], "correct": ["correct", "page.txt"], "parse": ["parse", "page.txt", "--no-cache"]}
STAGES = """
import time
begun = time.process_time()
print("Python", begun)

def lap(name):
    global begun
    print(name, time.process_time() - begun)
    begun = time.process_time()

import avskrift.cli.app
lap("the command line")
import numpy
lap("numpy")
from pathlib import Path
from avskrift.models.options import PipelineOptions, ReadingOptions
import avskrift.output.record.json_file
lap("pydantic and the types of records")
import avskrift.parsing
lap("the parser's modules")
from avskrift.parsing.vocabulary import Vocabulary
shipped = Vocabulary.shipped()
lap("the vocabulary")
from avskrift.pipeline import record_of, transcribe
lap("the modules that read and correct")
options = PipelineOptions(reading=ReadingOptions(engine="none"))
document = transcribe(Path("page.txt"), options)
lap("reading and correcting")
from avskrift.parsing.learned.network import learned_reading
from avskrift.runtime.package_parts import allow_parts
learned_reading(document)
lap("onnxruntime and the network")
allow_parts("spacy")
from avskrift.parsing.structure.entities import entities_in
entities_in("Vikbo kommun", shipped)
lap("spaCy's matcher and its patterns")
record_of(document, options)
lap("parsing, patterns compiled")
record_of(transcribe(Path("page.txt"), options), options)
lap("all of it again")
"""


def environment_of(checkout: Path, folder: Path) -> dict[str, str]:
    """The variables with which a process in `folder` finds `checkout` as avskrift, and its modules compiled."""
    home = folder / f"{abs(hash(checkout))}"
    home.mkdir(exist_ok=True)
    if not (home / "avskrift").exists():
        (home / "avskrift").symlink_to(checkout)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(home), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def cpu_seconds(arguments: list[str], checkout: Path, folder: Path) -> float:
    """User and system seconds of Python with `arguments`, in `folder`, and of all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment_of(checkout, folder),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def commands(checkouts: list[Path], runs: int, folder: Path) -> None:
    """Prints the least and the median CPU seconds of each command in each checkout, run in turn."""
    print("| CPU seconds, least / median | " + " | ".join(map(str, checkouts)) + " |")
    print("| --- |" + " ---: |" * len(checkouts))
    for name, arguments in COMMANDS.items():
        taken: dict[Path, list[float]] = {checkout: [] for checkout in checkouts}
        for _ in range(runs + 1):
            for checkout, times in taken.items():
                times.append(cpu_seconds(["-m", "avskrift", *arguments], checkout, folder))
        cells = (f"{min(t[1:]):.2f} / {statistics.median(t[1:]):.2f}" for t in taken.values())  # the first compiles
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def stages(runs: int, folder: Path) -> None:
    """Prints the least and the median CPU milliseconds of each part of `parse`."""
    taken: dict[str, list[float]] = {}
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", STAGES],
            cwd=folder,
            env=environment_of(OWN, folder),
            check=True,
            capture_output=True,
            text=True,
        )
        for line in done.stdout.splitlines():
            name, seconds = line.rsplit(" ", 1)
            taken.setdefault(name, []).append(float(seconds) * 1000)
    print("\n| CPU milliseconds of parse | least | median |\n| --- | ---: | ---: |")
    for name, times in taken.items():
        print(f"| {name} | {min(times):.0f} | {statistics.median(times):.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", nargs="*", type=Path, help="other checkouts, compared with this one")
    parser.add_argument("--runs", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.txt").write_text(PAGE, encoding="utf-8")
        commands([*(path.resolve() for path in chosen.checkout), OWN], chosen.runs, folder)
        stages(chosen.runs, folder)


if __name__ == "__main__":
    main()
