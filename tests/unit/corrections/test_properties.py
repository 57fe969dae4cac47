"""What holds of every text: right text stays, correcting twice is correcting once, and all edits can be undone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.corrections import correct, correct_lines
from avskrift.language.fold import without_marks
from avskrift.models.document import Document, Line, LineRole, Page, PageSource, Word
from avskrift.models.edits import apply, invert, text_spans
from avskrift.models.options import CorrectingOptions

SENTENCES = [
    "Parterna träffas minst fyra gånger per år för att följa upp arbetet.",
    "Kommunen ansvarar för trygga skolvägar och belysning vid stationen i Vrettby.",
    "Polisen lämnar en lägesbild till styrgruppen varje månad.",
    "Överenskommelsen gäller från den 1 mars 2021 och tills vidare.",
    "Särskilda insatser mot narkotika genomförs tillsammans med socialtjänsten.",
    "Ansvarig för uppföljningen är säkerhetssamordnaren i Granhamra.",
    "Vid oenighet ska frågan lyftas till kommundirektören och polisområdeschefen.",
    "Medborgarlöften tas fram efter dialog med invånare, föreningar och näringsliv.",
]
DAMAGES = ["marks", "rn", "6"]
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True)


def damaged(line: str, kind: str) -> str:
    """A line as an engine reads it that has no marks, takes an m for rn besides, or an ö for 6."""
    if kind == "6":
        return line.replace("ö", "6", 1).replace("å", "a")
    return without_marks(line).replace("m", "rn" if kind == "rn" else "m", 1)


def texts(lines: list[str]) -> list[str]:
    return [row.text for row in correct_lines(lines)]


@settings(max_examples=30, deadline=None)
@given(sentences)
def test_right_text_stays(lines: list[str]) -> None:
    assert texts(lines) == lines


@settings(max_examples=30, deadline=None)
@given(sentences, st.sampled_from(DAMAGES))
def test_what_is_corrected_is_not_corrected_again(lines: list[str], kind: str) -> None:
    once = texts([damaged(line, kind) for line in lines])
    assert texts(once) == once


def document_of(pages: list[list[str]]) -> Document:
    """Pages as an engine read them, the first line of each its header, one word of each line changed by a look at the
    picture."""
    made = []
    for number, rows in enumerate(pages, 1):
        lines = []
        for at, raw in enumerate(rows):
            words, start = [], 0
            for text in raw.split(" "):
                words.append(Word(text, start, None, 0.7))
                start += len(text) + 1
            role = LineRole.HEADER if at == 0 else LineRole.BODY
            lines.append(Line(at + 1, raw, raw, tuple(words), role=role))
        made.append(Page(number, PageSource.OCR, tuple(lines)))
    return Document("x.pdf", "00", tuple(made))


headers = st.sampled_from(["Sarnverkan i Vikbo sida", "Samverkan i Vikbo sida", "Sarnverkan i Viibo sida"])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(headers, sentences), min_size=1, max_size=4),
    st.sampled_from(DAMAGES),
    st.sampled_from([0.0, 0.5, 0.9]),
)
def test_edits_of_a_document_undone_are_the_reading(
    pages: list[tuple[str, list[str]]], kind: str, least: float
) -> None:
    read = document_of([[header, *(damaged(line, kind) for line in lines)] for header, lines in pages])
    corrected = correct(read, CorrectingOptions(min_confidence=least))
    assert not corrected.warnings and len(corrected.pages) == len(read.pages)
    for (_, before), (_, line) in zip(read.lines(), corrected.lines(), strict=True):
        assert line.raw == before.raw and line.words == before.words
        assert apply(line.raw, line.edits) == line.text
        assert apply(line.text, invert(line.raw, line.edits)) == line.raw
        assert [line.text[a:b] for a, b in text_spans(line.edits)] == [e.replacement for e in line.edits]
        assert all(e.confidence >= least for e in line.edits if e.rule != "repeated line")
        assert all(line.raw[s.raw_start : s.raw_end] != s.replacement for s in line.suggestions)


@pytest.mark.parametrize("enabled", [True, False])
def test_trusted_layers_and_switched_off_corrections_stay(enabled: bool) -> None:
    lines = tuple(Line(n, text, text) for n, text in enumerate((damaged(s, "rn") for s in SENTENCES), 1))
    source = PageSource.TEXT_LAYER if enabled else PageSource.OCR
    document = Document("x.pdf", "00", (Page(1, source, lines),))
    assert correct(document, CorrectingOptions(enabled=enabled)) == document
