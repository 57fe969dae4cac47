"""Lines for people at a terminal."""

import pytest

from avskrift.output.terminal import one_line, print_error_line, print_line


def test_one_line_of_bounded_length() -> None:
    assert one_line("a\n\tb\x1b[2J") == "a b\N{REPLACEMENT CHARACTER}[2J"
    long = one_line(f"{'x' * 500}: it is damaged")
    assert len(long) <= 400 and " ... " in long and long.endswith(": it is damaged")


def test_results_and_what_is_said_of_them(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_line("Åby")
    print_error_line("klart")
    captured = capsysbinary.readouterr()
    assert captured.out == "Åby\n".encode() and captured.err == b"avskrift: klart\n"
