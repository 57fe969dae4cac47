"""Which documents a batch is made of, and what their results are called."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.batch.results import result_path
from avskrift.batch.sources import Documents, Found, names_in, of_shard, shown
from avskrift.errors import UsageError


def keys(inputs: list[Path], output: Path) -> list[str]:
    return [os.fsdecode(f.key) for f in Documents(map(str, inputs), output)]


def test_a_folder_is_walked_whole_and_other_files_are_left(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/x.TIF", "a/åäö/y.txt", "a/notes.docx", "a/.hidden.pdf", ".git/z.pdf"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    assert keys([tmp_path / "in"], tmp_path / "out") == ["a/x.TIF", "a/åäö/y.txt", "b.pdf"]


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
    assert keys([tmp_path / "1998/scans", tmp_path / "1999/scans"], tmp_path / "out") == [
        "scans/a.pdf",
        "scans~2/a.pdf",
    ]


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
    assert sum(of_shard(key, (n, shards)) for n in range(1, shards + 1)) == 1
    assert of_shard(key, None)


@given(st.binary(max_size=60))
def test_any_name_can_be_shown_on_one_line(name: bytes) -> None:
    assert "\n" not in shown(name) and shown(name).isprintable()
    assert Found(Path("x"), name).name == shown(name)
