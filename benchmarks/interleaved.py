"""What commands cost, side by side: they take turns (A B A B), so that a busy machine is busy for all of them."""

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
"""Tesseract's own threads make no page faster when as many pages are read at a time as there are processors."""
_SET_CHILD_SUBREAPER = 36
_ORPHANS_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of processors (user and system, all processes together)."""

    wall: float
    cpu: float


def cost_of(commands: Sequence[Sequence[str | Path]]) -> Cost:
    """Of commands run one after the other, with every process that they begin; processes that outlive their command,
    as those of a pool, are waited for too. Raises `CalledProcessError` for one that fails."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begun, before = time.perf_counter(), _children()
    for command in commands:
        subprocess.run([str(part) for part in command], check=True, capture_output=True, env=ONE_THREAD, cwd="/")
    wall = time.perf_counter() - begun
    _wait_for_orphans()
    return Cost(wall, _children() - before)


def in_turns(rivals: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """The costs of each of `rivals` in each of some rounds."""
    found: dict[str, list[Cost]] = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, measured in rivals.items():
            found[name].append(measured())
    return found


def print_costs(label: str, pages: int, found: Mapping[str, Sequence[Cost]]) -> None:
    """A row for each: pages a minute, wall and CPU seconds a page, each of the best round and of the median; the ratios
    to the first by the best rounds."""
    first = least(next(iter(found.values())))
    for name, costs in found.items():
        best, middle = least(costs), median(costs)
        rates = f"{60 * pages / best.wall:6.1f} {60 * pages / middle.wall:6.1f} a minute"
        print(
            f"{label:24} {name:34} {pages:4} pages {rates}"
            f"  wall {best.wall / pages:.2f} {middle.wall / pages:.2f}"
            f"  CPU {best.cpu / pages:.2f} {middle.cpu / pages:.2f}"
            f"  to the first: {first.wall / best.wall:.2f} as fast, {best.cpu / first.cpu:.2f} of the CPU",
            flush=True,
        )


def least(costs: Sequence[Cost]) -> Cost:
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.wall for cost in costs), statistics.median(cost.cpu for cost in costs))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_orphans() -> None:
    end = time.monotonic() + _ORPHANS_SECONDS
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.02)
        except ChildProcessError:
            return
