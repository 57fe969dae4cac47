"""Figures of the code itself, for any checkout, so that before and after stand in one table.

    python benchmarks/code_metrics.py CHECKOUT [CHECKOUT ...] [--worst]

Counted are modules that are shipped; complexity is McCabe's as radon counts it (each condition, comprehension and
Boolean operator is a branch). Times are the least of five, in a fresh process each.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radon.complexity import cc_visit

NOT_SHIPPED = {"tests", "training", "benchmarks", "docs", "scripts", "examples", "build", "dist"}
LONG, COMPLEX, VERY_COMPLEX = 50, 15, 20
TRIES = 5


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or function within one: PATH:NAME, its lines and its complexity."""

    name: str
    lines: int
    complexity: int


def shipped_modules(checkout: Path) -> Iterator[Path]:
    """The modules of the package at `checkout`, in the order of their paths."""
    for path in sorted(checkout.rglob("*.py")):
        first = path.relative_to(checkout).parts[0]
        if first not in NOT_SHIPPED and not first.startswith("."):
            yield path


def functions_of(path: Path, checkout: Path) -> Iterator[Function]:
    """Every function of a module, those within others too, as functions of their own."""
    place = path.relative_to(checkout)
    known = set()
    waiting: list[Any] = list(cc_visit(path.read_text(encoding="utf-8")))
    while waiting:
        block = waiting.pop()
        if hasattr(block, "methods"):
            waiting += [*block.methods, *block.inner_classes]
            continue
        waiting += block.closures
        if (block.lineno, block.name) not in known:  # radon lists a method alone and in its class
            known.add((block.lineno, block.name))
            yield Function(f"{place}:{block.name}", block.endline - block.lineno + 1, block.complexity)


def least_seconds(checkout: Path, *arguments: str) -> float:
    """The least wall-clock seconds that Python takes with `arguments` where `avskrift` is the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "avskrift").symlink_to(checkout)
        environment = {**os.environ, "PYTHONPATH": folder}
        taken = []
        for _ in range(TRIES):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
            )
            taken.append(time.perf_counter() - begun)
    return min(taken)


def lines_of(paths: Iterator[Path]) -> list[int]:
    """How many lines each file has."""
    return [path.read_text(encoding="utf-8").count("\n") for path in paths]


def figures_of(checkout: Path, functions: list[Function]) -> dict[str, str]:
    """The figures of a checkout by what they are."""
    lines = lines_of(shipped_modules(checkout))
    tests = sum(lines_of((checkout / "tests").rglob("*.py")))
    complexities = [function.complexity for function in functions]
    bare = least_seconds(checkout, "-c", "")
    return {
        "modules": str(len(lines)),
        "lines": f"{sum(lines):,}",
        "lines of a module, median / longest": f"{statistics.median(lines):.0f} / {max(lines)}",
        "functions": f"{len(functions):,}",
        f"functions over {LONG} lines": str(sum(function.lines > LONG for function in functions)),
        "complexity, mean": f"{statistics.mean(complexities):.2f}",
        f"functions above {COMPLEX} / {VERY_COMPLEX}": " / ".join(
            str(sum(complexity > bound for complexity in complexities)) for bound in (COMPLEX, VERY_COMPLEX)
        ),
        "lines of tests to lines of code": f"{tests / sum(lines):.2f}",
        "import avskrift, s": f"{least_seconds(checkout, '-c', 'import avskrift') - bare:.2f}",
        "avskrift --help, s": f"{least_seconds(checkout, '-m', 'avskrift', '--help') - bare:.2f}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", nargs="+", type=Path)
    parser.add_argument("--worst", action="store_true", help="list functions that are long or complex")
    chosen = parser.parse_args()
    checkouts = [path.resolve() for path in chosen.checkout]
    functions = [[f for path in shipped_modules(c) for f in functions_of(path, c)] for c in checkouts]
    columns = [figures_of(*pair) for pair in zip(checkouts, functions, strict=True)]
    print("| | " + " | ".join(map(str, chosen.checkout)) + " |\n| --- |" + " ---: |" * len(columns))
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |")
    if chosen.worst:
        for function in sorted(functions[-1], key=lambda f: (-f.complexity, -f.lines)):
            if function.complexity > COMPLEX or function.lines > LONG:
                print(f"{function.complexity:4} {function.lines:4} lines  {function.name}")


if __name__ == "__main__":
    main()
