"""Passages: running text that knows where it was printed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.models.agreement import Evidence
from avskrift.models.document import Line, Word
from avskrift.models.edits import Edit
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.confidence import rule_confidence
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan


def line(text: str, number: int = 1) -> Line:
    words = []
    start = 0
    for word in text.split(" "):
        words.append(Word(word, start, BoundingBox(start, 10.0 * number, start + len(word), 10.0 * number + 8)))
        start += len(word) + 1
    return Line(number, text, text, tuple(words))


def test_hyphenated_words_are_made_whole() -> None:
    passage = TextSpan.join([LocatedLine(1, line("den gemensamma läges-"), 0), LocatedLine(1, line("bilden", 2), 1)])
    assert passage.text == "den gemensamma lägesbilden"
    assert passage.cut(15).evidence().raw == "läges bilden"


def test_elliptic_compounds_keep_their_hyphen() -> None:
    passage = TextSpan.join([LocatedLine(1, line("trygghets-"), 0), LocatedLine(1, line("och säkerhetsråd", 2), 1)])
    assert passage.text == "trygghets- och säkerhetsråd"


def test_evidence_points_to_the_words_boxes() -> None:
    evidence = TextSpan.join([LocatedLine(3, line("ett två tre"), 0)]).cut(4, 7).evidence()
    assert evidence.page == 3 and evidence.text == "två" and evidence.bbox == (4.0, 10.0, 7.0, 18.0)


def test_evidence_tells_the_line_that_a_value_begins_on() -> None:
    passage = TextSpan.join([LocatedLine(1, line("ett två", 7), 0), LocatedLine(1, line("tre fyra", 8), 1)])
    assert passage.cut(4, 11).evidence().line == 7 and passage.cut(12).evidence().line == 8


def test_evidence_shows_the_raw_reading_of_mended_text() -> None:
    mended = replace(line("ett mal"), text="ett mål", edits=(Edit(4, 7, "mål", "diacritics", 0.8),))
    evidence = TextSpan.join([LocatedLine(1, mended, 0)]).cut(4).evidence("groups.name")
    assert (evidence.text, evidence.raw, evidence.confidence) == (
        "mål",
        "mal",
        round(0.8 * rule_confidence("groups.name"), 3),
    )


@given(st.lists(st.text(alphabet="abc åäö-", min_size=1, max_size=12), min_size=1, max_size=5), st.data())
def test_any_cut_is_the_text_it_cuts(rows: list[str], data: st.DataObject) -> None:
    passage = TextSpan.join(LocatedLine(1, line(row, i), i) for i, row in enumerate(rows, 1))
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    cut = passage.cut(start, end)
    assert cut.text == passage.text[start:end].strip()
    assert all(
        p.line.text[p.line_start : p.line_start + p.length] == cut.text[p.start : p.start + p.length]
        for p in cut.pieces
    )


@pytest.mark.parametrize(
    ("words", "held"),
    [("KS 2027/0120", True), ("KS 2031/0417", False), ("avtalet KS 2027/0120 som gällde", True), ("Dnr", False)],
)
def test_evidence_stands_within_a_passage_by_its_place(span: Callable[[str], TextSpan], words: str, held: bool) -> None:
    whole = span("Dnr KS 2031/0417 ersätter avtalet KS 2027/0120 som\ngällde")
    passage = whole.cut(whole.text.index("avtalet"))
    evidence = Evidence(page=1, line=1, bbox=None, text=words, raw=words, confidence=1.0)
    assert passage.holds(evidence) is held
