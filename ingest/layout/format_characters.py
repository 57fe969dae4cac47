"""Format characters inside words: they have no width and say how text is set; a word that holds one matches no word.

Zero-width spaces and joiners, marks of direction, soft hyphens and control characters are dropped from the text of a
line. What was read stays in `raw`, and each word that held one is an edit of the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.models.document import Line, Page
from avskrift.models.edits import Edit, apply, text_spans

RULE = "sign without a width"

_FORMAT = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f]"
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WithoutFormatCharacters:
    """Pages whose text has no format characters, and what a person should know of it."""

    pages: list[Page]
    warnings: tuple[str, ...]


def without_format_characters(pages: Sequence[Page]) -> WithoutFormatCharacters:
    """The pages with every format sign dropped from `text` and kept in `raw`. A line of nothing else goes."""
    dropped = sum(len(_FORMAT.findall(line.text)) for page in pages for line in page.lines)
    cleaned = [_cleaned_page(page) for page in pages]
    if not dropped:
        return WithoutFormatCharacters(cleaned, ())
    noun = "sign without a width was" if dropped == 1 else "signs without a width were"
    warning = f"{dropped:,} {noun} taken out (such as zero-width spaces and marks of direction)"
    return WithoutFormatCharacters(cleaned, (warning,))


def _cleaned_page(page: Page) -> Page:
    lines = [_cleaned(line) if _FORMAT.search(line.text) else line for line in page.lines]
    kept = tuple(line for line in lines if line.text.strip())
    same = len(kept) == len(page.lines) and all(a is b for a, b in zip(kept, page.lines, strict=True))
    return page if same else replace(page, lines=kept)


def _cleaned(line: Line) -> Line:
    """The line without format characters: each word that held some is an edit, with the edits inside it."""
    held = list(_words_with_format(line.text))
    edits = [
        edit
        for edit, (start, end) in zip(line.edits, text_spans(line.edits), strict=True)
        if not any(start < word_end and word_start < end for word_start, word_end, _ in held)
    ]
    edits += [Edit(*line.raw_span(start, end), word, RULE, 1.0) for start, end, word in held]
    edits.sort(key=lambda edit: (edit.raw_start, edit.raw_end))
    return replace(line, text=apply(line.raw, edits), edits=tuple(edits))


def _words_with_format(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that hold format characters: where they stand and what they are without. Of a word of nothing else the
    space before it goes too, or at the head of a line the space after it."""
    past = 0
    for match in _WORD.finditer(text):
        if _FORMAT.search(match.group()) is None:
            continue
        start, end = match.span()
        word = _FORMAT.sub("", match.group())
        if not word:
            if start > past:
                start -= 1
            elif start == 0:
                end += text[end : end + 1] == " "
        yield start, end, word
        past = end
