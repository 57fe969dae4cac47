"""Bytes into text, whatever wrote them: UTF-8, older Swedish encodings, and several of them in one file."""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from avskrift.errors import EmptyInputError, UnsupportedFormatError

_OLD = {
    "Windows-1252": ("cp1252", "åäöÅÄÖéü§"),
    "DOS code page 850": ("cp850", "åäöÅÄÖéü"),
    "Mac Roman": ("mac_roman", "åäöÅÄÖéü"),
}
_TWICE = re.compile(r"[ÂÃ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â[\u20ac\u0080][\u0080-\u00bf\u0152-\u2122]")
"""UTF-8 that was read as Windows-1252 and written again: `Ã¥` for å, `â€“` for a dash."""
_SEVEN_BIT = str.maketrans("}{|][\\", "åäöÅÄÖ")


@dataclass(frozen=True, slots=True)
class Settings:
    """When bytes are taken for what."""

    fewest_seven_bit: int = 6
    """Brackets inside words, from which a text is in the seven-bit Swedish alphabet."""
    most_control: float = 0.05
    """Share of characters that mean nothing in a text, above which it is none ..."""
    checked: int = 20_000
    """... of so many at its beginning."""
    sample: int = 4096
    """Bytes at the beginning in which zeros are counted."""
    most_own_zeros: float = 0.05
    least_other_zeros: float = 0.7
    """Shares of zeros in the places of a unit that hold the letters, and in the others, as text in UTF-16 and UTF-32 of
    western languages has them."""


SETTINGS = Settings()
_WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_MARK = "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{30}}){_MARK}+")
"""More marks on one letter than any script has: to compose them costs the square of their number."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in `data`, composed (NFC), line ends as \\n, and warnings about how it had to be read.

    UTF-8, or UTF-16 and UTF-32 by their marks or by where their zeros stand; lines that are not UTF-8 are read as the
    old encoding whose Swedish letters they hold. Text that was encoded twice, or in the seven-bit Swedish alphabet
    (ISO 646-SE, `f|r` for *för*), is put right. Raises `EmptyInputError` for no text and `UnsupportedFormatError` for
    what is no text at all.
    """
    if not data.strip():
        raise EmptyInputError("the file is empty")
    warnings: list[str] = []
    if (wide := _wide(data)) is not None:
        text = _from_wide(data, wide, warnings)
    elif b"\0" in data[: SETTINGS.sample]:
        raise UnsupportedFormatError("the file holds binary data, not text")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _with_surrogates(data, warnings) or _mixed(data, warnings)
    if not text.strip("\ufeff\0 \t\r\n\f"):
        raise EmptyInputError("the file is empty")
    odd = sum(unicodedata.category(c) in ("Cc", "Cn") and c not in "\t\n\r\f" for c in text[: SETTINGS.checked])
    if odd > SETTINGS.most_control * min(len(text), SETTINGS.checked):
        raise UnsupportedFormatError("the file holds binary data, not text")
    text = _MARKS.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    text = _seven_bit(_once(text, warnings), warnings)
    return text, tuple(warnings)


def narrowed(head: bytes) -> bytes:
    """The first bytes of a file as one byte a sign where it is UTF-16 or UTF-32, for looking at ASCII in it."""
    wide = _wide(head)
    return head if wide is None else head.decode(wide, "replace").encode("latin-1", "replace")


def _wide(data: bytes) -> str | None:
    """The encoding of text in units of two or four bytes: by its mark, or because most letters have zeros in the same
    places."""
    for mark, codec in _WIDE_MARKS.items():
        if data.startswith(mark):
            return codec
    sample = data[: min(len(data) // 4 * 4, SETTINGS.sample)]
    if len(sample) < 8:
        return None
    zeros = [sample[place::4].count(0) / (len(sample) / 4) for place in range(4)]
    for codec, filled in (("utf-32-le", 0), ("utf-32-be", 3)):
        if (
            zeros[filled] < SETTINGS.most_own_zeros
            and min(zeros[:filled] + zeros[filled + 1 :]) > SETTINGS.least_other_zeros
        ):
            return codec
    for codec, filled in (("utf-16-le", 0), ("utf-16-be", 1)):
        own, other = max(zeros[filled::2]), min(zeros[1 - filled :: 2])
        if own < SETTINGS.most_own_zeros and other > SETTINGS.least_other_zeros:
            return codec
    return None


def _from_wide(data: bytes, codec: str, warnings: list[str]) -> str:
    if codec.endswith("e"):
        warnings.append(f"the text has no mark of its encoding; it was read as {codec[:6].upper()}")
    return data.decode(codec, "replace").removeprefix("\ufeff")


def _with_surrogates(data: bytes, warnings: list[str]) -> str | None:
    """UTF-8 with halves of surrogate pairs, as some programs write; complete pairs become their character. None for
    anything else."""
    try:
        text = data.decode("utf-8", "surrogatepass").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if lost := joined.count("\ufffd") - text.count("\ufffd"):
        noun = "sign is" if lost == 1 else "signs are"
        warnings.append(f"{lost:,} {noun} half of a surrogate pair and cannot be read")
    return joined


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
            decoded = match.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match.group()
        changed += 1
        return decoded

    decoded_once = _TWICE.sub(again, text)
    if changed:
        warnings.append(f"{changed} signs had been encoded twice (such as Ã¥ for å) and were put right")
    return decoded_once


def _seven_bit(text: str, warnings: list[str]) -> str:
    """`text` with the brackets of the seven-bit Swedish alphabet as the letters that they stand for."""
    inside = re.compile(r"(?<=[A-Za-z}{|])[}{|](?=[a-z}{|])|(?<!\S)[}{|](?=[a-z]{2})|(?<=[a-z])[}{|](?=[\s.,])")
    if re.search(r"[åäöÅÄÖ]", text) or len(inside.findall(text)) < SETTINGS.fewest_seven_bit:
        return text
    words = re.sub(
        r"(?<![^\s\"(])[}{|\]\[\\A-Za-z]+(?![^\s.,;:!?\")])", lambda m: m.group().translate(_SEVEN_BIT), text
    )
    warnings.append("the text is in the seven-bit Swedish alphabet; }{|][\\ were read as åäöÅÄÖ")
    return words
