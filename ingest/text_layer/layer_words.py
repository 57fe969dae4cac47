"""The words of a page's text layer with the places of their letters in it, for whatever asks more of them than their
text: whether they can be seen, whether they are struck out."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from avskrift.ingest.text_layer.page_geometry import StoredBox

_WORD = re.compile(r"[^\s\x00-\x1f]+")


class LayerWord(NamedTuple):
    """A word, its stored box, and the place of its first sign in the layer."""

    text: str
    box: StoredBox
    first: int


def words_of_layer(layer: Any) -> Iterator[LayerWord]:
    """Each word of a layer (a pypdfium2 text page), in its order."""
    import pypdfium2.raw as pdfium

    count = layer.count_chars()
    text = layer.get_text_range()
    if len(text) != count:  # signs outside the basic plane
        text = "".join(chr(pdfium.FPDFText_GetUnicode(layer, n)) for n in range(count))
    rect = pdfium.FS_RECTF()
    for match in _WORD.finditer(text):
        edges = []
        for index in (match.start(), match.end() - 1):
            if pdfium.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(rect)):
                edges.append((rect.left, rect.bottom, rect.right, rect.top))
        if edges:
            lefts, bottoms, rights, tops = zip(*edges, strict=True)
            yield LayerWord(match.group(), (min(lefts), min(bottoms), max(rights), max(tops)), match.start())
