"""What all tests share.

Pages that the command line keeps go to a folder of the test run, not to the user's own; no test of many examples is
judged by how long one took; commands hear signals wherever the tests are run; slow tests are marked so.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
for _number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # ignored in the background of a script, or by nohup
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)

SLOW = (
    *("command_line/", "shared/", "documents/test_invented.py", "documents/test_traceability.py"),
    *("unit/test_patterns.py", "unit/parsing/test_time.py", "unit/comparison/test_time.py"),
    *("unit/corrections/test_time.py", "unit/ingest/test_odd_files.py", "unit/ingest/test_odd_corpus.py"),
    *("unit/ingest/ocr/test_page.py", "unit/ingest/ocr/test_page_layout.py", "unit/batch/test_local_pool.py"),
)
"""Tests that start processes, run Tesseract, measure time or try hundreds of examples: two thirds of all time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks them; `-m "not slow"` leaves them out."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True, scope="session")
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("kept"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before
