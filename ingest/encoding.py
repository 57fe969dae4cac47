"""Bytes into text, whatever wrote them: UTF-8, older Swedish encodings, and several of them in one file."""

import re
import unicodedata
from collections import Counter

from avskrift.errors import EmptyInputError, UnsupportedFormatError

_OLD = {
    "Windows-1252": ("cp1252", "åäöÅÄÖéü§"),
    "DOS code page 850": ("cp850", "åäöÅÄÖéü"),
    "Mac Roman": ("mac_roman", "åäöÅÄÖéü"),
}
_TWICE = re.compile(r"[ÂÃ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â[\u20ac\u0080][\u0080-\u00bf\u0152-\u2122]")
"""UTF-8 that was read as Windows-1252 and written again: `Ã¥` for å, `â€“` for a dash."""
_SEVEN_BIT = str.maketrans("}{|][\\", "åäöÅÄÖ")
_FEWEST_SEVEN_BIT = 6
_ODD = 0.05


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in `data`, composed (NFC), line ends as \\n, and warnings about how it had to be read.

    UTF-8, or UTF-16 by its mark; lines that are not UTF-8 are read as the old encoding whose Swedish letters they
    hold. Text that was encoded twice, or in the seven-bit Swedish alphabet (ISO 646-SE, `f|r` for *för*), is put
    right. Raises `EmptyInputError` for no text and `UnsupportedFormatError` for what is no text at all.
    """
    if not data.strip():
        raise EmptyInputError("the file is empty")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data[:4096] and not wide:
        raise UnsupportedFormatError("the file holds binary data, not text")
    warnings: list[str] = []
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-16", "replace") if wide else _mixed(data, warnings)
    odd = sum(unicodedata.category(c) in ("Cc", "Cn") and c not in "\t\n\r\f" for c in text[:20000])
    if odd > _ODD * min(len(text), 20000):
        raise UnsupportedFormatError("the file holds binary data, not text")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _seven_bit(_once(text, warnings), warnings)
    return text, tuple(warnings)


def _mixed(data: bytes, warnings: list[str]) -> str:
    """Each line as UTF-8 if it is, else in the old encoding that fits the lines that are not."""
    rows = re.split(rb"(?<=\n)", data.removeprefix(b"\xef\xbb\xbf"))
    read: list[str | None] = []
    for row in rows:
        try:
            read.append(row.decode("utf-8"))
        except UnicodeDecodeError:
            read.append(None)
    others = [number for number, text in enumerate(read) if text is None]
    name = _fitting(b"".join(rows[n] for n in others))
    marked = any(text is not None and not text.isascii() for text in read)
    if marked:
        few = ", ".join(str(n + 1) for n in others[:5])
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        noun = "line" if len(others) == 1 else "lines"
        warnings.append(f"the text mixes encodings: {noun} {few}{more} read as {name}, the rest as UTF-8")
    else:
        warnings.append(f"the text is not UTF-8; it was read as {name}")
    codec = _OLD[name][0]
    return "".join(
        text if text is not None else row.decode(codec, "replace") for row, text in zip(rows, read, strict=True)
    )


def _fitting(data: bytes) -> str:
    """The old encoding in which most of the high bytes are Swedish letters."""
    high = Counter(data)
    counted = {name: sum(high[b] for b in letters.encode(codec)) for name, (codec, letters) in _OLD.items()}
    return max(counted, key=lambda name: counted[name])


def _once(text: str, warnings: list[str]) -> str:
    """`text` with what was encoded twice decoded once more."""
    changed = 0

    def again(match: re.Match[str]) -> str:
        nonlocal changed
        try:
            told = match.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match.group()
        changed += 1
        return told

    mended = _TWICE.sub(again, text)
    if changed:
        warnings.append(f"{changed} signs had been encoded twice (such as Ã¥ for å) and were put right")
    return mended


def _seven_bit(text: str, warnings: list[str]) -> str:
    """`text` with the brackets of the seven-bit Swedish alphabet as the letters that they stand for."""
    inside = re.compile(r"(?<=[A-Za-z}{|])[}{|](?=[a-z}{|])|(?<!\S)[}{|](?=[a-z]{2})|(?<=[a-z])[}{|](?=[\s.,])")
    if re.search(r"[åäöÅÄÖ]", text) or len(inside.findall(text)) < _FEWEST_SEVEN_BIT:
        return text
    words = re.sub(
        r"(?<![^\s\"(])[}{|\]\[\\A-Za-z]+(?![^\s.,;:!?\")])", lambda m: m.group().translate(_SEVEN_BIT), text
    )
    warnings.append("the text is in the seven-bit Swedish alphabet; }{|][\\ were read as åäöÅÄÖ")
    return words
