"""From printed lines to blocks: headings, paragraphs and list items, each a passage.

What a line is, is decided from what any reader sees: white space above, indentation, type size, a bullet or
number at its head, how the line before ended. The vocabulary of headings only tips the scale.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from avskrift.models.document import WIDE_GAP, Document, Line, LineRole
from avskrift.parsing.structure.headings import Heading, LineContext, heading_of, label_of, line_rule
from avskrift.parsing.structure.long_lines import pieces_of
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan

BULLET = re.compile(r"\s*(?P<marker>[•▪●◦‣·∙○■□➢►\uf0b7\uf0a7*]|[-–—](?=\s)|[oe](?=\s+[A-ZÅÄÖ0-9]))\s*(?=\S)")
NUMBERED = re.compile(r"\s*(?P<marker>\(?\d{1,2}[.)]|[a-hA-H]\)|\d{1,2}\.\d{1,2}\.?(?=\s+[A-ZÅÄÖ]))\s+(?=\S)")
ROMAN = re.compile(r"\s*(?P<marker>(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})\b\.?)\s+(?=[A-ZÅÄÖ])")
_ONE_SPACE = 6.0
_SET_IN = 9.0
_LONGEST_BLOCK = 10_000
"""Signs of a paragraph, item or cell: longer ones go on as another, so that no rule looks at more at once."""
_SENTENCE_END = re.compile(r"[.!?:;]['\"”)]*\s*$")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    COLUMNS = "columns"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `marker` is an item's bullet or number; `passage` is without it.

    `heading` is set on headings.
    """

    kind: BlockKind
    passage: TextSpan
    lines: tuple[LocatedLine, ...]
    marker: str = ""
    heading: Heading | None = None

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def page(self) -> int:
        return self.lines[0].page


def body_lines(document: Document) -> list[LocatedLine]:
    """The running text's lines: no page headers, footers, page numbers or footnotes.

    A header that names an annex is kept where it first stands: the annex begins there. After a page's number that
    stands in the midst of a text without pages, the next line begins a page.
    """
    body: list[tuple[int, Line]] = []
    annexes: set[str] = set()
    after_number = False
    for page, line in document.lines():
        if not line.text.strip():
            continue
        if line.role is LineRole.BODY:
            if line.cell is None and line_rule("page number").fullmatch(line.text.strip()):
                after_number = True
                continue
            if after_number and line.space_before < 1 and body and body[-1][0] == page.number:
                line = replace(line, space_before=1.0)
            after_number = False
            body += [(page.number, part) for part in pieces_of(line)]
        elif line.role is LineRole.HEADER:
            named = line_rule("annex").match(line.text.strip())
            if named is not None and named["number"] and named["number"] not in annexes:
                annexes.add(named["number"])
                body.append((page.number, line))
    return [LocatedLine(page, line, number) for number, (page, line) in enumerate(body)]


