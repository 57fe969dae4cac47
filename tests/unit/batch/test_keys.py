"""Keys: each document's own, for good, whatever else a command names."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.batch.inputs import documents_of, remembered_documents
from avskrift.batch.keys import INPUTS, KnownFolders, folders_of_rows, read_folders, write_folders
from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.planning import with_own_key
from avskrift.batch.results import result_path
from avskrift.batch.rows import Row, Status
from avskrift.batch.sources import SourceDocument
from avskrift.errors import OutputError

names = st.sampled_from([b"a", b"b", b"a~2", b"a~1a2b3c4d", b"a~1a2b3c4d_", b"x", b"root"]) | st.binary(
    min_size=1, max_size=4
).filter(lambda b: b not in (b".", b"..") and not set(b) & {0, 47})
folders = st.lists(names, min_size=1, max_size=3).map(lambda parts: b"/" + b"/".join(parts))
commands = st.lists(st.lists(folders, min_size=1, max_size=4), min_size=1, max_size=4)
files = st.tuples(folders, names).map(b"/".join)


def keys_of(known: KnownFolders, paths: list[bytes]) -> dict[bytes, bytes]:
    """The keys of the files that a known folder holds."""
    split = ((path, *os.path.split(path)) for path in paths)
    return {path: known.beginning(folder) + name for path, folder, name in split if known.around(folder) is not None}


@given(commands, st.lists(files, min_size=2, max_size=12, unique=True), st.randoms())
def test_a_key_is_of_one_path_and_never_changes(given_: list[list[bytes]], paths: list[bytes], chance: object) -> None:
    known, before = KnownFolders({}), dict[bytes, bytes]()
    for command in given_:
        turned = list(command)
        chance.shuffle(turned)  # type: ignore[attr-defined]
        assert known.with_new(turned) == known.with_new(command)  # whatever the order
        known = known.with_new(command)
        keys = keys_of(known, paths)
        assert len(set(keys.values())) == len(keys)
        assert before.items() <= keys.items()
        before = keys


@given(commands, st.lists(files, min_size=2, max_size=12, unique=True))
def test_keys_and_paths_tell_the_folders_where_nothing_else_does(given_: list[list[bytes]], paths: list[bytes]) -> None:
    known = KnownFolders({})
    for command in given_:
        known = known.with_new(command)
    keys = keys_of(known, paths)
    derived = folders_of_rows((key, path) for path, key in keys.items())
    assert keys_of(derived, list(keys)) == keys


class Archive:
    """Folders of documents, and an output folder that keeps them in mind."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder, folder / "out"
        self.output.mkdir()
        for name in ("scans/1998/a.pdf", "scans/b.pdf", "more/b.pdf", "deep/scans/b.pdf", "x.pdf"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF-1.4 " + name.encode())

    def keys(self, *inputs: str | Path, listed: tuple[str, ...] = ()) -> dict[str, str]:
        found = remembered_documents(map(str, inputs), listed, self.output)
        return {os.path.relpath(f.path, self.folder): os.fsdecode(f.key) for f in found}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path.resolve())


def test_more_inputs_leave_the_keys_of_the_first(archive: Archive) -> None:
    first = archive.keys(archive.folder / "scans")
    assert first == {"scans/1998/a.pdf": "1998/a.pdf", "scans/b.pdf": "b.pdf"}
    both = archive.keys(archive.folder / "more", archive.folder / "scans", archive.folder / "x.pdf")
    assert first.items() <= both.items()
    assert both["more/b.pdf"].startswith("more~") and len(set(both.values())) == 4
    assert archive.keys(archive.folder / "more")["more/b.pdf"] == both["more/b.pdf"]
    whole = archive.keys(archive.folder)
    assert both.items() <= whole.items() and len(set(whole.values())) == 5


def test_how_an_input_is_typed_says_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    scans = archive.folder / "scans"
    (archive.folder / "link").symlink_to(scans)
    first = archive.keys(scans)
    monkeypatch.chdir(archive.folder)
    for typed in (f"{scans}/", "scans", "./scans/", "deep/../scans", "link", "scans/**/*.pdf"):
        assert archive.keys(typed) == first, typed
    assert archive.keys("scans/1998/a.pdf") == {"scans/1998/a.pdf": "1998/a.pdf"}
    assert archive.keys(listed=("scans/1998/a.pdf", str(scans / "b.pdf"))) == first
    monkeypatch.chdir(scans)
    assert archive.keys("1998", "b.pdf") == first


def test_several_folders_at_once_begin_with_their_names(archive: Archive) -> None:
    keys = archive.keys(archive.folder / "scans", archive.folder / "more")
    assert set(keys.values()) == {"scans/1998/a.pdf", "scans/b.pdf", "more/b.pdf"}
    assert archive.keys(archive.folder / "scans").items() <= keys.items()


def test_folders_of_one_name_whose_keys_were_the_same(archive: Archive) -> None:
    for name in ("x/a", "y/a", "z/a~2"):
        (archive.folder / name).mkdir(parents=True)
        (archive.folder / name / "d.pdf").write_bytes(name.encode())
    given_ = [archive.folder / name for name in ("x/a", "y/a", "z/a~2")]
    keys = archive.keys(*given_)
    assert len(set(keys.values())) == 3
    assert archive.keys(*reversed(given_)) == keys


