"""How well a page was read, so that an archivist knows which sheets to scan again."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.models.document import Line, Quality


@dataclass(frozen=True, slots=True)
class Settings:
    """From how many unsure words a page is fair, and poor.

    On 116 scanned pages with a known text that Tesseract read, those with a smaller share than `fair` lost none of
    their words at the median and 5 % at most, those between both 6 % at the median, those above `poor` 12 %
    (benchmarks/README.md).
    """

    unsure: float = 0.8  # confidence below which a word is unsure
    shortest: int = 2  # characters of a word that counts
    fair: float = 0.06  # share of unsure words
    poor: float = 0.12
    fewest: int = 3  # unsure words: fewer tell nothing


SETTINGS = Settings()


def quality_of(lines: Sequence[Line]) -> Quality:
    """The grade of a page that an engine read; `UNREADABLE` when it found no words."""
    words = [word for line in lines for word in line.words if len(word.raw) >= SETTINGS.shortest]
    if not words:
        return Quality.UNREADABLE
    unsure = sum(word.confidence < SETTINGS.unsure for word in words)
    share = unsure / len(words)
    if unsure < SETTINGS.fewest or share < SETTINGS.fair:
        return Quality.GOOD
    return Quality.FAIR if share < SETTINGS.poor else Quality.POOR


def warnings_for(number: int, quality: Quality) -> tuple[str, ...]:
    """What a person should know of the quality of page `number`: nothing of a good or fair one."""
    if quality is Quality.POOR:
        return (f"page {number} was read poorly; scan it again if you can",)
    if quality is Quality.UNREADABLE:
        return (f"page {number} shows something, but no words could be read",)
    return ()
