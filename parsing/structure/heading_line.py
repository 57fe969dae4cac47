"""A line that may be a heading, and what the rules of `headings` ask about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.models.document import WIDE_GAP, Line
from avskrift.parsing.structure.entities import functions_in, is_person_name, organisations_in
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import label_of, line_rule, roles_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Found by trial on the invented agreements, as text and as office scans of 200 dots an inch. Lengths in signs."""

    shortest: int = 3
    longest: int = 95
    longest_without_role: int = 80
    """Of a plain line whose words say nothing of what it is about."""
    longest_second_line: int = 60
    long_title: int = 60
    """From here on a numbered line with a verb is a numbered sentence rather than a heading."""
    full_first_line: int = 25
    """From here on the title of a plain heading may go on in a second line."""
    long_with_comma: int = 50
    """From here on a numbered line with a comma and without a role is a sentence."""
    letters: float = 0.75
    """Share of a title's signs that are letters or spaces."""
    close: float = 0.4
    """Line heights more than usual below which a line follows closely."""
    near: float = 1.2
    """The same for the text below a heading."""
    larger_type: float = 1.1
    """How many times the usual size type must have to stand out."""
    shortest_text: int = 45
    """Of the text below a heading, if it is no label; with a colon at its end `shortest_introduction` is enough."""
    shortest_introduction: int = 30
    longer_than_title: float = 1.2
    """How many times the length of the title the text below it has."""
    most_words: int = 8
    """Of a title above text; above a label or of a question it may have more."""
    most_words_of_question: int = 12
    most_words_above_label: int = 14


SETTINGS = Settings()
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?\b")
_LETTERED = re.compile(r"\(?[a-h]\)\s")
_ABBREVIATED = re.compile(r"\w\sm\.?\s?(?:m|fl)\.$")
"""What a title ends with whose full stop ends no sentence: "Arvoden m.m."."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over `line_count` lines. `number` as printed, without full stop; `level` is a first guess; `reason`
    says by which rule it is one; `styled_level` is the level that its style gives it, None where it has none."""

    number: str | None
    title: str
    level: int
    line_count: int
    roles: tuple[str, ...]
    reason: str = ""
    styled_level: int | None = None

    @property
    def names_group(self) -> bool:
        """Whether the title names a group that runs the cooperation."""
        return any(role.startswith("group:") for role in self.roles)


@dataclass(frozen=True, slots=True)
class LineContext:
    """What stands around a line.

    `space_before` tells of white space above, `open_text` is the text still open before it, `width` where a full line
    ends and `body_size` the usual type size (points), `usual_gap` the white space between lines (line heights).
    `listing` tells that a list without bullets goes on, `last_number` is that of the last heading, where no
    numbered list has begun since, `in_annexes` tells of the line right below a heading on annexes.
    """

    space_before: bool
    open_text: str
    width: float
    body_size: float | None
    usual_gap: float
    listing: bool
    last_number: str = ""
    in_annexes: bool = False


