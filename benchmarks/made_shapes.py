"""Texts of one shape and any length: what costs a program the square of a text's length, if anything does."""

import random
from collections.abc import Callable

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_DAMAGED = (
    "Parterna ar overens om att arbeta langsiktigt for okad trygghet, battre miljo och farre brott pa omradet.\n"
    "Kornmunen och polisen foljer upp atgarderna och sarnverkan utvarderas arligen av styrgruppens ledarnoter.\n"
)
_PROSE = "Parterna ska samverka för att minska brott i området. "


def _times(piece: str) -> Callable[[int], str]:
    return lambda signs: piece * max(1, signs // len(piece))


def _numbered(piece: str) -> Callable[[int], str]:
    return lambda signs: "".join(piece.replace("#", str(n)) for n in range(1, max(2, signs // len(piece))))


def _random_letters(signs: int) -> str:
    return "".join(random.Random(1).choices(_LETTERS, k=signs))


SHAPES: dict[str, Callable[[int], str]] = {
    "one sign": _times("x"),
    "capitals": _times("A"),
    "digits": _times("1"),
    "full stops": _times("."),
    "underscores": _times("_"),
    "quotes": _times('"'),
    "brackets": _times("("),
    "random letters": _random_letters,
    "spaces": lambda signs: f"a{' ' * signs}b",
    "tabs": lambda signs: "a" + "\t" * signs + "b",
    "combining marks": lambda signs: "a" + "\u0301" * signs,
    "letters with marks": _times("a\u0308"),
    "hyphens": _times("a-"),
    "dotted": _times("1."),
    "slashes": _times("1/"),
    "address run": _times("a.b-"),
    "capital words": _times("Vikbo "),
    "brackets apart": _times("( "),
    "quotes apart": _times('" '),
    "letter-spaced": _times("a b "),
    "letter-spaced capitals": _times("A B "),
    "one long line": _times(_PROSE),
    "references": _times("enligt bilaga 1 och avsnitt 2, "),
    "cells of one row": _times("cell   "),
    "lines of one letter": _times("A\n"),
    "lines of one digit": _times("1\n"),
    "blank lines": _times("\n"),
    "equal headings": _times("1. Bakgrund\n\n"),
    "headings": _numbered("#. Rubrik #\n\nText om något.\n\n"),
    "items": _times("- Parterna ska samverka\n"),
    "items ending in commas": _times("brott,\n"),
    "signatures": _times("______________\nAnna Andersson\nKommunchef\n\n"),
    "phones": _times("Tel 012-345 67 89\n"),
    "addresses": _times("anna.andersson@vikbo.example\n"),
    "dates": _times("2019-01-01\n"),
    "organisation numbers": _times("212000-1234\n"),
    "diary numbers": _times("Dnr 2019/123\n"),
    "rows": _times("Mål   Aktivitet   Ansvarig\n"),
    "annexes": _numbered("Bilaga #\n\nText\n\n"),
    "groups": _numbered("Styrgrupp #\nGruppen leds av kommunchefen.\n\n"),
    "damaged lines": _times(_DAMAGED),
}
"""A text of about so many signs, by the name of its shape."""


def damaged(text: str) -> str:
    """The text after lines that show damage, so that nothing of it is taken for whole."""
    return _DAMAGED * max(10, len(text) // 2_000) + text
