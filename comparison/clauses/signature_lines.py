"""Lines of signatures below a clause: who signed and when is compared by itself, as no part of the clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from avskrift.comparison.vocabulary import pattern
from avskrift.language.fold import fold_word
from avskrift.language.page_numbers import is_running_head
from avskrift.models.agreement import Agreement, DateRole


@dataclass(frozen=True, slots=True)
class Settings:
    """Found on scanned pages of signatures."""

    most_other: int = 18
    """Letters and digits that a line of names and titles may hold besides: a place, a misread name."""
    most_between: int = 2
    """Short lines that may stand between two lines of signatures: handwriting that was read as rubbish."""
    short: int = 40
    """Letters of a short line at most."""
    least_key: int = 4
    """Letters of a name or a day from which it is looked for."""


SETTINGS = Settings()


def signature_keys(*records: Agreement) -> tuple[str, ...]:
    """Names, titles and days of those who signed any of the records, run together, the longest first."""
    texts: list[str] = []
    for record in records:
        texts += [t for s in record.signatories for t in (s.name, s.title) if t]
        texts += [day.text for day in record.dates if day.role is DateRole.SIGNED]
    keys = {_key(text) for text in texts}
    return tuple(sorted((key for key in keys if len(key) >= SETTINGS.least_key), key=len, reverse=True))


def first_signature_line(text: str, keys: Iterable[str]) -> int:
    """The number, from 0, of the line with which the signatures at a clause's end begin; that of lines if none do."""
    lines = text.split("\n")
    known = tuple(keys)
    found = at = len(lines)
    other = 0
    while at and other <= SETTINGS.most_between:
        at -= 1
        if _is_signature(lines[at], known):
            found, other = at, 0
        elif not _is_blank(lines[at]):
            other = (
                other + 1
                if len(_key(lines[at])) <= SETTINGS.short and not lines[at].rstrip().endswith(".")
                else SETTINGS.most_between + 1
            )
    return found


def _is_blank(line: str) -> bool:
    return not _key(line) or is_running_head(line)


def _is_signature(line: str, known: tuple[str, ...]) -> bool:
    if pattern("clauses", "signature").match(line):
        return True
    left = _key(line)
    for key in known:
        left = left.replace(key, "")
    return len(left) < len(_key(line)) and len(left) <= SETTINGS.most_other


def _key(text: str) -> str:
    return "".join(fold_word(word) for word in re.findall(r"\S+", text))