@dataclass(frozen=True)
class HeadingLine:
    """A line that may be a heading, with what the rules ask about it. `title` is without its number, `line_count` how
    many lines it takes."""

    lines: Sequence[LocatedLine]
    index: int
    around: LineContext
    vocabulary: Vocabulary
    text: str
    title: str
    number: str | None = None
    explicit: bool = False
    """Whether the number can be none of a list's: § 3, Artikel 4, 2.1."""
    roles: tuple[str, ...] = ()
    line_count: int = 1

    def rule(self, name: str) -> re.Pattern[str]:
        """The pattern of a rule in [[line]] of headings.toml."""
        return line_rule(name, self.vocabulary)

    @property
    def line(self) -> Line:
        """The title's first line."""
        return self.lines[self.index].line

    @property
    def following(self) -> LocatedLine | None:
        """The line below the title; None at the document's end."""
        place = self.index + self.line_count
        return self.lines[place] if place < len(self.lines) else None

    @property
    def after(self) -> str:
        """The text of the line below; "" where there is none."""
        return "" if self.following is None else self.following.text.strip()

    @property
    def goes_on_below(self) -> bool:
        """Whether the line below follows closely and begins as the rest of a title does: in lower case or a bracket."""
        rest = self.after
        if rest == "" or not self.is_near(SETTINGS.close) or _LETTERED.match(rest):
            return False
        return rest[0].islower() or rest[0] == "("

    def is_near(self, more: float) -> bool:
        """Whether the line below stands within so many line heights more than usual."""
        return self.following is not None and self.following.line.space_before <= self.around.usual_gap + more

    @cached_property
    def names_group(self) -> bool:
        """Whether the title names a group that runs the cooperation."""
        return any(role.startswith("group:") for role in self.roles)

    @cached_property
    def in_larger_type(self) -> bool:
        """Whether it is in larger type than most of the document."""
        usual, size = self.around.body_size, self.line.font_size
        return bool(usual and size and size >= SETTINGS.larger_type * usual)

    @cached_property
    def is_emphasised(self) -> bool:
        """Whether it is in bold type or in capitals."""
        return self.line.bold or (self.title.isupper() and len(self.title) >= 4)

    @property
    def stands_out(self) -> bool:
        """Whether its type tells it from the text."""
        return self.in_larger_type or self.is_emphasised

    @property
    def goes_on_numbering(self) -> bool:
        """Whether its number comes after that of the last heading, with white space above."""
        number = self.number or ""
        expected = number.isdigit() and self.around.last_number == str(int(number) - 1)
        return expected and self.around.space_before

    def heading(self, reason: str) -> Heading:
        """The line as a heading, with the reason why it is one."""
        level = 1 if self.number is None else self.number.count(".") + 1
        return Heading(self.number, self.title, level, self.line_count, self.roles, reason)

    def is_person(self) -> bool:
        """Whether a title is a person's name."""
        return self.rule("person").match(self.title) is not None and not self.title.isupper()

    def is_signature(self) -> bool:
        """Whether a line is what stands where people sign: a place and a date, or a party right above the name of who
        signs for it."""
        if self.vocabulary.pattern("signing", "place and date").match(self.title):
            return True
        below = self.after.split(WIDE_GAP)
        return not self.roles and self.is_near(SETTINGS.near) and all(is_person_name(b, self.vocabulary) for b in below)

    def is_entry(self) -> bool:
        """Whether a line is one of a list, or all of it: a person with an office, or what a label introduces."""
        lists = (self.vocabulary.pattern(field, "begins a list") for field in ("annexes", "contacts"))
        if any((label := begins.match(self.text)) and label.end() < len(self.text) for begins in lists):
            return True
        parted = any(sign in self.title for sign in ",:(")
        person = parted and functions_in(self.title, self.vocabulary) and person_names_in(self.title, self.vocabulary)
        return bool(person)

    def is_above_annex(self) -> bool:
        """Whether the line below, or after the rest of its sentence the next, names an annex: both are of a list."""
        below = [line.text.strip() for line in self.lines[self.index + 1 : self.index + 3]]
        after_rest = below[1:] if below and below[0][:1].islower() else below[:1]
        return any(self.rule("annex").match(text) for text in after_rest)

    def is_organisation(self) -> bool:
        """Whether a line is nothing but the name of an organisation, or of two parted by a comma: a party's."""
        named = organisations_in(self.title, self.vocabulary)
        return bool(named) and sum(e.end - e.start for e in named) >= len(self.title) - 3

    def is_person_title(self) -> bool:
        """Whether the last word is an office, as below a signature."""
        return self.rule("title of a person").search(self.title.split()[-1]) is not None

    def introduces_list(self) -> bool:
        """Whether a line is the head of a sentence that a list goes on with: "Under perioden prioriterar vi"."""
        listed = re.match(rf"(?:{BULLET_OR_DASH}|\(?[a-d1-4][.)])\s", self.after)
        if listed is None or self.rule("goes on with a list").search(self.title) is None:
            return False
        following = self.following
        spaced = following is not None and following.line.space_before > self.around.usual_gap + SETTINGS.close
        return not (self.roles and spaced and len(self.title.split()) <= 3)

    def follows_open_text(self) -> bool:
        """Whether a line stands close below text whose sentence is not at its end."""
        boxed = self.names_group and label_of(self.after, self.vocabulary) is not None
        closed = not self.around.open_text or self.around.open_text.endswith((".", "!", "?", ".”"))
        return not (boxed or self.around.space_before or closed)

    def is_in_numbered_list(self) -> bool:
        """Whether the next or the last line is the neighbouring item of a numbered list."""
        places = [self.index + step for step in (1, -1) if self._is_neighbouring_item(step)]
        if not places:
            return False
        spaced = self.lines[max(places[0], self.index)].line.space_before > SETTINGS.close
        return not (spaced and roles_of(self._title_part(), self.vocabulary) != ())

    def _is_neighbouring_item(self, step: int) -> bool:
        """Whether the line so many lines further begins with the number so many higher."""
        number, place = self.number or "", self.index + step
        if not number.isdigit() or not 0 <= place < len(self.lines):
            return False
        neighbour = re.match(r"\s*(\d{1,2})[.)]?\s+\S", self.lines[place].text)
        return neighbour is not None and int(neighbour[1]) == int(number) + step

    def _title_part(self) -> str:
        """The first line's text without its number."""
        text = self.lines[self.index].text.strip()
        numbered = self.rule("numbered").fullmatch(text)
        return numbered["title"] if numbered is not None else text


def fits_title(title: str, vocabulary: Vocabulary) -> bool:
    """Whether words can be a title: a capital first, mostly letters, no end of a sentence, no address or number."""
    return (
        len(title) >= SETTINGS.shortest
        and title[0].isupper()
        and (not title.endswith((".", ",", ";", ":", "-")) or _ABBREVIATED.search(title) is not None)
        and _is_mostly_letters(_YEARS.sub("", title))
        and not line_rule("no title", vocabulary).search(title)
    )


def _is_mostly_letters(title: str) -> bool:
    return title != "" and sum(c.isalpha() or c.isspace() for c in title) >= SETTINGS.letters * len(title)
