"""Where the words of a line stand, and which of them may be mended at all."""

import re
from dataclasses import dataclass

CHUNK = re.compile(r"(?:<l|[|](?=[a-zåäö]))?[^\W_]+(?:[&|!][^\W_]+)*[!|]?")
_FIXED = re.compile(
    r"\S*@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:se|com|org|nu|net|eu|example)\b|\S*\d{3,}\S*|\S*\d[./:-]\d\S*"
)
_SENTENCE_ENDS = re.compile(r"[.!?:][\"”')]*\s+$|^\W*$|[•▪]\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a line that is one word, as far as white space and signs tell.

    `fixed` words are never touched: addresses of the web, numbers. `joined` tells that a single space parts it
    from the chunk before; `fresh` that a sentence or item may begin here.
    """

    start: int
    text: str
    fixed: bool
    joined: bool
    fresh: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def chunks_of(line: str) -> list[Chunk]:
    """The chunks of a line, in order."""
    fixed = [m.span() for m in _FIXED.finditer(line)]
    found: list[Chunk] = []
    end = -9
    for match in CHUNK.finditer(line):
        start = match.start()
        touched = any(a <= start < b for a, b in fixed) or not _mendable(match.group())
        joined = line[end:start] == " " if end >= 0 else False
        found.append(
            Chunk(start, match.group(), touched, joined, _SENTENCE_ENDS.search(line[:start][-12:]) is not None)
        )
        end = match.end()
    return found


def _mendable(text: str) -> bool:
    """Whether a chunk is made of letters; digits only where letters stand on both sides (`f6ljs`)."""
    if not any(c.isdigit() for c in text):
        return True
    inner = re.fullmatch(r"[^\W\d_]+(?:\d[^\W\d_]+)+", text) is not None
    return inner and any(c.islower() for c in text) and sum(c.isdigit() for c in text) <= 2
