"""What tests of the command line share: folders of short names."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """As pytest's own, but short, as the names of sockets must be: tests that run side by side have long ones."""
    with tempfile.TemporaryDirectory(prefix="avk", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
