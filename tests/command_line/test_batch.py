"""Batches as a user runs them: real workers, kills, hangs, crashes, a cluster; and what is made of the results."""

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from odd_engine import engine, long_reading_in, picture_in
from office_documents import docx, paragraph, zip_of

AT_MOST = 300.0
"""Seconds that anything is waited for: only what never comes takes so long, however busy the machine is."""
TESSERACT = ("--engine", "tesseract")
NEVER_ENDS = "exec sleep infinity"
"""What an engine does that never ends."""
TEXT = """Samverkansöverenskommelse

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har
träffat följande överenskommelse. Handling {}.

Styrgrupp

Styrgruppen består av kommundirektören och lokalpolisområdeschefen. Den ordnar en trygghetsvandring varje höst och
sammanträder två gånger per år.

Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "avskrift", *map(str, arguments)]


def run(
    *arguments: str | Path, env: dict[str, str] | None = None, data: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **(env or {})}
    return subprocess.run(
        command(*arguments), capture_output=True, env=environment, input=data, timeout=2 * AT_MOST, check=False, cwd="/"
    )


def states(output: Path) -> dict[str, dict[str, str]]:
    lines = (output / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["document"]: row for row in map(json.loads, lines)}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return archive_in(tmp_path)


def archive_in(base: Path) -> Path:
    folder = base / "arkiv å"
    for n in range(4):
        path = folder / f"{n % 2}" / f"avtal {n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(n), encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "records"


def test_documents_in_messages_and_archives(archive: Path, output: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "asa@vikbo.example", "<1@vikbo.example>"
    mail.set_content("Avtalet bifogas.")
    mail.add_attachment(docx(paragraph("Samverkansöverenskommelse")), maintype="a", subtype="b", filename="avtal.docx")
    (archive / "post.eml").write_bytes(mail.as_bytes())
    (archive / "alla.zip").write_bytes(zip_of({"2021/ö.txt": TEXT.format("i arkiv").encode()}))
    planned = run("batch", archive, "-o", output, "--dry-run", "--unpack", "--engine", "none")
    assert b"post.eml/avtal.docx: it was never read" in planned.stdout and not output.exists()
    assert run("batch", archive, "-o", output, "--engine", "none").returncode == 0
    found = states(output)
    assert found["post.eml/avtal.docx"]["status"] == "done" and found["alla.zip"]["status"] == "skipped"
    again = run("batch", archive, "-o", output, "--unpack", "--engine", "none")
    assert again.returncode == 0, again.stderr
    assert states(output)["alla.zip/2021/ö.txt"]["status"] == "done"
    assert (output / "alla.zip" / "2021" / "ö.txt.json").is_file()
    planned = run("batch", archive, "-o", output, "--dry-run", "--unpack", "--engine", "none")
    assert planned.stdout == b"" and b"0 documents would be read, 6 left" in planned.stderr


def test_a_batch_ends_with_a_record_for_each_document(archive: Path, output: Path) -> None:
    (archive / "tom.pdf").write_bytes(b"")
    result = run("batch", archive, "-o", output, "--jobs", "2")
    assert result.returncode == 3 and result.stdout == b""
    told = result.stderr.decode()
    assert "tom.pdf: EmptyInputError" in told and "4 done, 1 failed" in told and "Traceback" not in told
    assert {name: row["status"] for name, row in states(output).items()} == {
        "0/avtal 0.txt": "done",
        "0/avtal 2.txt": "done",
        "1/avtal 1.txt": "done",
        "1/avtal 3.txt": "done",
        "tom.pdf": "failed",
    }
    record = json.loads((output / "1" / "avtal 3.txt.json").read_text(encoding="utf-8"))
    assert record["period"]["valid_to"] == "2023-02-28"
    (archive / "tom.pdf").unlink()
    again = run("batch", archive, "-o", output)
    assert again.returncode == 0 and "1 gone" in again.stderr.decode()


def test_names_from_standard_input_and_a_dry_run(archive: Path, output: Path) -> None:
    names = b"\0".join(os.fsencode(p) for p in sorted(archive.rglob("*.txt"))[:2])
    plan = run("batch", "-", "-o", output, "--dry-run", data=names)
    assert plan.returncode == 0 and plan.stdout.decode().count("it was never read") == 2
    assert not output.exists()
    assert run("batch", "-", "-o", output, "--log-json", data=names).returncode == 0
    assert len(states(output)) == 2


def test_log_lines_are_json(archive: Path, output: Path, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    assert run("batch", archive, "-o", output, "--log", log, "--log-json").returncode == 0
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["event"] == "begun" and lines[0]["documents"] == 4
    assert [line["status"] for line in lines if line["event"] == "document"] == ["done"] * 4


def test_shards_share_an_output_folder(archive: Path, output: Path) -> None:
    for shard in ("1/2", "2/2"):
        assert run("batch", archive, "-o", output, "--shard", shard).returncode == 0
    assert len(list(output.rglob("avtal*.json"))) == 4
    assert run("export", output, "--to", "jsonl").returncode == 0
    assert len((output / "export.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert run("batch", archive, "-o", output, "--shard", "3/2").returncode == 2


def processes_of(folder: str) -> list[str]:
    """The command lines of running processes that name a folder in their environment or arguments."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            told = (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
            state = (path / "stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if folder.encode() in told and state != "Z" and int(path.name) != os.getpid():
            found.append(path.name)
    return found


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + AT_MOST
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return true()


def test_killed_it_leaves_nobody_running_and_goes_on(archive: Path, output: Path, tmp_path: Path) -> None:
    for n in range(4, 40):
        (archive / f"{n}.txt").write_text(TEXT.format(n), encoding="utf-8")
    temporary = Path(tempfile.mkdtemp())  # short, as the names of sockets must be
    own = {"AVSKRIFT_TEST": str(tmp_path), "TMPDIR": str(temporary)}
    marked = {**os.environ, **own}
    process = subprocess.Popen(command("batch", archive, "-o", output, "--jobs", "2"), env=marked, cwd="/")
    assert eventually(lambda: len(list(output.rglob("*.json"))) >= 3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert eventually(lambda: processes_of(str(tmp_path)) == [])
    assert len(list(output.rglob("*.json"))) < 40
    result = run("batch", archive, "-o", output, "--jobs", "2", env=own)
    assert result.returncode == 0 and "40 done" in result.stderr.decode()
    assert not list(output.rglob("*.part"))
    temporary.rmdir()  # which it can be only when nothing is left in it


def test_ctrl_c_waits_for_nobody(archive: Path, output: Path, picture: Path, tmp_path: Path) -> None:
    for n in range(4, 60):
        (archive / f"{n}.txt").write_text(TEXT.format(n), encoding="utf-8")
    marked = {**os.environ, **engine(tmp_path / "bin", NEVER_ENDS), "AVSKRIFT_TEST": str(tmp_path)}
    process = subprocess.Popen(
        command("batch", archive, "-o", output, "--jobs", "2", *TESSERACT), env=marked, cwd="/", stderr=subprocess.PIPE
    )
    assert eventually(lambda: len(list(output.rglob("*.json"))) >= 2)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=AT_MOST)[1].decode()
    assert process.returncode == 130 and "goes on from here" in told and "Traceback" not in told
    assert eventually(lambda: processes_of(str(tmp_path)) == [])


@pytest.fixture
def picture(archive: Path) -> Path:
    return picture_in(archive)


def test_a_document_that_hangs_costs_itself(archive: Path, output: Path, picture: Path, tmp_path: Path) -> None:
    # The others are read before, without a limit that a busy machine could make them pass.
    aside = picture.rename(tmp_path / picture.name)
    assert run("batch", archive, "-o", output, "--jobs", "2", *TESSERACT).returncode == 0
    aside.rename(picture)
    env = engine(tmp_path / "bin", NEVER_ENDS) | {"AVSKRIFT_TEST": str(tmp_path)}
    result = run("batch", archive, "-o", output, "--jobs", "2", "--timeout", "3", *TESSERACT, env=env)
    assert result.returncode == 3
    told = states(output)
    assert told["bild.png"]["error_class"] == "TimedOut" and "3 seconds" in told["bild.png"]["error"]
    assert [row["status"] for row in told.values()].count("done") == 4
    assert eventually(lambda: processes_of(str(tmp_path)) == [])


def test_a_document_that_takes_the_usual_engine_too_long_costs_itself(
    archive: Path, output: Path, tmp_path: Path
) -> None:
    assert run("batch", archive, "-o", output, "--jobs", "2").returncode == 0
    long_reading_in(archive)
    env = {"AVSKRIFT_TEST": str(tmp_path)}
    result = run("batch", archive, "-o", output, "--jobs", "2", "--timeout", "3", env=env)
    assert result.returncode == 3
    told = states(output)
    assert told["lang.tiff"]["error_class"] == "TimedOut" and "3 seconds" in told["lang.tiff"]["error"]
    assert [row["status"] for row in told.values()].count("done") == 4
    assert eventually(lambda: processes_of(str(tmp_path)) == [])


def test_a_document_that_ends_its_worker_costs_itself(
    archive: Path, output: Path, picture: Path, tmp_path: Path
) -> None:
    kills = engine(tmp_path / "bin", "kill -9 $PPID")
    result = run("batch", archive, "-o", output, "--jobs", "2", *TESSERACT, env=kills)
    assert result.returncode == 3
    told = states(output)
    assert told["bild.png"]["error_class"] == "WorkerDied"
    assert [row["status"] for row in told.values()].count("done") == 4
    healthy = run("batch", archive, "-o", output, "--retry-failed", *TESSERACT)
    assert healthy.returncode == 0 and states(output)["bild.png"]["status"] == "done"


def test_an_output_folder_that_cannot_be_written(archive: Path) -> None:
    result = run("batch", archive, "-o", "/proc/records")
    assert result.returncode == 3
    assert re.fullmatch(r"avskrift: /proc/records cannot be made: .+\n", result.stderr.decode())


def test_two_batches_do_not_share_an_output_folder(archive: Path, output: Path) -> None:
    import fcntl

    output.mkdir()
    with (output / ".manifest.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = run("batch", archive, "-o", output)
    assert result.returncode == 2 and "another batch" in result.stderr.decode()


def test_a_large_document_is_read_in_parts(tmp_path: Path, output: Path) -> None:
    from PIL import Image, ImageDraw

    pages = []
    for n in range(1, 46):
        page = Image.new("L", (620, 300), 255)
        if n in (1, 40, 41, 45):  # the ends of both parts; empty pages are read at once
            ImageDraw.Draw(page).text((60, 60), f"Sidan {n} av avtalet", fill=0, font_size=30)
        pages.append(page)
    folder = tmp_path / "in"
    folder.mkdir()
    pages[0].save(folder / "volym.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))
    result = run("batch", folder, "-o", output, "--jobs", "2", "--log-json")
    assert result.returncode == 0, result.stderr
    assert str(states(output)["volym.tif"]["pages"]) == "45"
    whole = tmp_path / "whole.json"
    assert run("parse", folder / "volym.tif", "-o", whole, "--no-cache").returncode == 0
    one, other = (json.loads(p.read_text(encoding="utf-8")) for p in (whole, output / "volym.tif.json"))
    assert one == other


def test_a_watched_folder_takes_files_that_are_whole(archive: Path, output: Path) -> None:
    process = subprocess.Popen(
        command("batch", archive, "-o", output, "--watch", "--every", "0.5"), cwd="/", stderr=subprocess.PIPE
    )
    try:
        assert eventually(lambda: len(list(output.rglob("avtal*.json"))) == 4)
        growing = archive / "ny.txt"
        growing.write_text(TEXT.format(6), encoding="utf-8")
        os.utime(growing, (time.time() + 86_400,) * 2)  # it does not stand still, however long the test is held up
        (archive / "hel.txt").write_text(TEXT.format(5), encoding="utf-8")
        assert eventually(lambda: (output / "hel.txt.json").exists())
        assert not (output / "ny.txt.json").exists()
        growing.write_text(TEXT.format(6) + TEXT.format(7), encoding="utf-8")
        assert eventually(lambda: (output / "ny.txt.json").exists())
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=AT_MOST)
    assert "Handling 7." in (output / "ny.txt.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a batch with a copy in it."""
    base = tmp_path_factory.mktemp("read")
    archive = archive_in(base)
    (archive / "kopia.txt").write_text(TEXT.format(0), encoding="utf-8")
    assert run("batch", archive, "-o", base / "records").returncode == 0
    return base / "records"


@pytest.fixture
def records(read_once: Path, output: Path) -> Path:
    shutil.copytree(read_once, output)
    return output


def test_csv_is_read_back_and_joins(records: Path) -> None:
    assert run("export", records, "--to", "csv").returncode == 0
    with (records / "export-csv" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        documents = {row["document"]: row for row in csv.DictReader(handle)}
    with (records / "export-csv" / "members.csv").open(encoding="utf-8-sig", newline="") as handle:
        members = list(csv.DictReader(handle))
    assert len(documents) == 5 and documents["kopia.txt"]["same_as"] == "0/avtal 0.txt"
    assert {m["document"] for m in members} == set(documents)
    assert [m["member"] for m in members if m["document"] == "kopia.txt"] == [
        "kommundirektören",
        "lokalpolisområdeschefen",
    ]


def test_parquet_is_read_back(records: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("export", records, "--to", "parquet").returncode == 0
    parties = parquet.read_table(records / "export-parquet" / "parties.parquet").to_pylist()
    assert [p["name"] for p in parties if p["document"] == "kopia.txt"] == [
        "Vikbo kommun",
        "Lokalpolisområde Norra Viken",
    ]
    assert all(isinstance(p["confidence"], float) and p["number"] in (1, 2) for p in parties)


def test_sqlite_is_read_back_and_searched(records: Path) -> None:
    assert run("export", records, "--to", "sqlite").returncode == 0
    with sqlite3.connect(records / "export.sqlite") as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        joined = db.execute(
            "SELECT count(*) FROM documents d JOIN groups g USING (document) JOIN members m "
            "ON m.document = g.document AND m.group_number = g.number"
        ).fetchone()
        assert joined == (10,)
        for words in ("overenskommelse", "överenskommelse"):
            (found,) = db.execute("SELECT count(*) FROM pages_fts WHERE pages_fts MATCH ?", (words,)).fetchone()
            assert found == 5


def test_jsonl_and_markdown_are_read_back(records: Path) -> None:
    assert run("export", records, "--to", "jsonl", "-o", records / "a.jsonl").returncode == 0
    told = [json.loads(line) for line in (records / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert told[0]["record"] == json.loads((records / "0" / "avtal 0.txt.json").read_text(encoding="utf-8"))
    assert run("export", records, "--to", "markdown").returncode == 0
    pages = sorted((records / "export-markdown").glob("0*.md"))
    assert len(pages) == 5 and "| Vikbo kommun | Kommunen | 212000-4516 |" in pages[0].read_text(encoding="utf-8")
    assert run("export", records, "--to", "docx").returncode == 2


def test_search_tells_document_page_and_line(records: Path) -> None:
    result = run("search", records, "trygghetsvandring")
    lines = result.stdout.decode().splitlines()
    assert len(lines) == 5
    document, page, line, text = lines[0].split("\t")
    printed = (records / f"{document}.txt").read_text(encoding="utf-8").split("\f")[int(page.split()[1]) - 1]
    assert "trygghetsvandring" in printed.split("\n")[int(line.split()[1]) - 1] == text
    assert run("search", records, "'; DROP TABLE pages").returncode == 0
    assert run("search", records, "overenskommelse").stdout == run("search", records, "Överenskommelse").stdout != b""
    (records / "0" / "avtal 0.txt.txt").unlink()
    assert len(run("search", records, "trygghetsvandring").stdout.decode().splitlines()) == 5


def test_report_is_one_page_that_names_failures(archive: Path, output: Path) -> None:
    (archive / "<script>alert(1).pdf").write_bytes(b"%PDF-1.4 broken")
    run("batch", archive, "-o", output)
    assert run("report", output).returncode == 0
    page = (output / "report.html").read_text(encoding="utf-8")
    assert (
        "damaged or cut off: 1 document <small>(BrokenInputError)" in page
        and "&lt;script&gt;alert(1)" in page
        and "<script>" not in page
    )
    assert "http" not in page.replace("file://", "") and "<svg" in page
    for link in re.findall(r'href="\./([^"]+)"', page):
        from urllib.parse import unquote

        assert (output / unquote(link)).is_file()
    assert run("report", archive).returncode == 2


Cluster = tuple[str, list["subprocess.Popen[bytes]"]]
"""The address of a scheduler, and its workers."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    started = []

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments, "--scheduler-file", str(file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        )
        started.append(process)
        return process

    start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
    assert eventually(file.exists)
    worker = ("distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    workers = [start(*worker), start(*worker)]
    yield json.loads(file.read_text(encoding="utf-8"))["address"], workers
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("way", [(), ("--send",)], ids=["shared storage", "sent"])
def test_a_cluster_makes_what_this_machine_makes(
    archive: Path,
    output: Path,
    tmp_path: Path,
    cluster: tuple[str, list["subprocess.Popen[bytes]"]],
    way: tuple[str, ...],
) -> None:
    address, workers = cluster
    for n in range(4, 16):
        (archive / f"{n}.txt").write_text(TEXT.format(n), encoding="utf-8")
    (archive / "kopia.txt").write_text(TEXT.format(0), encoding="utf-8")
    other = tmp_path / "by cluster"
    process = subprocess.Popen(
        command("batch", archive, "-o", other, "--cluster", address, *way), cwd="/", stderr=subprocess.PIPE
    )
    assert eventually(lambda: len(list(other.rglob("*.json"))) >= 2)
    workers[0].kill()
    told = process.communicate(timeout=AT_MOST)[1].decode()
    assert process.returncode == 0 and "16 done, 1 duplicate" in told, told
    assert run("batch", archive, "-o", output).returncode == 0
    made = [p for p in output.rglob("*") if p.suffix in (".json", ".txt") and p.is_file()]
    assert len(made) == 2 * 17
    for path in made:
        assert path.read_bytes() == (other / path.relative_to(output)).read_bytes()


def test_a_cluster_that_is_not_there(archive: Path, output: Path) -> None:
    pytest.importorskip("distributed")
    result = run("batch", archive, "-o", output, "--cluster", "tcp://127.0.0.1:9")
    assert result.returncode == 2 and "no Dask scheduler answers" in result.stderr.decode()
