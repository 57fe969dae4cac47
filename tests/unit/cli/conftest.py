"""A worker that is not started: what a command would do in it is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from avskrift.cli.worker import WorkLimits


@dataclass
class Worker:
    """Stands for `in_worker`: keeps what it is given, and gives back `made`."""

    made: dict[str, str | list[str]] = field(default_factory=dict)
    name: str = ""
    limits: WorkLimits | None = None
    log: Path | None = None

    def __call__(self, work: Callable[[Any], Any], name: str, limits: WorkLimits, log: Path | None) -> Any:
        self.name, self.limits, self.log = name, limits, log
        return self.made


@pytest.fixture
def worker_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Worker]:
    """Puts a worker that gives back these forms into a command's module."""

    def put(module: ModuleType, **made: str | list[str]) -> Worker:
        worker = Worker({name.replace("_", "."): text for name, text in made.items()})
        monkeypatch.setattr(module, "in_worker", worker)
        return worker

    return put
