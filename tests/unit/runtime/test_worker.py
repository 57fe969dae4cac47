"""Work in a limited worker, tried from a small process with one thread, as the command line is one.

A worker is a copy of the process that begins it, with its memory: that of a test run which has read hundreds of
documents is beyond any worker's limit.
"""

import subprocess
import sys
from pathlib import Path

SCENARIOS = Path(__file__).with_name("worker_scenarios.py")


def test_scenarios_of_a_held_worker() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(SCENARIOS)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0 and " passed" in done.stdout, done.stdout
