"""What commands write, and what they never write over."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.cli.app import main

ROOT = Path(__file__).parents[2]
SCAN = ROOT / "examples" / "klockviken-2023.pdf"
TEXT = """Samverkansöverenskommelse

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har
träffat följande överenskommelse. Handling {}.

Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command in this process: its exit status, and what it wrote to standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["avskrift", *map(str, arguments)])
        capfd.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        told = capfd.readouterr()
        assert "internal error" not in told.err and "Traceback" not in told.err
        return status, told.out, told.err

    return call


def apart(*arguments: object) -> tuple[int, str, str]:
    """The command in a process of its own, as those that read or compare documents need it."""
    command = [sys.executable, "-m", "avskrift", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "internal error" not in result.stderr and "Traceback" not in result.stderr
    return result.returncode, result.stdout, result.stderr


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user stands."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "a.txt").write_text(TEXT.format(1), encoding="utf-8")
    (folder / "b.txt").write_text(TEXT.format(2), encoding="utf-8")
    shutil.copy(SCAN, folder / "scan.pdf")
    return folder


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive and its results, under names that wish us ill."""
    base = tmp_path_factory.mktemp("archive")
    scans = base / "scans"
    hostile = [
        *("a.txt", "1998/b.txt", "<img src=x onerror=alert(1)>.txt", "=cmd|x.txt", "[c](javascript:alert(1)).txt"),
        *("new\nline.txt", "\x1b]0;title\x07.txt", "“&amp;”\u2028.txt", "| a | b.txt", "`code`.txt"),
    ]
    for n, name in enumerate(hostile):
        path = scans / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(n), encoding="utf-8")
    command = [sys.executable, "-m", "avskrift", "batch", str(scans), "-o", str(base / "records"), "--jobs", "2"]
    subprocess.run(command, check=True, capture_output=True, cwd="/")
    return base


@pytest.fixture
def archive(read_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(read_once / "records", tmp_path / "records")
    return tmp_path / "records"


def seen(folder: Path) -> dict[str, bytes | str]:
    """All that is in a folder, with what it holds."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = str(path.readlink())
        else:
            found[name] = path.read_bytes() if path.is_file() else "no file"
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse", "a.txt", "-o", "a.txt"),
        ("parse", "a.txt", "--text", "a.txt"),
        ("parse", "a.txt", "-o", "../here/a.txt"),
        ("parse", "a.txt", "-o", "hard.txt"),
        ("parse", "a.txt", "-o", "link.txt"),
        ("parse", "link.txt", "-o", "a.txt"),
        ("parse", "scan.pdf", "-o", "scan.pdf"),
        ("parse", "a.txt", "-o", "scan.pdf"),
        ("parse", "a.txt", "--glossary", "b.txt", "-o", "b.txt"),
        ("parse", "a.txt", "-o", "new.json", "--text", "../here/new.json"),
        ("parse", "a.txt", "-o", "link to new", "--text", "new.json"),
        ("correct", "a.txt", "-o", "a.txt"),
        ("correct", "a.txt", "--report", "a.txt"),
        ("correct", "a.txt", "--witness", "b.txt", "-o", "b.txt"),
        ("correct", "a.txt", "--glossary", "b.txt", "--report", "b.txt"),
        ("correct", "a.txt", "-o", "new", "--report", "new"),
        ("compare", "a.txt", "b.txt", "-o", "page.html", "-o", "page.html"),
        ("compare", "a.json", "b.txt", "-o", "a.json"),
        ("compare", "a.txt", "b.txt", "-o", "a.json"),
        ("compare", "a.txt", "b.txt", "-o", "package.json"),
        ("compare", "a.txt", "b.txt", "-o", "scan.html"),
        ("parse", "a.txt", "-o", "b.txt"),
        ("parse", "a.txt", "-o", "package.json"),
        ("train", "--from", "a.json", "--documents", ".", "-o", "a.json"),
        ("train", "--from", "a.json", "--documents", ".", "-o", "b.txt"),
        ("train", "--from", "a.json", "--documents", ".", "-o", "package.json"),
        ("train", "--from", "a.json", "--documents", ".", "-o", "new.json", "--log", "a.json"),
        ("batch", "a.txt", "-o", "new", "--log", "a.txt"),
        ("batch", "../here", "-o", "../new", "--log", "b.txt"),
        ("batch", "../here", "-o", "../new", "--log", "scan.pdf"),
        ("batch", "../here", "-o", "../new", "--log", "../new/manifest.sqlite"),
        ("batch", "--list", "b.txt", "a.txt", "-o", "../new", "--log", "b.txt"),
        ("batch", "a.txt", "-o", "a.txt"),
        ("batch", "a.txt", "-o", "link.txt/below/it"),
        ("batch", "a.txt", "-o", "/dev/null"),
    ],
    ids=" ".join,
)
def test_no_output_takes_the_place_of_an_input(run: Run, here: Path, arguments: tuple[str, ...]) -> None:
    (here / "hard.txt").hardlink_to(here / "a.txt")
    (here / "link.txt").symlink_to("a.txt")
    (here / "link to new").symlink_to("new.json")
    (here / "package.json").write_text('{"name": "mine"}', encoding="utf-8")
    shutil.copy(here / "scan.pdf", here / "scan.html")
    if "a.json" in arguments:
        assert apart("parse", "a.txt", "-o", "a.json")[0] == 0
    before = seen(here)
    status, out, told = run(*arguments)
    assert status == 2 and out == "" and told.count("\n") == 1 and told.startswith("avskrift: ")
    assert seen(here) == before


