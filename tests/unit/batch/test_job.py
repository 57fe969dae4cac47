"""One document read by a worker: what comes of it, and of what goes wrong."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from avskrift.batch import job as jobs
from avskrift.batch.job import Job, PagesJob, failed, one_line, work, work_on_pages
from avskrift.errors import BrokenInputError, OutputError
from avskrift.models.options import PipelineOptions, ReadingOptions

TEXT = "Samverkansöverenskommelse\n\nVikbo kommun och Lokalpolisområde Norra Viken har träffat överenskommelsen.\n"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    path = tmp_path / "avtal.txt"
    path.write_text(TEXT, encoding="utf-8")
    options = PipelineOptions(reading=ReadingOptions(engine="none"))
    return Job(b"avtal.txt", path, tmp_path / "out.json", tmp_path / "out.txt", options)


def test_results_are_written_and_measured(job: Job) -> None:
    outcome = work(job)
    assert outcome.error_class == "" and outcome.pages == 1 and outcome.ocr_pages == 0 and outcome.contents == {}
    assert job.json_path.stat().st_size == outcome.json_bytes > 0
    assert job.text_path is not None and job.text_path.stat().st_size == outcome.text_bytes > 0


def test_results_can_be_sent_back(job: Job) -> None:
    outcome = work(replace(job, send_back=True, text_path=None))
    assert set(outcome.contents) == {".json"} and len(outcome.contents[".json"]) == outcome.json_bytes
    assert not job.json_path.exists()


@pytest.mark.parametrize(
    ("error", "kind", "message", "stops"),
    [
        (BrokenInputError("avtal.pdf: damaged"), "BrokenInputError", "avtal.pdf: damaged", False),
        (OutputError("the disk is full"), "OutputError", "the disk is full", True),
        (MemoryError(), "MemoryError", "the document needs more memory than a worker may have", False),
        (KeyError("unforeseen"), "KeyError", "internal error: 'unforeseen'", False),
    ],
)
def test_what_goes_wrong_is_an_outcome(
    job: Job, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str, message: str, stops: bool
) -> None:
    def fails(*_: Any) -> None:
        raise error

    monkeypatch.setattr(jobs, "_record", fails)
    outcome = work(job)
    assert (outcome.error_class, outcome.error, outcome.stops) == (kind, message, stops)
    assert ("Traceback" in outcome.trace) is (kind == "KeyError")


def test_pages_of_a_document_are_kept(job: Job, tmp_path: Path) -> None:
    pages = PagesJob(b"avtal.txt", job.path, 2, 4, job.options)
    assert work_on_pages(pages).pages == 3
    missing = work_on_pages(replace(pages, path=tmp_path / "none.pdf"))
    assert missing.error_class == "MissingInputError" and missing.pages == 0


def test_messages_are_one_line() -> None:
    assert one_line("a\n b\udce5") == r"a b\udce5"
    long = one_line("begins " + "x" * 1000 + " ends")
    assert len(long) < 420 and long.startswith("begins ") and long.endswith(" ends")
    assert failed(b"a", "InputError", "two\nlines").error == "two lines"
