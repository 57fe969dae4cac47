"""Standard streams of processes that talk to nobody, tried in processes of their own."""

import subprocess
import sys
from pathlib import Path


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], input="asked", capture_output=True, text=True, check=True)


def test_a_worker_writes_to_its_file_and_reads_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    done = run(f"""
import os, sys
from avskrift.runtime.streams import leave_terminal
leave_terminal({str(output)!r})
print("från Python", sys.stdin.read())
os.write(2, b"native")
""")
    assert done.stdout == done.stderr == ""
    assert output.read_text(encoding="utf-8") in ("från Python \nnative", "nativefrån Python \n")


def test_standard_error_is_silent_for_a_while() -> None:
    done = run("""
import os
from avskrift.runtime.streams import silent_stderr
with silent_stderr():
    os.write(2, b"lost")
os.write(2, b"heard")
""")
    assert done.stderr == "heard"
