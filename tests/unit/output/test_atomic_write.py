"""Outputs: whole or not at all, never over an input, never over what is none of ours."""

import concurrent.futures
import contextlib
import os
import select
import socket
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.errors import AvskriftError, OutputError, UsageError
from avskrift.output import temporary_names
from avskrift.output.atomic_write import atomic_write, check_distinct, check_outputs, opened_to_append, sweep, write
from avskrift.output.temporary_names import temporary_name


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.txt"
    path.write_text("Avtal\n", encoding="utf-8")
    return path


ALIASES: dict[str, Callable[[Path], Path]] = {
    "itself": lambda path: path,
    "through a folder": lambda path: path.parent / "sub" / ".." / path.name,
    "a link": lambda path: _linked(path, "link"),
    "a link to a link": lambda path: _linked(_linked(path, "link"), "again"),
    "a hard link": lambda path: _hard(path),
    "through a linked folder": lambda path: _linked(path.parent, "folder") / path.name,
    "its descriptor": lambda path: Path(f"/dev/fd/{os.open(path, os.O_WRONLY)}"),
}


def _linked(path: Path, name: str) -> Path:
    link = Path(tempfile.mkdtemp(dir=path.parent if path.is_file() else path)) / name
    link.symlink_to(path)
    return link


def _hard(path: Path) -> Path:
    link = path.with_name("hard.txt")
    link.hardlink_to(path)
    return link


@pytest.mark.parametrize("alias", ALIASES)
def test_an_output_that_is_an_input_by_another_name(scan: Path, alias: str) -> None:
    (scan.parent / "sub").mkdir()
    with pytest.raises(UsageError, match="written over the file that is read"):
        check_outputs((ALIASES[alias](scan),), (None, scan))
    assert scan.read_text(encoding="utf-8") == "Avtal\n"


STEPS = st.lists(st.sampled_from(["sub/..", ".", "sub/../.", "to-here"]), max_size=4)


@given(STEPS, STEPS, st.sampled_from(["new.json", "New.JSON", "nytt å.json", "nytt å.json"]))
def test_two_names_of_one_file_that_is_not_there_yet(one: list[str], other: list[str], name: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "sub").mkdir()
        (folder / "to-here").symlink_to(folder)
        first, second = (folder.joinpath(*steps, name) for steps in (one, other))
        with pytest.raises(UsageError, match="one file"):
            check_outputs((first, None, second))
        check_outputs((first, second.with_name("another.json")))


def test_names_that_differ_only_in_case_are_one_file_somewhere(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one file"):
        check_outputs((tmp_path / "a.json", tmp_path / "A.json"))


def test_a_device_may_be_written_to_twice() -> None:
    check_outputs((Path("/dev/null"), Path("/dev/null")), (Path("/dev/null"),))


def test_standard_input_is_an_input(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = os.dup(0)
    descriptor = os.open(scan, os.O_RDONLY)
    os.dup2(descriptor, 0)
    try:
        with pytest.raises(UsageError, match="that is read"):
            check_distinct((scan,), (Path("-"),))
    finally:
        os.dup2(kept, 0)
        os.close(descriptor)
        os.close(kept)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj\n",
        b"\n \n%PDF-1.4",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"II*\0\x08\0\0\0",
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04\x14\0\x06\0",
        b"{\\rtf1\\ansi Avtal}",
        b"SQLite format 3\0",
        "Överenskommelse".encode("cp1252"),
        "Avtal".encode("utf-16"),
    ],
    ids=lambda data: repr(data[:8]),
)
def test_a_document_is_not_written_over(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="no text"):
        check_outputs((path,))
    assert path.read_bytes() == data


