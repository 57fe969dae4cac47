"""Which pages are sheets of a service for electronic signing: certificates, lists of who signed, logs.

None of their marks tells it alone: an agreement names e-mail addresses and BankID too. Several kinds of them together,
on many of a page's lines, do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from avskrift.models.document import LineRole, Page
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """How many marks tell of such a sheet. Judged on invented sheets; none was tuned."""

    kinds: int = 4
    """Kinds of marks on a page at least,"""
    kinds_below_title: int = 3
    """fewer below a title of such sheets (the title among them),"""
    kinds_behind: int = 2
    """and fewer on a page that goes on with such a sheet."""
    marked: float = 0.25
    """Share of the lines that bear a mark at least."""
    title_within: int = 6
    """Lines at the top of a page among which a title stands."""
    foot: int = 3
    """Lines at the head and at the foot of a page among which a service prints its own."""
    prose: int = 3
    """Numbered headings on a page from which it is text of a document."""
    kinds_of_part: int = 3
    """Kinds of marks at least in what a service added below the text of a page, one of them a time stamp,"""
    marked_of_part: float = 0.3
    """share of its lines that bear one at least,"""
    marked_within: int = 4
    """and its first lines, among which the one that heads the signers is followed by another mark."""


SETTINGS = Settings()


def signing_sheets(pages: Sequence[Page], vocabulary: Vocabulary) -> set[int]:
    """The numbers of the pages that a service for signing added."""
    return {number for number, start in starts_of_sheets(pages, vocabulary).items() if start == 0}


def starts_of_sheets(pages: Sequence[Page], vocabulary: Vocabulary) -> dict[int, int]:
    """The pages that hold what a service for signing added, by their numbers: the place among a page's lines from which
    they do, 0 where the whole page is such a sheet."""
    found: dict[int, int] = {}
    behind = False
    for page in pages:
        places = [at for at, line in enumerate(page.lines) if line.role in _TEXT and line.text.strip()]
        if not places:  # the back of a sheet, which is blank, parts nothing
            continue
        texts = [page.lines[at].text.strip() for at in places]
        start = 0 if _is_sheet(texts, vocabulary, behind=behind) else _start_of_part(texts, vocabulary)
        behind = start is not None
        if start is not None:
            found[page.number] = places[start] if start else 0
    return found


_TEXT = frozenset({LineRole.BODY, LineRole.FOOTNOTE})


def _start_of_part(texts: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """The place of the line from which on a service filled the rest of a page below its own text; None where none
    did."""
    if sum(vocabulary.pattern("signing_sheets", "time stamp", "mark").search(text) is not None for text in texts) == 0:
        return None
    marks = [_marks_of(text, vocabulary) for text in texts]
    for at in range(1, len(texts)):
        if _begins_part(at, texts, marks, vocabulary) and _is_part(texts[at:], marks[at:], vocabulary):
            return at
    return None


def _begins_part(at: int, texts: Sequence[str], marks: Sequence[frozenset[str]], vocabulary: Vocabulary) -> bool:
    """Whether a line may be the first that a service added: a title of such sheets, or what says that it was signed."""
    if vocabulary.pattern("signing_sheets", "says that it is signed", "line").search(texts[at]) or "title" in marks[at]:
        return True
    near = set[str]().union(*marks[at + 1 : at + 1 + SETTINGS.marked_within])
    return "heads the signers" in marks[at] and bool(near & _OF_SIGNING)


_OF_SIGNING = frozenset(
    {"time stamp", "address in the net", "identity", "number of a transaction", "digest", "service"}
)


def _is_part(texts: Sequence[str], marks: Sequence[frozenset[str]], vocabulary: Vocabulary) -> bool:
    kinds = set[str]().union(*marks)
    marked = sum(map(bool, marks)) / len(marks)
    if "time stamp" not in kinds or len(kinds) < SETTINGS.kinds_of_part or marked < SETTINGS.marked_of_part:
        return False
    return not any(line_rule("numbered", vocabulary).match(text) for text in texts)


def _is_sheet(texts: Sequence[str], vocabulary: Vocabulary, *, behind: bool) -> bool:
    marks = [_marks_of(text, vocabulary) for text in texts]
    kinds = set[str]().union(*marks)
    titled = any("title" in found for found in marks[: SETTINGS.title_within])
    least = SETTINGS.kinds_below_title if titled else SETTINGS.kinds_behind if behind else SETTINGS.kinds
    numbered = sum(line_rule("numbered", vocabulary).match(text) is not None for text in texts)
    marked = sum(map(bool, marks)) / len(texts)
    return len(kinds) >= least and marked >= SETTINGS.marked and numbered < SETTINGS.prose


def _marks_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The kinds of marks that a line bears."""
    return frozenset(rule.name for rule in vocabulary.rules("signing_sheets", "mark") if rule.pattern.search(text))


def with_feet_of_services(page: Page, vocabulary: Vocabulary) -> Page:
    """The page with what a service for signing prints above or below it as its footer; the same page where there is
    nothing."""
    written = [at for at, line in enumerate(page.lines) if line.text.strip()]
    edges = {*written[: SETTINGS.foot], *written[-SETTINGS.foot :]}
    foot = vocabulary.pattern("signing_sheets", "foot of a page", "line")
    found = {at for at in edges if page.lines[at].role is LineRole.BODY and foot.match(page.lines[at].text.strip())}
    if not found:
        return page
    lines = (replace(one, role=LineRole.FOOTER) if at in found else one for at, one in enumerate(page.lines))
    return replace(page, lines=tuple(lines))
