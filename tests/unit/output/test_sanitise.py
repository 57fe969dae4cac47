"""Text without signs that steer what shows it."""

import pytest

from avskrift.output.sanitise import sanitised, without_controls

_REPLACED = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x9b", "\r", "\ud800", "\uffff"])
def test_control_signs(sign: str) -> None:
    assert sanitised(f"a{sign}b") == without_controls(f"a{sign}b") == f"a{_REPLACED}b"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f"])
def test_turns_of_the_direction_of_writing(sign: str) -> None:
    assert sanitised(f"a{sign}b") == f"a{_REPLACED}b" and without_controls(f"a{sign}b") == f"a{sign}b"


def test_plain_text_stays() -> None:
    assert sanitised("Åäö\t\n§ 4 – ”x”") == "Åäö\t\n§ 4 – ”x”"