def test_documents_behind_links_do_not_change_their_keys_with_the_order(archive: Archive) -> None:
    (archive.folder / "scans" / "a link").symlink_to(archive.folder / "more")
    given_ = [archive.folder / "scans", archive.folder / "more"]
    assert archive.keys(*given_) == archive.keys(*reversed(given_))


def row_of(key: str, path: Path, status: Status = Status.DONE) -> Row:
    size = path.stat().st_size if path.exists() else 9
    return Row(os.fsencode(key), os.fsencode(path), status, size=size, sha256=key)


def test_a_manifest_of_an_older_version_keeps_its_keys(archive: Archive) -> None:
    scans = archive.folder / "scans"
    with Manifest(manifest_path(archive.output)) as manifest:
        manifest.put(row_of("scans/1998/a.pdf", scans / "1998" / "a.pdf"))
        manifest.put(row_of("scans~2/b.pdf", archive.folder / "deep" / "scans" / "b.pdf"))
    keys = archive.keys(archive.folder / "deep" / "scans", scans)
    assert keys == {
        "deep/scans/b.pdf": "scans~2/b.pdf",
        "scans/1998/a.pdf": "scans/1998/a.pdf",
        "scans/b.pdf": "scans/b.pdf",
    }


def test_a_row_of_the_same_path_keeps_its_key_and_a_taken_one_is_not_taken(archive: Archive) -> None:
    first, other = archive.folder / "scans" / "b.pdf", archive.folder / "more" / "b.pdf"
    with Manifest(manifest_path(archive.output)) as manifest:
        manifest.put(row_of("odd/name.pdf", first))
        manifest.put(row_of("b.pdf", other))
        assert with_own_key(SourceDocument(first, b"b.pdf"), manifest).key == b"odd/name.pdf"
        third = archive.folder / "x.pdf"
        own = with_own_key(SourceDocument(third, b"b.pdf"), manifest).key
        assert own.endswith(b"/x.pdf") and own == with_own_key(SourceDocument(third, b"b.pdf"), manifest).key
        other.unlink()  # moved here
        assert with_own_key(SourceDocument(third, b"b.pdf"), manifest).key == b"b.pdf"


def test_an_archive_that_moved_keeps_its_keys(archive: Archive) -> None:
    keys = archive.keys(archive.folder / "scans", archive.folder / "more")
    with Manifest(manifest_path(archive.output)) as manifest:
        for name, key in keys.items():
            manifest.put(row_of(key, archive.folder / name))
    (archive.folder / "mnt").mkdir()
    shutil.move(archive.folder / "scans", archive.folder / "mnt" / "arkiv")
    found = documents_of([str(archive.folder / "mnt" / "arkiv")], (), archive.output)
    assert sorted(f.key for f in found) == [b"scans/1998/a.pdf", b"scans/b.pdf"]
    assert archive.keys(archive.folder / "more").items() <= keys.items()


def test_another_folder_in_the_place_of_one_that_went_is_another(archive: Archive) -> None:
    keys = archive.keys(archive.folder / "scans")
    with Manifest(manifest_path(archive.output)) as manifest:
        for name, key in keys.items():
            manifest.put(row_of(key, archive.folder / name))
    shutil.rmtree(archive.folder / "scans")
    assert not set(archive.keys(archive.folder / "more").values()) & set(keys.values())


@pytest.mark.parametrize(
    "told", ["", "{", "[]", '{"folders": {"a": "b"}}', '{"folders": {"/a": "../"}}', "[" * 100_000]
)
def test_what_is_known_is_found_anew_where_its_file_is_damaged(archive: Archive, told: str) -> None:
    (archive.output / INPUTS).write_text(told, encoding="utf-8")
    assert read_folders(archive.output) is None
    assert archive.keys(archive.folder / "more") == {"more/b.pdf": "b.pdf"}
    assert read_folders(archive.output) is not None


def test_folders_whose_names_are_no_text_are_kept(archive: Archive) -> None:
    known = KnownFolders({b"/r\xe5/\n": b"", b"/b": b"\xe5~12345678/"})
    write_folders(archive.output, known)
    assert read_folders(archive.output) == known
    (archive.output / INPUTS).unlink()
    os.mkfifo(archive.output / INPUTS)
    with pytest.raises(OutputError, match="no regular file"):
        write_folders(archive.output, known)


@settings(max_examples=200)
@given(st.lists(st.lists(names, min_size=1, max_size=3).map(b"/".join), min_size=2, max_size=6, unique=True))
def test_results_never_share_a_path_nor_have_a_name_of_ours(keys: list[bytes]) -> None:
    own = [
        b"manifest.jsonl",
        b"manifest.sqlite_",
        b"export-csv",
        b"report.html",
        b".pages",
        b"a" * 190 + b"~" + b"0" * 16,
    ]
    keys = list(dict.fromkeys([*keys, *(o + b"/" + k for o in own for k in keys)]))
    paths = [os.fsencode(result_path(Path("out"), key, ".json")) for key in keys]
    assert len(set(paths)) == len(paths)
    assert not {p.split(b"/")[1] for p in paths} & {b"manifest.jsonl", b"export-csv", b"report.html", b".pages"}
