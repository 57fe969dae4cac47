"""Numbers: letters that stand in for digits, and repeated numbers that their occurrences agree on.

Digits are changed only on proof. A letter inside a number is a digit where nothing else can stand there (O for 0, l
for 1), or where the whole is then a date that exists, an organisation number whose check digit is right, a phone
number or a postcode. A number that a document repeats, in every page header say, is read as most of its
occurrences show it. One digit is never made another by these rules unless most occurrences of a repeated number say so.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from avskrift.corrections.changes import Change, apart
from avskrift.language.organisation_number import is_valid

_AS_DIGIT = str.maketrans("OoQDIl|!iSsBZz", "00001111155822")
_D = r"[0-9OoQDIl|!iSsBZz]"
_CLASS = str.maketrans("OoQDIl|!iSsBZz", "00001111155822", " ")
_LEAST_DIGITS = 0.5
_SHAPES = (
    # 2O2O-02-l9: a date that exists
    ("date", re.compile(rf"(?<![\w-]){_D}{{4}}-{_D}{{2}}-{_D}{{2}}(?![\w-])"), 0.98),
    # 2l2000-0142: ten digits with the right check digit
    ("organisation number", re.compile(rf"(?<![\w-]){_D}{{6}}-{_D}{{4}}(?![\w-])"), 0.98),
    # O8-508 l0 000
    ("phone", re.compile(rf"(?<![\w-])[0O]{_D}{{1,3}}-{_D}{{2,3}}(?: {_D}{{2,3}}){{1,3}}(?![\w-])"), 0.95),
    # l04 51 Stockholm
    ("postcode", re.compile(rf"(?<![\w-]){_D}{{3}} {_D}{{2}}(?= [A-ZÅÄÖ][a-zåäö]{{2,}})"), 0.93),
    # 20l6, 2O20
    ("year", re.compile(r"(?<![\w.,/-])(?:[1lI|]9|2[0Oo])[0-9OoIl|]{2}(?![\w/-])"), 0.93),
)
_INSIDE = re.compile(r"(?<=\d)(?:[OoIl|]+)(?=[./:,-]?\d)")
_NUMBERED = re.compile(
    rf"(?<![\w/.-])(?:[A-ZÅÄÖ]{{1,5}}[ -]?)?{_D}(?:{_D}|[ .](?={_D}|[ ]?[.])){{2,12}}"
    rf" ?[/:-] ?{_D}{{2,8}}(?:-{_D}{{1,5}}){{0,2}}(?![\w/])"
)


def numbers_mended(lines: Sequence[str]) -> dict[int, list[Change]]:
    """The changes to numbers, by the index of their line."""
    found: dict[int, list[Change]] = {}
    for index, change in _agreed(lines):
        found.setdefault(index, []).append(change)
    for index, line in enumerate(lines):
        if not any(c.isdigit() for c in line):
            continue
        for change in _shaped(line):
            if apart([change], found.get(index, [])):
                found.setdefault(index, []).append(change)
    return found


def _shaped(line: str) -> Iterator[Change]:
    taken: list[Change] = []
    for name, pattern, sure in _SHAPES:
        for match in pattern.finditer(line):
            read = match.group()
            told = read.translate(_AS_DIGIT)
            signs = [c for c in read if c.isalnum() or c in "|!"]
            change = Change(match.start(), match.end(), told, "number", sure)
            if sum(c.isdigit() for c in signs) < _LEAST_DIGITS * len(signs) or not apart([change], taken):
                continue
            taken.append(change)  # also where it is not plausible: then nothing is proven about its parts either
            if told != read and _plausible(name, told):
                yield change
    for match in _INSIDE.finditer(line):
        change = Change(match.start(), match.end(), match.group().translate(_AS_DIGIT), "number", 0.9)
        if apart([change], taken):
            yield change


def _plausible(name: str, told: str) -> bool:
    if name == "date":
        try:
            return 1900 <= datetime.date.fromisoformat(told).year <= 2100
        except ValueError:
            return False
    if name == "organisation number":
        return is_valid(told)
    return True


def _agreed(lines: Sequence[str]) -> Iterator[tuple[int, Change]]:
    """Repeated numbers with a year or a serial after a stroke, as diary numbers are: one reading for all."""
    places: dict[str, list[tuple[int, int, int, str]]] = {}
    for index, line in enumerate(lines):
        for match in _NUMBERED.finditer(line):
            read = match.group()
            if sum(c.isdigit() for c in read) >= 4:
                key = read.translate(_CLASS).upper()
                places.setdefault(key, []).append((index, match.start(), match.end(), read))
    for occurrences in places.values():
        readings = Counter(read for *_, read in occurrences)
        if len(readings) < 2:
            continue
        agreed = _consensus(readings)
        sure = 0.97 if len(occurrences) > 2 else 0.9
        for index, start, end, read in occurrences:
            if read != agreed:
                yield index, Change(start, end, agreed, "repeated number", sure)


def _consensus(readings: Counter[str]) -> str:
    """The reading that most occurrences show, sign by sign; a digit before a letter that looks like it, and no space
    that one of them lacks: engines add spaces to numbers, they do not take them away."""
    bare = Counter[str]()
    for read, times in readings.items():
        bare[read.replace(" ", "")] += times
    size = len(next(iter(bare)))
    signs = []
    for at in range(size):
        told = Counter[str]()
        for read, times in bare.items():
            told[read[at]] += times
        digits = [c for c in told if c.isdigit()]
        signs.append(max(digits, key=lambda c: told[c]) if digits else told.most_common(1)[0][0])
    spaces = Counter[int]()
    for read, times in readings.items():
        before = 0
        for c in read:
            if c == " ":
                spaces[before] += times
            else:
                before += 1
    kept = {at for at, times in spaces.items() if times == readings.total()}
    return "".join((" " if at in kept else "") + sign for at, sign in enumerate(signs))
