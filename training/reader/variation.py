"""Other documents made of marked ones: other names, values, layouts and damage, with the marks carried along.

Everything drawn comes from the marked documents that are given (never from ones held out) or is made of syllables.
"""

import random
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from check import Mark
from marked import MarkedText

from avskrift.language.lexicon import Lexicon
from avskrift.models.document import WIDE_GAP, Document, Line
from avskrift.parsing.learned.tags import LINE_TAGS

SWAPPED = frozenset(
    [
        "PARTY",
        "SIGNER",
        "CONTACT",
        "MEMBER",
        "AREA",
        "ANNEX",
        "GROUP",
        "OFFICE",
        "ROLE",
        "ADDRESS",
        "EMAIL",
        "PHONE",
        "DNR",
        "OTHERDOC",
        "REPR",
        "ACTIVITY",
        "FREQ",
        "TITLE",
        "TERM",
        "CHAIR",
        "HOLDER",
        "PRESENT",
        "ADJUSTER",
        "RESP",
        "WHEN",
        "GOAL",
        "TASK",
        "FROM",
        "TO",
        "SIGNDATE",
        "DATE",
    ]
)
_STARTS = [
    "Al",
    "Björk",
    "Dal",
    "Ek",
    "Fager",
    "Gran",
    "Hav",
    "Karl",
    "Lind",
    "Malm",
    "Norr",
    "Ros",
    "Sjö",
    "Tall",
    "Vinter",
    "Öst",
    "Ask",
    "Berg",
    "Hög",
    "Kvarn",
    "Lilla",
    "Mo",
    "Ryd",
    "Säter",
    "Ång",
    "Bråt",
    "Hult",
    "Käll",
    "Nor",
    "Sten",
    "Tor",
    "Ul",
    "Vrå",
    "Åke",
    "Dun",
    "Fors",
    "Gri",
    "Hammar",
    "Jäm",
    "Kol",
    "Lök",
    "Mel",
    "Od",
    "Pil",
    "Rim",
    "Skog",
    "Trä",
    "Und",
    "Vad",
]
_MIDDLES = ["", "", "", "a", "e", "en", "er", "s", "inge", "sta"]
_CAPITAL_WORD = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]{3,}\b")
_BULLET = re.compile(r"^(\s*)([-–•*·▪o])(\s)", re.M)
_MISREAD = {"å": "a", "ä": "a", "ö": "o", "m": "rn", "l": "1", "é": "e", "rn": "m", "t": "l", "c": "e", "h": "b"}

Edit = tuple[int, int, str]


def edited(text: str, marks: Sequence[Mark], edits: Sequence[Edit]) -> tuple[str, tuple[Mark, ...]]:
    """Text with some stretches replaced, and its marks. Edits do not overlap and cross the end of no mark."""
    ordered = sorted(edits)
    parts: list[str] = []
    ends = [end for _, end, _ in ordered]
    shifts = [0]
    at = 0
    for start, end, new in ordered:
        parts += [text[at:start], new]
        at = end
        shifts.append(shifts[-1] + len(new) - (end - start))
    parts.append(text[at:])
    # what is put in where a mark begins stands before it, where one ends within it
    new_marks = []
    for mark in marks:
        start = mark.start + shifts[bisect_right(ends, mark.start)]
        end = mark.end + shifts[bisect_right(ends, mark.end)]
        if end > start:
            new_marks.append(Mark(start, end, mark.tag))
    return "".join(parts), tuple(new_marks)