def margin_lines(document: Document) -> list[LocatedLine]:
    """What stands around the running text: headers repeat what a register needs, footnotes may hold dates."""
    return [
        LocatedLine(page.number, part, -1)
        for page, line in document.lines()
        if line.role is not LineRole.BODY and line.text.strip()
        for part in pieces_of(line)
    ]


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual on a page: the gap between lines, where a full line ends, where lines begin (points)."""

    gap: float
    width: float
    left: float


def _measure(lines: Sequence[LocatedLine]) -> _Measures:
    gaps = Counter(round(p.line.space_before, 1) for p in lines[1:])
    few = 0.2 if any(p.line.bbox is not None for p in lines) else 0.08  # blank lines of a text are meant
    close = sum(times for gap, times in gaps.items() if gap < 0.2) >= few * max(1, len(lines) - 1)
    usual = 0.0 if close else gaps.most_common(1)[0][0] if gaps else 0.0
    widths = sorted(_extent(p.line) for p in lines)
    lefts = Counter(round(p.line.bbox.x0 / 4) * 4 for p in lines if p.line.bbox is not None and p.line.cell is None)
    often = [x for x, times in lefts.items() if times >= 0.12 * sum(lefts.values())]
    return _Measures(usual, widths[int(len(widths) * 0.85)] if widths else 0.0, min(often, default=0.0))


def _extent(line: Line) -> float:
    return line.bbox.x1 if line.bbox is not None else line.indent / 6 + len(line.text.strip())


def blocks_of(lines: Sequence[LocatedLine]) -> list[Block]:
    """The blocks of the running text, in reading order."""
    by_page: dict[int, list[LocatedLine]] = {}
    for placed in lines:
        by_page.setdefault(placed.page, []).append(placed)
    measures = {page: _measure(own) for page, own in by_page.items()}
    body_size = _body_size(lines)
    blocks: list[Block] = []
    current: list[LocatedLine] = []
    kind, marker, last_number = BlockKind.PARAGRAPH, "", ""

    def close() -> None:
        nonlocal current
        if current:
            blocks.append(_block(kind, current, marker))
            current = []

    index = listed_until = 0
    length = 0
    listing = False
    while index < len(lines):
        placed = lines[index]
        line, measure = placed.line, measures[placed.page]
        text = line.text.strip()
        length = length + len(text) if current else len(text)
        if length > _LONGEST_BLOCK:
            close()
            length = len(text)
        previous = lines[index - 1] if index else None
        new_page = previous is None or previous.page != placed.page
        space = line.space_before > measure.gap + (0.4 if line.bbox is None else 0.17) or (
            new_page and line.space_before > 0.4
        )
        if line.cell is not None:
            if not (
                current
                and kind is BlockKind.CELL
                and current[-1].line.cell == line.cell
                and current[-1].page == placed.page
            ):
                close()
                kind, marker = BlockKind.CELL, ""
            current.append(placed)
            index += 1
            continue
        if kind is BlockKind.CELL:
            close()
        open_text = current[-1].text.rstrip() if current else ""
        continues = bool(current) and _goes_on(open_text, text)
        bullet = BULLET.match(line.text)
        fresh = not continues or space or _follows(marker, line.text) or _begins_list(lines, index)
        if bullet is None and fresh:
            bullet = NUMBERED.match(line.text) or _roman(lines, index)
        hanging = (
            bullet is None
            and WIDE_GAP not in text
            and _stands_in(line, measure)
            and (kind is BlockKind.ITEM or open_text.endswith(":") or _after_heading(blocks, current))
        )
        found = None
        listing = listing and index < listed_until
        in_list = (
            hanging and kind is BlockKind.ITEM and not line.bold and (line.font_size or 0) <= 1.1 * (body_size or 99)
        )
        if not (continues and not space) and not _lost_its_bullet(line) and not in_list:
            found = heading_of(
                lines,
                index,
                LineContext(
                    space or new_page,
                    open_text,
                    measure.width,
                    body_size,
                    measure.gap,
                    listing,
                    "" if _follows(marker, line.text) else last_number,
                    not current and _on_annexes(blocks),
                ),
            )
        if found is not None:
            close()
            used = lines[index : index + found.line_count]
            last_number = found.number or ""
            blocks.append(
                Block(
                    BlockKind.HEADING,
                    TextSpan.join(used),
                    tuple(used),
                    found.number or "",
                    found,
                )
            )
            index += found.line_count
            kind, marker, listing = BlockKind.PARAGRAPH, "", False
            continue
        labelled = None if continues and text[0].islower() else label_of(text)  # "I gruppen", and below it "ingår:"
        if WIDE_GAP in text and bullet is None and (labelled is None or WIDE_GAP in text[labelled.end() :].strip()):
            close()
            blocks.append(_block(BlockKind.COLUMNS, [placed], ""))
            index += 1
            continue
        if bullet is not None and WIDE_GAP not in line.text[bullet.end() :]:
            close()
            kind, marker = BlockKind.ITEM, bullet["marker"]
            current = [placed]
        elif hanging:
            if current and kind is BlockKind.ITEM and not space and _wraps(current[-1], text, measure):
                current.append(placed)
            else:
                close()
                kind, marker = BlockKind.ITEM, ""
                current = [placed]
        elif _lost_its_bullet(line):
            close()
            kind, marker = BlockKind.ITEM, ""
            current = [placed]
        elif (
            kind is BlockKind.ITEM
            and current
            and text[0].isupper()
            and _set_back(current[0].line, line, measure)
            and index >= listed_until
        ) or labelled:
            close()
            kind, marker = BlockKind.PARAGRAPH, ""
            current = [placed]
        elif continues or (
            current and not space and not new_page and not _ends_paragraph(current[-1], measure, listing)
        ):
            current.append(placed)
        else:
            introduced = bool(current) and open_text.endswith((":", ";")) and kind is BlockKind.PARAGRAPH
            close()
            if introduced:
                listed_until = index + _listed_lines(lines, index, measure)
            listing = index < listed_until
            kind, marker = (BlockKind.ITEM if listing else BlockKind.PARAGRAPH), ""
            current = [placed]
        index += 1
    close()
    return blocks


def _stands_in(line: Line, measure: _Measures) -> bool:
    """Whether a line is set in from the left edge of the text, as the lines of a list are."""
    return line.bbox is not None and line.bbox.x0 - measure.left > _SET_IN


def _set_back(item: Line, line: Line, measure: _Measures) -> bool:
    """Whether a line stands back at the left edge after an item that did not."""
    if item.bbox is None:
        return _lost_its_bullet(item) or (line.indent <= item.indent and _extent(item) < 0.75 * measure.width)
    return _stands_in(item, measure) and line.bbox is not None and not _stands_in(line, measure)


def _after_heading(blocks: Sequence[Block], current: Sequence[LocatedLine]) -> bool:
    return not current and bool(blocks) and blocks[-1].kind is BlockKind.HEADING


def _wraps(before: LocatedLine, text: str, measure: _Measures) -> bool:
    """Whether a line goes on with the item that the line before left open: that one is full, this one lower case."""
    full = _extent(before.line) >= 0.8 * measure.width
    return full and (text[0].islower() or text[0] in "(”" or before.text.rstrip().endswith("-"))


def _lost_its_bullet(line: Line) -> bool:
    """A line of plain text that begins with one space: what is left of a list item whose bullet was lost."""
    return line.bbox is None and line.indent == _ONE_SPACE


def _begins_list(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line is the first of a numbered or lettered list, whatever stood open before it."""
    found = NUMBERED.match(lines[index].text)
    if found is None or re.sub(r"\W", "", found["marker"]) not in ("a", "1"):
        return False
    if re.search(r"\s\(?[b2][.)]\s", lines[index].text):
        return False  # items within a sentence
    return any(_follows(found["marker"], p.text) for p in lines[index + 1 : index + 5])


