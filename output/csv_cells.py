"""Text in cells of CSV, so that no spreadsheet takes it for a formula (OWASP, CSV Injection).

A cell that begins like a formula gets an apostrophe before it. Numbers and telephone numbers are left as they are:
without a letter there is nothing in them that a spreadsheet could call.
"""

import re
import unicodedata

_SIGNS = frozenset("=+-@−")
"""What formulas begin with, in their plain form."""
_BREAKS = ("\t", "\r", "\n")
"""Some programs part cells where these stand, or skip them."""
_NUMBER = re.compile(r"[+\-−]?[0-9]++(?:[.,][0-9]++)?[eE][+\-]?[0-9]+")
_DIGITS = re.compile(r"[+\-−]?[ \u00a0(]*[0-9][0-9 \u00a0()./,:–-]*")
"""A number, a telephone number, a date, a range: one sign at most, then digits and what parts them."""
_DASHES = frozenset("+-−")


def csv_cell(text: str) -> str:
    """The text as it may stand in a cell: NUL, which many programs cannot read, is left out."""
    text = text.replace("\0", "")
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    # Blanks and signs that nobody sees are skipped, as programs do when they look for a formula.
    visible = text.lstrip().lstrip("".join({c for c in text if unicodedata.category(c)[0] in "ZC"}))
    if not visible:
        return text.startswith(_BREAKS)
    if unicodedata.normalize("NFKC", visible[0])[:1] in _SIGNS:
        plain = visible.rstrip()
        return not (plain in _DASHES or _DIGITS.fullmatch(plain) or _NUMBER.fullmatch(plain))
    return text.startswith(_BREAKS)
