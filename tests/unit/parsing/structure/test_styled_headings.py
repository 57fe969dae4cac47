"""Headings by the styles of office documents: known without a guess, as deep as their style."""

from dataclasses import replace

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document, Line
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse
from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.styled_headings import styled_heading
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()
LEVELS = {"Avtal om trygghet": 1, "Vad vi vill": 2, "Hur vi gör det": 2, "När vi ses": 3}
TEXT = """Avtal om trygghet
Almvik kommun och Polismyndigheten i Almvik samverkar.
Vad vi vill
Alla ska kunna vara ute på kvällen i Almvik, vilket de inte kan.
Hur vi gör det
Vi träffas ofta och talar länge om det som har hänt.
När vi ses
Parterna träffas fyra gånger per år i kommunhuset.
"""


def styled(text: str, level: int | None) -> Heading | None:
    return styled_heading(None, LocatedLine(1, Line(1, text, text, heading_level=level), 0), VOCABULARY)


def test_sections_are_as_deep_as_their_styles() -> None:
    (page,) = plain_text.pages_of(TEXT)
    lines = tuple(replace(line, heading_level=LEVELS.get(line.text)) for line in page.lines)
    document = Document("avtal.docx", "0" * 64, (replace(page, lines=lines),))
    agreement = parse(document, ParsingOptions(learned=False))
    sections = [(s.title, s.level) for s in agreement.sections if s.title in LEVELS]
    assert sections[-3:] == [("Vad vi vill", 1), ("Hur vi gör det", 1), ("När vi ses", 2)]


def test_a_style_makes_a_heading_of_what_can_be_one() -> None:
    found = styled("2.1 Almviks torg", 2)
    assert found is not None and (found.number, found.title, found.styled_level) == ("2.1", "Almviks torg", 2)
    assert styled("Almviks torg", None) is None
    assert styled("Parterna är eniga om allt detta.", 1) is None
    assert styled("Torg " * 60, 1) is None
