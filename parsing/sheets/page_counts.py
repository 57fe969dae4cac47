"""What the printed numbers of pages tell: pages that are missing, doubled, or lie in another order.

Nothing is told where numbers are right, where a count begins anew with another document or annex, or in doubt: a page
whose number was not read may be any page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from avskrift.language.page_numbers import PrintedNumber, printed_number
from avskrift.models.document import WIDE_GAP, Line, LineRole, Page, PageSource


@dataclass(frozen=True, slots=True)
class Settings:
    """Which numbers are believed. Judged on invented files; none was tuned."""

    edge: int = 3
    """Lines at the head and at the foot of a page among which its number stands."""
    sure: float = 0.8
    """Probability that each word of a line with a number was read rightly at least."""
    numbered: float = 0.6
    """Share of the pages that bear a number, where numbers stand alone: else they may be anything."""
    fewest_bare: int = 3
    """Pages that do, where an engine read them."""
    most_named: int = 6
    """Numbers that a remark lists one by one at most."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Finding:
    """What some `pages` (numbers in the file) show that a registrar should look at."""

    pages: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A page that bears a number: its place among the pages (from 0), and its number in the file."""

    place: int
    page: int
    printed: PrintedNumber
    exact: bool

    @property
    def number(self) -> int:
        return self.printed.number


def number_on(page: Page) -> PrintedNumber | None:
    """The number that a page bears in its head or foot; None where it has none, or several that differ."""
    lines = [line for line in page.lines if line.text.strip() and line.role is not LineRole.MARGIN]
    counting = [one for line in _around(lines) for one in _numbers_in(line) if not one.bare]
    found = counting or _bare_numbers(lines)
    if len({one.number for one in found}) != 1:
        return None
    totals = {one.total for one in found if one.total is not None}
    return PrintedNumber(found[0].number, totals.pop() if len(totals) == 1 else None, found[0].bare)


def _around(lines: Sequence[Line]) -> Iterator[Line]:
    """The first and last lines of a page, its headers and footers."""
    for at, line in enumerate(lines):
        edge = at < SETTINGS.edge or at >= len(lines) - SETTINGS.edge
        if edge or line.role is not LineRole.BODY:
            yield line


def _bare_numbers(lines: Sequence[Line]) -> list[PrintedNumber]:
    """The numbers that stand alone in the first and the last line of a page."""
    edges = [line for line in (*lines[:1], *lines[-1:]) if line.cell is None and _is_sure(line)]
    return [one for line in edges if (one := printed_number(line.text)) is not None and one.bare]


def _numbers_in(line: Line) -> Iterator[PrintedNumber]:
    columns = line.text.split(WIDE_GAP) if _is_sure(line) else []
    return (found for column in columns if (found := printed_number(column)) is not None)


def _is_sure(line: Line) -> bool:
    return all(word.confidence >= SETTINGS.sure for word in line.words)


def findings_on_numbers(pages: Sequence[Page], unnumbered: set[int], begins: set[int]) -> list[Finding]:
    """What the printed numbers of some `pages` tell that is not as it should be.

    `unnumbered` are pages whose numbers are not the document's own, `begins` pages that begin another document; both
    by their numbers in the file.
    """
    if len(pages) == 1 and pages[0].source is PageSource.PLAIN_TEXT:
        return []  # a text without ends of pages holds several
    starts = {place for place, page in enumerate(pages) if page.number in begins}
    counts = _counts(_believed(list(_numbered(pages, unnumbered)), len(pages)), starts)
    found: list[Finding] = []
    for at, count in enumerate(counts):
        before = counts[at - 1][-1].place + 1 if at else 0
        after = counts[at + 1][0].place if at + 1 < len(counts) else len(pages)
        first = max([before, *(s for s in starts if s <= count[0].place)])
        stop = min([after, *(s for s in starts if s > count[-1].place)])
        found += _findings_in(count, first, stop)
    return found


def _numbered(pages: Sequence[Page], unnumbered: set[int]) -> Iterator[_Numbered]:
    for place, page in enumerate(pages):
        printed = None if page.number in unnumbered else number_on(page)
        if printed is not None:
            yield _Numbered(place, page.number, printed, page.source is not PageSource.OCR)


def _believed(found: Sequence[_Numbered], pages: int) -> list[_Numbered]:
    """The numbers without those that may be anything: bare ones beside others or on few pages, and one that an engine
    read among neighbours that count on past it."""
    counting = [one for one in found if not one.printed.bare]
    if not counting:
        fewest = max(2 if all(one.exact for one in found) else SETTINGS.fewest_bare, SETTINGS.numbered * pages)
        counting = list(found) if len(found) >= fewest else []
    neighbours = zip([None, *counting], counting, [*counting[1:], None], strict=False)
    return [one for before, one, after in neighbours if not _is_misread(before, one, after)]


def _is_misread(before: _Numbered | None, one: _Numbered, after: _Numbered | None) -> bool:
    if one.exact or before is None or after is None:
        return False
    counts_on = after.number - before.number == after.place - before.place
    return counts_on and one.number - before.number != one.place - before.place


def _counts(found: Sequence[_Numbered], starts: set[int]) -> list[list[_Numbered]]:
    """The numbered pages, parted where a count begins anew."""
    counts: list[list[_Numbered]] = []
    begin = 0
    for at, one in enumerate(found):
        if not counts:
            counts.append([])
        elif _begins_anew(counts[-1], found[at:], starts, begin):
            begin = counts[-1][-1].place + 1
            counts.append([])
        counts[-1].append(one)
    return counts


def _begins_anew(count: Sequence[_Numbered], following: Sequence[_Numbered], starts: set[int], begin: int) -> bool:
    """Whether another count begins with the first of the pages that follow a `count`, which may begin from the place
    `begin` on."""
    one, last = following[0], count[-1]
    if any(last.place < start <= one.place for start in starts) or _has_another_total(count, one):
        return True
    if one.number == last.number and one.place == last.place + 1 and (one.number, one.printed.total) not in _ALONE:
        return False
    if one.number == 1:
        return count[0].place > begin or not _fills_gaps(count, following)
    without = one.place - last.place - 1  # pages before it that bear no number and may be the first of another count
    behind_unnumbered = one.number <= last.number and 0 < one.number - 1 <= without
    return behind_unnumbered or one.number in {other.number for other in count}


_ALONE = ((1, None), (1, 1))
"""What pages say that may each be a document."""


def _has_another_total(count: Sequence[_Numbered], one: _Numbered) -> bool:
    """Whether a page that does not count on says another number of pages than those before."""
    total, own = _total(count), one.printed.total
    counts_on = one.number - count[-1].number == one.place - count[-1].place
    return None not in (total, own) and total != own and not counts_on


def _fills_gaps(count: Sequence[_Numbered], following: Sequence[_Numbered]) -> bool:
    """Whether the pages that follow are those that lack in a count, which lies in another order."""
    numbers = {one.number for one in count}
    if 1 in numbers:
        return False
    for one in following:
        if one.number in numbers:
            break
        numbers.add(one.number)
    total = _total(count)
    return numbers == set(range(1, len(numbers) + 1)) and (total is None or total >= len(numbers))


def _total(count: Sequence[_Numbered]) -> int | None:
    """How many pages a count says there are; None where it does not, or its pages say different numbers."""
    totals = {one.printed.total for one in count if one.printed.total is not None}
    return totals.pop() if len(totals) == 1 else None


def _findings_in(count: Sequence[_Numbered], first: int, stop: int) -> Iterator[Finding]:
    """What is not right with one count, which stands among the pages from place `first` on to before `stop`."""
    pages = tuple(one.page for one in count)
    for one, other in pairwise(count):
        if one.number == other.number:
            text = f"page numbers: pages {one.page} and {other.page} both bear number {one.number}"
            yield Finding((one.page, other.page), text)
    totals = sorted({one.printed.total for one in count if one.printed.total is not None})
    if len(totals) > 1 and all(one.exact for one in count):
        yield Finding(pages, f"page numbers: pages of one count say that there are {_listed(totals)} of them")
    numbers = [one.number for one in count]
    if numbers != sorted(numbers):
        order = ", ".join(str(number) for number in numbers)
        yield Finding(pages, f"page numbers: the pages are not in the order of their numbers, but {order}")
        missing = _missing_anywhere(count, stop - first)
    else:
        missing = list(_missing_in_order(count, first, stop))
    if missing:
        yield Finding(pages, _text_on(missing, _total(count)))


def _text_on(missing: Sequence[int], total: int | None) -> str:
    of = "" if total is None else f" of {total}"
    if len(missing) == 1:
        return f"page numbers: the page with number {missing[0]}{of} is missing"
    return f"page numbers: the pages with numbers {_listed(missing)}{of} are missing"


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) > SETTINGS.most_named:
        return f"{numbers[0]} to {numbers[-1]}, {len(numbers)} in all,"
    return " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))


def _missing_anywhere(count: Sequence[_Numbered], pages: int) -> list[int]:
    """The numbers that lack in a count out of order; none where pages without a number may bear them."""
    present = {one.number for one in count}
    last = _sure_total(count) or max(present)
    missing = [number for number in range(1, last + 1) if number not in present]
    return missing if pages == len(count) else []


def _missing_in_order(count: Sequence[_Numbered], first: int, stop: int) -> Iterator[int]:
    """The numbers that lack in a count, where no page without a number stands in their place."""
    total = _sure_total(count)
    if total is not None and count[0].place == first:
        yield from range(1, count[0].number)
    for one, other in pairwise(count):
        if other.place == one.place + 1:
            yield from range(one.number + 1, other.number)
    if total is not None and count[-1].place == stop - 1:
        yield from range(count[-1].number + 1, total + 1)


def _sure_total(count: Sequence[_Numbered]) -> int | None:
    """The number of pages that a count tells, where two pages or exact text say so."""
    saying = [one for one in count if one.printed.total is not None]
    return _total(count) if len(saying) > 1 or any(one.exact for one in saying) else None
