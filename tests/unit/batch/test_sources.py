"""Which documents a batch is made of, and what their results are called."""

import os
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.batch.manifest import Manifest, is_output_folder, manifest_path
from avskrift.batch.results import result_path, write_result
from avskrift.batch.sources import Documents, SourceDocument, is_of_shard, names_in, shown
from avskrift.errors import UsageError


def keys(inputs: list[Path], output: Path) -> list[str]:
    return [os.fsdecode(f.key) for f in Documents(map(str, inputs), output)]


def test_a_folder_is_walked_whole_and_what_nobody_misses_is_left(tmp_path: Path) -> None:
    left = ("a/.hidden.pdf", ".git/z.pdf", "a/Thumbs.db", "desktop.ini", "a/~$avtal.docx", ".DS_Store")
    for name in ("b.pdf", "a/x.TIF", "a/åäö/y.txt", "a/notes.xlsx", *left):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    assert keys([tmp_path / "in"], tmp_path / "out") == ["a/notes.xlsx", "a/x.TIF", "a/åäö/y.txt", "b.pdf"]
    found = Documents([str(tmp_path / "in")], tmp_path / "out")
    assert [os.fsdecode(f.key) for f in found if not f.by_name] == ["a/notes.xlsx"]


def test_a_tree_of_any_depth_is_walked(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    depth = 1200
    deep = folder.joinpath(*["d"] * depth)
    for parent in [*reversed(deep.parents), deep]:
        parent.mkdir(exist_ok=True)
    (deep / "a.pdf").write_bytes(b"1")
    try:
        (found,) = Documents([str(folder)], tmp_path / "out")
        assert found.key == b"d/" * depth + b"a.pdf"
        write_result(result_path(tmp_path / "out", found.key, ".json"), b"{}")
        assert result_path(tmp_path / "out", found.key, ".json").read_bytes() == b"{}"
    finally:
        subprocess.run(["rm", "-rf", folder, tmp_path / "out"], check=True)  # Python's own way is recursive


def test_what_is_wrong_with_an_entry_is_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"1")
    (folder / "loop").symlink_to("loop")
    (folder / "dangling.pdf").symlink_to("nothing")
    os.mkfifo(folder / "pipe.pdf")
    found = {os.fsdecode(f.key): f.problem for f in Documents([str(folder)], tmp_path / "out")}
    assert "symbolic links" in found.pop("loop")
    assert found == {"a.pdf": "", "dangling.pdf": "", "pipe.pdf": ""}


def test_results_of_another_batch_are_no_documents(tmp_path: Path) -> None:
    other = tmp_path / "in" / "old"
    other.mkdir(parents=True)
    (other / "a.pdf.txt").write_text("made", encoding="utf-8")
    (tmp_path / "in" / "a.pdf").write_bytes(b"1")
    with Manifest(manifest_path(other)):
        pass
    (tmp_path / "in" / "new").mkdir()
    (tmp_path / "in" / "new" / "manifest.sqlite").write_bytes(b"somebody's")
    found = Documents([str(tmp_path / "in")], tmp_path / "out", is_results=is_output_folder)
    assert [os.fsdecode(f.key) for f in found] == ["a.pdf", "new/manifest.sqlite"]
    with pytest.raises(UsageError, match="another batch"):
        Documents([str(other)], tmp_path / "out", is_results=is_output_folder)


def test_any_name_is_kept_as_it_is(tmp_path: Path) -> None:
    names = ["rad\nbrytning.pdf", "två  ord.pdf", "Åke.pdf", unicodedata.normalize("NFD", "Åke.pdf"), "'citat\".pdf"]
    for name in names:
        (tmp_path / name).write_bytes(b"1")
    os.close(os.open(os.fsencode(tmp_path) + b"/latin1-\xe5.pdf", os.O_CREAT | os.O_WRONLY))
    found = list(Documents([str(tmp_path)], tmp_path / "out"))
    assert len(found) == 6 and len({f.key for f in found}) == 6
    assert all("\n" not in f.name for f in found)
    paths = [result_path(tmp_path / "out", f.key, ".json") for f in found]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text("{}", encoding="utf-8")
    assert len(list((tmp_path / "out").iterdir())) == 6


def test_folders_are_entered_once_whatever_links_lead_there(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.pdf").write_bytes(b"1")
    (tmp_path / "in" / "deep" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "zlink").symlink_to(tmp_path / "in" / "deep")
    assert keys([tmp_path / "in"], tmp_path / "out") == ["deep/a.pdf"]


def test_the_output_folder_is_never_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"1")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.pdf.txt").write_text("made", encoding="utf-8")
    assert keys([tmp_path], tmp_path / "out") == ["a.pdf"]
    with pytest.raises(UsageError, match="output folder too"):
        keys([tmp_path], tmp_path)


def test_several_folders_of_one_name_stay_apart(tmp_path: Path) -> None:
    for place in ("1998/scans", "1999/scans"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.pdf").write_bytes(b"1")
    found = keys([tmp_path / "1998/scans", tmp_path / "1999/scans"], tmp_path / "out")
    assert len(set(found)) == 2 and all(re.fullmatch("scans~[0-9a-f]{8}/a.pdf", key) for key in found)


def test_patterns_and_files_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.pdf", "b.pdf", "odd.xyz"):
        Path(name).write_bytes(b"1")
    assert keys([Path("*.pdf"), Path("odd.xyz"), Path("a.pdf")], Path("out")) == ["a.pdf", "b.pdf", "odd.xyz"]
    with pytest.raises(UsageError, match="no such file"):
        keys([Path("missing.pdf")], Path("out"))


def test_names_of_a_list() -> None:
    assert names_in("a.pdf\nåå/b c.pdf\n\n".encode()) == ["a.pdf", "åå/b c.pdf"]
    assert names_in(b"a\nb.pdf\0c.pdf\0") == ["a\nb.pdf", "c.pdf"]


parts = st.binary(min_size=1, max_size=260).filter(
    lambda b: b not in (b".", b"..") and b"/" not in b and b"\0" not in b
)
ends = st.sampled_from([b"", b".json", b".txt", b".part", b".json_", b".txt__", b".pdf"])
names = st.builds(lambda part, end: part + end, parts, ends)


@given(st.lists(st.lists(names, min_size=1, max_size=3).map(b"/".join), min_size=2, max_size=6, unique=True))
def test_results_of_different_documents_never_share_a_path(keys: list[bytes]) -> None:
    files = [os.fsencode(result_path(Path("out"), key, suffix)) for key in keys for suffix in (".json", ".txt")]
    folders = {b"/".join(f.split(b"/")[:n]) for f in files for n in range(2, f.count(b"/") + 1)}
    assert len(set(files)) == len(files)
    assert not folders & set(files)
    assert all(len(part) <= 230 for f in files for part in f.split(b"/"))


@given(st.binary(min_size=1, max_size=40), st.integers(1, 20))
def test_every_document_is_in_one_shard(key: bytes, shards: int) -> None:
    assert sum(is_of_shard(key, (n, shards)) for n in range(1, shards + 1)) == 1
    assert is_of_shard(key, None)


@given(st.binary(max_size=60))
def test_any_name_can_be_shown_on_one_line(name: bytes) -> None:
    assert "\n" not in shown(name) and shown(name).isprintable()
    assert SourceDocument(Path("x"), name).name == shown(name)
