"""What a worker may use of the machine."""

from avskrift.runtime import limits


def test_a_command_takes_its_share_and_more_for_more_pages_at_once(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(limits, "memory_bytes", lambda: 64 << 30)
    assert limits.usual_memory(1) == 3 << 29 and limits.usual_memory(3) == 3 << 30
    assert limits.share_of_memory(4) == 12 << 30
    monkeypatch.setattr(limits, "memory_bytes", lambda: 1 << 30)
    assert limits.usual_memory(8) == limits.share_of_memory(8) == 1 << 30
