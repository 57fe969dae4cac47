"""Files of the user's are opened where they are regular, sane and still."""

import hashlib
import os
from pathlib import Path

import pytest

from avskrift.errors import EmptyInputError, InputError, LimitExceededError, MissingInputError
from avskrift.runtime.input_files import open_regular, read_file, sha256_of


def test_bytes_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_bytes(b"Granvik" * 1000)
    link = tmp_path / "link"
    link.symlink_to(path)
    assert read_file(path) == read_file(link) == b"Granvik" * 1000
    assert sha256_of(path) == hashlib.sha256(b"Granvik" * 1000).hexdigest()


@pytest.mark.parametrize("read", [read_file, open_regular, sha256_of])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, read: object) -> None:
    assert callable(read)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    refused = {
        tmp_path: "is a folder",
        tmp_path / "pipe": "is no regular file",
        Path("/dev/null"): "is no regular file",
        tmp_path / "loop": "loop of links",
    }
    for path, reason in refused.items():
        with pytest.raises(InputError, match=reason):
            read(path)
    for name in ("none", "nul\0"):
        with pytest.raises(MissingInputError):
            read(tmp_path / name)


def test_sizes_that_are_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_bytes(b"")
    with pytest.raises(EmptyInputError):
        read_file(path)
    os.truncate(path, 10)
    assert read_file(path, 10) == bytes(10)
    with pytest.raises(LimitExceededError, match="too large"):
        read_file(path, 9)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "avtal.txt"
    path.write_bytes(b"half")
    of_descriptor = os.fstat

    def grows(descriptor: int) -> os.stat_result:
        status = of_descriptor(descriptor)
        with path.open("ab") as file:
            file.write(b" and more")
        return status

    monkeypatch.setattr(os, "fstat", grows)
    with pytest.raises(InputError, match="the file grew"):
        read_file(path)
