"""A watched folder: what is given, and when."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from avskrift.batch.folder_watch import new_documents
from avskrift.batch.sources import Documents


def test_a_folder_that_goes_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    folder, away = tmp_path / "in", tmp_path / "away"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("text", encoding="utf-8")
        os.utime(folder / name, (1, 1))
    os.mkfifo(folder / "pipe.pdf")
    told: list[str] = []
    looks = itertools.count(1)

    def wait(seconds: float) -> None:
        look = next(looks)
        if look == 4:
            folder.rename(away)
        if look == 8:
            away.rename(folder)
            (folder / "c.txt").write_text("text", encoding="utf-8")
            os.utime(folder / "c.txt", (1, 1))
        if look == 12:
            raise KeyboardInterrupt

    def given() -> Iterator[list[str]]:
        try:
            for new in new_documents(lambda: Documents([str(folder)], tmp_path / "out"), 1.0, told.append, wait):
                yield sorted(found.name for found in new)
        except KeyboardInterrupt:
            return

    found = list(given())
    assert found[0] == ["a.txt", "b.txt", "pipe.pdf"]
    assert "c.txt" in itertools.chain(*found[1:]) and len(found) <= 3
    assert len(told) == 1 and told[0].endswith("no such file or folder; waiting for it")
