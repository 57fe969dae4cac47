"""The odd, broken and hostile files of tests/odd_files: each gives a document or one clean line."""

import time
from pathlib import Path

import pytest
from make_odd_files import OddFile, odd_files

from avskrift.errors import AvskriftError
from avskrift.ingest import read
from avskrift.models.options import ReadingOptions

SECONDS = 60.0
"""For one file; on a quiet machine none of the small ones takes two."""


@pytest.mark.parametrize("file", list(odd_files(small=True)), ids=lambda file: file.name)
def test_a_document_or_one_clean_line(file: OddFile, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.data)
    began = time.monotonic()
    try:
        pages = read(path, ReadingOptions(engine="none")).pages
    except AvskriftError as error:
        assert str(error).startswith(str(path)) and "\n" not in str(error)
    else:
        assert pages and [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert time.monotonic() - began < SECONDS
