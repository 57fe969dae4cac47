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


SETTINGS = Settings()


def signing_sheets(pages: Sequence[Page], vocabulary: Vocabulary) -> set[int]:
    """The numbers of the pages that a service for signing added."""
    found: set[int] = set()
    behind = False
    for page in pages:
        texts = [line.text.strip() for line in page.lines if line.role in _TEXT and line.text.strip()]
        if texts:  # the back of a sheet, which is blank, parts nothing
            behind = _is_sheet(texts, vocabulary, behind=behind)
            if behind:
                found.add(page.number)
    return found


_TEXT = frozenset({LineRole.BODY, LineRole.FOOTNOTE})


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
