"""Marked documents as the network is taught with them: text and marks, and a label for each token."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from check import Mark, unmarked
from numpy.typing import NDArray

from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.document import Document
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import TokenizedDocument

NOT_SAID = -100
"""The label of a token of which the marks say nothing."""


@dataclass(frozen=True)
class MarkedText:
    """A document without its marks, the marks, and of what kind it is; `facts` are what its first line says."""

    name: str
    hand: str
    kind: str
    text: str
    marks: tuple[Mark, ...]
    facts: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> list[MarkedText]:
    """The documents of one file."""
    whole = path.read_text(encoding="utf-8")
    found = []
    for number, part in enumerate(p for p in ("\n" + whole).split("\n%% ")[1:]):
        head, _, body = part.partition("\n")
        facts = dict(pair.split("=", 1) for pair in head.split() if "=" in pair)
        text, marks, faults = unmarked(body)
        if faults:
            raise ValueError(f"{path}: {faults[0]}")
        name = f"{path.parent.name}/{path.stem}" + (f".{number}" if number else "")
        found.append(MarkedText(name, path.parent.name, facts["kind"], text, tuple(marks), facts))
    return found


def read_all(folder: Path, hands: set[str] | None = None) -> list[MarkedText]:
    """The documents of all hands, or of some."""
    paths = sorted(p for p in folder.glob("*/*.txt") if hands is None or p.parent.name in hands)
    return [one for path in paths for one in read(path)]


def document_of(marked: MarkedText) -> Document:
    """The document as it is read from its text."""
    return Document(marked.name, "0" * 64, pages_of(marked.text))


def labels_of(marked: MarkedText, made: TokenizedDocument) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The label of each token among values, and among lines.

    Reading a text moves white space only, so that its signs tell which token stands in which mark. Raises ValueError
    where they do not fit.
    """
    tags: list[list[Mark]] = [[], []]
    for mark in marked.marks:
        tags[mark.tag in LINE_TAGS].append(mark)
    places = [i for i, sign in enumerate(marked.text) if not sign.isspace()]
    starts: list[int] = []
    at = 0
    number = -1
    for token in made.tokens:
        if token.line != number:
            number, line_at = token.line, at
            line = made.lines[number].text
            before = np.cumsum([not s.isspace() for s in line] or [False])
            at += int(before[-1])
        first = line_at + (int(before[token.start - 1]) if token.start else 0)
        starts.append(places[min(first, len(places) - 1)] if token.end > token.start else -1)
    if at != len(places):
        raise ValueError(f"{marked.name}: {at} signs were read of {len(places)}")
    values = _labels(starts, tags[0], VALUE_TAGS)
    lines = _labels(starts, tags[1], LINE_TAGS)
    unsure = _may_head(values, made) & (lines == 0)
    lines[unsure] = NOT_SAID
    return values, lines


def _may_head(values: NDArray[np.int64], made: TokenizedDocument) -> NDArray[np.bool_]:
    """Which tokens stand on lines that are all one area or group: writers did not always say whether these are
    headings."""
    asked = {n for tag in ("AREA", "GROUP") for n in (1 + 2 * VALUE_TAGS.index(tag), 2 + 2 * VALUE_TAGS.index(tag))}
    by_line: dict[int, list[int]] = {}
    for at, token in enumerate(made.tokens):
        by_line.setdefault(token.line, []).append(at)
    found = np.zeros(len(values), dtype=bool)
    for numbers in by_line.values():
        words = [i for i in numbers if made.words[i] and made.words[i].isalpha()]
        if words and all(int(values[i]) in asked for i in words):
            found[numbers] = True
    return found


def _labels(starts: list[int], marks: list[Mark], names: list[str]) -> NDArray[np.int64]:
    labels = np.zeros(len(starts), dtype=np.int64)
    k, inside = 0, False
    for i, start in enumerate(starts):
        if start < 0:
            # a line end within a mark belongs to it
            if inside and k < len(marks) and i + 1 < len(starts):
                following = next((s for s in starts[i + 1 : i + 4] if s >= 0), None)
                if following is not None and marks[k].start < following < marks[k].end:
                    labels[i] = 2 + 2 * names.index(marks[k].tag)
            continue
        while k < len(marks) and marks[k].end <= start:
            k, inside = k + 1, False
        if k < len(marks) and marks[k].start <= start < marks[k].end:
            labels[i] = 1 + 2 * names.index(marks[k].tag) + inside
            inside = True
    return labels
