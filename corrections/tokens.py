"""Where the words of a line stand, and which of them may be mended at all."""

import re
from dataclasses import dataclass
from functools import cache

from avskrift.language.data_files import load as load_language

CHUNK = re.compile(r"(?:<l|[|${](?=[a-zåäö]))?[^\W_]+(?:[&|!][^\W_]+)*(?:[!|]|&(?!\w))?")
_FIXED = re.compile(r"@|https?://|www\.|\b[\w-]{1,63}\.(?:se|com|org|nu|net|eu|example)\b|\d{3}|\d[./:-]\d")
"""What a stretch without white space holds when it is an address of the web, a number or a date."""
_LONGEST_WORD = 60
"""Longer strings are no words of Swedish, whatever they are."""
_LONGEST_RUN = 200
_SENTENCE_ENDS = re.compile(r"[.!?:][\"”')]*\s+$|^[\W\d]*$|^\W*(?:[a-h]\)|[eo])\s+$|[•▪]\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a line that is one word, as far as white space and signs tell.

    `fixed` words are never touched: addresses of the web, numbers, abbreviations before a number. `joined` tells that
    a single space parts it from the chunk before; `fresh` that a sentence, heading or item may begin here. `before`
    and `after` are the signs beside it as the lexicon's pairs name them: "." for the end of a sentence, "," for a
    pause, "per" for a slash, None for none or any other. `parted` tells that a hyphen at the line end cuts the word.
    """

    start: int
    text: str
    fixed: bool
    joined: bool
    fresh: bool
    before: str | None
    after: str | None
    parted: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def chunks_of(line: str) -> list[Chunk]:
    """The chunks of a line, in order."""
    fixed = [m.span() for m in re.finditer(r"\S+", line) if len(m.group()) > _LONGEST_RUN or _FIXED.search(m.group())]
    fixed += [m.span("short") for m in _before_number().finditer(line)]
    found: list[Chunk] = []
    end = -9
    for match in CHUNK.finditer(line):
        start = match.start()
        touched = any(a <= start < b for a, b in fixed) or not _mendable(match.group())
        joined = line[end:start] == " " if end >= 0 else False
        found.append(
            Chunk(
                start,
                match.group(),
                touched,
                joined,
                _SENTENCE_ENDS.search(line[:start][-12:]) is not None,
                _sign_before(line[max(end, 0) : start]),
                _sign_after(line[match.end() : match.end() + 4]),
                re.fullmatch(r"[-\u00ad]\s*", line[match.end() : match.end() + 8]) is not None,
            )
        )
        end = match.end()
    return found


@cache
def _before_number() -> re.Pattern[str]:
    """An abbreviation that a number follows, a register's letters perhaps between: `Dnr KS 2021/12`."""
    short = "|".join(sorted(load_language("abbreviations")["short"], key=len, reverse=True))
    between = rf"(?:(?:[.:]\s?|\s)(?i:{short})(?![^\W_]))?[.:]*\s?(?:[A-ZÅÄÖ]{{1,5}}[\s-])?\d"
    return re.compile(rf"(?<![^\W_])(?P<short>(?i:{short}))(?![^\W_])(?={between})")


def _sign_before(between: str) -> str | None:
    if re.search(r"[.!?][\"”')]*\s+$", between):
        return "."
    if re.search(r"[,;:]\s*$", between):
        return ","
    return "per" if between == "/" else None


def _sign_after(rest: str) -> str | None:
    found = re.match(r"[\"”')]*([.!?])(?:\s|$)|([,;:])(?:\s|$)", rest)
    return None if found is None else "." if found[1] else ","


def _mendable(text: str) -> bool:
    """Whether a chunk is made of letters; digits only among letters (`f6ljs`) or one before small ones (`6ver`)."""
    if len(text) > _LONGEST_WORD:
        return False
    if text.isalpha() or not any(c.isdigit() for c in text):
        return True
    inner = re.fullmatch(r"[^\W\d_]+(?:\d[^\W\d_]+)+|\d[a-zåäöé]{2,}", text) is not None
    return inner and any(c.islower() for c in text) and sum(c.isdigit() for c in text) <= 2
