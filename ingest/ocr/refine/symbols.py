"""A second look at words that may hold a sign which the Swedish data lack: `§ % @`.

Printed lines that look as if one was misread (`25 94`, `kap. 5 8`, `anna.berg polisen.se`) are cut out of the picture
and read once more with data that have the signs. Only words with such a sign are taken from that reading, and only
where the first reading shows what such a sign is misread as; all other words stay as they were read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.ocr.refine.line_crops import Look, read_strips
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

SIGNS = "§%@"
_BY = "second look"
_MARGIN = 8
"""Pixels kept around a line that is cut out."""
_NUMBER = re.compile(r"\(?\d{1,3}(?:[.,]\d+)?")
_PERCENT = re.compile(r"(?:[\doO]{1,3}|[o0]/[o0]|9/[o0]|[YX?]o|[A-Z&])[.,;:)]*")
_RUN_ON = re.compile(r"(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d+)?(?:9[0-9o]|[o0]/[o0])[.,;:)]*")
_SECTION = re.compile(r"[8$£S&5sg3960B]{1,2}[.,;:)]?|\d{1,3}[$£S&§8]|[$£S&8]\d{1,3}[.,]?")
_STATUTE = re.compile(
    r"kap\.?|\w*(?:lag(?:en)?|balk(?:en)?|förordning(?:en)?|stadga(?:n)?)|stycket|paragraf(?:en)?", re.I
)
_DOMAIN = re.compile(r"(?<!www\.)\b[\w-]{1,63}\.(?:se|com|org|nu|net|eu|example)\b", re.I)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}")
_MISREAD = {
    "%": re.compile(r"(?:[\doO]{1,3}|[oO0]/[oO0]|9/[oO0]|[YX?]o|[A-Z]|&)?[.,;:)]*"),
    "§": re.compile(r"[8$£S&5sg3960B]{0,2}[.,;:)]*"),
}
_LIKE_A_SECTION = "835690"
"""Figures that `§` is read as."""
_SURE = 0.4
"""The confidence below which the second look is not believed."""
_ALIKE = 62
"""How alike (0 to 100) both readings of an address must be."""


def seen_again(picture: Grey, seen: Sequence[OcrWord], look: Look) -> list[OcrWord]:
    """The words with the signs that a second look shows, as `printed`; `look` reads a picture that is cut out."""
    lines = [line for line in _lines(seen) if _suspect([w.text for w in line])]
    if not lines:
        return list(seen)
    boxes = [_around(picture, line) for line in lines]
    readings = read_strips([cut(picture, *box) for box in boxes], look)
    found = list(seen)
    for (x0, top, _, _), words in zip(boxes, readings, strict=True):
        for word in words:
            if word.confidence >= _SURE and any(sign in word.text for sign in SIGNS):
                at = replace(word, box=word.box.moved(x0, top))
                found = _merged(found, at)
    return found


def _lines(seen: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """The words by printed line, as the engine gave them: a word that begins left of the one before begins a line."""
    lines: list[list[OcrWord]] = []
    for word in seen:
        last = lines[-1][-1] if lines else None
        if last is not None and word.x0 > last.x0 and min(word.bottom, last.bottom) > max(word.top, last.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _suspect(words: Sequence[str]) -> bool:
    """Whether a line may hold a sign that was misread."""
    line = " ".join(words)
    if _DOMAIN.search(line) and "@" not in line and not re.search(r"https?:|www\.", line):
        return True
    if len(words) > 1 and re.fullmatch(r"\d{1,3}", words[0]) and words[1][:1].isupper():
        return True  # the sign of a numbered section may have been lost
    if len(words) <= 2 and re.fullmatch(r"[$£&§]\s?\d{1,3}", line):
        return True  # a section that stands alone, as in minutes
    statute = any(_STATUTE.fullmatch(w.strip(".,;:()")) for w in words)
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if _RUN_ON.fullmatch(word):
            return True
        if _NUMBER.fullmatch(before) and _PERCENT.fullmatch(word) and not after[:1].isdigit():
            return True
        if statute and _NUMBER.fullmatch(word) and _STATUTE.fullmatch(after.strip(".,;:()")):
            return True
        beside = _NUMBER.fullmatch(before) or re.fullmatch(r"[a-f]", before) or _NUMBER.fullmatch(after)
        if _SECTION.fullmatch(word) and (statute or (beside and (at == 0 or not word[0].isdigit()))):
            return True
    return False


def _around(picture: Grey, line: Sequence[OcrWord]) -> tuple[int, int, int, int]:
    """What is cut out for a line, in pixels: x0, top, x1, bottom."""
    height, width = picture.shape[:2]
    return (
        max(0, int(min(w.x0 for w in line)) - 8 * _MARGIN),  # a sign at the head of the line may have been lost
        max(0, int(min(w.top for w in line)) - _MARGIN),
        min(width, int(max(w.x1 for w in line)) + 3 * _MARGIN),
        min(height, int(max(w.bottom for w in line)) + _MARGIN),
    )


def _merged(seen: list[OcrWord], other: OcrWord) -> list[OcrWord]:
    """The words with what `other` shows of its sign; unchanged where the first reading speaks against it."""
    places = [at for at, word in enumerate(seen) if _covers(word, other)]
    if not places and other.text == "§":
        return _beside_number(seen, other)
    if not places or places != list(range(places[0], places[-1] + 1)) or any(seen[at].corrected for at in places):
        return seen
    words = [seen[at] for at in places]
    if "@" in other.text:
        address = _ADDRESS.search(other.text)
        read = "".join(w.text for w in words)
        if address is None or fuzz.ratio(read.lower(), other.text.lower()) < _ALIKE:
            return seen
        return [*seen[: places[0]], _joined(words, other.text, other.confidence), *seen[places[-1] + 1 :]]
    sign = next(s for s in other.text if s in SIGNS)
    before, after = other.text.split(sign, 1)
    if len(words) == 1 and other.text == "§" and re.fullmatch(r"\d{2,4}", words[0].text):
        printed = _as_last_figure(words[0], other)
    elif len(words) == 1:
        printed = _with_sign(words[0].text, before, sign, after)
    elif len(words) == 2 and before and not after.strip(".,;:)"):
        words, places = words[1:], places[1:]
        printed = _with_sign(words[0].text, "", sign, after)
    elif len(words) == 2 and after and not before:
        words, places = words[:1], places[:1]
        printed = _with_sign(words[0].text, "", sign, "")
    else:
        return seen
    following = seen[places[0] + 1] if places[0] + 1 < len(seen) else None
    counted = sign == "%" and following is not None and following.x0 > words[0].x1 and following.text[:1].isdigit()
    if printed is None or counted:  # a number in groups goes on
        return seen
    seen = list(seen)
    seen[places[0]] = replace(
        words[0], corrected=printed, corrected_by=_BY, confidence=min(words[0].confidence, other.confidence)
    )
    return seen


def _as_last_figure(number: OcrWord, sign: OcrWord) -> str | None:
    """`48 §` where the first reading has `488`: the sign stands where the number's last figure is; None elsewhere."""
    wide = (number.x1 - number.x0) / len(number.text)
    if number.text[-1] not in _LIKE_A_SECTION or sign.x0 < number.x1 - 1.7 * wide or sign.x1 < number.x1 - 0.4 * wide:
        return None
    return f"{number.text[:-1]} §"


