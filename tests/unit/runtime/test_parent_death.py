"""Processes that end with the one that started them."""

import subprocess
import sys
import time

import pytest

from avskrift.runtime.system import is_running

PARENT = """
import os, time
from avskrift.runtime.parent_death import end_with_parent
child = os.fork()
if child == 0:
    end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(600)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot do that")
def test_a_child_goes_with_its_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)
    parent.kill()
    parent.communicate()
    for _ in range(500):
        if not is_running(child):
            return
        time.sleep(0.01)
    pytest.fail("the child lives on")
