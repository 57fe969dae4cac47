"""Pages that were scanned twice: their words are the same but for what an engine misread.

Pages of one form or template are alike too; those differ in words that both were read surely.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from avskrift.language.same_text import SETTINGS as SAME_TEXT
from avskrift.language.same_text import are_alike, word_counts
from avskrift.models.document import LineRole, Page, PageSource, Quality
from avskrift.parsing.sheets.page_counts import number_on


@dataclass(frozen=True, slots=True)
class Settings:
    """When two pages are scans of one sheet. Judged on invented scans; none was tuned."""

    fewest: int = 25
    """Words of a page at least: of a cover or a blank form nobody can tell."""
    sure: float = 0.9
    """Probability from which a word was surely read."""
    unsure: float = 0.75
    """Probability below which a word that the other page lacks may be dirt."""
    misread: float = 60.0
    """How alike (0 to 100) two readings of one word are at least."""
    noise: float = 0.15
    """Share of the words that differ at most."""
    differing: float = 0.02
    """Share of the words that differ although they were surely read, one at least; a name may be one at most,"""
    alike_name: float = 80.0
    """and is so alike (0 to 100) at least."""


SETTINGS = Settings()
_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2})*|\W?\w\W?")
"""What stands before a line's words: the number of a heading, a bullet and what one is misread as."""
_GRADES = (Quality.UNREADABLE, Quality.POOR, Quality.FAIR, Quality.GOOD, None)
"""How well pages were read, the worst first; text layers have no grade."""


@dataclass(frozen=True, slots=True)
class SecondScan:
    """Two pages of a file, by their numbers there, that are one sheet: the one that is read and the other."""

    kept: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float


def second_scans(pages: Sequence[Page]) -> list[SecondScan]:
    """The pages that were scanned before, or once more behind them: of two beside each other the better read is kept,
    else the first, whose place is the sheet's."""
    counts = [word_counts(line.text for line in page.lines if line.role is LineRole.BODY) for page in pages]
    found: list[SecondScan] = []
    kept = dict[int, int]()  # the places of pages that are read so far, by those of their first scans
    for at, page in enumerate(pages):
        before = (i for i in range(max(0, at - SAME_TEXT.reach), at) if i in kept)
        near = (i for i in before if are_alike(counts[i], counts[at]))
        first = next((i for i in near if is_same_sheet(pages[kept[i]], page)), None)
        if first is None:
            kept[at] = at
        elif kept[first] == at - 1 and _grade(page) > _grade(pages[at - 1]):
            found.append(SecondScan(page.number, pages[at - 1].number))
            kept[first] = at
        else:
            found.append(SecondScan(pages[kept[first]].number, page.number))
    return found


def is_same_sheet(one: Page, other: Page) -> bool:
    """Whether two pages are scans of one sheet: their bodies' words are the same but for misreadings."""
    numbers = [found.number for page in (one, other) if (found := number_on(page)) is not None]
    if len(set(numbers)) > 1:
        return False
    words, others = list(_words(one)), list(_words(other))
    if min(len(words), len(others)) < SETTINGS.fewest:
        return False
    exact = PageSource.OCR not in (one.source, other.source)
    return _differ_by_misreading(words, others, exact=exact)


def _grade(page: Page) -> tuple[int, float]:
    return _GRADES.index(page.quality), page.confidence


def _words(page: Page) -> Iterator[_Word]:
    """The words of a page's body in small letters, numbers of pages left out."""
    for line in page.lines:
        if line.role is not LineRole.BODY:
            continue
        if line.words and not line.edits:
            read = [_Word(word.raw, word.confidence) for word in line.words]
        else:
            least = min((word.confidence for word in line.words), default=1.0)
            read = [_Word(text, least) for text in line.text.split()]
        for at, word in enumerate(read):
            text = word.text.strip(".,;:–-_…•")
            if text and not (at == 0 and _MARK.fullmatch(text)):
                yield _Word(text, word.confidence)


def _differ_by_misreading(words: Sequence[_Word], others: Sequence[_Word], *, exact: bool) -> bool:
    """Whether two runs of words may be readings of one; of `exact` ones none is misread."""
    noise = differing = names = 0
    texts, other_texts = ([word.text.lower() for word in some] for some in (words, others))
    for step in Levenshtein.opcodes(texts, other_texts):
        if step.tag == "equal":
            continue
        mine, theirs = words[step.src_start : step.src_end], others[step.dest_start : step.dest_end]
        if _joined(mine) == _joined(theirs):
            continue
        if exact or not _may_be_misread(mine, theirs):
            return False
        noise += max(len(mine), len(theirs))
        surely = all(word.confidence >= SETTINGS.sure for word in (*mine, *theirs))
        differing += surely
        names += surely and _is_telling((*mine, *theirs))
    most = max(len(words), len(others))
    return names <= 1 and noise <= SETTINGS.noise * most and differing <= max(1, SETTINGS.differing * most)


def _joined(words: Sequence[_Word]) -> str:
    return "".join(word.text for word in words).lower()


def _may_be_misread(words: Sequence[_Word], others: Sequence[_Word]) -> bool:
    """Whether what stands on one page and what stands there on the other may be one: they are alike and, where they
    are names or numbers, one is unsure; or dirt that was read as words."""
    both = (*words, *others)
    unsure = any(word.confidence < SETTINGS.sure for word in both)
    if not words or not others:
        return all(word.confidence < SETTINGS.unsure or not any(map(str.isalnum, word.text)) for word in both)
    alike = fuzz.ratio(_joined(words), _joined(others))
    if unsure or not _is_telling(both):
        return alike >= SETTINGS.misread
    return alike >= SETTINGS.alike_name and not any(map(str.isdigit, _joined(both)))


def _is_telling(words: Sequence[_Word]) -> bool:
    """Whether names or numbers are among some words."""
    return any(word.text[:1].isupper() or any(map(str.isdigit, word.text)) for word in words)