def _beside_number(seen: list[OcrWord], sign: OcrWord) -> list[OcrWord]:
    """The words with a section sign beside the number it stands with, where the first reading lost the sign."""
    near = 1.5 * (sign.bottom - sign.top)
    for at, word in enumerate(seen):
        if min(word.bottom, sign.bottom) <= max(word.top, sign.top) or word.corrected:
            continue
        if 0 <= sign.x0 - word.x1 < near and re.fullmatch(r"\d{1,3}|[a-f]", word.text):
            return [*seen[:at], replace(word, corrected=f"{word.text} §", corrected_by=_BY), *seen[at + 1 :]]
        first = at == 0 or seen[at - 1].x0 >= word.x0
        if first and 0 <= word.x0 - sign.x1 < near and re.fullmatch(r"\d{1,3}", word.text):
            return [*seen[:at], replace(word, corrected=f"§ {word.text}", corrected_by=_BY), *seen[at + 1 :]]
    return seen


def _with_sign(read: str, before: str, sign: str, after: str) -> str | None:
    """What a word was printed as that a second look reads as before + sign + after; None if it cannot be."""
    if not read.startswith(before):
        return None
    rest = read[len(before) :]
    tail = after.rstrip(".,;:)")
    if tail and not rest.rstrip(".,;:)").endswith(tail):
        return None
    stem = rest.rstrip(".,;:)")
    middle = stem[: len(stem) - len(tail)] if tail else stem
    if not _MISREAD[sign].fullmatch(middle):
        return None
    return before + sign + tail + rest[len(stem) :]


def _joined(words: Sequence[OcrWord], printed: str, confidence: float) -> OcrWord:
    """Several words of the first reading as one."""
    return OcrWord(
        " ".join(w.text for w in words),
        BoundingBox.enclosing(w.box for w in words),
        min(confidence, *(w.confidence for w in words)) if len(words) > 1 else confidence,
        words[0].line,
        printed,
        _BY,
    )


def _covers(word: OcrWord, other: OcrWord) -> bool:
    """Whether most of `word` lies under `other`, or the reverse."""
    wide = min(word.x1, other.x1) - max(word.x0, other.x0)
    tall = min(word.bottom, other.bottom) - max(word.top, other.top)
    return tall > 0 and wide > 0.5 * min(word.x1 - word.x0, other.x1 - other.x0)
