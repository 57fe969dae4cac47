"""Headings by two witnesses: where the learned reader is sure, a line is a heading, or none, whatever the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import line_rule, roles_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """How sure the learned reader is (0 to 1) where it overrules the rules. Judged, not fitted."""

    a_heading: float = 0.85
    no_heading: float = 0.06
    no_known_heading: float = 0.01
    """For a line whose words are those of a heading."""
    goes_on: float = 0.6
    longest: int = 120
    """Signs of a heading at most."""


SETTINGS = Settings()


def judged_heading(
    found: Heading | None, lines: Sequence[LocatedLine], index: int, vocabulary: Vocabulary
) -> Heading | None:
    """The heading that begins at a line, or None, by what the rules `found` and by what the learned reader says.

    `lines` are those of the running text, `index` is the place of the line among them, `vocabulary` tells numbers.
    """
    odds = lines[index].odds
    if odds is None:
        return found
    if found is not None:
        least = SETTINGS.no_known_heading if found.roles else SETTINGS.no_heading
        return None if odds.heading < least else found
    if odds.heading < SETTINGS.a_heading or odds.goes_on > SETTINGS.goes_on or lines[index].line.cell is not None:
        return None
    return _learned(lines, index, vocabulary)


def _learned(lines: Sequence[LocatedLine], index: int, vocabulary: Vocabulary) -> Heading | None:
    text, count = lines[index].text.strip(), 1
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and following.page == lines[index].page and _goes_on(following):
        text, count = f"{text} {following.text.strip()}", 2
    if WIDE_GAP in text or len(text) > SETTINGS.longest:
        return None
    numbered = line_rule("numbered", vocabulary).fullmatch(text)
    number = None if numbered is None else numbered["number"].strip(" .")
    title = text if numbered is None else numbered["title"].strip()
    level = 1 if number is None else number.count(".") + 1
    return Heading(number, title, level, count, roles_of(title, vocabulary), "the learned reader says so")


def _goes_on(line: LocatedLine) -> bool:
    odds = line.odds
    return odds is not None and odds.heading > SETTINGS.a_heading and odds.goes_on > SETTINGS.goes_on
