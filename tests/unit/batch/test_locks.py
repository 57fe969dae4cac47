"""One batch in an output folder, or the shards of one division."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from avskrift.batch.locks import check_same_division, exclusive_lock
from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.rows import Row
from avskrift.errors import OutputError, UsageError


def fill(folder: Path, shard: tuple[int, int] | None) -> None:
    with Manifest(manifest_path(folder, shard)) as manifest:
        manifest.put(Row(b"a.pdf", b"/in/a.pdf"))


@pytest.mark.parametrize(
    ("first", "other", "together"),
    [
        (None, None, False),
        (None, (1, 2), False),
        ((1, 2), None, False),
        ((1, 2), (1, 2), False),
        ((1, 2), (2, 2), True),
    ],
)
def test_who_may_write_at_the_same_time(
    tmp_path: Path, first: tuple[int, int] | None, other: tuple[int, int] | None, *, together: bool
) -> None:
    with exclusive_lock(tmp_path, first):
        if together:
            with exclusive_lock(tmp_path, other):
                pass
        else:
            with pytest.raises(UsageError, match="another batch is writing"), exclusive_lock(tmp_path, other):
                pass
    with exclusive_lock(tmp_path, other):
        pass


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [
        (None, (1, 2), "without --shard"),
        ((1, 2), None, "with --shard 1/2 to 2/2"),
        ((1, 3), (1, 2), "with --shard 1/3 to 3/3"),
    ],
)
def test_an_archive_is_divided_in_one_way(
    tmp_path: Path, before: tuple[int, int] | None, now: tuple[int, int] | None, way: str
) -> None:
    fill(tmp_path, before)
    with pytest.raises(UsageError, match=f"filled {way}; .*--kept-pages"), exclusive_lock(tmp_path, now):
        pass
    check_same_division(tmp_path, before)
    with Manifest(manifest_path(tmp_path, before)) as manifest:
        manifest.forget([b"a.pdf"])
    check_same_division(tmp_path, now)  # nothing would be counted twice


def test_a_file_system_without_locks_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(OutputError, match="keeps no locks"), exclusive_lock(tmp_path):
        pass


def test_a_lock_that_is_a_link_or_a_pipe_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / ".manifest.lock"
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="cannot be written"), exclusive_lock(tmp_path):
        pass
    assert not (tmp_path / "elsewhere").exists()
