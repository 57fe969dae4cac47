"""The size of type, and the line it stands on, from a word's box."""

_UP = frozenset("bdfhkltåäöij!?()/§%@&|”“\"'")
_DOWN = frozenset("gjpqy,;()/|@")
_MARKED = frozenset("ÅÄÖÉÜ")


def type_size(text: str, height: float) -> float:
    """The type size of a word whose box is `height` high, in the same unit.

    Letters without a stroke up or down show half of the size (x-height), capitals and strokes up three quarters,
    strokes down a fifth more; marks over capitals stand higher still.
    """
    marked = any(c in _MARKED for c in text)
    up = any(c.isupper() or c.isdigit() or c in _UP for c in text)
    down = any(c in _DOWN for c in text)
    share = (1.13 if down else 0.92) if marked else 0.95 if up and down else 0.74 if up else 0.72 if down else 0.5
    return height / share


def foot_of(text: str, bottom: float, size: float) -> float:
    """Where the letters of a word stand whose box ends at `bottom`: strokes down reach a fifth of the size lower."""
    return bottom - (0.21 * size if any(c in "gjpqy,;()" for c in text) else 0.0)
