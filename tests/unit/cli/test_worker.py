"""Limits of a worker, and the terminal that a summary is made for."""

import pytest
from rich.text import Text

from avskrift.cli.worker import Terminal, WorkLimits


def test_limits_from_options() -> None:
    limits = WorkLimits(100.0, 30.0, 512, jobs=2).limits()
    assert limits.seconds == 100.0 and limits.memory == 512 << 20
    assert limits.page_seconds == 120.0 and limits.page_work == 20.0
    assert WorkLimits(100.0, 300.0, None, jobs=2).limits().page_work == 200.0


def test_memory_grows_with_pages_read_at_once() -> None:
    one, four = (WorkLimits(100.0, 30.0, None, jobs).limits().memory for jobs in (1, 4))
    assert four > one


def test_a_summary_for_a_pipe_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Terminal.of_output(72) == Terminal(False, 72)
    assert Terminal(False, 20).shown(Text("Kort", style="bold")) == "Kort\n"
    assert "\x1b[1m" in Terminal(True, 20).shown(Text("Kort", style="bold"))
