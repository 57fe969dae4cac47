"""What the system tells of the machine and its processes."""

import os
import subprocess
import sys
from pathlib import Path

from avskrift.runtime import system


def test_processors_and_memory_are_what_the_control_group_gives(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cpu.max").write_text("150000 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("1073741824\n", encoding="utf-8")
    monkeypatch.setattr(system, "_control_groups", lambda: [tmp_path])
    assert system.processors() == 1
    assert system.memory_bytes() == 1 << 30
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert system.processors() == len(os.sched_getaffinity(0))
    assert system.memory_bytes() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def test_a_process_is_known_by_when_it_began() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env={"NAME": "sökt"})
    try:
        began = system.start_time(child.pid)
        assert began.isdigit() and began == system.start_time(child.pid) != system.start_time(1)
        assert system.is_running(child.pid)
        assert list(system.processes_with("NAME=sökt".encode())) == [child.pid]
    finally:
        child.communicate()
    assert not system.is_running(child.pid) and system.start_time(child.pid) == ""


def test_what_this_process_used() -> None:
    before = system.processor_seconds(os.getpid())
    sum(n * n for n in range(2_000_000))
    assert system.processor_seconds(os.getpid()) > before
    held = bytearray(64 << 20)
    assert system.memory_used() > len(held)


def test_what_cannot_be_told_is_nothing() -> None:
    nobody = 1 << 30
    assert system.processor_seconds(nobody) == 0.0 and system.start_time(nobody) == ""
    assert not system.is_running(nobody) and not list(system.processes_with(b"NAME=nobody has this"))
