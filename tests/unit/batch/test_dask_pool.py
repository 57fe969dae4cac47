"""Documents that come to a worker with their job, without a cluster."""

from pathlib import Path

from avskrift.batch.dask_pool import work_on_bytes
from avskrift.batch.job import Job
from avskrift.errors import MissingInputError
from avskrift.models.options import PipelineOptions, ReadingOptions

OPTIONS = PipelineOptions(reading=ReadingOptions(engine="none"))
ELSEWHERE = Job(b"a.txt", Path("/elsewhere/a.txt"), Path("/elsewhere/a.json"), None, OPTIONS, send_back=True)


def test_a_document_is_read_from_its_bytes() -> None:
    outcome = work_on_bytes(ELSEWHERE, b"Granviks kommun")
    assert outcome.error_class == "" and b'"file": "a.txt"' in outcome.contents[".json"]


def test_messages_name_the_file_of_the_user() -> None:
    outcome = work_on_bytes(ELSEWHERE, b"PK\x03\x04")
    assert outcome.error.startswith("/elsewhere/a.txt: this is a zip archive")
    outcome = work_on_bytes(ELSEWHERE, MissingInputError("/elsewhere/a.txt: no such file"))
    assert (outcome.error_class, outcome.error) == ("MissingInputError", "/elsewhere/a.txt: no such file")
