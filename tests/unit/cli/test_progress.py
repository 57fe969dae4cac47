"""Bars on standard error, and nothing where that is no terminal."""

import pytest

from avskrift.cli.progress import busy, page_progress


def test_lines_are_written_and_bars_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    with busy("reading"), page_progress("a.pdf") as progress:
        progress.pages(1, 9)
        progress.line("a.pdf: page 2 is\x1b[2J blank")
    assert capsys.readouterr().err == "avskrift: a.pdf: page 2 is\N{REPLACEMENT CHARACTER}[2J blank\n"
