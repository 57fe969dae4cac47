"""How far a run is."""

import pytest

from avskrift.batch.rows import Status
from avskrift.batch.tally import Tally


def test_the_pace_of_what_was_read_says_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 130.0)
    tally = Tally(documents=12, kept=2, pages=40, begun=100.0)
    assert tally.seconds_left is None
    tally.made[Status.DONE] += 4
    tally.made[Status.FAILED] += 1
    tally.made[Status.SKIPPED] += 1  # costs no time
    assert tally.done == 8 and tally.pages_per_minute == pytest.approx(80)
    assert tally.seconds_left == pytest.approx(4 * 30 / 5)
