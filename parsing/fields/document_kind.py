"""What sort of document this is, and its printed title."""

import re
from collections.abc import Sequence
from functools import partial

from avskrift.models.agreement import DocumentKind
from avskrift.models.document import WIDE_GAP, LineRole
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.vocabulary import pattern, rules

_around = partial(pattern, "document_kind", table="around")
_HEAD, _FAR = 2, 5
"""In lines: where a title stands at the very head of a page, and how far below it running text begins."""


def title_of(outline: DocumentStructure) -> TextSpan | None:
    """The printed title: the line on the cover that names the document, with the lines that go on with it.

    None when the text begins without one.
    """
    own = _title_among(_title_lines(outline))
    heads = [p for p in outline.margins if p.page == 1 and p.line.role is LineRole.HEADER]
    repeated = _title_among([p for p in heads if not _around("of a form").match(p.text.strip())])
    if repeated is not None:
        repeated = _gone_on(repeated, outline)
    if own is None or repeated is None:
        return own or repeated
    # A title that every page repeats stands at the very head; what names the document farther down is running text.
    far = own.pieces[0].line.number - repeated.pieces[0].line.number
    return repeated if repeated.pieces[0].line.number <= _HEAD and far > _FAR else own


def _gone_on(title: TextSpan, outline: DocumentStructure) -> TextSpan:
    """A title that later pages repeat on one line, with the lines below it that go on with it on the first."""
    last = title.pieces[-1].line.number
    below = [p for p in outline.lines[:5] if p.page == 1 and p.line.number == last + 1]
    goes_on = below and any(f"{title.text} {below[0].text.strip()}" in p.text for p in outline.margins)
    return between([title, TextSpan.join(_whole_title(below, 0))], " ").stripped(". ") if goes_on else title


def _title_among(cover: Sequence[LocatedLine]) -> TextSpan | None:
    best: tuple[float, int] | None = None
    largest = max((p.line.font_size or 0.0 for p in cover), default=0.0)
    for i, placed in enumerate(cover):
        text = placed.text.strip()
        if not _can_be_title(text):
            continue
        telling = next((r.name for r in rules("document_kind", "title") if r.pattern.search(text)), None)
        if telling is None:
            continue
        size = (placed.line.font_size or 0.0) / largest if largest else 1.0
        score = size + (0.3 if text.isupper() else 0.0) - 0.02 * i
        if best is None or score > best[0]:
            best = (score, i)
    if best is None:
        return None
    return TextSpan.join(_whole_title(cover, best[1])).stripped(". ")


def _title_lines(outline: DocumentStructure) -> list[LocatedLine]:
    """The lines among which the title stands; in a protocol excerpt those after its "§ 22"."""
    lines = list(outline.lines[:30])
    for i, placed in enumerate(lines):
        if line_rule("paragraph sign alone").match(placed.text.strip()):
            return lines[i + 1 : i + 6]
    stop = next(
        (
            p.heading.lines[0].number
            for p in outline.parts
            if p.heading is not None
            and p.heading.heading is not None
            and (p.heading.heading.roles or p.number)
            and not any(r.pattern.search(p.title) for r in rules("document_kind", "title"))
        ),
        30,
    )
    return [p for p in lines if p.number < min(stop, 30)]


def _can_be_title(text: str) -> bool:
    if len(text) > 110 or len(text) < 4 or not text[0].isupper() or text.endswith((",", ";", ":", "?")):
        return False
    if _around("sentence").search(text) or text.startswith("Om "):
        return False
    return not (text.endswith(".") and len(text.split()) > 9) and WIDE_GAP not in text


def _whole_title(lines: Sequence[LocatedLine], index: int) -> list[LocatedLine]:
    """The title line and those that go on with it: lower case, after a hyphen, or in the same large type."""
    whole = [lines[index]]
    first = lines[index].line
    for placed in lines[index + 1 : index + 6]:
        text, before = placed.text.strip(), whole[-1].text.strip()
        same_type = bool(
            first.font_size
            and placed.line.font_size
            and first.font_size > 13
            and abs(first.font_size - placed.line.font_size) < 0.12 * first.font_size
        )
        open_end = before.endswith(("-", "–")) or re.search(
            r"\b(?:mellan|och|för|om|i|av|med|vid|på|samt|lokalpolisområde|polisområde|närpolisområde)$", before, re.I
        )
        goes_on = text[0].islower() or open_end or (same_type and not before.endswith("."))
        if not goes_on or placed.line.space_before > first.space_before + 1.4 or len(text) > 110:
            break
        if re.match(r"(?:dnr|diarienummer|ärende)", text, re.IGNORECASE):
            break
        whole.append(placed)
        if text.endswith("."):
            break
    return whole


def kind_of(outline: DocumentStructure, title: TextSpan | None) -> DocumentKind:
    """The kind, by the first rule of vocabulary/document_kind.toml that fits the title or the text."""
    opening = "\n".join(p.text.strip() for p in (*outline.margins[:12], *outline.lines[:40]))
    whole = "\n".join(p.text.strip() for p in outline.lines[:400])
    named = title.text if title is not None else ""
    for rule in rules("document_kind", "kind"):
        name, where = rule.name.rsplit(" ", 1)
        text = {"title": named, "opening": opening, "text": whole}[where]
        if rule.pattern.search(text):
            return DocumentKind(name)
    return DocumentKind.OTHER
