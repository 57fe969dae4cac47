"""Letters that a text layer gives as places in a font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.text_layer.glyph_ids import shift_of, unshifted

MACINTOSH = 29
PLACES = {"å": "n", "ä": "l", "ö": "|", "Å": "c", "Ä": "b", "Ö": "g", " ": "(cid:3)"}


def shifted(text: str) -> str:
    """How a font in the Macintosh order without a table of its letters gives `text`."""
    return "".join(
        PLACES.get(c, chr(ord(c) - MACINTOSH) if ord(c) - MACINTOSH >= 32 else f"(cid:{ord(c) - 29})") for c in text
    )


@pytest.mark.parametrize("text", ["Göran Sjöberg och Åsa", "samverkan mellan kommunen", "Överenskommelse 2023"])
def test_swedish_comes_back(text: str) -> None:
    words = [shifted(text)]
    assert shift_of(words) == MACINTOSH
    assert unshifted(words[0], MACINTOSH) == text


@pytest.mark.parametrize(
    "words",
    [
        ["Överenskommelsen", "gäller", "från", "januari"],
        ["SKV", "2007:10", "SFS", "1977:1160"],
        ["Ek"],
        ["14", "250", "kr"],
    ],
)
def test_what_is_whole_stays(words: list[str]) -> None:
    assert shift_of(words) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZåäöÅÄÖ", min_size=1, max_size=30))
def test_letters_go_there_and_back(text: str) -> None:
    assert unshifted(shifted(text), MACINTOSH) == text
