"""Signs without a width inside words: they say how text is set, and a word that holds one is no longer that word.

Zero-width spaces and joiners, marks of direction, soft hyphens and control characters are dropped from the text of a
line. What was read stays in `raw`, and each word that held one is an edit of the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.models.document import Line, Page
from avskrift.models.edits import Edit, apply, text_spans

RULE = "sign without a width"

_SIGN = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f]"
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WithoutFormatSigns:
    """Pages whose text has no format signs, and what a person should know of it."""

    pages: list[Page]
    warnings: tuple[str, ...]


def without_format_signs(pages: Sequence[Page]) -> WithoutFormatSigns:
    """The pages with every format sign dropped from `text` and kept in `raw`. A line of nothing else goes."""
    dropped = 0
    cleaned: list[Page] = []
    for page in pages:
        lines: list[Line] = []
        for line in page.lines:
            found = len(_SIGN.findall(line.text))
            dropped += found
            mended = _mended(line) if found else line
            if mended.text.strip():
                lines.append(mended)
        same = len(lines) == len(page.lines) and all(a is b for a, b in zip(lines, page.lines, strict=True))
        cleaned.append(page if same else replace(page, lines=tuple(lines)))
    if not dropped:
        return WithoutFormatSigns(cleaned, ())
    noun = "sign without a width was" if dropped == 1 else "signs without a width were"
    told = f"{dropped:,} {noun} taken out (such as zero-width spaces and marks of direction)"
    return WithoutFormatSigns(cleaned, (told,))


def _mended(line: Line) -> Line:
    """The line without format signs: each word that held some is an edit; edits inside such a word are part of it."""
    held = list(_held(line.text))
    edits = [
        edit
        for edit, (start, end) in zip(line.edits, text_spans(line.edits), strict=True)
        if not any(start < word_end and word_start < end for word_start, word_end, _ in held)
    ]
    edits += [Edit(*line.raw_span(start, end), word, RULE, 1.0) for start, end, word in held]
    edits.sort(key=lambda edit: (edit.raw_start, edit.raw_end))
    return replace(line, text=apply(line.raw, edits), edits=tuple(edits))


def _held(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that hold format signs: where they stand and what they are without. Of a word of nothing but such signs
    the space before it goes too, or at the head of a line the space after it."""
    past = 0
    for match in _WORD.finditer(text):
        if _SIGN.search(match.group()) is None:
            continue
        start, end = match.span()
        word = _SIGN.sub("", match.group())
        if not word:
            if start > past:
                start -= 1
            elif start == 0:
                end += text[end : end + 1] == " "
        yield start, end, word
        past = end
