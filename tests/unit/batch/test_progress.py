"""How a run goes, told in a log."""

import io
import json
from dataclasses import replace

from avskrift.batch.progress import Log
from avskrift.batch.rows import Row, Status
from avskrift.batch.tally import Tally

ROW = Row(b"a\x1b]0;x\x07.pdf", b"/in/a.pdf", Status.FAILED, error_class="ValueError", error="internal error: min()")
ROW = replace(ROW, trace='Traceback (most recent call last):\n  File "reading.py", line 1\nValueError: \x1b[31mmin()')


def test_what_went_wrong_inside_stands_in_the_log_and_nowhere_else() -> None:
    log, terminal = io.StringIO(), io.StringIO()
    Log(log, as_json=False, traces=True).ended(ROW, Tally())
    Log(terminal, as_json=False).ended(ROW, Tally())
    assert "Traceback" in log.getvalue() and "reading.py" in log.getvalue()
    assert "Traceback" not in terminal.getvalue() and terminal.getvalue().count("\n") == 1
    assert "\x1b" not in log.getvalue() + terminal.getvalue()


def test_a_log_of_objects_tells_it_as_text() -> None:
    log = io.StringIO()
    Log(log, as_json=True, traces=True).ended(ROW, Tally())
    told = json.loads(log.getvalue())
    assert told["status"] == "failed" and told["trace"] == ROW.trace


def test_files_that_are_not_read_say_nothing_of_the_pace() -> None:
    tally = Tally(documents=10)
    tally.made[Status.SKIPPED] = 5
    assert tally.done == 5 and tally.seconds_left is None
