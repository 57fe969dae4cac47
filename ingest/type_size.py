"""The size of type from the height of a word's box."""

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
