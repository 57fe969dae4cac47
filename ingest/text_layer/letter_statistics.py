"""How likely letters follow each other in Swedish, as training/letter_statistics.py counted them."""

import json
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

_OF_NO_LETTER = 6.0
"""The cost of a sign that no word holds: more than that of nearly all pairs of letters."""
_UNCOUNTED = frozenset(".,:;-–/()\"”'")
"""Signs that count as white space, like digits: any text has them."""
_OTHER = "~"


@cache
def _statistics() -> dict[str, Any]:
    path = files("avskrift.ingest.text_layer").joinpath("swedish_letters.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def bigram_cross_entropy(text: str) -> float:
    """The mean cost (negative natural logarithm of the probability, in nats) of each letter after the one before, as
    Swedish: 2.4 to 2.6 for Swedish, 3.3 for English, more for what is no words."""
    data = _statistics()
    alphabet, costs = data["alphabet"], data["cost"]
    counted = "".join(c if c in alphabet else _class_of(c) for c in text.lower())
    counted = re.sub(r"\s+", " ", counted)
    total = sum(_OF_NO_LETTER if _OTHER in (a, b) else costs[a][b] for a, b in pairwise(counted))
    return total / max(1, len(counted) - 1)


def _class_of(character: str) -> str:
    return " " if character.isspace() or character.isdigit() or character in _UNCOUNTED else _OTHER
