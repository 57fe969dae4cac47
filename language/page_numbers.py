"""Page numbers as headers and footers print them: `Sida 3 av 12`, `3 (12)`, `– 3 –` (data/page_numbers.toml)."""

from dataclasses import dataclass

from avskrift.language.data_files import load
from avskrift.language.rules import compiled

_RULES = {rule.name: rule.pattern for rule in compiled(load("page_numbers"))}


def is_page_number(text: str) -> bool:
    """Whether all of a header or footer is the page's number; a bare number is one there."""
    return _RULES["alone"].match(text) is not None


def ends_in_page_number(text: str) -> bool:
    """Whether a line ends in a page's number that says of how many pages: that is a header wherever it stands."""
    return _RULES["at the end"].search(text) is not None


def is_running_head(text: str) -> bool:
    """Whether a line is nothing but what headers hold: the number of a page or of an annex."""
    return _RULES["running head"].match(text) is not None


def holds_page_number(text: str) -> bool:
    """Whether a page's number stands anywhere in `text`, in a form that sentences do not have."""
    return _RULES["within"].search(text) is not None


def number_of_page(text: str) -> int | None:
    """Which page of its document a line says it stands on (`Sida 1 av 3`, `1 (3)`), if it ends so."""
    found = _RULES["of how many"].search(text)
    return None if found is None else int(found["number"])


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """What a header or footer says of its page: its `number` and, if told, of how many (`total`). `bare` tells that no
    word and no total says that pages are counted."""

    number: int
    total: int | None = None
    bare: bool = False


def printed_number(text: str) -> PrintedNumber | None:
    """The number of a page that a header, a footer or a column of one bears: `2/5`, `Sida 3`, `- 3 -`, `Blad 2 (4)`.

    A number of how many that it exceeds, and 0, are none.
    """
    text = text.strip()
    found = _RULES["counts of how many"].match(text)
    if found is not None:
        number, total = (int(digits) for digits in found.groups() if digits is not None)
        return PrintedNumber(number, total) if 1 <= number <= total else None
    for rule in ("counts", "bare count"):
        found = _RULES[rule].match(text)
        if found is not None:
            number = int(found["number"])
            return PrintedNumber(number, bare=rule == "bare count") if number else None
    return None
