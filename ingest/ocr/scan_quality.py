"""How well a page was read, so that an archivist knows which sheets to scan again."""

from collections.abc import Sequence

from avskrift.models.document import Line, Quality

_UNSURE = 0.8
_FAIR, _POOR = 0.06, 0.12
"""The share of words read less surely than that from which a page is fair, and poor. On 116 scanned pages with a known
text, those below the first lost none of their words at the median and 5 % at most, those between 6 % at the median,
those above 12 % (benchmarks/README.md)."""
_FEWEST = 3
"""So few unsure words tell nothing."""


def quality_of(lines: Sequence[Line]) -> Quality:
    """The grade of a page that an engine read; `UNREADABLE` when it found no words."""
    words = [word for line in lines for word in line.words if len(word.raw) >= 2]
    if not words:
        return Quality.UNREADABLE
    unsure = sum(word.confidence < _UNSURE for word in words)
    share = unsure / len(words)
    if unsure < _FEWEST or share < _FAIR:
        return Quality.GOOD
    return Quality.FAIR if share < _POOR else Quality.POOR


def told(number: int, quality: Quality) -> tuple[str, ...]:
    """What a person should know of a page's quality: nothing of a good or fair one."""
    if quality is Quality.POOR:
        return (f"page {number} was read poorly; scan it again if you can",)
    if quality is Quality.UNREADABLE:
        return (f"page {number} shows something, but no words could be read",)
    return ()
