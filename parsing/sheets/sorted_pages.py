"""The pages of a file by what they are for: text that is read, sheets of a service for signing, second scans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from avskrift.models.agreement import Remark
from avskrift.models.document import Document, LineRole, Page
from avskrift.parsing.sheets.page_counts import Finding, findings_on_numbers
from avskrift.parsing.sheets.second_scans import SecondScan, second_scans
from avskrift.parsing.sheets.signing_services import starts_of_sheets, with_feet_of_services
from avskrift.parsing.sheets.unread_sheets import unread_sheets
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

_MOST_OF_SEPARATOR = 20
"""Words of a sheet that parts papers at most."""
_UNREAD = "page {} holds nothing but a few signs that make no words; it was taken for a separator or an unread sheet"


@dataclass(frozen=True, slots=True)
class SortedPages:
    """A file's `text`: its document, in which the pages that are not read as text hold no lines; `signing` are the
    pages of services for signing as they were, or the parts of pages that such services filled, `scans` the pages that
    were scanned twice, `sheets` the numbers of the pages that hold nothing but what such services added, `unread` those
    of the pages that hold nothing but a few signs."""

    text: Document
    signing: tuple[Page, ...] = ()
    scans: tuple[SecondScan, ...] = ()
    sheets: frozenset[int] = frozenset()
    unread: frozenset[int] = frozenset()

    def signing_lines(self, pages: Sequence[int]) -> tuple[LocatedLine, ...]:
        """The lines of the sheets for signing among some `pages` (numbers in the file) of a document, which are
        numbered from 1 in it."""
        places = {number: place for place, number in enumerate(pages, 1)}
        own = ((places[page.number], line) for page in self.signing if page.number in places for line in page.lines)
        written = ((number, line) for number, line in own if line.text.strip())
        return tuple(LocatedLine(number, line, place) for place, (number, line) in enumerate(written))


def sorted_pages(document: Document, vocabulary: Vocabulary) -> SortedPages:
    """The pages of a corrected `document` by what they are for; the `vocabulary` tells what services for signing
    write."""
    scans = second_scans(document.pages)
    left_out = {scan.left_out for scan in scans}
    starts = starts_of_sheets([page for page in document.pages if page.number not in left_out], vocabulary)
    whole = {number for number, start in starts.items() if start == 0}
    separators = {page.number for page in document.pages if _is_separator(page, vocabulary)}
    unread = set(unread_sheets(document.pages)) - whole - separators - left_out
    empty = left_out | whole | separators | unread
    pages = tuple(
        replace(page, lines=(), footnotes=())
        if page.number in empty
        else with_feet_of_services(_above(page, starts.get(page.number)), vocabulary)
        for page in document.pages
    )
    sheets = tuple(replace(p, lines=p.lines[starts[p.number] :]) for p in document.pages if p.number in starts)
    return SortedPages(replace(document, pages=pages), sheets, tuple(scans), frozenset(whole), frozenset(unread))


def _above(page: Page, start: int | None) -> Page:
    """A page without what a service for signing added from one of its lines on."""
    if start is None:
        return page
    kept = page.lines[:start]
    behind = tuple(line for line in page.lines[start:] if line.role is not LineRole.BODY)
    return replace(page, lines=(*kept, *behind))


def _is_separator(page: Page, vocabulary: Vocabulary) -> bool:
    """Whether a page is a sheet that parts papers on their way through a scanner: few words, some of which say so."""
    texts = [line.text for line in page.lines]
    words = sum(len(text.split()) for text in texts)
    separator = vocabulary.pattern("sheets", "separator")
    return 0 < words <= _MOST_OF_SEPARATOR and any(separator.search(text) for text in texts)


def remarks_on_pages(document: Document, pages: SortedPages, begins: Iterable[int], own: Iterable[int]) -> list[Remark]:
    """What the `pages` of a `document` themselves call for: numbers that are not right, sheets that were scanned twice.

    `begins` are the numbers of pages that begin another document of the file; told is what concerns one of the `own`.
    """
    left_out = {scan.left_out for scan in pages.scans}
    kept = [page for page in document.pages if page.number not in left_out]
    found = [*_findings_on_scans(pages.scans)]
    found += (Finding((number,), _UNREAD.format(number)) for number in sorted(pages.unread))
    found += findings_on_numbers(kept, set(pages.sheets), set(begins))
    wanted = set(own)
    return [Remark(kind="pages", text=one.text) for one in found if wanted & set(one.pages)]


def _findings_on_scans(scans: Sequence[SecondScan]) -> Iterable[Finding]:
    """Runs of pages that repeat others are told together."""
    for _, run in groupby(enumerate(scans), lambda at: (at[1].left_out - at[0], at[1].kept - at[0])):
        same = [scan for _, scan in run]
        numbers = (*(s.kept for s in same), *(s.left_out for s in same))
        first, last = same[0], same[-1]
        if len(same) == 1:
            pair = sorted((first.kept, first.left_out))
            text = f"pages {pair[0]} and {pair[1]} are the same page, scanned twice; only page {first.kept} was read"
        else:
            read = f"{first.kept}-{last.kept}"
            text = f"pages {first.left_out}-{last.left_out} are pages {read} scanned twice; only pages {read} were read"
        yield Finding(numbers, text)
