"""Text that a command is given."""

from pathlib import Path
from typing import Any

import pytest

from avskrift.cli.text_input import correcting_options, text_in
from avskrift.errors import InputError, MissingInputError


class Listener:
    """Keeps the lines that it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def line(self, text: str) -> None:
        self.lines.append(text)


def test_text_of_an_older_encoding_is_read_and_told(tmp_path: Path) -> None:
    path, listener = tmp_path / "a.txt", Listener()
    path.write_bytes("Överenskommelse för Lövnäs".encode("cp1252"))
    report: Any = listener
    assert text_in(path, report) == "Överenskommelse för Lövnäs"
    assert len(listener.lines) == 1 and listener.lines[0].startswith(f"{path}: ")


def test_what_is_no_text(tmp_path: Path) -> None:
    report: Any = Listener()
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\x00" * 50)
    with pytest.raises(InputError, match=r"a\.txt"):
        text_in(tmp_path / "a.txt", report)
    with pytest.raises(MissingInputError):
        text_in(tmp_path / "none.txt", report)


def test_a_glossary_becomes_words(tmp_path: Path) -> None:
    report: Any = Listener()
    (tmp_path / "words").write_text("Lövnäs\nEkdal\n", encoding="utf-8")
    options = correcting_options(report, tmp_path / "words", 0.7)
    assert options.glossary == ("Lövnäs", "Ekdal") and options.min_confidence == 0.7 and options.enabled
    assert correcting_options(report, None, 0.5, enabled=False).glossary == ()
