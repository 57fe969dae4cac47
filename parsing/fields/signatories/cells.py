"""What stands in a line where people sign, column by column: names, offices, lines to write on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from avskrift.language.dates import dates_in
from avskrift.parsing.structure.entities import functions_in, is_person_name, organisations_in
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office is. Judged on invented agreements; none was tuned."""

    longest_title: int = 90
    """Signs of a title at most."""
    office_begins: int = 30
    """Where, in signs, the office begins within a title at most."""


SETTINGS = Settings()
_LINE_SIGNS = ".,:_…"
"""Signs that lines for signatures are drawn with."""
_BEFORE = ("label", "signed by", "on behalf through")
"""The rules of what is cut off before a name or an office."""
_AFTER = ("paragraphs", "political party")
"""The rules of what is cut off after it."""


class CellKind(Enum):
    """What a cell holds."""

    NAME = auto()
    TITLE = auto()
    SIGNERS = auto()
    LINE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the office that is told with it, if any."""

    name: TextSpan
    title: TextSpan | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a line: its words, without what stands around names and offices there, and what they are.

    `signers` are the persons whose office stands in the cell with their name; of a title those that it would name if it
    were none: "Lokalpolisområdeschef Norra Viken".
    """

    kind: CellKind
    words: TextSpan
    signers: tuple[Signer, ...] = ()


def cells_of(line: LocatedLine, vocabulary: Vocabulary) -> Iterator[Cell]:
    """The cells of a line from left to right."""
    for column in columns_of(TextSpan.join([line])):
        yield _cell(column, vocabulary)


def is_title(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a short text is an office: it begins with one or has one among its first words."""
    if len(text) > SETTINGS.longest_title or text.endswith("."):
        return False
    if _within("no title", vocabulary).search(text):
        return False
    if _within("office of a protocol", vocabulary).fullmatch(text):
        return True
    functions = functions_in(text, vocabulary)
    return bool(functions) and functions[0].start <= SETTINGS.office_begins


def _within(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return vocabulary.pattern("signing", name, "within")


def _cell(column: TextSpan, vocabulary: Vocabulary) -> Cell:
    words = _bare(column, vocabulary)
    if not words:
        return Cell(CellKind.LINE if column.text.strip(_LINE_SIGNS + " ") == "" else CellKind.OTHER, words)
    if is_person_name(words.text, vocabulary):
        return Cell(CellKind.NAME, words)
    signers = _named_first(words, vocabulary)
    if signers:
        return Cell(CellKind.SIGNERS, words, signers)
    signers = _titled_first(words, vocabulary)
    if is_title(words.text, vocabulary):
        return Cell(CellKind.TITLE, words, signers)
    return Cell(CellKind.SIGNERS if signers else CellKind.OTHER, words, signers)


def _bare(column: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A column without labels, for whom and when somebody signs, and lines to write on."""
    bare = column.stripped(_LINE_SIGNS)
    for name in _BEFORE:
        found = _within(name, vocabulary).match(bare.text)
        bare = bare if found is None else bare.cut(found.end()).stripped(_LINE_SIGNS)
    for name in _AFTER:
        found = _within(name, vocabulary).search(bare.text)
        bare = bare if found is None else bare.cut(0, found.start()).stripped(_LINE_SIGNS)
    bare = _without_party(_undated(bare, vocabulary), vocabulary)
    bracket = re.fullmatch(r"\((?P<inner>[^()]+)\)", bare.text)
    return bare if bracket is None else bare.cut(*bracket.span("inner"))


def _undated(words: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """Words without a place and a date before a name, or a date and the time of day after it."""
    for found in dates_in(words.text, vocabulary.date_rules()):
        before, after = words.cut(0, found.start), words.cut(found.end)
        if before and _within("after a date", vocabulary).match(after.text.strip(" ,.)")):
            return words if _is_place(before.text, vocabulary) else before.cut(0, _lead_in(before.text))
        if after and (not before or _is_place(before.text, vocabulary)):
            return _undated(after.stripped(_LINE_SIGNS), vocabulary)
    return words


def _lead_in(before_date: str) -> int:
    """Where the words begin that lead in the date after them: "Anna Berg, den"."""
    found = re.search(r"[\s,(–-]{0,4}(?:\bden|\bdatum:?)?\s{0,3}$", before_date)
    return len(before_date) if found is None else found.start()


def _is_place(before_date: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands before a date is a place: "Vikbo den", but not "Anna Berg, kommunchef,"."""
    return "," not in before_date.rstrip(", ") and _within("place", vocabulary).fullmatch(before_date) is not None


def _without_party(words: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """Words without the party for which a person signs: "Vikbo kommun: Anna Berg, kommunchef"."""
    named = organisations_in(words.text, vocabulary)
    if not named or named[0].start > 0:
        return words
    joint = re.match(r"\s*[,:–-]\s*", words.text[named[0].end :])
    rest = words.cut(named[0].end + (0 if joint is None else joint.end()))
    is_person = bool(rest) and (_named_first(rest, vocabulary) or is_person_name(rest.text, vocabulary))
    return rest if joint is not None and is_person else words


def _named_first(words: TextSpan, vocabulary: Vocabulary) -> tuple[Signer, ...]:
    """The persons of "Anna Berg, kommunchef" or of several of these; none where the words are not made of them."""
    text = words.text
    names = person_names_in(text, vocabulary)
    if not names or names[0][0] > 0:
        return ()
    begins = _within("before a title", vocabulary)
    names = [names[0], *((a, b) for a, b in names[1:] if re.match(r"\s*[,(]", text[b:]))]
    found = []
    for (start, end), stop in zip(names, [*(a for a, _ in names[1:]), len(text)], strict=True):
        lead_in = begins.match(text[end:stop])
        title = words.cut(end if lead_in is None else end + lead_in.end(), stop)
        title = title.stripped(",;) ")
        if lead_in is None or not is_title(title.text, vocabulary):
            return ()
        found.append(Signer(words.cut(start, end), title))
    return tuple(found)


def _titled_first(words: TextSpan, vocabulary: Vocabulary) -> tuple[Signer, ...]:
    """The persons of "kommunchef Anna Berg" or of several of these; none where the words are not made of them."""
    found: list[Signer] = []
    at = 0
    for start, end in person_names_in(words.text, vocabulary):
        before = words.cut(at, start)
        title = before.cut(_joint(before.text) if found else 0).stripped(":– ")
        if not ends_in_office(title.text, vocabulary):
            return ()
        found.append(Signer(words.cut(start, end), title))
        at = end
    return () if words.text[at:].strip() else tuple(found)


def _joint(before_title: str) -> int:
    """The length of what parts a person from the next: " (S), och av"."""
    found = re.match(r"\s*(?:\([A-ZÅÄÖ]{1,4}\))?\s*,?\s*(?:och\b|samt\b)?\s*(?:av\b)?\s*", before_title)
    return 0 if found is None else found.end()


def ends_in_office(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is an office and nothing after it: what stands before a name."""
    functions = functions_in(text, vocabulary)
    ends = bool(functions) and functions[-1].end == len(text)
    return is_title(text, vocabulary) and (
        ends or _within("office of a protocol", vocabulary).fullmatch(text) is not None
    )
