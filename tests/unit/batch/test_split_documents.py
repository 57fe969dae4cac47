"""Large documents in parts: no document holds the others up, and none costs more than it may."""

from pathlib import Path

from avskrift.batch.build_info import current_build
from avskrift.batch.job import Job, Outcome, PagesJob, failed
from avskrift.batch.manifest import Manifest
from avskrift.batch.rows import Row, Status
from avskrift.batch.runner import BatchOptions, run
from avskrift.batch.sources import SourceDocument
from avskrift.batch.tally import Tally
from avskrift.models.options import PipelineOptions, ReadingOptions

PIPELINE = PipelineOptions(reading=ReadingOptions(engine="none"))


class Slow:
    """One worker: each job is done when it is asked for, first come first served. Names tell how many pages a document
    has (`volym 1000 ...`) and what becomes of its parts (`... trasig`, `... 5 s`)."""

    workers = 1

    def __init__(self) -> None:
        self.done: list[str] = []
        self._queue: list[Job | PagesJob] = []

    def submit(self, job: Job | PagesJob) -> None:
        self._queue.append(job)

    @property
    def under_way(self) -> int:
        return len(self._queue)

    def ended(self, seconds: float) -> list[tuple[Job | PagesJob, Outcome]]:
        job = self._queue.pop(0)
        name = job.key.decode()
        if isinstance(job, PagesJob):
            self.done.append(f"{name} {job.first}")
            outcome = failed(job.key, "BrokenInputError", "broken") if "trasig" in name else Outcome(job.key, pages=1)
            return [(job, Outcome(job.key, pages=1, seconds=5.0) if name.endswith(" 5 s") else outcome)]
        if name.startswith("volym") and job.split_at:
            return [(job, Outcome(job.key, large=int(name.split()[1])))]
        self.done.append(name)
        return [(job, Outcome(job.key))]

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Silent:
    def begun(self, tally: Tally) -> None: ...

    def ended(self, row: Row, tally: Tally) -> None: ...

    def went_on(self, tally: Tally) -> None: ...


def ran(folder: Path, *names: str, seconds: float | None = None) -> tuple[Slow, dict[str, Row]]:
    found = []
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
        found.append(SourceDocument(folder / name, name.encode()))
    pool = Slow()
    (folder / "out").mkdir()
    options = BatchOptions(output=folder / "out", pipeline=PIPELINE, seconds=seconds)
    with Manifest(folder / "manifest.sqlite") as manifest:
        run(found, manifest, current_build(PIPELINE), pool, options, Silent())
        return pool, {row.key.decode(): row for row in manifest.rows()}


def test_volumes_and_other_documents_take_turns(tmp_path: Path) -> None:
    pool, rows = ran(tmp_path, "volym 4000 a", "volym 4000 b", *(f"{n}" for n in range(30)))
    assert {row.status for row in rows.values()} == {Status.DONE}
    parts = [n for n, name in enumerate(pool.done) if name.startswith("volym 4000 a")]
    assert len(parts) == 101 and pool.done.count("volym 4000 a") == 1
    assert max(pool.done.index(f"{n}") for n in range(30)) < 80  # long before the volumes end
    both = [name[11] for name in pool.done if name.startswith("volym")]
    assert abs(both[:60].count("a") - both[:60].count("b")) <= 2


def test_all_parts_of_a_document_have_one_time_limit(tmp_path: Path) -> None:
    pool, rows = ran(tmp_path, "volym 4000 5 s", "annan", seconds=20.0)
    row = rows["volym 4000 5 s"]
    assert row.error_class == "TimedOut" and "4,000 pages took longer than 20 seconds together" in row.error
    assert len(pool.done) <= 8 and rows["annan"].status is Status.DONE
    (tmp_path / "more").mkdir()
    _, rows = ran(tmp_path / "more", "volym 400 5 s")  # without a limit of one's own there is one a page
    assert rows["volym 400 5 s"].status is Status.DONE


def test_a_document_whose_parts_break_one_after_the_other_is_given_up(tmp_path: Path) -> None:
    pool, rows = ran(tmp_path, "volym 5000 trasig", "annan")
    row = rows["volym 5000 trasig"]
    assert row.status is Status.FAILED and row.error == "pages 1 to 40: broken"
    assert len(pool.done) <= 6 and rows["annan"].status is Status.DONE
