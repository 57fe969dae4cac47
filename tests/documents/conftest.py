"""What must hold of any document: its text and its values can be followed back to what was read."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.edits import apply, text_spans


@pytest.fixture(scope="session")
def trace() -> Callable[[Document, Agreement], None]:
    return assert_traced


def assert_traced(document: Document, record: Agreement) -> None:
    """Edits lead from each raw line to its text, words that no edit touches are found as they were read, and the raw
    reading of every value stands on its page."""
    for _, line in document.lines():
        assert apply(line.raw, line.edits) == line.text
        edited = list(text_spans(line.edits))
        assert all(0 <= d.raw_start <= d.raw_end <= len(line.raw) for d in line.suggestions)
        assert all(line.raw[w.start : w.end] == w.raw for w in line.words)
        for start, end in words_in(line.text):
            raw_start, raw_end = line.raw_span(start, end)
            if not any(a < end and start < b for a, b in edited) and (start, end) != (0, len(line.text)):
                assert line.raw[raw_start:raw_end] == line.text[start:end], (line, line.text[start:end])
    for evidence in evidence_in(json.loads(record.model_dump_json())):
        lines = [line.raw for page, line in document.lines() if (page.number, line.number) >= first_of(evidence)]
        assert stands_in(evidence["raw"], lines), evidence
    raw_lines = {(page.number, line.number): line.raw for page, line in document.lines()}
    listed = [(c.page, c.line, c.raw) for c in record.corrections] + [(d.page, d.line, d.raw) for d in record.doubtful]
    assert all(raw in raw_lines[page, number] for page, number, raw in listed)


def words_in(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, at + len(word)
        at += len(word)


def first_of(evidence: dict[str, Any]) -> tuple[int, int]:
    return evidence["page"], evidence["line"]


def stands_in(raw: str, lines: list[str]) -> bool:
    """Whether a raw reading begins in the first line and goes on in later ones, each stretch of it whole words of one
    line or the beginnings of such."""
    words = raw.split()
    for number, line in enumerate(lines):
        if not words:
            return True
        parts = len(words)
        while parts and not re.search(
            r"(?<![^\W_])" * words[0][0].isalnum() + r"\s+".join(map(re.escape, words[:parts])), line
        ):
            parts -= 1
        if not parts and not number:
            return False
        words = words[parts:]
    return not words


def evidence_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"page", "line", "raw", "text"} <= value.keys():
            yield value
        for part in value.values():
            yield from evidence_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from evidence_in(part)
