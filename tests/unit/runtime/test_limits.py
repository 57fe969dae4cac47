"""What the machine gives, and what a worker may use of it."""

import os
from pathlib import Path

from avskrift.runtime import limits


def test_processors_and_memory_are_what_the_control_group_gives(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cpu.max").write_text("150000 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("1073741824\n", encoding="utf-8")
    monkeypatch.setattr(limits, "_control_groups", lambda: [tmp_path])
    assert limits.processors() == 1
    assert limits.memory_bytes() == 1 << 30
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert limits.processors() == len(os.sched_getaffinity(0))
    assert limits.memory_bytes() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def test_a_command_takes_its_share_and_more_for_more_pages_at_once(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(limits, "memory_bytes", lambda: 64 << 30)
    assert limits.usual_memory(1) == 1 << 30 and limits.usual_memory(3) == 2 << 30
    assert limits.share_of_memory(4) == 12 << 30
    monkeypatch.setattr(limits, "memory_bytes", lambda: 1 << 30)
    assert limits.usual_memory(8) == limits.share_of_memory(8) == 1 << 30
