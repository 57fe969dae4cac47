"""Pages on which an engine read nothing but a few signs that make no words: separator sheets of scanners (bars, patch
codes, large letters), backs with specks, pages of pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.models.document import LineRole, Page, PageSource, Word


@dataclass(frozen=True, slots=True)
class Settings:
    """When words are none. Judged on invented scans; none was tuned."""

    most_words: int = 30
    """Words of such a page at most."""
    letters: int = 4
    """Letters of a word that is one, at least,"""
    sure: float = 0.6
    """if it was read this surely (0 to 1),"""
    share: float = 0.2
    """and the share of a page's words that are from which it is text."""
    text_around: int = 40
    """Words of a page beside it at least: alone, or among pages like it, such a page may be all that there is."""


SETTINGS = Settings()


def unread_sheets(pages: Sequence[Page]) -> Iterator[int]:
    """The numbers of the pages, read by an engine, that hold a few signs and no words, beside pages of text."""
    counts = [sum(len(line.words) for line in page.lines) for page in pages]
    for at, page in enumerate(pages):
        beside = [count for count in (*counts[:at][-1:], *counts[at + 1 : at + 2]) if count]
        if beside and max(beside) >= SETTINGS.text_around and page.source is PageSource.OCR and _says_nothing(page):
            yield page.number


def _says_nothing(page: Page) -> bool:
    words = [word for line in page.lines if line.role is not LineRole.MARGIN for word in line.words]
    if not 0 < len(words) <= SETTINGS.most_words:
        return False
    return sum(map(_is_word, words)) < SETTINGS.share * len(words)


def _is_word(word: Word) -> bool:
    """Whether something was surely read that can be a word or a number."""
    return word.confidence >= SETTINGS.sure and sum(c.isalnum() for c in word.raw) >= SETTINGS.letters
