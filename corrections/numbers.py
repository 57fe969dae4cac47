"""Numbers: letters that stand in for digits, and repeated numbers that their occurrences agree on.

Digits are changed only on proof. A letter inside a number is a digit where nothing else can stand there (O for 0, l
for 1), or where the whole is then a date that exists, an organisation number whose check digit is right, a phone
number or a postcode. A number that a document repeats, in every page header say, is read as most of its
occurrences show it. One digit is never made another by these rules unless most occurrences of a repeated number say so.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from avskrift.language.confusions import letters_for_digits
from avskrift.language.organisation_number import is_valid
from avskrift.models.edits import Edit, non_overlapping


@dataclass(frozen=True, slots=True)
class Settings:
    """How sure numbers are, and from when on."""

    least_digits: float = 0.5  # the share of a number's signs that must be digits as read
    inside_number: float = 0.9  # the probability that a letter between digits is one
    repeated: float = 0.97
    """The probability that a number is as most of its occurrences show it, and where there are only two."""
    repeated_twice: float = 0.9
    fewest_digits: int = 4  # digits of a number that its other occurrences may correct
    first_year: int = 1900
    last_year: int = 2100
    letter_for_digit: float = 0.5
    """How often a letter is read for a digit, relative to the digit's other readings, to be one here."""


SETTINGS = Settings()
_AS_DIGIT = letters_for_digits(SETTINGS.letter_for_digit)
_D = f"[0-9{''.join(map(chr, _AS_DIGIT))}]"
_CLASS = {**_AS_DIGIT, ord(" "): ""}
# The kind of number, its shape, and the probability that it is one.
_SHAPES = (
    # 2O2O-02-l9: a date that exists
    ("date", re.compile(rf"(?<![\w-]){_D}{{4}}-{_D}{{2}}-{_D}{{2}}(?![\w-])"), 0.98),
    # l92837-465O: ten digits with the right check digit
    ("organisation number", re.compile(rf"(?<![\w-]){_D}{{6}}-{_D}{{4}}(?![\w-])"), 0.98),
    # O8-l23 45 67
    ("phone", re.compile(rf"(?<![\w-])[0O]{_D}{{1,3}}-{_D}{{2,3}}(?: {_D}{{2,3}}){{1,3}}(?![\w-])"), 0.95),
    # l23 45 Vikbo
    ("postcode", re.compile(rf"(?<![\w-]){_D}{{3}} {_D}{{2}}(?= [A-ZÅÄÖ][a-zåäö]{{2,}})"), 0.93),
    # 20l6, 2O20
    ("year", re.compile(r"(?<![\w.,/-])(?:[1lI|]9|2[0Oo])[0-9OoIl|]{2}(?![\w/-])"), 0.93),
)
_INSIDE = re.compile(r"(?<=\d)(?:[OoIl|]+)(?=[./:,-]?\d)")
_NUMBERED = re.compile(
    rf"(?<![\w/.-])(?:[A-ZÅÄÖ]{{1,5}}[ -]?)?{_D}(?:{_D}|[ .](?={_D}|[ ]?[.])){{2,12}}"
    rf" ?[/:-] ?{_D}{{2,8}}(?:-{_D}{{1,5}}){{0,2}}(?![\w/])"
)


def corrected_numbers(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """The corrections to numbers, by the index of their line."""
    found: dict[int, list[Edit]] = {}
    for index, edit in _repeated(lines):
        found.setdefault(index, []).append(edit)
    for index, line in enumerate(lines):
        if not any(c.isdigit() for c in line):
            continue
        for edit in _shaped(line):
            if non_overlapping([edit], found.get(index, [])):
                found.setdefault(index, []).append(edit)
    return found


def _shaped(line: str) -> Iterator[Edit]:
    """The corrections to numbers of a known shape, and to letters between digits."""
    taken: list[Edit] = []
    for kind, pattern, sure in _SHAPES:
        for match in pattern.finditer(line):
            read = match.group()
            edit = Edit(match.start(), match.end(), read.translate(_AS_DIGIT), "number", sure)
            if not _mostly_digits(read) or not non_overlapping([edit], taken):
                continue
            taken.append(edit)  # also where it is not plausible: then nothing is proven about its parts either
            if edit.replacement != read and _is_plausible(kind, edit.replacement):
                yield edit
    for match in _INSIDE.finditer(line):
        digits = match.group().translate(_AS_DIGIT)
        yield from non_overlapping([Edit(match.start(), match.end(), digits, "number", SETTINGS.inside_number)], taken)


def _mostly_digits(read: str) -> bool:
    signs = [c for c in read if c.isalnum() or c in "|!"]
    return sum(c.isdigit() for c in signs) >= SETTINGS.least_digits * len(signs)


def _is_plausible(kind: str, number: str) -> bool:
    """Whether there is such a number of its kind."""
    if kind == "date":
        try:
            return SETTINGS.first_year <= datetime.date.fromisoformat(number).year <= SETTINGS.last_year
        except ValueError:
            return False
    return kind != "organisation number" or is_valid(number)


def _repeated(lines: Sequence[str]) -> Iterator[tuple[int, Edit]]:
    """Repeated numbers with a year or a serial after a stroke, as registry numbers are: one reading for all."""
    for occurrences in _occurrences(lines):
        agreed = _consensus(Counter(match.group() for _, match in occurrences))
        sure = SETTINGS.repeated if len(occurrences) > 2 else SETTINGS.repeated_twice
        for index, match in occurrences:
            if match.group() != agreed:
                yield index, Edit(match.start(), match.end(), agreed, "repeated number", sure)


def _occurrences(lines: Sequence[str]) -> Iterable[list[tuple[int, re.Match[str]]]]:
    """For each such number the lines and places where it stands, however it was read."""
    places: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for index, line in enumerate(lines):
        for match in _NUMBERED.finditer(line):
            if sum(c.isdigit() for c in match.group()) >= SETTINGS.fewest_digits:
                places.setdefault(match.group().translate(_CLASS).upper(), []).append((index, match))
    return places.values()


def _consensus(readings: Counter[str]) -> str:
    """The reading that most occurrences show, sign by sign; a digit before a letter that looks like it, and no space
    that one of them lacks: engines add spaces to numbers, they do not take them away."""
    bare = Counter[str]()
    spaces = Counter[int]()
    for read, times in readings.items():
        words = read.split(" ")
        bare["".join(words)] += times
        for at in accumulate(map(len, words[:-1])):
            spaces[at] += times
    signs = [_commonest_sign(bare, at) for at in range(len(next(iter(bare))))]
    kept = {at for at, times in spaces.items() if times == readings.total()}
    return "".join((" " if at in kept else "") + sign for at, sign in enumerate(signs))


def _commonest_sign(readings: Counter[str], at: int) -> str:
    """The sign that most of the readings show at a place, a digit if any does."""
    votes = Counter[str]()
    for read, times in readings.items():
        votes[read[at]] += times
    digits = [sign for sign in votes if sign.isdigit()]
    return max(digits, key=lambda sign: votes[sign]) if digits else votes.most_common(1)[0][0]
