"""Names of what is being written, which tell whose it is."""

from pathlib import Path

from avskrift.output.temporary_names import abandoned_in, temporary_name


def test_no_two_names_are_the_same_and_what_we_write_is_not_abandoned(tmp_path: Path) -> None:
    names = {temporary_name(".new") for _ in range(9)}
    assert len(names) == 9
    for name in names:
        (tmp_path / name).touch()
    assert list(abandoned_in(tmp_path)) == []


def test_what_a_process_left_that_has_gone(tmp_path: Path) -> None:
    name = temporary_name("-avtal.json.old")
    parts = name.split("-")
    left = tmp_path / "-".join([*parts[:2], "4194999", *parts[3:]])  # beyond the largest process id
    left.touch()
    (tmp_path / "avtal.json").touch()
    assert list(abandoned_in(tmp_path)) == [(left, "-avtal.json.old")]
    left.unlink()
    left.symlink_to(tmp_path / "avtal.json")
    assert list(abandoned_in(tmp_path)) == []
    assert list(abandoned_in(tmp_path / "none")) == []
