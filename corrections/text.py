"""The correction of a text file's content, line for line, or with its paragraphs joined."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from avskrift.corrections.lines import corrected_lines
from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.edits import CorrectedLine
from avskrift.models.options import CorrectingOptions


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """The corrected text, its lines with their edits and suggestions, and what a person should know."""

    text: str
    lines: tuple[CorrectedLine, ...]
    warnings: tuple[str, ...]


def corrected_text(
    text: str,
    options: CorrectingOptions | None = None,
    *,
    witnesses: Sequence[str] = (),
    reflow: bool = False,
) -> CorrectedText:
    """`text` corrected: as many lines as before, form feeds and the white space around lines kept.

    `options` are the user's; `witnesses` are other readings of the same document. With `reflow` the lines of a
    paragraph are joined, words hyphenated over a line or page end made one. Raises `LimitExceededError` for too long a
    text.
    """
    chosen = options or CorrectingOptions()
    ending = "\n" if text.endswith("\n") else ""
    rows = text[: len(text) - len(ending)].split("\n")
    result = corrected_lines(rows, chosen, [other.rstrip("\n").split("\n") for other in witnesses])
    corrected = [row.text for row in result.lines]
    if reflow:
        known, made = lexicon(chosen.glossary), compounds(chosen.glossary)
        corrected = reflowed(corrected, lambda w: known.knows(w.lower()) or made.best(w.lower(), True) is not None)
    return CorrectedText("\n".join(corrected) + ending, result.lines, result.warnings)


_FRESH = re.compile(rf"\s*(?:{BULLET_OR_DASH}|\d{{1,2}}[.)]|[a-zåäö]\))\s")
_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad]$")
_HANGING = re.compile(r"\s*(?:och|eller|samt|respektive)\b")


def reflowed(rows: Sequence[str], is_word: Callable[[str], bool]) -> list[str]:
    """The rows with those of one paragraph joined, over page breaks too.

    A hyphen at a line end goes when the two parts make a word (`samverkans-` `avtal`), stays when they do not
    (`Mälardals-` `Östersjön`) or when it hangs (`kommun-` `och regionnivå`).
    """
    joined: list[str] = []
    for row in rows:
        last, at = _open_row(joined, row)
        if at is None:
            joined.append(row)
            continue
        page, text = row.startswith("\f"), row.strip()
        cut = _CUT.search(last)
        if cut is not None and not _HANGING.match(text):
            head, _, rest = text.partition(" ")
            joined[at] = last[: cut.end(1)] + _hyphen(cut[1], text, is_word) + (head if page else text)
            if page:
                joined.append("\f" + rest)
        elif page:
            joined.append(row)  # a paragraph may run over a page, but pages stay pages
        else:
            joined[at] = f"{last} {text}"
    return joined


def _hyphen(cut: str, text: str, is_word: Callable[[str], bool]) -> str:
    """What stays of the hyphen between the end of one row and the `text` of the next."""
    core = re.match(r"[^\W\d_]+", text)
    word = cut + core[0] if core is not None else cut
    return "" if is_word(word) or text[:1].islower() else "-"


def _open_row(joined: Sequence[str], row: str) -> tuple[str, int | None]:
    """The last row and its place, where `row` goes on with its paragraph."""
    at = len(joined) - 1
    while row.startswith("\f") and at >= 0 and not joined[at].strip():
        at -= 1
    last = joined[at].rstrip() if at >= 0 else ""
    return last, at if _goes_on(last, row) else None


def _goes_on(last: str, row: str) -> bool:
    """Whether a row goes on with the paragraph of the row `last`."""
    text = row.strip()
    if not last or not text or last.endswith((".", ":", ";", "!", "?")) or _FRESH.match(row.lstrip("\f")) is not None:
        return False
    return text[:1].islower() or _CUT.search(last) is not None
