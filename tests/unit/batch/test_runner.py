"""The run of a batch: what is done, what is left, and that it goes on where it stopped."""

import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from here_pool import HerePool, Silent
from PIL import Image

from avskrift.batch.build_info import BuildInfo, current_build
from avskrift.batch.explain import explanation_of
from avskrift.batch.inputs import documents_of
from avskrift.batch.job import Job, PagesJob
from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.planning import Target
from avskrift.batch.records import finished_documents
from avskrift.batch.results import remove_temporary_files, result_path, write_result
from avskrift.batch.rows import Row, Status, json_line
from avskrift.batch.runner import BatchOptions, run
from avskrift.errors import BatchStoppedError, OutputError
from avskrift.models.options import CorrectingOptions, PipelineOptions, ReadingOptions

TEXT = """Samverkansöverenskommelse

Vikbo kommun, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har träffat följande
överenskommelse. Handling {}.

Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""


class Archive:
    """A small archive and what a batch makes of it."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.output = folder / "in", folder / "out"
        self.inputs.mkdir()
        self.output.mkdir()
        self.options = PipelineOptions(
            reading=ReadingOptions(cache_folder=self.output / ".pages", cache_bytes=None, engine="none")
        )

    def write(self, name: str, text: str) -> Path:
        path = self.inputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def batch(self, pool: HerePool | None = None, build: BuildInfo | None = None, **options: object) -> HerePool:
        used = pool or HerePool()
        chosen = BatchOptions(output=self.output, pipeline=self.options, **options)  # type: ignore[arg-type]
        with Manifest(manifest_path(self.output)) as manifest:
            documents = documents_of([str(self.inputs)], (), self.output)
            run(documents, manifest, build or current_build(self.options), used, chosen, Silent())
        return used

    def read(self, pool: HerePool) -> list[str]:
        return [os.fsdecode(job.key) for job in pool.jobs]

    def states(self) -> dict[str, str]:
        with Manifest(manifest_path(self.output)) as manifest:
            return {os.fsdecode(row.key): row.status.value for row in manifest.rows()}

    def record(self, name: str) -> dict[str, object]:
        record: dict[str, object] = json.loads(result_path(self.output, os.fsencode(name), ".json").read_text("utf-8"))
        return record

    def results(self) -> dict[str, bytes]:
        return {
            str(p.relative_to(self.output)): p.read_bytes()
            for p in self.output.rglob("*")
            if p.is_file() and p.suffix in (".json", ".txt")
        }


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path)
    for n in range(4):
        made.write(f"{n % 2}/avtal {n}.txt", TEXT.format(n))
    return made


def test_every_document_gets_a_record_and_a_row(archive: Archive) -> None:
    pool = archive.batch()
    assert pool.ended_by == "close"
    assert archive.states() == dict.fromkeys(
        ["0/avtal 0.txt", "0/avtal 2.txt", "1/avtal 1.txt", "1/avtal 3.txt"], "done"
    )
    assert archive.record("0/avtal 2.txt")["source"]["file"] == "avtal 2.txt"  # type: ignore[index]
    assert "Handling 2." in (archive.output / "0" / "avtal 2.txt.txt").read_text(encoding="utf-8")


def test_what_is_done_is_never_done_again(archive: Archive) -> None:
    archive.batch()
    assert archive.batch().jobs == []


def test_what_changed_is_done_again_and_nothing_else(archive: Archive) -> None:
    archive.batch()
    archive.write("0/avtal 0.txt", TEXT.format("ny"))
    archive.write("ny.txt", TEXT.format("en till"))
    result_path(archive.output, b"1/avtal 1.txt", ".json").write_text("{", encoding="utf-8")
    (archive.output / "1" / "avtal 3.txt.txt").unlink()
    pool = archive.batch()
    assert archive.read(pool) == ["0/avtal 0.txt", "1/avtal 1.txt", "1/avtal 3.txt", "ny.txt"]
    assert "Handling ny." in (archive.output / "0" / "avtal 0.txt.txt").read_text(encoding="utf-8")


