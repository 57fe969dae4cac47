"""What a person is told of words that are struck out on a page, whatever they were read from."""

from collections.abc import Sequence

_LONGEST = 200
"""Signs of them that are told."""


def warnings_of_struck(number: int, texts: Sequence[str]) -> tuple[str, ...]:
    """The warning of the page of that number about its struck-out `texts`; none without any."""
    if not texts:
        return ()
    text = " ".join(filter(None, texts)) or "(they cannot be read)"
    shown = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"
    return (f"page {number}: struck-out words are left out: {shown}",)