COMMANDS = {
    "parse": ("parse", "a.txt", "-o"),
    "parse --text": ("parse", "a.txt", "-o", "out.json", "--text"),
    "correct": ("correct", "a.txt", "-o"),
    "correct --report": ("correct", "a.txt", "--report"),
    "report": ("report", "RECORDS", "-o"),
    "train": ("train", "--from", "RECORDS", "--documents", ".", "-o"),
    "batch --log": ("batch", "a.txt", "-o", "new", "--log"),
    **{f"export {form}": ("export", "RECORDS", "--to", form, "-o") for form in ("jsonl", "csv", "sqlite", "markdown")},
}
ODD = [".", "", "/", "..", "a.txt/below", "a.txt/below/it", "loop", "socket", "a" * 300, "full", "full/.."]


@pytest.mark.parametrize("command", COMMANDS)
def test_odd_outputs_are_wrong_usage(
    run: Run, here: Path, archive: Path, command: str, request: pytest.FixtureRequest
) -> None:
    import socket

    (here / "loop").symlink_to("loop")
    (here / "full").mkdir()
    (here / "full" / "precious.docx").write_text("precious", encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        before, records = seen(here), seen(archive)
        for output in ODD:
            arguments = [str(archive) if a == "RECORDS" else a for a in COMMANDS[command]]
            status, out, told = run(*arguments, output)
            assert (status, out, told.count("\n")) == (2, "", 1), (output, told)
            assert seen(here) == before and seen(archive) == records, output


@pytest.mark.parametrize("form", ["jsonl", "sqlite", "report", "csv", "markdown"])
def test_no_export_takes_the_place_of_what_is_not_one(
    run: Run, here: Path, archive: Path, read_once: Path, form: str
) -> None:
    command = ("report", archive) if form == "report" else ("export", archive, "--to", form)
    shutil.copytree(read_once / "scans", here / "scans")
    (here / "empty.json").write_text("{}", encoding="utf-8")
    (here / "page.html").write_text("<!DOCTYPE html>\n<html><title>Mine</title></html>", encoding="utf-8")
    (here / "rows.jsonl").write_text('{"document": "mine"}\n', encoding="utf-8")
    with sqlite3.connect(here / "mine.sqlite") as db:
        db.execute("CREATE TABLE documents (a)")
    there = [
        *(here / "scan.pdf", here / "a.txt", here / "empty.json", here / "page.html", here / "rows.jsonl"),
        *(here / "mine.sqlite", here / "scans", here / "scans" / "a.txt", archive, archive / "1998"),
        *(
            archive / name
            for name in ("a.txt.json", "a.txt.txt", "manifest.sqlite", "manifest.jsonl", ".manifest.lock")
        ),
        *(archive / "1998" / "b.txt.json", archive / "manifest-1-of-2.sqlite", archive / ".search.sqlite"),
        *(archive / ".pages", archive / ".pages" / "x", archive / "1998" / ".." / "manifest.jsonl"),
    ]
    before, records = seen(here), seen(archive)
    for path in there:
        status, _, told = run(*command, "-o", path)
        assert (status, told.count("\n")) == (2, 1), (path, told)
        assert seen(here) == before and seen(archive) == records, path


def test_a_result_that_is_missing_keeps_its_place(run: Run, archive: Path) -> None:
    (archive / "a.txt.json").unlink()
    for command in (("export", archive, "--to", "jsonl"), ("export", archive, "--to", "csv"), ("report", archive)):
        status, _, told = run(*command, "-o", archive / "a.txt.json")
        assert status == 2 and "document of the archive" in told


def test_semicolons_or_tabs_part_the_cells_of_csv_alone(run: Run, archive: Path, tmp_path: Path) -> None:
    for delimiter in (";", "tab"):
        assert run("export", archive, "--to", "csv", "--delimiter", delimiter, "-o", tmp_path / "tables")[0] == 0
    head = (tmp_path / "tables" / "parties.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("document\tnumber\tname")
    for command in (("--to", "csv", "--delimiter", "|"), ("--to", "jsonl", "--delimiter", ";")):
        assert run("export", archive, *command)[0] == 2


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "markdown"])
def test_exports_replace_themselves(run: Run, archive: Path, form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    records = seen(archive)
    assert run("export", archive, "--to", form)[0] == 0
    made = {name: data for name, data in seen(archive).items() if name not in records}
    assert made and run("export", archive, "--to", form)[0] == 0
    assert {name for name in seen(archive) if name not in records} == made.keys()
    (tmp_path / "empty").mkdir()
    where = tmp_path / "empty" if form in ("csv", "parquet", "markdown") else tmp_path / "out"
    for _ in range(2):
        assert run("export", archive, "--to", form, "-o", where)[0] == 0
    assert {name: data for name, data in seen(archive).items() if name in records} == records


def test_a_link_in_the_folder_of_results_leads_nowhere(run: Run, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (archive / "export-csv").symlink_to(tmp_path / "mine")
    (archive / "export.jsonl").symlink_to(tmp_path / "mine" / "new")
    (archive / "report.html").symlink_to(tmp_path / "mine" / "new")
    for command in (("export", archive, "--to", "csv"), ("export", archive, "--to", "jsonl"), ("report", archive)):
        status, _, told = run(*command)
        assert status == 2 and "leads out of" in told
    assert list((tmp_path / "mine").iterdir()) == []


def test_hostile_names_stay_names(run: Run, archive: Path) -> None:
    for form in ("markdown", "jsonl", "csv"):
        assert run("export", archive, "--to", form)[0] == 0
    assert run("report", archive)[0] == 0
    index = (archive / "export-markdown" / "index.md").read_text(encoding="utf-8")
    assert index.count("<img") == 0 and len(index.splitlines()) == 2 + 10
    assert r"\[c\](javascript:alert(1)).txt](0" in index and r"\| a \| b.txt" in index and r"\`code\`" in index
    for page in (archive / "export-markdown").glob("0*.md"):
        text = page.read_text(encoding="utf-8")
        assert "<" not in text and "\x1b" not in text
    rows = (archive / "export.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 10 and all(json.loads(row)["record"] for row in rows)
    table = (archive / "export-csv" / "documents.csv").read_text(encoding="utf-8-sig")
    assert "\n'=cmd|x.txt," in table
    report = (archive / "report.html").read_text(encoding="utf-8")
    assert "<img" not in report and "\x1b" not in report


def test_hostile_names_stay_names_in_comparisons(here: Path) -> None:
    names = ("<img src=x onerror=alert(1)>.txt", "=cmd|'x'\n\x1b]0;t\x07[a](b).txt")
    for n, name in enumerate(names):
        (here / name).write_text(TEXT.format(n).replace("2021", str(2019 + n)), encoding="utf-8")
    pages = ("-o", "c.html", "-o", "c.md", "-o", "c.csv")
    assert apart("compare", *names, *pages[:4])[0] == 0
    two = [(here / name).read_text(encoding="utf-8") for name in ("c.html", "c.md")]
    assert apart("compare", "--timeline", *names, *pages)[0] == 0
    assert apart("compare", "--matrix", *names, "-o", "m.html", "-o", "m.md", "-o", "m.csv", "-o", "m.svg")[0] == 0
    made = [(here / f"{c}.{end}").read_text(encoding="utf-8") for c in "cm" for end in ("html", "md", "csv")]
    for text in (*two, *made, (here / "m.svg").read_text(encoding="utf-8")):
        assert "\x1b" not in text and "\x07" not in text
        assert "<img src=x" not in text or text.startswith("\ufeff")  # CSV is no markup
    for table in made[2::3]:
        assert not any(cell.startswith("=") for row in csv.reader(table.splitlines()) for cell in row)


def test_standard_output_by_its_name(here: Path, archive: Path) -> None:
    plain = apart("parse", "a.txt")[1]
    for name in ("-", "/dev/stdout"):
        assert apart("parse", "a.txt", "-o", name)[:2] == (0, plain)
    assert apart("correct", "a.txt", "-o", "-")[:2] == (0, (here / "a.txt").read_text(encoding="utf-8"))
    assert apart("parse", "a.txt", "-o", "-", "--text", "-")[0] == 2
    status, out, _ = apart("export", archive, "--to", "jsonl", "-o", "-")
    assert status == 0 and len(out.splitlines()) == 10
    assert apart("parse", "a.txt", "-o", "/dev/null")[0] == 0 and not Path("/dev/null").is_file()
    assert apart("export", archive, "--to", "sqlite", "-o", "/dev/null")[0] == 2
    assert sorted(p.name for p in here.iterdir()) == ["a.txt", "b.txt", "scan.pdf"]


def test_standard_output_that_is_closed_is_told(here: Path) -> None:
    command = f"{sys.executable} -m avskrift correct a.txt -o - >&-"
    result = subprocess.run(["bash", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode in (1, 2) and result.stderr.count("\n") == 1 and "internal" not in result.stderr


def test_closed_streams_are_no_hindrance(here: Path) -> None:
    def ended(command: str) -> tuple[int, str]:
        line = f"{sys.executable} -m avskrift {command}"
        told = subprocess.run(["bash", "-c", line], stderr=subprocess.PIPE, text=True, check=False)
        return told.returncode, told.stderr

    assert ended("parse a.txt -o a.json 0<&- 1>&- 2>&-") == (0, "")
    assert (here / "a.json").stat().st_size > 1000
    status, told = ended("parse a.txt >&-")
    assert status == 1 and told.endswith("avskrift: standard output is closed\n") and "internal" not in told


def test_a_full_disk_is_told(here: Path, archive: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    for command in (
        ("parse", "a.txt", "-o"),
        ("correct", "a.txt", "-o"),
        ("report", archive, "-o"),
        ("export", archive, "--to", "jsonl", "-o"),
    ):
        status, _, told = apart(*command, "/dev/full")
        assert status == 1 and "/dev/full cannot be written: No space left on device" in told


def test_search_leaves_nothing_in_another_folder(run: Run, here: Path) -> None:
    before = seen(here)
    status, _, told = run("search", ".", "kommunen")
    assert status == 2 and "no manifest" in told and seen(here) == before


def test_a_limit_on_files_is_told_and_leaves_nothing(here: Path, archive: Path) -> None:
    """A disk that is full in the middle of an export."""
    before = seen(archive)
    for form in ("jsonl", "csv", "sqlite"):
        command = [sys.executable, "-m", "avskrift", "export", str(archive), "--to", form]
        limited = f"ulimit -f 1; trap '' XFSZ; exec {' '.join(command)}"
        result = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False, cwd="/")
        assert result.returncode == 1 and result.stderr.count("\n") == 1, result.stderr
        assert f"{archive / 'export'}" in result.stderr and "internal" not in result.stderr
        assert seen(archive) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission_is_told(run: Run, here: Path, archive: Path) -> None:
    archive.chmod(0o555)
    try:
        for command in (("export", archive, "--to", "csv"), ("export", archive, "--to", "jsonl"), ("report", archive)):
            status, _, told = run(*command)
            assert status == 1 and "no permission" in told
    finally:
        archive.chmod(0o755)
