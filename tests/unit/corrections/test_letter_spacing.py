"""Letter-spaced headings: what spells words keeps its first glyph, and what a document shows is learned from it."""

import random
import time
import tomllib
from pathlib import Path

import pytest

from avskrift.corrections import correct_lines
from avskrift.corrections.display_type import numbers_of, quoted
from avskrift.corrections.lexicon import STRIP

DATA = tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))
CONTEXT: list[str] = DATA["context"]


def evenly(text: str, first: str | None = None) -> str:
    """A space after each letter, so that the gaps between words are lost."""
    shown = text.translate(STRIP)
    return " ".join((first or shown[0]) + shown[1:].replace(" ", ""))


def unevenly(text: str, first: str | None = None) -> str:
    """Some letters in pairs, wide gaps between words."""
    rng = random.Random(text)
    shown = text.translate(STRIP)
    made = (first or shown[0]) + " "
    for at, sign in enumerate(shown[1:], 1):
        apart = rng.random() < 0.85 or at < 3 or not made[-1:].strip() or made[-2:-1].strip()
        made = (made.rstrip() + "   ") if sign == " " else made + sign + (" " if apart else "")
    return made.strip()


def read(*spaced: str) -> list[str]:
    return [line.text for line in correct_lines([*spaced, *CONTEXT])[: len(spaced)]]