def _follows(marker: str, text: str) -> bool:
    """Whether a line begins with the number or letter that comes after an item's."""
    found = NUMBERED.match(text)
    if found is None or not marker:
        return False
    return is_next(re.sub(r"[^\w.]|\.$", "", marker), re.sub(r"[^\w.]|\.$", "", found["marker"]))


def is_next(old: str, new: str) -> bool:
    """Whether a number or letter is the one after another: 4 after 3, E after D."""
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    return len(old) == len(new) == 1 and old.isalpha() and ord(new) == ord(old) + 1


def _roman(lines: Sequence[LocatedLine], index: int) -> re.Match[str] | None:
    """A Roman numeral that is one of a row: `I` is also a word."""
    found = ROMAN.match(lines[index].text)
    if found is None:
        return None
    own = found["marker"].rstrip(".")
    rest = "V" if own == "IV" else "X" if own == "IX" else own[:-1] if own != "V" else "IV"
    wanted = {"II"} if own == "I" else {rest} if rest else {"I"}
    if own == "X":
        wanted = {"IX"}
    span = lines[index + 1 : index + 6] if own == "I" else lines[max(0, index - 6) : index]
    near = {m["marker"].rstrip(".") for p in span if (m := ROMAN.match(p.text)) is not None}
    return found if near & wanted or (own not in ("I", "V", "X") and near) else None


def _block(kind: BlockKind, lines: Sequence[LocatedLine], marker: str) -> Block:
    passage = TextSpan.join(lines)
    if kind is BlockKind.ITEM and marker:
        passage = passage.cut(passage.text.index(marker) + len(marker))
    return Block(kind, passage, tuple(lines), marker)


def _on_annexes(blocks: Sequence[Block]) -> bool:
    heading = blocks[-1].heading if blocks else None
    return heading is not None and "annexes" in heading.roles


def _body_size(lines: Sequence[LocatedLine]) -> float | None:
    """The type size of most of the document's characters, in points."""
    sizes: Counter[float] = Counter()
    for placed in lines:
        if placed.line.font_size:
            sizes[round(placed.line.font_size * 2) / 2] += len(placed.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _goes_on(before: str, text: str) -> bool:
    """Whether `text` can only be the rest of a sentence that `before` began."""
    if not before or _SENTENCE_END.search(before):
        return False
    return (
        text[0].islower()
        or text[0] in "(”"
        or (text[0].isdigit() and line_rule("asks for a number").search(before) is not None)
        or before.endswith(("-", ",", " och", " eller", " samt", " av", " i", " med", " för"))
    )


def _ends_paragraph(placed: LocatedLine, measure: _Measures, listing: bool) -> bool:
    text = placed.text.rstrip()
    if text.endswith(":") or listing:
        return True
    return bool(_SENTENCE_END.search(text)) and _extent(placed.line) < 0.8 * measure.width


def _listed_lines(lines: Sequence[LocatedLine], index: int, measure: _Measures) -> int:
    """How many short lines without bullets follow, each an item: at least two, none a sentence; else 0."""
    run = 0
    for placed in lines[index : index + 15]:
        text = placed.text.strip()
        spaced = placed.line.space_before > measure.gap + 0.4
        short = text[0].isupper() and not text.endswith((".", ":")) and _extent(placed.line) <= 0.8 * measure.width
        wrapped = bool(run) and not spaced and text[0].islower()
        if not (short or wrapped) or placed.line.cell is not None:
            if not (spaced and run):
                return 0
            break
        run += 1
    return run if run >= 2 else 0
