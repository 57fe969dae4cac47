"""Every odd, broken and hostile file that tests/odd_files makes, read in a process of its own: what comes of it.

    python benchmarks/odd_files.py [FOLDER] [--engine none|tesseract] [--only PART_OF_A_NAME]

Reads the files in FOLDER instead, where one is given. Prints what is neither a document nor one line of refusal, what
takes more than 60 seconds or 1 GiB, and how many of each there were. Exit status 1 where there was anything to print.
"""

import argparse
import importlib.util
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from avskrift.errors import AvskriftError, EngineMissingError
from avskrift.models.options import ReadingOptions

_MOST_SECONDS, _MOST_MEMORY = 60.0, 1024
_ENDED_AFTER = 180.0
_MAKER = Path(__file__).parents[1] / "tests" / "odd_files" / "make_odd_files.py"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: `read`, `refused`, `internal error`, `died` or `hung`; MiB at most, of it or a child."""

    name: str
    outcome: str
    message: str
    seconds: float
    memory: int


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--engine", default="none")
    asked.add_argument("--only", default="")
    asked.add_argument("--all", action="store_true", help="print a line for each file")
    options = asked.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="odd-files-") as folder, tempfile.TemporaryDirectory() as temporary:
        os.environ["TMPDIR"] = temporary  # of the processes that read
        for path in _files(options.folder, Path(folder)):
            if options.only in path.name:
                outcomes.append(_outcome_of(path, options.engine))
                if options.all or _is_bad(outcomes[-1]):
                    one = outcomes[-1]
                    print(
                        f"{one.outcome:15} {one.seconds:6.1f} s {one.memory:5} MiB  {one.name}: {one.message}",
                        flush=True,
                    )
        left = sorted(p.name for p in Path(temporary).iterdir())
    counts = Counter(s.outcome for s in outcomes)
    print(f"{len(outcomes)} files: " + ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items())))
    print(f"slowest: {max(s.seconds for s in outcomes):.1f} s ({max(outcomes, key=lambda s: s.seconds).name})")
    print(f"largest: {max(s.memory for s in outcomes)} MiB ({max(outcomes, key=lambda s: s.memory).name})")
    print(f"left in the temporary folder: {len(left)}")
    sys.exit(bool(left) or any(_is_bad(s) for s in outcomes))


def _is_bad(outcomes: Outcome) -> bool:
    return (
        outcomes.outcome not in ("read", "refused")
        or outcomes.seconds > _MOST_SECONDS
        or outcomes.memory > _MOST_MEMORY
    )


def _files(given: Path | None, folder: Path) -> Iterator[Path]:
    if given is not None:
        yield from sorted(p for p in given.iterdir() if p.is_file())
        return
    described = importlib.util.spec_from_file_location("make_odd_files", _MAKER)
    assert described is not None and described.loader is not None
    maker = importlib.util.module_from_spec(described)
    sys.modules[described.name] = maker
    described.loader.exec_module(maker)
    for file in maker.odd_files():
        path = folder / file.name
        path.write_bytes(file.data)
        yield path
        path.unlink()


def _outcome_of(path: Path, engine: str) -> Outcome:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["avskrift.ingest.files.pdf", "avskrift.ingest.ocr.page"])
    here, there = context.Pipe()
    began = time.monotonic()
    child = context.Process(target=_read, args=(path, engine, there))
    child.start()
    there.close()
    try:
        outcome, message, memory = here.recv() if here.poll(_ENDED_AFTER) else ("hung", "", 0)
    except EOFError:
        outcome, message, memory = "died", "", 0
    seconds = time.monotonic() - began
    if outcome == "hung":
        child.kill()
    child.join()
    return Outcome(path.name, outcome, message, seconds, memory)


def _read(path: Path, engine: str, answer: Connection) -> None:
    from avskrift.ingest import read

    try:
        document = read(path, ReadingOptions(engine=engine))
        message = f"{len(document.pages)} pages; " + "; ".join(document.warnings)
        outcome = "read"
    except EngineMissingError:
        raise
    except AvskriftError as error:
        message, outcome = str(error), "refused" if "\n" not in str(error) else "internal error"
    except Exception as error:
        message, outcome = f"{type(error).__name__}: {error}", "internal error"
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    answer.send((outcome, message[:300], most // 1024))


if __name__ == "__main__":
    main()
