"""Which lines are headings, and by which rule.

A line that could head a section (`HeadingLine`) is numbered, names an annex, or is plain. Each manner has a table of
what speaks against it, tried in order; a plain line must also have something that speaks for it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.heading_line import SETTINGS, Heading, HeadingLine, LineContext, fits_title
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import group_kind, label_of, line_rule, roles_of
from avskrift.parsing.vocabulary import Vocabulary

_Test = Callable[[HeadingLine], bool]


def heading_of(lines: Sequence[LocatedLine], index: int, around: LineContext, vocabulary: Vocabulary) -> Heading | None:
    """The heading that begins at a line, or None.

    `lines` are those of the running text, `index` is the place of the line among them, `around` what stands around it,
    `vocabulary` says what headings are called.
    """
    text = _in_one_column(lines, index, around, vocabulary)
    if text is None or not SETTINGS.shortest <= len(text) <= SETTINGS.longest or lines[index].line.cell is not None:
        return None
    if label_of(text, vocabulary):
        return None
    alone = line_rule("paragraph sign alone", vocabulary).match(text)
    if alone is not None:
        return Heading(alone["number"], text, 1, 1, (), "a paragraph sign and a number alone")
    candidate = HeadingLine(lines, index, around, vocabulary, text, text)
    annex = line_rule("annex", vocabulary).fullmatch(text)
    if annex is not None:
        return _annex_heading(annex, candidate)
    numbered = line_rule("numbered", vocabulary).fullmatch(text)
    return _plain_heading(candidate) if numbered is None else _numbered_heading(numbered, candidate)


def _in_one_column(lines: Sequence[LocatedLine], index: int, around: LineContext, vocabulary: Vocabulary) -> str | None:
    """The text of a line; None where wide gaps part more than a heading from its number."""
    text = lines[index].text.strip()
    if WIDE_GAP not in text:
        return text
    if _is_contents_entry(lines, index):
        return None
    head, _, tail = text.partition(WIDE_GAP)
    one_gap = text.count(WIDE_GAP) == 1
    if tail.strip().isdigit() and line_rule("annex", vocabulary).fullmatch(head) is not None:
        return head  # the annex and the number of the page
    if not one_gap:
        return None
    if around.space_before and re.fullmatch(r"[A-N]", head) and not _begins_roman_list(lines, index):
        return f"{head}. {tail}"
    numbered = line_rule("numbered", vocabulary).match(text) is not None
    return text.replace(WIDE_GAP, " ") if numbered and len(text) <= SETTINGS.longest else None


_PAGE_NUMBER_IN_COLUMN = re.compile(rf"(?<! ){WIDE_GAP}\s{{0,99}}\d{{1,3}}$")


def _is_contents_entry(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line and one beside it end in a column of page numbers: "3.1 Avtalstid   2"."""
    above, own, below = (
        0 <= i < len(lines) and _PAGE_NUMBER_IN_COLUMN.search(lines[i].text.rstrip()) is not None
        for i in (index - 1, index, index + 1)
    )
    return own and (above or below)


