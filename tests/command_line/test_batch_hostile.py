"""Batches over what people who wish them ill, or shares and scanners, put into folders: as a user runs them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

TEXT = """Samverkansöverenskommelse

Vikbo kommun, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har träffat följande
överenskommelse. Handling {}.

Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""


def run(*arguments: str | Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "avskrift", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, input=data, timeout=240, check=False, cwd="/")
    assert b"Traceback" not in result.stderr and b"internal error" not in result.stderr, result.stderr
    return result


def rows(output: Path) -> dict[str, dict[str, str]]:
    lines = (output / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["document"]: row for row in map(json.loads, lines)}


def states(output: Path) -> dict[str, str]:
    return {name: row["status"] for name, row in rows(output).items()}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "z.txt").write_text(TEXT.format("z"), encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_nothing_in_a_folder_hangs_or_ends_a_batch(archive: Path, output: Path) -> None:
    os.mkfifo(archive / "a.pdf")
    (archive / "zero.pdf").symlink_to("/dev/zero")
    for one, other in (("l1.pdf", "l2.pdf"), ("l2.pdf", "l1.pdf"), ("mapp", "mapp")):
        (archive / one).symlink_to(other)
    (archive / "nothing.pdf").symlink_to("nowhere")
    (archive / "brev.xlsx").write_bytes(b"PK\3\4")
    result = run("batch", archive, "-o", output, "--engine", "none")
    assert result.returncode == 3
    found = states(output)
    assert found.pop("z.txt") == "done" and found.pop("brev.xlsx") == "skipped"
    assert found == dict.fromkeys(["a.pdf", "zero.pdf", "l1.pdf", "l2.pdf", "mapp", "nothing.pdf"], "failed")
    told = result.stderr.decode()
    assert "8 documents in the manifest: 1 done, 6 failed, 1 skipped" in told
    assert "a.pdf: InputError" in told and "no regular file" in told
    assert run("report", output).returncode == 0
    assert "not read: kind of file (.xlsx)" in (output / "report.html").read_text(encoding="utf-8")


def test_names_of_lists_that_are_not_there_cost_themselves(archive: Path, output: Path, tmp_path: Path) -> None:
    names = b"\0".join(os.fsencode(p) for p in (archive / "z.txt", archive / "gone.pdf"))
    result = run("batch", "-", "-o", output, "--engine", "none", data=names)
    assert result.returncode == 3 and states(output) == {"gone.pdf": "failed", "z.txt": "done"}
    os.mkfifo(tmp_path / "list")
    refused = run("batch", archive, "-o", output, "--list", tmp_path / "list")
    assert refused.returncode == 1 and b"no regular file" in refused.stderr


def test_names_of_our_own_files_are_no_names_of_results(archive: Path, output: Path) -> None:
    for name in ("export-csv", "manifest.jsonl", "manifest.sqlite", "report.html"):
        (archive / name).mkdir()
        (archive / name / "a.txt").write_text(TEXT.format(name), encoding="utf-8")
    assert run("batch", archive, "-o", output, "--engine", "none").returncode == 0
    assert run("export", output, "--to", "csv").returncode == 0
    assert run("report", output).returncode == 0
    plan = run("batch", archive, "-o", output, "--engine", "none", "--dry-run")
    assert b"0 documents would be read, 5 left as they are" in plan.stderr
    assert len([p for p in output.rglob("*.txt.json") if json.loads(p.read_bytes())["source"]]) == 5


def test_whatever_else_is_given_nothing_is_read_again(archive: Path, output: Path, tmp_path: Path) -> None:
    assert run("batch", archive, "-o", output, "--engine", "none").returncode == 0
    for name in ("x/in", "y/in"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "z.txt").write_text(TEXT.format(name), encoding="utf-8")
    given = (tmp_path / "y" / "in", f"{archive}/", tmp_path / "x" / "in", archive / "z.txt")
    plan = run("batch", *given, "-o", output, "--engine", "none", "--dry-run")
    assert b"2 documents would be read, 1 left as they are" in plan.stderr
    assert run("batch", *given, "-o", output, "--engine", "none").returncode == 0
    told = states(output)
    assert len(told) == 3 and told["z.txt"] == "done" and set(told.values()) == {"done"}
    assert len(list(output.rglob("z.txt.json"))) == 3
    again = run("batch", *reversed(given), "-o", output, "--engine", "none", "--dry-run")
    assert b"0 documents would be read, 3 left as they are" in again.stderr


def test_shards_and_a_whole_batch_never_mix(archive: Path, output: Path) -> None:
    assert run("batch", archive, "-o", output, "--engine", "none").returncode == 0
    mixed = run("batch", archive, "-o", output, "--engine", "none", "--shard", "1/2")
    assert mixed.returncode == 2 and b"filled without --shard" in mixed.stderr
    assert sorted(p.name for p in output.glob("manifest*.sqlite")) == ["manifest.sqlite"]


def test_hostile_manifests_are_refused_or_told_of(archive: Path, output: Path) -> None:
    assert run("batch", archive, "-o", output, "--engine", "none").returncode == 0
    with sqlite3.connect(output / "manifest.sqlite") as db:
        db.execute("UPDATE documents SET status = 'excellent', key = X'2e2e2f2e2e2f6574632f706173737764'")
    told = run("report", output)
    assert told.returncode == 0 and b"1 rows are damaged and were left out" in told.stderr
    with sqlite3.connect(output / "manifest.sqlite") as db:
        db.execute("PRAGMA user_version = 77")
    for command in (("report", output), ("batch", archive, "-o", output, "--engine", "none")):
        refused = run(*command)
        assert refused.returncode == 1 and b"newer version of avskrift" in refused.stderr


def test_a_watched_folder_that_goes_away_is_waited_for(archive: Path, output: Path) -> None:
    command = [sys.executable, "-m", "avskrift", "batch", str(archive), "-o", str(output), "--watch", "--every", "0.2"]
    process = subprocess.Popen([*command, "--engine", "none"], stderr=subprocess.PIPE, cwd="/", text=True)
    lines: list[str] = []
    told = threading.Event()

    def listen() -> None:
        for line in process.stderr or ():
            lines.append(line)
            if "waiting for it" in line:
                told.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert appears(output / "z.txt.json")
        away = archive.rename(archive.with_name("away"))
        assert told.wait(120)
        (away / "ny.txt").write_text(TEXT.format("ny"), encoding="utf-8")
        away.rename(archive)
        assert appears(output / "ny.txt.json") and process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        listener.join(60)
    assert sum("waiting for it" in line for line in lines) == 1


def appears(path: Path) -> bool:
    end = time.monotonic() + 120
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return path.exists()


def test_nothing_of_the_users_is_taken_for_a_result(archive: Path, output: Path) -> None:
    (archive / "a.txt").write_text(TEXT.format("a"), encoding="utf-8")
    (archive / "copy.txt").write_text(TEXT.format("a"), encoding="utf-8")
    output.mkdir()
    (output / "a.txt.txt").write_text("my notes on a.txt", encoding="utf-8")
    (output / "z.txt.json").write_text('{"mine": 1}', encoding="utf-8")
    (output / "manifest.jsonl").write_text('{"image": "1.png"}\n', encoding="utf-8")
    assert run("batch", archive, "-o", output).returncode == 2
    assert (output / "manifest.jsonl").read_text(encoding="utf-8") == '{"image": "1.png"}\n'
    (output / "manifest.jsonl").unlink()
    for again in ([], [], ["--retry-failed"]):
        assert run("batch", archive, "-o", output, *again).returncode == 3
        assert (output / "a.txt.txt").read_text(encoding="utf-8") == "my notes on a.txt"
        assert (output / "z.txt.json").read_text(encoding="utf-8") == '{"mine": 1}'
        assert states(output) == {"a.txt": "failed", "copy.txt": "done", "z.txt": "failed"}
    for name in ("a.txt.txt", "z.txt.json"):
        (output / name).unlink()
    assert run("batch", archive, "-o", output, "--retry-failed").returncode == 0
    # what a run that was killed wrote is known without its rows
    (output / "manifest.sqlite").unlink()
    (output / "z.txt.json").unlink()
    (archive / "a.txt").write_text(TEXT.format("another"), encoding="utf-8")
    assert run("batch", archive, "-o", output).returncode == 0
