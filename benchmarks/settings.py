"""Varies each number that decides, one at a time, and prints what that does to a score.

    python benchmarks/settings.py SHARED --set text                         # every setting by 0.8 and 1.25
    python benchmarks/settings.py SHARED --set fields --only heading_line   # those of some modules
    python benchmarks/settings.py SHARED --set scans --only columns:least_gap --values 10 20 40

Settings are the numeric fields of each module's `SETTINGS`, a frozen dataclass. Each trial is a process of its own,
forked before anything was read, so that nothing kept from another setting counts. Printed are the trials that change
the score; numbers that a module derives from its settings while it is imported cannot be varied this way.

Sets: `text` is the errors left in old OCR after correction (share of characters), `fields` one minus the field score
of the documents with a true record, `scans` the lines read wrong of each scan's first pages. Less is better.
"""

import argparse
import dataclasses
import importlib
import json
import multiprocessing
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
from shared_module import shared_module

import avskrift
from avskrift.corrections import correct_lines
from avskrift.models.options import PipelineOptions, ReadingOptions
from avskrift.output.record.json_file import json_of
from avskrift.pipeline import record_of, transcribe

FACTORS = (0.8, 1.25)
PAGES = 2
"""Pages of each scan that are read in a trial."""
OPTIONS = PipelineOptions(reading=ReadingOptions(jobs=1))


@dataclass(frozen=True, slots=True)
class Setting:
    """One numeric field of the settings of a module (named without the package)."""

    module: str
    field: str
    value: float

    def varied(self, values: list[float], factors: list[float]) -> Iterator[float]:
        """The values to try, whole numbers where the setting is one, and not the one it has."""
        for value in values or [self.value * factor for factor in factors]:
            tried = round(value) if isinstance(self.value, int) else value
            if tried != self.value:
                yield tried


def all_modules() -> Iterator[ModuleType]:
    """Every module of the package but the one that starts the program."""
    for info in pkgutil.walk_packages(avskrift.__path__, "avskrift."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def all_settings() -> list[Setting]:
    """The numeric settings of the package, in the order of its modules."""
    found = []
    for module in all_modules():
        held = vars(module).get("SETTINGS")
        if dataclasses.is_dataclass(held) and type(held).__module__ == module.__name__:
            for field in dataclasses.fields(held):
                numbers = _numbers(field.name, getattr(held, field.name))
                found += [Setting(module.__name__.removeprefix("avskrift."), name, value) for name, value in numbers]
    return found


def _numbers(name: str, value: object) -> Iterator[tuple[str, float]]:
    """A numeric field, or those of a tuple as `name.0`, `name.1`."""
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _numbers(f"{name}.{place}", item)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, value


def put(setting: Setting, value: float) -> None:
    """Gives a setting another value in every module that reads it."""
    before = vars(sys.modules[f"avskrift.{setting.module}"])["SETTINGS"]
    name, _, place = setting.field.partition(".")
    held_value = getattr(before, name)
    if place:
        held_value = (*held_value[: int(place)], value, *held_value[int(place) + 1 :])
    after = dataclasses.replace(before, **{name: held_value if place else value})
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("avskrift"):
            for key, held in list(vars(module).items()):
                if held is before:
                    setattr(module, key, after)


def text_errors(shared: Path) -> float:
    """The share of characters that are wrong after correction of old OCR."""
    rates = shared_module(shared / "score" / "text.py").rates
    wrong = of = 0
    for gold in sorted((shared / "gold").glob("*.gold.txt")):
        true, read = (
            [" ".join(line.split()) for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]
            for path in (gold, gold.with_name(gold.name.replace(".gold.", ".raw.")))
        )
        errors, characters, *_ = rates(true, [line.text for line in correct_lines(read)])
        wrong, of = wrong + errors, of + characters
    return wrong / max(of, 1)


def field_errors(shared: Path) -> float:
    """One minus the macro F1 of the pooled fields over the documents that have a true record."""
    truth = shared / "gold" / "fields"
    with tempfile.TemporaryDirectory() as folder:
        for gold in sorted(truth.glob("*.gold.json")):
            name = gold.name.removesuffix(".gold.json")
            source = next((shared / "documents").rglob(f"{name}.txt"))
            record = record_of(transcribe(source, OPTIONS), OPTIONS)
            (Path(folder) / f"{name}.json").write_text(json_of(record), encoding="utf-8")
        command = [sys.executable, str(shared / "score" / "fields.py"), "--batch", "--json", str(truth), folder]
        scores = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return 1.0 - float(scores["macro_over_fields_pooled"])


def scan_errors(shared: Path) -> float:
    """The share of the lines of the first pages of all scans, by their length, that is read wrong."""
    line_errors = shared_module(shared / "score" / "pages.py").line_errors
    wrong = of = 0
    for scan in sorted((shared / "scans").glob("*.pdf")):
        with tempfile.TemporaryDirectory() as folder:
            some = Path(folder) / scan.name
            with pikepdf.open(scan) as pdf:
                del pdf.pages[PAGES:]
                pdf.save(some)
            pages = transcribe(some, OPTIONS).pages
        true = (shared / "scans" / f"{scan.name.partition('.')[0]}.gold.txt").read_text(encoding="utf-8").split("\f")
        for page in pages:
            errors, characters = line_errors(true[page.number - 1], "\n".join(line.text for line in page.lines))
            wrong, of = wrong + errors, of + characters
    return wrong / max(of, 1)


SETS: dict[str, Callable[[Path], float]] = {"text": text_errors, "fields": field_errors, "scans": scan_errors}


def in_a_child(trial: Callable[[], float]) -> float | None:
    """What `trial` returns, run in a fork of this process; None where it failed."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        theirs.send(trial())

    process = context.Process(target=run)
    process.start()
    theirs.close()
    try:
        answer: Any = ours.recv()
        return float(answer)
    except EOFError:
        return None
    finally:
        process.join()


def errors_with(score: Callable[[Path], float], shared: Path, setting: Setting, value: float) -> float:
    put(setting, value)
    return score(shared)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", choices=list(SETS), default="text")
    parser.add_argument("--only", nargs="+", default=[""], metavar="MODULE[:FIELD]", help="parts of names")
    parser.add_argument("--factors", type=float, nargs="+", default=list(FACTORS))
    parser.add_argument("--values", type=float, nargs="+", default=[], help="in place of factors")
    parser.add_argument("--all", action="store_true", help="print trials that change nothing too")
    chosen = parser.parse_args()
    settings = [s for s in all_settings() if any(part in f"{s.module}:{s.field}" for part in chosen.only)]
    score = SETS[chosen.set]
    before = in_a_child(partial(score, chosen.shared))
    assert before is not None, "the set cannot be scored"
    print(f"{len(settings)} settings; errors on {chosen.set} as they are: {before:.5f}", flush=True)
    for setting in settings:
        for value in setting.varied(chosen.values, chosen.factors):
            after = in_a_child(partial(errors_with, score, chosen.shared, setting, value))
            if chosen.all or after is None or after != before:
                change = "failed" if after is None else f"{after:.5f} {after - before:+.5f}"
                print(f"{setting.module}:{setting.field} {setting.value:g} -> {value:g}: {change}", flush=True)


if __name__ == "__main__":
    main()
