"""Small files that show on their pages what a record must say: how many of their checks hold.

    python benchmarks/page_cases.py SHARED [SCRIPT ...]

Runs SHARED/cases/pages/check_all.sh, or other scripts of its form, each in a copy of its folder, with the command
beside this Python, and counts what it says: a line `holds` or `FAILS` for each check.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def counted(script: Path) -> tuple[int, list[str]]:
    """How many checks a script made, and those that failed, each behind the name of its file."""
    command = Path(sys.executable).with_name("avskrift")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "cases"
        shutil.copytree(script.parent, copy)
        path = f"{command.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        known = {**os.environ, "AVSKRIFT": str(command), "PATH": path}
        said = subprocess.run(["sh", script.name], cwd=copy, env=known, capture_output=True, text=True, check=False)
    checks, failed, name = 0, [], ""
    for line in said.stdout.splitlines():
        if line.startswith("== "):
            name = line[3:]
        elif line.startswith(("holds", "FAILS")):
            checks += 1
            if line.startswith("FAILS"):
                failed.append(f"{name}: {line[5:].strip()}")
    return checks, failed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("scripts", type=Path, nargs="*")
    asked = parser.parse_args()
    for script in asked.scripts or [asked.shared / "cases" / "pages" / "check_all.sh"]:
        checks, failed = counted(script)
        print(f"{script}: {checks - len(failed)} of {checks} hold", flush=True)
        for check in failed:
            print(f"    {check}")


if __name__ == "__main__":
    main()
