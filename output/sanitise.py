"""Text of documents and names of files without signs that steer what shows them."""

import re

_STEERING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)
"""Control signs but line feed and tab, marks that turn the direction of writing, what XML and UTF-8 cannot hold."""


def sanitised(text: str) -> str:
    """The text with a replacement sign for each steering one: terminals, XML and file encodings take it as it is."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


_CONTROLS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")


def without_controls(text: str) -> str:
    """The text with a replacement sign for each control sign, and for what XML and UTF-8 cannot hold; marks that turn
    the direction of writing stay, for a page that keeps them within the words that hold them."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
