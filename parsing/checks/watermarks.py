"""What a watermark says of the document: that it is a draft, a copy, or out of force."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.models.agreement import Agreement, Remark

_MEANINGS = {
    "utkast": "a draft",
    "draft": "a draft",
    "koncept": "a draft",
    "preliminar": "a draft",
    "remiss": "a draft",
    "forslag": "a proposal",
    "arbetsmaterial": "working material",
    "arbetsexemplar": "working material",
    "arbetskopia": "working material",
    "kopia": "a copy",
    "copy": "a copy",
    "makulera": "void",
    "ogiltig": "void",
    "ej giltig": "void",
    "upphavd": "no longer in force",
    "utgatt": "no longer in force",
}
"""How words of watermarks begin, marks and case aside, and what a document that bears one may be."""
_ALIKE = 80.0
"""Likeness (0 to 100) of what was read to such a word: one letter of six may be another."""


def remarks_on_watermarks(agreement: Agreement) -> Iterator[Remark]:
    """A remark for each watermark that says what the document may be, with its pages."""
    pages: dict[str, list[int]] = {}
    for region in agreement.source.regions:
        text = " ".join((region.text or "").split())
        if region.kind == "watermark" and text and region.page not in (found := pages.setdefault(text, [])):
            found.append(region.page)
    for text, found in pages.items():
        if meaning := _meaning_of(text):
            yield Remark(kind="status", text=f"{_named(found)} the watermark {text}: it may be {meaning}")


def _meaning_of(text: str) -> str | None:
    """What the words say; of a picture's a letter may be misread."""
    plain = fold(text)
    meant = next((meaning for word, meaning in _MEANINGS.items() if re.search(rf"\b{word}", plain)), None)
    close = (meaning for word, meaning in _MEANINGS.items() if fuzz.ratio(word, plain) >= _ALIKE)
    return meant or next(close, None)


def _named(pages: list[int]) -> str:
    """`page 1 bears`, `pages 1, 2 and 5 bear`, in the order of the pages."""
    *first, last = sorted(pages)
    return f"pages {', '.join(map(str, first))} and {last} bear" if first else f"page {last} bears"
