"""Format characters inside words, which have no width, and signs that look like others: a word that holds one matches
no word.

Zero-width spaces and joiners, marks of direction, soft hyphens and control characters are dropped from the text of a
line; hyphens, ligatures and wide forms become the common signs. What was read stays in `raw`, and each word that held
one is an edit of the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.ingest.look_alikes import folded, holds_look_alikes, invisible_in
from avskrift.models.document import Line, Page
from avskrift.models.edits import Edit, apply, text_spans

RULE = "sign without a width"
LOOK_ALIKE = "sign that looks like another"

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WithoutFormatCharacters:
    """Pages whose text has no format characters, and what a person should know of it."""

    pages: list[Page]
    warnings: tuple[str, ...]


def without_format_characters(pages: Sequence[Page]) -> WithoutFormatCharacters:
    """The pages with every format sign dropped from `text` and kept in `raw`, and look-alikes folded. A line of nothing
    else goes."""
    dropped = sum(invisible_in(line.text) for page in pages for line in page.lines if holds_look_alikes(line.text))
    cleaned = [_cleaned_page(page) for page in pages]
    if not dropped:
        return WithoutFormatCharacters(cleaned, ())
    noun = "sign without a width was" if dropped == 1 else "signs without a width were"
    warning = f"{dropped:,} {noun} taken out (such as zero-width spaces and marks of direction)"
    return WithoutFormatCharacters(cleaned, (warning,))


def _cleaned_page(page: Page) -> Page:
    lines = [_cleaned(line) if holds_look_alikes(line.text) else line for line in page.lines]
    kept = tuple(line for line in lines if line.text.strip())
    other_reading = tuple(folded(text, ends_line=True) for text in page.witness)
    same = len(kept) == len(page.lines) and all(a is b for a, b in zip(kept, page.lines, strict=True))
    return page if same and other_reading == page.witness else replace(page, lines=kept, witness=other_reading)


def _cleaned(line: Line) -> Line:
    """The line without format characters and look-alikes: each word that held some is an edit, with the edits inside
    it."""
    held = list(_words_with_look_alikes(line.text))
    edits = [
        edit
        for edit, (start, end) in zip(line.edits, text_spans(line.edits), strict=True)
        if not any(start < word_end and word_start < end for word_start, word_end, _ in held)
    ]
    for start, end, word in held:
        rule = RULE if invisible_in(line.text[start:end]) else LOOK_ALIKE
        edits.append(Edit(*line.raw_span(start, end), word, rule, 1.0))
    edits.sort(key=lambda edit: (edit.raw_start, edit.raw_end))
    return replace(line, text=apply(line.raw, edits), edits=tuple(edits))


def _words_with_look_alikes(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that hold such signs: where they stand and what they are without. Of a word of nothing else the space
    before it goes too, or at the head of a line the space after it."""
    past = 0
    whole = len(text.rstrip())
    for match in _WORD.finditer(text):
        if not holds_look_alikes(match.group()):
            continue
        start, end = match.span()
        word = folded(match.group(), ends_line=end == whole)
        if not word:
            if start > past:
                start -= 1
            elif start == 0:
                end += text[end : end + 1] == " "
        yield start, end, word
        past = end
