"""What the signs of display type stand for in one document, where the encoding of its font was lost.

Nothing is known beforehand of such a font: its signs are learned from what the headings of the document have in
common, and a sign is learned only where several of them agree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

QUOTATION_MARKS = frozenset("\"”“»«'’")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Settings:
    """When the headings of a document tell what a sign stands for."""

    fewest: int = 2  # headings, not alike, that must agree
    share: float = 0.7  # the share of the headings beginning with a sign that must agree on its capital
    longest_number: int = 5  # signs of a number before a heading
    telling_number: int = 3  # signs of the number that one of them must have: shorter ones fit too easily


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class DisplayType:
    """`capitals` gives the capital that a first sign stands for, `quotes` the signs that open and close quotations,
    `numbers` the digits and full stops of numbers before headings, `stops` what a sign after a quotation is.
    `wrong_first` is the share (0 to 1) of letter-spaced stretches whose first sign is another than was printed."""

    capitals: Mapping[str, str] = field(default_factory=dict)
    quotes: frozenset[str] = QUOTATION_MARKS
    numbers: Mapping[str, str] = field(default_factory=dict)
    stops: Mapping[str, str] = field(default_factory=dict)
    wrong_first: float = 0.5

    def number(self, read: str) -> str | None:
        """The number that a token before a heading shows; None where one of its signs is not known."""
        shown = "".join(self.numbers.get(sign, sign if sign in _DIGITS + "." else "?") for sign in read)
        return None if "?" in shown or shown[0] not in "123456789" else shown


def capitals_of(changed: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The capitals that first signs stand for, by headings that were read with another first sign: the sign, the
    capital, and the heading."""
    headings_by: dict[str, dict[str, set[str]]] = {}
    for sign, capital, heading in changed:
        headings_by.setdefault(sign, {}).setdefault(capital, set()).add(heading)
    found = {}
    for sign, by_capital in headings_by.items():
        capital, headings = max(by_capital.items(), key=lambda item: (len(item[1]), item[0]))
        if len(headings) >= max(SETTINGS.fewest, SETTINGS.share * sum(map(len, by_capital.values()))):
            found[sign] = capital
    return found


class Quotation(NamedTuple):
    """The sign that opens and closes a stretch, what stands between, and the sign behind it, if any."""

    mark: str
    words: str
    stop: str


def quoted(stretch: str, quotes: frozenset[str] | None = None) -> Quotation | None:
    """The quotation that a stretch is; None where no sign opens and closes it, or none of `quotes`."""
    tokens = stretch.split()
    if len(tokens) < 3 or (quotes is not None and stretch[0] not in quotes):
        return None
    opening, closing = tokens[0][0], tokens[-1]
    pair = opening == closing[0] or (opening in QUOTATION_MARKS and closing[0] in QUOTATION_MARKS)
    if not pair or len(closing) > 2:
        return None
    return Quotation(opening, stretch[1 : stretch.rindex(closing)].strip(), closing[1:])


def quotes_of(openings: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The signs that are quotation marks: the common ones, and such as several stretches open and close with, by the
    sign and the words between."""
    between: dict[str, set[str]] = {}
    for sign, words in openings:
        between.setdefault(sign, set()).add(words)
    return QUOTATION_MARKS | {sign for sign, words in between.items() if len(words) >= SETTINGS.fewest}


def stops_of(behind: Iterable[tuple[str, bool]]) -> dict[str, str]:
    """What the signs behind quotations are, by whether a capital follows: a full stop then, else a comma."""
    votes: dict[str, Counter[str]] = {}
    for sign, capital in behind:
        votes.setdefault(sign, Counter())["." if capital else ","] += 1
    return {sign: counted.most_common(1)[0][0] for sign, counted in votes.items()}


def numbers_of(read: Sequence[str]) -> dict[str, str]:
    """The digits and full stops that signs stand for, by the tokens before headings from the first to the last:
    numbers of headings follow each other."""
    known: dict[str, str] = {}
    fitting: set[str] = set()
    last: tuple[int, ...] = ()
    for token in read:
        following = _following(token, last, known)
        if following is not None:
            last, new = following
            known |= new
            fitting.add(token)
        elif (shown := DisplayType(numbers=known).number(token)) is not None:
            last = tuple(int(part) for part in shown.split(".") if part)
    several = len(fitting) >= SETTINGS.fewest and any(len(token) >= SETTINGS.telling_number for token in fitting)
    return known if several else {}


def _following(
    token: str, last: tuple[int, ...], known: Mapping[str, str]
) -> tuple[tuple[int, ...], dict[str, str]] | None:
    """The number that a token may be after the number `last`, and what its signs stand for then; None for none."""
    for number in _next_numbers(last):
        shown = ".".join(map(str, number))
        for text in (shown, shown + "."):
            new = _fit(token, text, known)
            if new is not None:
                return number, new
    return None


def _next_numbers(last: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The numbers that may follow: the first one below, then the next one of each level."""
    if not last:
        yield (1,)
        return
    yield (*last, 1)
    for level in range(len(last), 0, -1):
        yield (*last[: level - 1], last[level - 1] + 1)


def _fit(token: str, number: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """What the signs of `token` must stand for to show `number`; None where that goes against what is known."""
    if len(token) != len(number) or len(token) > SETTINGS.longest_number:
        return None
    new: dict[str, str] = {}
    for sign, shown in zip(token, number, strict=True):
        stands_for = known.get(sign, new.get(sign, sign if sign in _DIGITS + "." else None))
        taken = shown in known.values() or shown in new.values()
        if stands_for is None and not taken:
            new[sign] = shown
        elif stands_for != shown:
            return None
    return new
