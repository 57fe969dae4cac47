"""Swedish organisation numbers and their check digit."""

import re

PATTERN = re.compile(r"(?<![\d-])(?P<first>\d{6})\s?[-–—]?\s?(?P<last>\d{4})(?![\d-])")

_LIKE_ONE = re.compile(
    r"(?<![\d./-])(?!0)(?P<bare>\d{5,7}[-–]\d{3,5})(?![\d-])"
    r"|\borg(?:anisations)?\.?\s?-?(?:nr|nummer)\.?:?\s?(?P<labelled>\d[\d –-]{4,12}\d)",
    re.IGNORECASE,
)
"""What is written as an organisation number, or after a label for one, whatever its digits."""


def malformed_in(text: str) -> list[str]:
    """What stands in the place of an organisation number and has other digits than one: 21200-0001, org.nr 2120000."""
    found = (match["bare"] or match["labelled"] for match in _LIKE_ONE.finditer(text))
    return [number for number in found if not PATTERN.match(number)]


def is_valid(number: str) -> bool:
    """Whether the ten digits of `number` end in the check digit that they ask for.

    The digits are weighed 2, 1, 2, 1 ... from the left, the digits of the products added, and the sum must be
    a multiple of ten (Luhn; Skatteverket, SKV 709).
    """
    digits = [int(c) for c in number if c.isdigit()]
    if len(digits) != 10:
        return False
    products = [d * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits)]
    return sum(p // 10 + p % 10 for p in products) % 10 == 0


def normal_form(match: re.Match[str]) -> str:
    """NNNNNN-NNNN of a match of PATTERN."""
    return f"{match['first']}-{match['last']}"