class Variation:
    """Makes variations of documents; `given` are those that values may be drawn from."""

    def __init__(self, given: Sequence[MarkedText], lexicon: Lexicon, rng: random.Random) -> None:
        self.lexicon, self.rng = lexicon, rng
        self.pool: dict[str, list[str]] = defaultdict(list)
        for one in given:
            for mark in one.marks:
                if mark.tag in SWAPPED:
                    self.pool[mark.tag].append(" ".join(one.text[mark.start : mark.end].split()))

    def of(self, marked: MarkedText) -> tuple[MarkedText, bool]:
        """A variation of a document, and whether its headings shall look like those of print."""
        rng = self.rng
        text, marks = marked.text, marked.marks
        if rng.random() < 0.8:
            text, marks = self._swapped(text, marks, rng.choice([0.15, 0.3, 0.6]))
        if rng.random() < 0.5:
            text, marks = self._renamed(text, marks)
        for change, share in (
            (self._bullets, 0.3),
            (self._unwrapped, 0.25),
            (self._blank_lines, 0.3),
            (self._capitals, 0.12),
            (self._indented, 0.12),
            (self._gaps, 0.2),
            (self._damaged, 0.25),
        ):
            if rng.random() < share:
                text, marks = change(text, marks)
        return replace(marked, text=text, marks=marks), rng.random() < 0.4

    def _swapped(self, text: str, marks: tuple[Mark, ...], rate: float) -> tuple[str, tuple[Mark, ...]]:
        """Values exchanged for others of their tag, the same for the same."""
        same: dict[tuple[str, str], str] = {}
        edits: list[Edit] = []
        for mark in marks:
            if mark.tag not in SWAPPED:
                continue
            value = text[mark.start : mark.end]
            key = (mark.tag, " ".join(value.split()).lower())
            if key not in same:
                same[key] = self.rng.choice(self.pool[mark.tag]) if self.rng.random() < rate else ""
            new = same[key]
            if not new:
                continue
            if value.isupper() and len(value) > 3:
                new = new.upper()
            elif (
                value[:1].islower()
                and new[1:2].islower()
                and mark.tag in ("MEMBER", "AREA", "CHAIR", "ROLE", "GOAL", "ACTIVITY")
            ):
                new = new[:1].lower() + new[1:]
            edits.append((mark.start, mark.end, new))
        return edited(text, marks, edits)

    def _renamed(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """Names of places and people exchanged for made ones with the same ending."""
        same: dict[str, str] = {}
        edits: list[Edit] = []
        for found in _CAPITAL_WORD.finditer(text):
            word = found[0]
            entry = self.lexicon.entry(word.lower())
            if entry is not None and (entry.capital < 0.9 or entry.cost < 13):
                continue
            stem = word[:-1] if word.endswith("s") else word
            if stem not in same:
                made = self.rng.choice(_STARTS) + self.rng.choice(_MIDDLES) + stem[-3:]
                same[stem] = made if self.rng.random() < 0.8 else stem
            new = same[stem] + word[len(stem) :]
            if new != word:
                edits.append((found.start(), found.end(), new))
        edits = [e for e in edits if not any(e[0] < m.start < e[1] or e[0] < m.end < e[1] for m in marks)]
        return edited(text, marks, edits)

    def _bullets(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        bullet = self.rng.choice(["-", "–", "•", "*", "·", "▪", "1.", "a)", ""])
        edits: list[Edit] = []
        for number, found in enumerate(_BULLET.finditer(text)):
            new = {"1.": f"{number % 9 + 1}.", "a)": f"{chr(97 + number % 9)})"}.get(bullet, bullet)
            edits.append((found.start(2), found.end(2), new))
        edits = [e for e in edits if not any(m.start <= e[0] < m.end for m in marks if m.tag not in LINE_TAGS)]
        return edited(text, marks, edits)

    def _unwrapped(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """Lines of a paragraph joined, or joined and broken elsewhere."""
        edits: list[Edit] = []
        for found in re.finditer(r"(?<=[\wåäö,;)]) ?\n(?=[a-zåäö(])", text):
            start = text.rfind("\n", 0, found.start()) + 1
            if "   " in text[start : found.start()].strip() or found.start() - start < 40:
                continue
            edits.append((found.start(), found.end(), " "))
        text, marks = edited(text, marks, edits)
        if self.rng.random() < 0.4:
            return text, marks
        width = self.rng.choice([42, 55, 65, 75, 85])
        edits = []
        for line in re.finditer(r"[^\n]+", text):
            at = line.start()
            if "   " in line[0].strip():
                continue
            while line.end() - at > width + 12:
                cut = text.rfind(" ", at, at + width)
                if cut <= at:
                    break
                edits.append((cut, cut + 1, "\n"))
                at = cut + 1
        return edited(text, marks, edits)

    def _blank_lines(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """No blank lines, or more of them."""
        if self.rng.random() < 0.6:
            edits = [(f.start(), f.end(), "\n") for f in re.finditer(r"\n[ \t]*\n[ \t\n]*(?![ \t\n\f])", text)]
        else:
            edits = [
                (f.start(), f.end(), "\n\n") for f in re.finditer(r"(?<=\S)\n(?=\S)", text) if self.rng.random() < 0.3
            ]
        inner = [m for m in marks if "\n" in text[m.start : m.end]]
        edits = [e for e in edits if not any(m.start <= e[0] < m.end for m in inner)]
        return edited(text, marks, edits)

    def _capitals(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """Headings in capitals."""
        edits = [(m.start, m.end, text[m.start : m.end].upper()) for m in marks if m.tag == "HEADING"]
        edits = [e for e in edits if len(e[2]) == e[1] - e[0]]
        # the length stays, so marks inside stay too
        for start, end, new in edits:
            text = text[:start] + new + text[end:]
        return text, marks

    def _indented(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        margin = " " * self.rng.choice([4, 8, 12])
        edits = [(f.start() + 1, f.start() + 1, margin) for f in re.finditer(r"\n(?=\S)", text)]
        return edited(text, marks, edits)

    def _gaps(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """Columns nearer to one another or farther apart; now and then run together, as poor readings have them."""
        width = self.rng.choice([1, 3, 4, 6, 10])
        edits = [(f.start(), f.end(), " " * width) for f in re.finditer(r"(?<=\S) {3,}(?=\S)", text)]
        inner = [m for m in marks if WIDE_GAP in text[m.start : m.end]]
        edits = [e for e in edits if not any(m.start <= e[0] < m.end for m in inner)]
        return edited(text, marks, edits)

    def _damaged(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """Letters misread here and there, as they may still be after the corrections."""
        rate = self.rng.choice([0.002, 0.006, 0.015])
        edges = {p for m in marks for p in (m.start, m.end)}
        edits: list[Edit] = []
        for at, sign in enumerate(text):
            if sign in _MISREAD and self.rng.random() < rate * 6 and at not in edges and at + 1 not in edges:
                edits.append((at, at + 1, _MISREAD[sign]))
        return edited(text, marks, edits)


def printed(document: Document, heads: set[tuple[int, int]], rng: random.Random) -> Document:
    """The document with type sizes, as a PDF has them: `heads` are the pages and numbers of lines that are headings."""
    body = rng.choice([9.5, 10.0, 11.0, 12.0])
    larger, bold = rng.choice([0.0, 1.0, 2.0, 4.0]), rng.random() < 0.7

    def look(page: int, line: Line) -> Line:
        if (page, line.number) in heads:
            return replace(line, font_size=body + larger, bold=bold)
        return replace(line, font_size=body, bold=rng.random() < 0.01)

    pages = tuple(replace(page, lines=tuple(look(page.number, line) for line in page.lines)) for page in document.pages)
    return replace(document, pages=pages)
