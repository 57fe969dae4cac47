"""Tokens: where the words of a line stand, and which of them may be corrected at all."""

import re
from dataclasses import dataclass
from functools import cache

from avskrift.language import bullets
from avskrift.language.data_files import load as load_language
from avskrift.language.rules import shared_words
from avskrift.language.sentences import CLOSING

WORD = re.compile(r"(?:<l|[|${](?=[a-zåäö]))?[^\W_]+(?:[&|!][^\W_]+)*(?:[!|]|&(?!\w))?")
_FIXED = re.compile(rf"@|https?://|www\.|\b[\w-]{{1,63}}\.{shared_words()['DOMAIN']}\b|\d{{3}}|\d[./:-]\d")
"""What a stretch without white space holds when it is an address of the web, a number or a date."""
_SENTENCE_ENDS = re.compile(
    rf"[.!?:]{CLOSING}\s+$|^[\W\d]*$|^\W*(?:[a-h]\)|[{bullets.LETTERS}])\s+$|{bullets.BULLET_INSIDE_LINE}\s*$"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is still taken for a word; sizes in signs."""

    longest_word: int = 60  # longer strings are no words of Swedish, whatever they are
    longest_run: int = 200  # a longer stretch without white space holds no words
    most_digits: int = 2  # digits inside a word (`f6ljs`) that may be letters misread
    sentence_context: int = 12  # signs before a word in which the end of a sentence is looked for


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line that is one word, as far as white space and signs tell.

    `fixed` words are never touched: addresses of the web, numbers, abbreviations before a number. `joined` tells that
    a single space parts it from the token before; `fresh` that a sentence, heading or item may begin here. `before`
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
        """The place behind its last sign."""
        return self.start + len(self.text)

    @property
    def raw_start(self) -> int:
        """Its place in the line as it was read; edits know it by this name."""
        return self.start

    @property
    def raw_end(self) -> int:
        """The place behind its last sign, as edits know it."""
        return self.end


def tokenize(line: str) -> list[Token]:
    """The tokens of a line, in order."""
    fixed = _fixed_spans(line)
    tokens: list[Token] = []
    end: int | None = None
    for match in WORD.finditer(line):
        start = match.start()
        after = line[match.end() : match.end() + 8]
        tokens.append(
            Token(
                start,
                match.group(),
                fixed=any(a <= start < b for a, b in fixed) or not _is_correctable(match.group()),
                joined=end is not None and line[end:start] == " ",
                fresh=_SENTENCE_ENDS.search(line[:start][-SETTINGS.sentence_context :]) is not None,
                before=_sign_before(line[end or 0 : start]),
                after=_sign_after(after[:4]),
                parted=re.fullmatch(r"[-\u00ad]\s*", after) is not None,
            )
        )
        end = match.end()
    return tokens


def _fixed_spans(line: str) -> list[tuple[int, int]]:
    """The spans of a line in which nothing is corrected."""
    runs = re.finditer(r"\S+", line)
    fixed = [m.span() for m in runs if len(m.group()) > SETTINGS.longest_run or _FIXED.search(m.group())]
    return fixed + [m.span("short") for m in _before_number().finditer(line)]


@cache
def _before_number() -> re.Pattern[str]:
    """An abbreviation that a number follows, a register's letters perhaps between: `Dnr KS 2021/12`."""
    short = "|".join(sorted(load_language("abbreviations")["short"], key=len, reverse=True))
    between = rf"(?:(?:[.:]\s?|\s)(?i:{short})(?![^\W_]))?[.:]*\s?(?:[A-ZÅÄÖ]{{1,5}}[\s-])?\d"
    return re.compile(rf"(?<![^\W_])(?P<short>(?i:{short}))(?![^\W_])(?={between})")


def _sign_before(between: str) -> str | None:
    if re.search(rf"[.!?]{CLOSING}\s+$", between):
        return "."
    if re.search(r"[,;:]\s*$", between):
        return ","
    return "per" if between == "/" else None


def _sign_after(rest: str) -> str | None:
    found = re.match(rf"{CLOSING}([.!?])(?:\s|$)|([,;:])(?:\s|$)", rest)
    return None if found is None else "." if found[1] else ","


def _is_correctable(text: str) -> bool:
    """Whether a token is made of letters; digits only among letters (`f6ljs`) or one before small ones (`6ver`)."""
    digits = sum(c.isdigit() for c in text)
    if len(text) > SETTINGS.longest_word:
        return False
    if text.isalpha() or not digits:
        return True
    inner = re.fullmatch(r"[^\W\d_]+(?:\d[^\W\d_]+)+|\d[a-zåäöé]{2,}", text) is not None
    return inner and any(c.islower() for c in text) and digits <= SETTINGS.most_digits