def _begins_roman_list(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line that begins with `I` is the first of a list numbered in Roman numerals."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return lines[index].text.strip().startswith("I ") and following.strip().startswith("II ")


_NOT_ANNEX: tuple[_Test, ...] = (
    lambda c: c.number is None or c.around.listing,
    lambda c: c.title.endswith((".", ",")) or (c.title != "" and not c.title[0].isupper()),
    HeadingLine.is_above_annex,
    lambda c: c.rule("annex").match(c.around.open_text) is not None,
    lambda c: not c.around.space_before and c.around.open_text != "",
)
"""What speaks against a line that names an annex beginning one: the third and fourth, that it is one of a list."""


def _annex_heading(annex: re.Match[str], line: HeadingLine) -> Heading | None:
    named = replace(line, title=annex["title"].strip(), number=annex["number"])
    if any(test(named) for test in _NOT_ANNEX):
        return None
    title = named.title or f"Bilaga {annex['number']}"
    return Heading(annex["number"].strip(), title, 1, 1, ("annex",), "names an annex")


_NOT_NUMBERED: tuple[_Test, ...] = (
    lambda c: c.around.listing and not c.goes_on_numbering,
    lambda c: not fits_title(c.title, c.vocabulary),
    lambda c: len(c.title) > SETTINGS.long_title and c.rule("tells").search(c.title) is not None,
)
"""What speaks against a numbered heading, by its first line."""

_NOT_NUMBERED_WITHOUT_SIGN: tuple[_Test, ...] = (
    lambda c: not c.roles and not c.around.space_before,
    lambda c: not c.roles and "," in c.title and len(c.title) > SETTINGS.long_with_comma,
    lambda c: not c.goes_on_numbering and c.around.open_text.endswith((":", ";")),
    HeadingLine.is_in_numbered_list,
    lambda c: c.following is None,
    lambda c: c.names_group and group_kind(c.title.split()[-1], c.vocabulary) is None and c.is_person(),
)
"""What speaks against one whose number may be a list item's, by the whole title."""


def _numbered_heading(numbered: re.Match[str], line: HeadingLine) -> Heading | None:
    first = _numbered_line(numbered, line)
    if any(test(first) for test in _NOT_NUMBERED):
        return None
    whole = _with_second_line(first)
    if whole is None:
        return None
    titled = replace(whole, roles=roles_of(whole.title, line.vocabulary))
    if not titled.explicit and any(test(titled) for test in _NOT_NUMBERED_WITHOUT_SIGN):
        return None
    return titled.heading(f"numbered {numbered['number'].strip()!r}")


def _numbered_line(numbered: re.Match[str], line: HeadingLine) -> HeadingLine:
    """The line with its number and its title apart."""
    printed = numbered["number"]
    number = re.sub(r"[^\w.]|Artikel|Kapitel|Avsnitt|Punkt|Mom(?:ent)?", "", printed).strip(".")
    explicit = not printed[0].isdigit() or "." in number
    return replace(line, title=numbered["title"].strip(), number=number, explicit=explicit)


def _with_second_line(line: HeadingLine) -> HeadingLine | None:
    """A numbered title with the line below where that goes on with it; None where that makes it a sentence."""
    if not line.goes_on_below:
        return line
    rest = line.after
    in_cell = line.following is not None and line.following.line.cell is not None
    if rest.endswith((".", ",")) or len(rest) > SETTINGS.longest_second_line or in_cell:
        return None
    return replace(line, title=f"{line.title} {rest}", line_count=2)


_NOT_PLAIN: tuple[_Test, ...] = (
    lambda c: not fits_title(c.title, c.vocabulary) or c.around.listing,
    lambda c: len(c.title) > SETTINGS.longest_without_role and not c.roles,
    HeadingLine.follows_open_text,
    HeadingLine.is_signature,
    HeadingLine.is_entry,
    lambda c: c.text.endswith(":") and not c.stands_out,
    lambda c: c.around.in_annexes and not c.roles and not c.stands_out,
    HeadingLine.introduces_list,
    lambda c: c.names_group and c.rule("tells").search(c.title) is not None,
    lambda c: not c.roles and not c.in_larger_type and (c.is_person() or c.is_organisation()),
    lambda c: not c.roles and not c.stands_out and c.is_person_title(),
)
"""What speaks against a heading without a number, by its first line."""


def _plain_heading(line: HeadingLine) -> Heading | None:
    roles = roles_of(line.text.rstrip(":"), line.vocabulary)
    first = replace(line, title=line.text.rstrip(":") if roles else line.text, roles=roles)
    if any(test(first) for test in _NOT_PLAIN):
        return None
    whole = _with_rest_of_title(first)
    if whole is None or _is_stray_last_line(whole):
        return None
    reason = _speaks_for(first, whole.roles) or _speaks_for_place(whole, first.title)
    return whole.heading(reason) if reason else None


def _is_stray_last_line(line: HeadingLine) -> bool:
    """Whether nothing follows in the document, and nothing says that this is a heading all the same."""
    return line.following is None and not (line.roles and line.around.space_before)


def _with_rest_of_title(line: HeadingLine) -> HeadingLine | None:
    """A plain title with the line below where that goes on with it; None where that makes it a sentence."""
    if not line.goes_on_below:
        return line
    rest = line.after
    fits = len(rest) <= SETTINGS.longest_second_line and not rest.endswith((".", ",", ";"))
    title = f"{line.title} {rest}"
    if not fits or len(line.title) <= SETTINGS.full_first_line or not fits_title(title, line.vocabulary):
        return None
    return replace(line, title=title, line_count=2, roles=line.roles or roles_of(title, line.vocabulary))


def _speaks_for(line: HeadingLine, roles: Sequence[str]) -> str:
    """Why a plain line is a heading by itself, the `roles` being those of its whole title; "" where nothing says so."""
    if roles:
        return f"its words are those of a heading ({', '.join(roles)})"
    if line.in_larger_type:
        return "in larger type"
    if line.line.bold or line.is_emphasised:
        return "in bold type" if line.line.bold else "in capitals"
    return "a numbered area" if line.rule("numbered area").match(line.title) else ""


def _speaks_for_place(line: HeadingLine, first_line: str) -> str:
    """Why a line is a heading by where it stands; "" where nothing says so."""
    apart = line.around.space_before and _is_above_text(line, first_line)
    return "short, white space above, and text close below" if apart else ""


def _is_above_text(line: HeadingLine, first_line: str) -> bool:
    """Whether a full line of prose follows close by: what makes a short line alone a heading.

    `first_line` is the title's first line.
    """
    after = line.after
    if not line.is_near(SETTINGS.near) or not after[0].isupper() or WIDE_GAP in after:
        return False
    labelled = label_of(after, line.vocabulary) is not None
    short = len(first_line) <= SETTINGS.long_title and not first_line.endswith(")")
    few_words = len(first_line.split()) <= _most_words(first_line, labelled=labelled)
    return short and few_words and (labelled or len(after) >= _fewest_signs(after, first_line))


def _fewest_signs(text: str, title: str) -> float:
    """How long a line of text below a title is at least."""
    least = SETTINGS.shortest_introduction if text.endswith(":") else SETTINGS.shortest_text
    return max(SETTINGS.longer_than_title * len(title), least)


def _most_words(title: str, *, labelled: bool) -> int:
    """How many words a title may have that stands above text; `labelled`: the text begins with a label."""
    if labelled:
        return SETTINGS.most_words_above_label
    return SETTINGS.most_words_of_question if title.endswith("?") else SETTINGS.most_words
