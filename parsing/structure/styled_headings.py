"""Headings by the style that an office document gives them: nobody has to guess."""

from dataclasses import dataclass, replace

from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.heading_line import Heading, fits_title
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import line_rule, roles_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """When a style is not believed: some write whole paragraphs in it to have them large."""

    longest: int = 140
    """Signs of a heading at most."""


SETTINGS = Settings()
_STYLED = "set in a style for headings"


def styled_heading(found: Heading | None, line: LocatedLine, vocabulary: Vocabulary) -> Heading | None:
    """The heading that begins at a line, by what the rules `found` and by the line's style; None where it is none."""
    level = line.line.heading_level
    if level is None or line.line.cell is not None:
        return found
    text = line.text.strip().replace(WIDE_GAP, " ")
    if found is not None:
        return replace(found, styled_level=level)
    numbered = line_rule("numbered", vocabulary).fullmatch(text)
    number = None if numbered is None else numbered["number"].strip(" .")
    title = text if numbered is None else numbered["title"].strip()
    if len(title) > SETTINGS.longest or not fits_title(title.rstrip(":"), vocabulary):
        return None
    own = 1 if number is None else number.count(".") + 1
    return Heading(number, title, own, 1, roles_of(title.rstrip(":"), vocabulary), _STYLED, level)
