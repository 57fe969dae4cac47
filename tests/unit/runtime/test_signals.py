"""Signals that ask a program to stop, tried in processes of their own."""

import signal
import subprocess
import sys

import pytest

STOPS = """
import os, signal, sys
from avskrift.runtime.signals import Stopped, received_signal, signals_blocked, stop_on_signals
stop_on_signals()
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", STOPS + program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_an_exception(number: signal.Signals) -> None:
    done = run(f"""
try:
    os.kill(os.getpid(), {int(number)})
except Stopped:
    print(received_signal())
""")
    assert done.stdout.strip() == str(int(number))


def test_a_second_signal_at_once_is_the_same_wish() -> None:
    done = run("""
try:
    os.kill(os.getpid(), signal.SIGTERM)
except Stopped:
    os.kill(os.getpid(), signal.SIGTERM)
    print("went on")
""")
    assert done.stdout == "went on\n" and done.returncode == 0


def test_signals_wait_until_they_may_come() -> None:
    done = run("""
try:
    with signals_blocked():
        os.kill(os.getpid(), signal.SIGTERM)
        print("first", flush=True)
except Stopped:
    print("then")
""")
    assert done.stdout == "first\nthen\n"


def test_what_is_ignored_stays_ignored() -> None:
    program = 'os.kill(os.getpid(), signal.SIGHUP); print("alive")'
    done = subprocess.run(
        [sys.executable, "-c", STOPS.replace("stop_on_signals()\n", "") + program],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    assert done.stdout == "alive\n"