@pytest.mark.parametrize("data", [b"", b"{}\n", "å".encode() * 40_000, b"\xef\xbb\xbfa,b\r\n", b"a\x0cb"])
def test_an_earlier_text_is_written_over_and_keeps_its_permissions(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(data)
    path.chmod(0o640)
    check_outputs((path,))
    write(path, "{}\n")
    assert path.read_bytes() == b"{}\n" and stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "out.json", "{}")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o640


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Outputs that can be none, by what they are."""
    (tmp_path / "file").write_text("a file\n", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "to nowhere").symlink_to(tmp_path / "no" / "folder")
    (tmp_path / "to a folder").symlink_to(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        yield {
            "folder": tmp_path,
            "root": Path("/"),
            "nothing": Path(),
            "up": Path(".."),
            "a linked folder": tmp_path / "to a folder",
            "below a file": tmp_path / "file" / "out.json",
            "no folder": tmp_path / "no" / "out.json",
            "loop": tmp_path / "loop",
            "a link to nowhere": tmp_path / "to nowhere",
            "socket": tmp_path / "socket",
            "too long": tmp_path / ("a" * 300),
            "NUL": tmp_path / "a\0b",
        }


@pytest.mark.parametrize(
    "what",
    [
        *("folder", "root", "nothing", "up", "a linked folder", "below a file", "no folder", "loop"),
        *("a link to nowhere", "socket", "too long", "NUL"),
    ],
)
def test_what_can_be_no_output_is_wrong_usage(odd: dict[str, Path], what: str) -> None:
    with pytest.raises(UsageError) as told:
        check_outputs((odd[what],))
    assert "\n" not in str(told.value)
    with pytest.raises(AvskriftError):
        write(odd[what], "text")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    for name in ("there.json", "not yet.json"):
        link, target = tmp_path / f"link to {name}", tmp_path / "sub" / name
        target.parent.mkdir(exist_ok=True)
        link.symlink_to(target)
        if name == "there.json":
            target.write_text("before", encoding="utf-8")
        check_outputs((link,))
        write(link, "after")
        assert link.is_symlink() and target.read_text(encoding="utf-8") == "after"
    assert sorted(p.name for p in tmp_path.rglob(".*")) == []


def test_a_device_is_written_into_and_stays(tmp_path: Path) -> None:
    write(Path("/dev/null"), "text")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    if Path("/dev/full").exists():
        with pytest.raises(OutputError, match="No space"):
            write(Path("/dev/full"), "text")


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="nobody reads"):
        write(pipe, "text")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    text = "å" * 100_000  # more than a pipe holds
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write, pipe, text)
        read: list[bytes] = []
        while not writing.done() or (read and read[-1]):
            select.select([reader], [], [], 0.01)
            with contextlib.suppress(BlockingIOError):
                read.append(os.read(reader, 1 << 16))
        writing.result()
    os.close(reader)
    assert b"".join(read).decode() == text and stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    print("before", flush=True)
    check_outputs((Path(name),))
    write(Path(name), "text\n")
    assert capfd.readouterr().out == "before\ntext\n"


def test_a_descriptor_goes_on_where_it_was(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+", encoding="utf-8") as handle:
        handle.write("before\n")
        handle.flush()
        write(Path(f"/dev/fd/{handle.fileno()}"), "text\n")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "before\ntext\n"


def test_lone_surrogates_end_nothing(tmp_path: Path) -> None:
    write(tmp_path / "out.json", '"a\udcff"')
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == '"a\\udcff"'


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("before", encoding="utf-8")
    for error in (OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("a fault")):
        with pytest.raises((OutputError, KeyboardInterrupt, ValueError)), atomic_write(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise error
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert path.read_text(encoding="utf-8") == "before"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("kept", encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="no permission"):
        check_outputs((path,))
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="no permission"):
            check_outputs((tmp_path / "new.json",))
    finally:
        tmp_path.chmod(0o755)


def killed(folder: Path, name: str = "") -> Path:
    """What a killed run leaves in a folder: a file under a name of a process that is no more."""
    child = os.fork()
    if not child:
        try:
            (folder / (name or temporary_name(".new"))).write_text("half", encoding="utf-8")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    (left,) = (p for p in folder.iterdir() if f"-{child}-" in p.name)
    return left


def test_the_next_run_takes_away_what_a_killed_one_left(tmp_path: Path) -> None:
    left = killed(tmp_path)
    mine = tmp_path / temporary_name(".new")
    mine.write_text("being written", encoding="utf-8")
    write(tmp_path / "out.json", "{}")
    assert not left.exists() and mine.exists()


def test_another_machine_is_left_alone_for_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = killed(tmp_path)
    monkeypatch.setattr(temporary_names, "_host", lambda: "0" * 8)
    sweep(tmp_path)
    assert left.exists()
    os.utime(left, (0, left.stat().st_mtime - 8 * 24 * 3600))
    sweep(tmp_path)
    assert not left.exists()


def test_a_process_number_that_somebody_else_has_now(tmp_path: Path) -> None:
    left = tmp_path / temporary_name(".new").replace(f"-{os.getpid()}-", "-1-")
    left.write_text("half", encoding="utf-8")
    sweep(tmp_path)
    assert left.exists() is (sys.platform != "linux")


def test_the_sweep_takes_nothing_that_only_looks_like_ours(tmp_path: Path) -> None:
    dead = killed(tmp_path).name
    (tmp_path / dead).unlink()
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "1998.pdf").write_text("precious", encoding="utf-8")
    other = dead[:-6]
    kept = [
        tmp_path / f".{'0' * 32}.new",
        tmp_path / dead.removeprefix("."),
        tmp_path / f"{dead}.json",
        tmp_path / f"{other}11.new",
        tmp_path / "notes.new",
    ]
    for path in kept:
        path.write_text("kept", encoding="utf-8")
    (tmp_path / dead).symlink_to(precious)
    sweep(tmp_path)
    assert all(path.exists() or "11.new" in path.name for path in kept)
    assert (tmp_path / dead).is_symlink() and (precious / "1998.pdf").exists()


def test_a_log_is_appended_to(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        with opened_to_append(log) as handle:
            handle.write("line\n")
    assert log.read_text(encoding="utf-8") == "line\nline\n"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="nobody reads"):
        opened_to_append(tmp_path / "pipe")
