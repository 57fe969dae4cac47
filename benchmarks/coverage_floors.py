"""Shares of each package's lines that the tests run, and whether one fell below its floor (scripts/coverage).

    python benchmarks/coverage_floors.py [DATA]     # .coverage, combined; status 1 where a package is below its floor

A floor is what was measured, less one. A package that has none is held to what every package of the road has.
"""

import argparse
from collections import Counter
from pathlib import Path

from coverage import Coverage

import avskrift

PACKAGE = Path(avskrift.__file__).parent
NOT_SHIPPED = {"tests", "training", "benchmarks", "examples"}
LEAST = 85.0
FLOORS: dict[str, float] = {
    ".": 97.0,
    "cli": 81.0,  # measured with half of the tests of commands
    "batch": 94.0,
    "comparison": 96.0,
    "comparison/clauses": 95.0,
    "comparison/objects": 96.0,
    "comparison/reports": 97.0,
    "comparison/vocabulary": 99.0,
    "corrections": 97.0,
    "corrections/rules": 99.0,
    "ingest": 98.0,
    "ingest/files": 88.0,
    "ingest/image": 98.0,
    "ingest/layout": 96.0,
    "ingest/ocr": 96.0,
    "ingest/text_layer": 96.0,
    "language": 99.0,
    "models": 99.0,
    "output": 93.0,
    "output/archive": 94.0,
    "output/comparison": 89.0,
    "output/record": 95.0,
    "parsing": 99.0,
    "parsing/checks": 99.0,
    "parsing/fields": 94.0,
    "parsing/structure": 95.0,
    "parsing/vocabulary": 98.0,
    "runtime": 91.0,
}


def package_of(path: Path) -> str:
    """The package that a module is counted in: two folders deep, "." for the modules of the root."""
    return "/".join(path.relative_to(PACKAGE).parent.parts[:2]) or "."


def shares(data: str) -> dict[str, float]:
    """The percentage of the statements of each package that were run."""
    coverage = Coverage(data_file=data)
    coverage.load()
    statements: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for name in coverage.get_data().measured_files():
        path = Path(name)
        if path.is_file() and path.is_relative_to(PACKAGE) and path.relative_to(PACKAGE).parts[0] not in NOT_SHIPPED:
            _, lines, _, missed, _ = coverage.analysis2(name)
            statements[package_of(path)] += len(lines)
            missing[package_of(path)] += len(missed)
    return {name: 100.0 * (1 - missing[name] / count) for name, count in sorted(statements.items()) if count}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=".coverage")
    found = shares(parser.parse_args().data)
    below = 0
    for name, share in found.items():
        floor = FLOORS.get(name, LEAST)
        below += share < floor
        print(f"{name:28} {share:5.1f} % (floor {floor:.1f}){'  BELOW' if share < floor else ''}")
    return 1 if below or not found else 0


if __name__ == "__main__":
    raise SystemExit(main())
