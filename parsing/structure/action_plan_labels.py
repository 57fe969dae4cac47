"""The labels of action plans' rows (action_plan.toml): which line begins with one, and whether two make one table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from avskrift.language.bullets import SIGNS
from avskrift.language.fold import fold
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

_BEGINS_CONTENT = SIGNS + "-–("
"""Signs that what stands beside a label may begin with."""

_MOST_WORDS = 4
"""Words of a label."""
_MISREAD = 90
"""How like a label (0 to 100) a misread one is; short ones must be the same."""
_LONG_ENOUGH = 7
"""Letters of a label that may be misread."""


@lru_cache(maxsize=4096)
def label_at(text: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """The key of the label that `text` begins with and the label's length in `text`; None without one.

    After the label must come the end, a colon, or a word that starts a content of its own (upper case, digit
    or bullet): "Mål Minska", not "Mål och medel".
    """
    words = list(re.finditer(r"\S+", text))
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        end = words[count - 1].end()
        rest = text[end:].strip()
        if not rest or rest[0].isupper() or rest[0].isdigit() or rest[0] in _BEGINS_CONTENT or text[end - 1] == ":":
            key = _key_of(_unnumbered(fold(text[:end])), vocabulary)
            if key is not None:
                return key, end
    return None


def _key_of(head: str, vocabulary: Vocabulary) -> str | None:
    """The key of the row whose label, folded, some words are."""
    for label, key in vocabulary.derived(_labels):
        if abs(len(label) - len(head)) <= 2 and (
            head == label or (len(label) >= _LONG_ENOUGH and fuzz.ratio(head, label) >= _MISREAD)
        ):
            return key
    return None


def _labels(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Every label, folded, with its row's key; the longest first."""
    data = vocabulary.table("action_plan")
    labels = [(label, str(row["key"])) for row in data["row"] for label in row["labels"]]
    found = [(fold(text), key) for label, key in labels for text in _filled(label, data)]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _filled(label: str, data: Mapping[str, Any]) -> list[str]:
    """A label with each of the words that `{body}` or `{who}` in it stands for."""
    name = next((n for n in ("body", "who") if f"{{{n}}}" in label), None)
    return [label] if name is None else [label.replace(f"{{{name}}}", word) for word in data[name]]


def _unnumbered(label: str) -> str:
    """An activity's label without its number: `aktivitet 1 2` is `aktivitet`."""
    return re.sub(r"^(aktivitet(?: metod)?|atgard|insats) \d{1,2}(?: \d{1,2})?$", r"\1", label)


def joined_label(lines: Sequence[LocatedLine], index: int) -> str:
    """The line's text; with the next line's where a label is broken over the line end."""
    text = lines[index].text.strip()
    one_word = len(text.split()) == 1 and text[0].isupper() and text.lower().rstrip(":").endswith("s")
    following = lines[index + 1].text.strip() if one_word and index + 1 < len(lines) else ""
    return f"{text} {following}" if following[:1].islower() else text


def fit_one_table(first: LocatedLine, second: LocatedLine, vocabulary: Vocabulary) -> bool:
    """Whether two labels can stand in one table: set in the same manner, with or without colon, in capitals or not."""
    one, other = (_style_of(located.text.strip(), vocabulary) for located in (first, second))
    same_colon = one.colon == other.colon or "activity" in (one.key, other.key)
    return same_colon and one.capitals == other.capitals  # a heading that reads like a label is in capitals


@dataclass(frozen=True, slots=True)
class _LabelStyle:
    """How the label of a line is set; `key` is "" for a line without one."""

    key: str
    colon: bool
    capitals: bool


def _style_of(text: str, vocabulary: Vocabulary) -> _LabelStyle:
    found = label_at(text, vocabulary)
    if found is None:
        return _LabelStyle("", colon=False, capitals=False)
    key, end = found
    return _LabelStyle(key, text[:end].endswith(":") or text[end:].startswith(":"), text[:end].isupper())


def keys_with(flag: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The keys of the rows for which `flag` (`opens`, `elsewhere`, `only_here`) is set in action_plan.toml."""
    return frozenset(row["key"] for row in vocabulary.table("action_plan")["row"] if row.get(flag))
