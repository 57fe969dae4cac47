"""Folding: what is left of a text where marks, case and signs do not count.

| function | keeps | for |
| --- | --- | --- |
| `without_marks` | length, case, signs | looking words up that lost their marks |
| `fold` | words and digits, parted by single spaces | finding terms in headings and labels |
| `fold_word` | letters and digits, signs between digits | telling whether two words are one |

What OCR makes of letters is folded further by `language.confusions.as_shapes`.
"""

import re
from functools import lru_cache

_PLAIN = str.maketrans("åäöéüàáèêëïôçñøæÅÄÖÉÜÀÁÈ", "aaoeuaaeeeiocnoaAAOEUAAE")
"""Each letter with a mark and the one without; one for one, so that places in a text stay."""


def without_marks(text: str) -> str:
    """`text` with å and ä as a, ö as o, é as e and so on: as long as before."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """`text` in small letters without marks, all that is neither letter nor digit as single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", without_marks(text.lower())).split())


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """A word in small letters without marks, letters and digits alone.

    Signs between digits stay, as one of two: 2,5 and 2.5 are one number, 25 and 2-5 are others.
    """
    folded = without_marks(word.lower())
    if not any(c.isdigit() for c in folded):
        return re.sub(r"[\W_]+", "", folded)
    folded = re.sub(r"(?<=\d)[.,](?=\d)", ".", folded)
    folded = re.sub(r"(?<=\d)[-–—/:](?=\d)", "-", folded)
    return re.sub(r"(?<!\d)[.-]|[.-](?!\d)|[^\w.-]|_", "", folded)
