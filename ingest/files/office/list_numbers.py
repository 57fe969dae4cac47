"""The numbers that lists of office documents print, counted as the items come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 3999
"""The largest number that Roman numerals write."""


def roman(number: int) -> str:
    """A number in small Roman numerals; in figures where they cannot write it."""
    if not 0 < number <= _MOST:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


def letters(number: int) -> str:
    """A number as a list counts in letters: a to z, then aa, bb and so on."""
    if number <= 0:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 10)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}
"""How numbers are written, by the names of Office Open XML; in figures where it is none of these."""


def written(number: int, form: str) -> str:
    """A number in a form."""
    return _FORMS.get(form, str)(number)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: the text of its marker, in which `%1` to `%9` are the numbers of the levels; how its own
    number is written, and where it begins. `bullet` is what stands before items without numbers. `in_figures`: the
    numbers of all levels are written in figures."""

    text: str = ""
    form: str = "decimal"
    start: int = 1
    bullet: str = ""
    in_figures: bool = False


class ListCounter:
    """The numbers of one list as its items come."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def restart(self, level: int, start: int) -> None:
        """Has the next item of a level bear the number `start`."""
        self._numbers[level] = start - 1

    def marker(self, level: int, levels: Sequence[ListLevel]) -> str:
        """The marker of the next item."""
        own = levels[level]
        if own.bullet:
            return own.bullet
        self._numbers[level] = self._numbers.get(level, own.start - 1) + 1
        for deeper in [place for place in self._numbers if place > level]:
            del self._numbers[deeper]
        text = own.text
        for place, shown in enumerate(levels[: level + 1]):
            number = self._numbers.setdefault(place, shown.start)
            form = "decimal" if own.in_figures and place < level else shown.form
            text = text.replace(f"%{place + 1}", written(number, form))
        return text