def test_a_file_written_again_with_the_same_bytes_is_left(archive: Archive) -> None:
    archive.batch()
    os.utime(archive.inputs / "0" / "avtal 0.txt", (1, 1))
    assert archive.batch().jobs == []


def test_other_rules_or_settings_do_all_again(archive: Archive) -> None:
    archive.batch()
    build = current_build(archive.options)
    assert len(archive.batch(build=build.model_copy(update={"parsing": "other"})).jobs) == 4
    archive.options = archive.options.model_copy(update={"correcting": CorrectingOptions(enabled=False)})
    assert len(archive.batch().jobs) == 4


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
def test_killed_anywhere_it_goes_on_and_ends_the_same(archive: Archive, tmp_path: Path, jobs: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        archive.batch(HerePool(killed_after=jobs))
    archive.batch()
    resumed = archive.results()
    shutil.rmtree(archive.output)
    archive.output.mkdir()
    archive.batch()
    assert resumed == archive.results()


def test_the_same_bytes_are_read_once(archive: Archive) -> None:
    archive.write("0/kopia.txt", TEXT.format(0))
    archive.write("9/kopia igen.txt", TEXT.format(0))
    assert len(archive.batch().jobs) == 4
    assert archive.states()["0/kopia.txt"] == archive.states()["9/kopia igen.txt"] == "duplicate"
    copy, first = archive.record("9/kopia igen.txt"), archive.record("0/avtal 0.txt")
    assert copy["parties"] == first["parties"] and copy["source"]["file"] == "kopia igen.txt"  # type: ignore[index]
    assert archive.batch().jobs == []


def test_a_copy_of_a_document_that_fails_fails_too(archive: Archive) -> None:
    for name in ("x1.pdf", "x2.pdf"):
        archive.write(name, "%PDF-1.4 broken")
    archive.batch()
    assert archive.states()["x1.pdf"] == archive.states()["x2.pdf"] == "failed"


def test_failures_stay_until_they_are_to_be_tried_again(archive: Archive) -> None:
    archive.write("tom.txt", "")
    archive.batch()
    assert archive.states()["tom.txt"] == "failed"
    assert archive.batch().jobs == []
    assert archive.read(archive.batch(retry_failed=True)) == ["tom.txt"]
    with Manifest(manifest_path(archive.output)) as manifest:
        row = manifest.row(b"tom.txt")
    assert row is not None and row.attempts == 2 and row.error_class == "EmptyInputError"
    archive.write("tom.txt", TEXT.format("nu med text"))
    archive.batch()
    assert archive.states()["tom.txt"] == "done"


def test_a_limit_leaves_the_rest_waiting(archive: Archive) -> None:
    archive.batch(limit=1)
    assert sorted(archive.states().values()) == ["done", "waiting", "waiting", "waiting"]
    archive.batch()
    assert set(archive.states().values()) == {"done"}


class Changing(HerePool):
    """The first of two files of the same bytes is written anew before it is read."""

    def submit(self, job: Job | PagesJob) -> None:
        if job.key == b"0/avtal 0.txt" and not self.jobs:
            job.path.write_text(TEXT.format("ändrad"), encoding="utf-8")
        super().submit(job)


def test_a_copy_is_read_by_itself_when_the_first_one_changed_meanwhile(archive: Archive) -> None:
    archive.write("0/kopia.txt", TEXT.format(0))
    archive.batch(Changing())
    assert archive.states()["0/kopia.txt"] == "done"
    assert "Handling 0." in (archive.output / "0" / "kopia.txt.txt").read_text(encoding="utf-8")
    assert "Handling ändrad." in (archive.output / "0" / "avtal 0.txt.txt").read_text(encoding="utf-8")


def test_names_that_are_no_utf_8(archive: Archive) -> None:
    path = os.fsencode(archive.inputs) + b"/latin-\xe5.txt"
    Path(os.fsdecode(path)).write_text(TEXT.format("udda"), encoding="utf-8")
    Path(os.fsdecode(path + b".pdf")).write_bytes(b"%PDF-1.4 broken")
    archive.batch()
    with Manifest(manifest_path(archive.output)) as manifest:
        told = {row.key: (row.status.value, row.path) for row in manifest.rows()}
    assert told[b"latin-\xe5.txt"] == ("done", path)
    assert told[b"latin-\xe5.txt.pdf"][0] == "failed"
    record = json.loads((archive.output / os.fsdecode(b"latin-\xe5.txt.json")).read_text(encoding="utf-8"))
    assert record["source"]["file"] == "latin-\\udce5.txt"
    assert archive.batch().jobs == []


def test_a_document_that_went_is_told_of(archive: Archive) -> None:
    archive.batch()
    (archive.inputs / "0" / "avtal 0.txt").unlink()
    archive.batch()
    assert archive.states()["0/avtal 0.txt"] == "gone"
    archive.write("0/avtal 0.txt", TEXT.format(0))
    archive.batch()
    assert archive.batch().jobs == []  # it came back as it was
    assert archive.states()["0/avtal 0.txt"] == "done"
    (archive.inputs / "0" / "avtal 0.txt").unlink()
    archive.batch()
    archive.write("0/avtal 0.txt", TEXT.format("en annan"))
    assert archive.read(archive.batch()) == ["0/avtal 0.txt"]


def test_when_a_share_goes_nothing_is_taken_for_gone(archive: Archive) -> None:
    archive.batch()
    documents = documents_of([str(archive.inputs)], (), archive.output)
    archive.inputs.rename(archive.inputs.with_name("away"))
    options = BatchOptions(output=archive.output, pipeline=archive.options)
    with Manifest(manifest_path(archive.output)) as manifest:
        build = current_build(archive.options)
        run(documents, manifest, build, HerePool(), options, Silent(), complete=documents.stand)
    assert set(archive.states().values()) == {"done"}


def test_an_archive_that_moved_is_not_read_again(archive: Archive, tmp_path: Path) -> None:
    archive.batch()
    (tmp_path / "mnt").mkdir()
    archive.inputs = archive.inputs.rename(tmp_path / "mnt" / "in")
    archive.output = archive.output.rename(tmp_path / "mnt" / "out")
    for _ in range(2):
        assert archive.batch().jobs == []
        assert set(archive.states().values()) == {"done"}
    with Manifest(manifest_path(archive.output)) as manifest:
        assert {Path(os.fsdecode(row.path)).parents[1] for row in manifest.rows()} == {archive.inputs}


class Vanishing(HerePool):
    """The document's file goes after it was looked at and before it is read."""

    def submit(self, job: Job | PagesJob) -> None:
        if job.key == b"0/avtal 2.txt":
            job.path.unlink()
        super().submit(job)


def test_an_input_that_vanishes_costs_itself(archive: Archive) -> None:
    archive.batch(Vanishing())
    assert archive.states()["0/avtal 2.txt"] == "failed"
    assert list(archive.states().values()).count("done") == 3


class FullDisk(HerePool):
    """From the third document on nothing can be written."""

    def __init__(self, output: Path) -> None:
        super().__init__()
        self._output = output

    def submit(self, job: Job | PagesJob) -> None:
        if len(self.jobs) == 2 and isinstance(job, Job):
            blocked = replace(job, json_path=Path("/proc/no/such/place.json"), text_path=None)
            super().submit(blocked)
        else:
            super().submit(job)


def test_a_result_that_cannot_be_written_costs_its_document(archive: Archive) -> None:
    archive.batch(FullDisk(archive.output))
    assert sorted(archive.states().values()) == ["done", "done", "done", "failed"]


def test_an_output_folder_that_cannot_be_written_stops_the_batch(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avskrift.batch.runner.why_unwritable", lambda folder: "No space left on device")
    pool = FullDisk(archive.output)
    with pytest.raises(BatchStoppedError, match="No space left"):
        archive.batch(pool)
    assert pool.ended_by == "stop"
    monkeypatch.undo()
    archive.batch()
    assert set(archive.states().values()) == {"done"}


def test_a_signal_while_the_workers_are_let_go_ends_them(archive: Archive) -> None:
    class Stopped(HerePool):
        def close(self) -> None:
            raise KeyboardInterrupt

    pool = Stopped()
    with pytest.raises(KeyboardInterrupt):
        archive.batch(pool)
    assert pool.ended_by == "stop"


def test_why_a_document_would_be_read_again(archive: Archive) -> None:
    path = archive.inputs / "0" / "avtal 0.txt"
    archive.batch()
    build = current_build(archive.options)
    assert list(explanation_of(path, Target(build, archive.output)))[1] == "nothing is to be done"
    parser = build.model_copy(update={"parsing": "other"})
    told = list(explanation_of(path, Target(parser, archive.output)))
    assert told[1] == "it would be read again: the parser or its vocabulary changed"
    assert "pages are kept" in told[2]
    engine = build.model_copy(update={"engine": "another"})
    assert "read anew" in list(explanation_of(path, Target(engine, archive.output)))[2]
    assert "no batch has seen it" in next(iter(explanation_of(Path("other.pdf"), Target(build, archive.output))))


def test_rows_as_json_lines(archive: Archive) -> None:
    archive.batch()
    with Manifest(manifest_path(archive.output)) as manifest:
        told = [json.loads(json_line(row)) for row in manifest.rows(Status.DONE)]
    assert [t["document"] for t in told] == ["0/avtal 0.txt", "0/avtal 2.txt", "1/avtal 1.txt", "1/avtal 3.txt"]
    assert all(t["made_by"]["engine"] == "none" and len(t["sha256"]) == 64 for t in told)


def test_what_went_wrong_first_is_what_is_heard_of(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Manifest) -> None:
        raise OutputError("the manifest cannot be written")

    manifest = Manifest(manifest_path(archive.output))
    monkeypatch.setattr(Manifest, "commit", full)
    with pytest.raises(BatchStoppedError), manifest:
        raise BatchStoppedError("the disk is full")
    with pytest.raises(OutputError), Manifest(manifest_path(archive.output)):
        pass


def test_two_writers_of_one_folder_never_share_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []
    replaced = Path.replace

    def told(self: Path, target: Path) -> Path:
        used.append(self.name)
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", told)
    write_result(tmp_path / "a.json", b"1")
    write_result(tmp_path / "b.json", b"2")
    assert len(set(used)) == 2 and sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.json"]


def living(archive: Archive) -> dict[str, str]:
    """What an export or a comparison takes in: the documents whose records stand, without copies."""
    return {d.name: d.agreement.source.file for d in finished_documents(archive.output) if d.same_as is None}


def test_when_all_files_are_renamed_the_archive_is_all_there(archive: Archive) -> None:
    archive.write("0/kopia.txt", TEXT.format(0))
    archive.batch()
    (archive.inputs / "nya").mkdir()
    for path in sorted(archive.inputs.glob("[01]/*.txt")):
        path.rename(archive.inputs / "nya" / f"ny {path.name}")
    assert archive.batch().jobs == []  # nothing is read again
    states = archive.states()
    assert [states[f"nya/ny avtal {n}.txt"] for n in range(4)] == ["done"] * 4
    assert states["nya/ny kopia.txt"] == "duplicate" and list(states.values()).count("gone") == 5
    assert living(archive) == {f"nya/ny avtal {n}.txt": f"ny avtal {n}.txt" for n in range(4)}
    assert archive.batch().jobs == [] and archive.states() == states


def test_when_the_first_of_two_copies_goes_the_other_takes_its_place(archive: Archive) -> None:
    for name in ("0/kopia.txt", "1/kopia.txt"):
        archive.write(name, TEXT.format(0))
    archive.batch()
    (archive.inputs / "0" / "avtal 0.txt").unlink()
    assert archive.batch().jobs == []
    states = archive.states()
    assert (states["0/avtal 0.txt"], states["0/kopia.txt"], states["1/kopia.txt"]) == ("gone", "done", "duplicate")
    with Manifest(manifest_path(archive.output)) as manifest:
        rows = {row.key: row for row in manifest.rows()}
    assert rows[b"1/kopia.txt"].same_as == b"0/kopia.txt" and rows[b"0/kopia.txt"].same_as == b""
    archive.write("0/avtal 0.txt", TEXT.format(0))  # it comes back: now it is the copy
    assert archive.batch().jobs == []
    assert list(archive.states().values()).count("done") == 4
    assert archive.states()["0/avtal 0.txt"] == "duplicate"
    assert archive.batch().jobs == []


def test_when_copies_move_they_stay_copies(archive: Archive) -> None:
    archive.write("0/kopia.txt", TEXT.format(0))
    archive.batch()
    (archive.inputs / "0" / "kopia.txt").rename(archive.inputs / "1" / "a.txt")
    assert archive.batch().jobs == []
    states = archive.states()
    assert (states["0/avtal 0.txt"], states["1/a.txt"], states["0/kopia.txt"]) == ("done", "duplicate", "gone")


def test_when_the_first_of_two_copies_changes_the_other_stands_alone(archive: Archive) -> None:
    archive.write("0/kopia.txt", TEXT.format(0))
    archive.batch()
    archive.write("0/avtal 0.txt", TEXT.format("helt ny"))
    archive.batch()
    assert archive.states()["0/kopia.txt"] == archive.states()["0/avtal 0.txt"] == "done"


def test_files_of_other_kinds_are_told_of(archive: Archive) -> None:
    for name in ("brev.rtf", "noter.md", "0/bilaga.XLSX", "utan ändelse", "Thumbs.db"):
        archive.write(name, "PK")
    shutil.copy(Path(__file__).parents[3] / "examples" / "klockviken-2023.pdf", archive.inputs / "0" / "inskannat")
    os.mkfifo(archive.inputs / "rör")
    pool = archive.batch()
    states = archive.states()
    assert states.pop("0/inskannat") == "partial"  # there is no engine to read it
    assert {name for name, state in states.items() if state == "skipped"} == {
        "brev.rtf",
        "noter.md",
        "0/bilaga.XLSX",
        "utan ändelse",
        "rör",
    }
    with Manifest(manifest_path(archive.output)) as manifest:
        rows = {row.name: row for row in map(Named, manifest.rows(Status.SKIPPED))}
    assert rows["0/bilaga.XLSX"].error == "not read: kind of file (.xlsx)" and rows["rör"].error.endswith(
        "regular file"
    )
    assert len(pool.jobs) == 5 and archive.batch().jobs == []
    (archive.inputs / "noter.md").unlink()
    archive.write("brev.rtf", "%PDF-1.4 broken")  # now it begins like a document
    assert archive.read(archive.batch()) == ["brev.rtf"]
    assert "noter.md" not in archive.states() and archive.states()["brev.rtf"] == "failed"


class Named:
    def __init__(self, row: Row) -> None:
        self.name, self.error = os.fsdecode(row.key), row.error


def test_pipes_devices_and_loops_cost_themselves(archive: Archive) -> None:
    os.mkfifo(archive.inputs / "a.pdf")
    (archive.inputs / "b.pdf").symlink_to("/dev/zero")
    (archive.inputs / "c.pdf").symlink_to("c.pdf")
    (archive.inputs / "d.pdf").symlink_to("nothing")
    archive.batch()
    states = archive.states()
    assert [states[f"{n}.pdf"] for n in "abcd"] == ["failed"] * 4
    assert list(states.values()).count("done") == 4
    assert archive.batch().jobs == [] and archive.states() == states
    for n in "abcd":
        (archive.inputs / f"{n}.pdf").unlink()
    archive.batch()
    assert [archive.states()[f"{n}.pdf"] for n in "abcd"] == ["gone"] * 4


def test_results_are_never_written_through_links(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (archive.output / "0").symlink_to(tmp_path / "elsewhere")
    (archive.output / "1").mkdir()
    (tmp_path / "precious.txt").write_text("precious", encoding="utf-8")
    (archive.output / "1" / "avtal 1.txt.json").symlink_to(tmp_path / "precious.txt")
    archive.batch()
    states = archive.states()
    assert states == {
        "0/avtal 0.txt": "failed",
        "0/avtal 2.txt": "failed",
        "1/avtal 1.txt": "failed",
        "1/avtal 3.txt": "done",
    }
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "precious"


_KILLED = """
import os, sys
from pathlib import Path
from avskrift.output.atomic_write import atomic_write
kept = []
for folder in sys.argv[1:]:
    context = atomic_write(Path(folder) / "a.json", suffix=".part")
    context.__enter__().write_text("half")
    kept.append(context)  # else it would be ended in order
os.kill(os.getpid(), 9)
"""


def test_the_sweep_takes_our_temporary_files_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    elsewhere, below = tmp_path / "elsewhere", archive.output / "below"
    for folder in (elsewhere, below):
        folder.mkdir()
        for name in (".somebodys.part", "a.part", ".part"):
            (folder / name).write_text("", encoding="utf-8")
    subprocess.run([sys.executable, "-c", _KILLED, elsewhere, below], check=False)
    (archive.output / "link").symlink_to(elsewhere)
    assert len(list(elsewhere.iterdir())) == len(list(below.iterdir())) == 4
    remove_temporary_files(archive.output)
    assert len(list(elsewhere.iterdir())) == 4
    assert sorted(path.name for path in below.iterdir()) == [".part", ".somebodys.part", "a.part"]


def test_an_unexpected_error_leaves_its_traceback(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        logging.getLogger("avskrift.ingest").warning("something odd before")
        raise ZeroDivisionError("in the middle\nof it")

    monkeypatch.setattr("avskrift.pipeline.record_of", broken)
    archive.batch()
    with Manifest(manifest_path(archive.output)) as manifest:
        rows = list(manifest.rows(Status.FAILED))
    assert len(rows) == 4
    assert rows[0].error == "internal error: in the middle of it"
    assert (
        "something odd before" in rows[0].trace and "ZeroDivisionError" in rows[0].trace and "broken" in rows[0].trace
    )
    assert "ZeroDivisionError" in json.loads(json_line(rows[0]))["trace"]


def test_a_document_of_too_many_pages_is_refused(archive: Archive) -> None:
    frames = [Image.new("1", (8, 8), 1) for _ in range(4)]
    frames[0].save(archive.inputs / "volym.tif", save_all=True, append_images=frames[1:])
    reading = archive.options.reading.model_copy(update={"max_pages": 3})
    archive.options = archive.options.model_copy(update={"reading": reading})
    archive.batch()
    with Manifest(manifest_path(archive.output)) as manifest:
        row = manifest.row(b"volym.tif")
    assert row is not None and row.error_class == "LimitExceededError" and "3" in row.error


def test_a_changed_library_is_told_by_its_name(archive: Archive) -> None:
    archive.batch()
    build = current_build(archive.options)
    path = archive.inputs / "0" / "avtal 0.txt"
    other = build.model_copy(update={"libraries": build.libraries | {"spacy": "99.0"}})
    told = list(explanation_of(path, Target(other, archive.output)))
    assert told[1].endswith(f"spacy changed ({build.libraries['spacy']}, now 99.0)") and "pages are kept" in told[2]
    other = build.model_copy(update={"reading_libraries": build.reading_libraries | {"PDFium": "1"}})
    told = list(explanation_of(path, Target(other, archive.output)))
    assert "PDFium changed" in told[1] and "read anew" in told[2]
    before = build.model_copy(update={"libraries": {}, "reading_libraries": {}})
    assert build.changed(before) == ["the versions of the libraries that made it are not known"]
