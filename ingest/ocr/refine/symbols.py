"""A second look at words that may hold a symbol which the Swedish data lack: `§ % @`.

Printed lines that look as if one was misread (`25 94`, `kap. 5 8`, `anna.berg polisen.se`) are cut out of the picture
and read once more with data that have the symbols. Only words with such a symbol are taken from that reading, and only
where the first reading shows what such a symbol is misread as; all other words stay as they were read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rapidfuzz import fuzz

from avskrift.ingest.ocr.refine.line_crops import read_boxes
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.language.confusions import single_readings
from avskrift.language.phrases import phrase
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is read again, and when the second look is believed."""

    margin: int = 8  # pixels around a line that is cut out,
    before_line: int = 8  # so many times before it, where a symbol may have been lost,
    after_line: int = 3  # and after it
    confident: float = 0.4  # confidence from which the second look is believed
    alike: float = 62.0  # likeness (0 to 100) of both readings of an address
    covered: float = 0.5  # share of the narrower of two words that lie over each other
    beside: float = 1.5  # heights of a section sign between it and its number at most
    last_digit: tuple[float, float] = (1.7, 0.4)  # digits before the end of a number that a `§` begins and ends


SETTINGS = Settings()
SYMBOLS = frozenset("§%@")
RULE = "second look"
_STOPS = ".,;:)"
_NUMBER = re.compile(r"\(?\d{1,3}(?:[.,]\d+)?")
_PERCENT = re.compile(r"(?:[\doO]{1,3}|[o0]/[o0]|9/[o0]|[YX?]o|[A-Z&])[.,;:)]*")
_RUN_ON = re.compile(r"(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d+)?(?:9[0-9o]|[o0]/[o0])[.,;:)]*")
_READ_FOR_SECTION = single_readings("§")
_SECTION = re.compile(rf"[{_READ_FOR_SECTION}]{{1,2}}[.,;:)]?|\d{{1,3}}[$£S&§8]|[$£S&8]\d{{1,3}}[.,]?")
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}")
_MISREAD = {
    "%": re.compile(r"(?:[\doO]{1,3}|[oO0]/[oO0]|9/[oO0]|[YX?]o|[A-Z]|&)?[.,;:)]*"),
    "§": re.compile(rf"[{_READ_FOR_SECTION}]{{0,2}}[.,;:)]*"),
}
_LIKE_A_SECTION = "".join(sign for sign in _READ_FOR_SECTION if sign.isdigit())
"""Digits that `§` is read as."""


def correct_symbols(page: OcrPage, text: PageText) -> PageText:
    """Corrects words in which a second look shows a symbol."""
    lines = [line for line in _lines(text.words) if _may_hold_symbol([w.text for w in line])]
    words = list(text.words)
    readings = read_boxes(page.image, [_around(line) for line in lines], page.read_symbols)
    for word in chain.from_iterable(readings):
        if word.confidence >= SETTINGS.confident and SYMBOLS & set(word.text):
            words = _with_symbol(words, word)
    return text.with_words(words)


def _lines(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """The words by printed line, as the engine gave them: a word that begins left of the one before begins a line."""
    lines: list[list[OcrWord]] = []
    for word in words:
        last = lines[-1][-1].box if lines else None
        if last is not None and word.box.x0 > last.x0 and last.shared_height(word.box) > 0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _around(line: Sequence[OcrWord]) -> BoundingBox:
    """What is cut out for a line: a symbol at its head may have been lost."""
    margin = SETTINGS.margin
    box = BoundingBox.enclosing(w.box for w in line)
    return box.grown(SETTINGS.before_line * margin, margin, SETTINGS.after_line * margin, margin)


def _may_hold_symbol(words: Sequence[str]) -> bool:
    """Whether a line may hold a symbol that was misread."""
    line = " ".join(words)
    lost_at_sign = phrase("web address").search(line) and "@" not in line and not re.search(r"https?:|www\.", line)
    if lost_at_sign or _may_be_numbered_section(words, line):
        return True
    statute = any(_is_statute(word) for word in words)
    neighbours = zip(["", *words], words, [*words[1:], ""], strict=False)
    return any(_may_be_symbol(*three, statute=statute) for three in neighbours)


def _may_be_numbered_section(words: Sequence[str], line: str) -> bool:
    """Whether a line begins with a section's number, whose sign may have been lost, or is one, as in minutes."""
    if len(words) <= 2 and re.fullmatch(r"[$£&§]\s?\d{1,3}", line):
        return True
    return len(words) > 1 and re.fullmatch(r"\d{1,3}", words[0]) is not None and words[1][:1].isupper()


def _is_statute(word: str) -> bool:
    return phrase("statute").match(word.strip(".,;:()")) is not None


def _may_be_symbol(before: str, word: str, after: str, *, statute: bool) -> bool:
    """Whether a word between its neighbours may be or hold a symbol; `statute` tells that its line names a statute."""
    percent = _NUMBER.fullmatch(before) and _PERCENT.fullmatch(word) and not after[:1].isdigit()
    section = statute and _NUMBER.fullmatch(word) and _is_statute(after)
    if _RUN_ON.fullmatch(word) or percent or section:
        return True
    return _SECTION.fullmatch(word) is not None and (statute or _is_numbered(before, word, after))


def _is_numbered(before: str, word: str, after: str) -> bool:
    """Whether what may be a section sign stands beside a number or the letter of a paragraph."""
    beside = _NUMBER.fullmatch(before) or re.fullmatch(r"[a-f]", before) or _NUMBER.fullmatch(after)
    return beside is not None and not (before and word[:1].isdigit())


def _with_symbol(words: list[OcrWord], other: OcrWord) -> list[OcrWord]:
    """The words with what `other` shows of its symbol; unchanged where the first reading speaks against it."""
    places = [place for place, word in enumerate(words) if _covers(word, other)]
    if not places:
        return _beside_number(words, other) if other.text == "§" else words
    first, last = places[0], places[-1]
    if len(places) != last - first + 1 or any(words[place].corrected for place in places):
        return words
    if "@" in other.text:
        address = _as_address(words[first : last + 1], other)
        return words if address is None else [*words[:first], address, *words[last + 1 :]]
    found = _symbol_at(words, first, last, other)
    if found is None:
        return words
    place, text = found
    confidence = min(words[place].confidence, other.confidence)
    word = replace(words[place].with_correction(text, RULE), confidence=confidence)
    return [*words[:place], word, *words[place + 1 :]]


def _covers(word: OcrWord, other: OcrWord) -> bool:
    """Whether most of `word` lies under `other`, or the reverse."""
    shared = word.box.shared_width(other.box)
    narrower = min(word.box.width, other.box.width)
    return word.box.shared_height(other.box) > 0 and shared > SETTINGS.covered * narrower


def _as_address(words: Sequence[OcrWord], other: OcrWord) -> OcrWord | None:
    """Several words of the first reading as one, corrected to an e-mail address; None where they are none."""
    read = "".join(w.text for w in words)
    if _ADDRESS.search(other.text) is None or fuzz.ratio(read.lower(), other.text.lower()) < SETTINGS.alike:
        return None
    confidence = other.confidence if len(words) == 1 else min(other.confidence, *(w.confidence for w in words))
    box = BoundingBox.enclosing(w.box for w in words)
    return OcrWord(" ".join(w.text for w in words), box, confidence, words[0].line, other.text, RULE)


def _symbol_at(words: Sequence[OcrWord], first: int, last: int, other: OcrWord) -> tuple[int, str] | None:
    """The place of the word that holds the symbol in `other`, which lies over the words from `first` to `last`, and
    what that word is corrected to; None where it cannot be."""
    symbol = next(c for c in other.text if c in SYMBOLS)
    before, after = other.text.split(symbol, 1)
    text, place = None, first
    if first == last:
        is_number = other.text == "§" and re.fullmatch(r"\d{2,4}", words[first].text)
        text = _as_last_digit(words[first], other) if is_number else _inserted(words[first].text, before, symbol, after)
    elif last == first + 1 and before and not after.strip(_STOPS):
        text, place = _inserted(words[last].text, "", symbol, after), last
    elif last == first + 1 and after and not before:
        text = _inserted(words[first].text, "", symbol, "")
    return None if text is None or (symbol == "%" and _number_goes_on(words, place)) else (place, text)


def _number_goes_on(words: Sequence[OcrWord], place: int) -> bool:
    """Whether a word is followed by digits on its line: a number in groups goes on, and is no percentage."""
    following = words[place + 1] if place + 1 < len(words) else None
    return following is not None and following.box.x0 > words[place].box.x1 and following.text[:1].isdigit()


def _as_last_digit(number: OcrWord, sign: OcrWord) -> str | None:
    """`48 §` where the first reading has `488`: the sign stands where the number's last digit is; None elsewhere."""
    digit = number.box.width / len(number.text)
    begins, ends = (number.box.x1 - digits * digit for digits in SETTINGS.last_digit)
    if number.text[-1] not in _LIKE_A_SECTION or sign.box.x0 < begins or sign.box.x1 < ends:
        return None
    return f"{number.text[:-1]} §"


def _beside_number(words: list[OcrWord], sign: OcrWord) -> list[OcrWord]:
    """The words with a section sign beside the number it stands with, where the first reading lost the sign."""
    for place, word in enumerate(words):
        begins_line = place == 0 or words[place - 1].box.x0 >= word.box.x0
        text = _with_section_sign(word, sign.box, begins_line=begins_line)
        if text and not word.corrected:
            return [*words[:place], word.with_correction(text, RULE), *words[place + 1 :]]
    return words


def _with_section_sign(number: OcrWord, sign: BoundingBox, *, begins_line: bool) -> str:
    """A number with the section sign that stands right after it or, at the head of a line, right before it; empty where
    none does."""
    near = SETTINGS.beside * sign.height
    if number.box.shared_height(sign) <= 0:
        return ""
    if 0 <= sign.x0 - number.box.x1 < near and re.fullmatch(r"\d{1,3}|[a-f]", number.text):
        return f"{number.text} §"
    before = begins_line and 0 <= number.box.x0 - sign.x1 < near
    return f"§ {number.text}" if before and re.fullmatch(r"\d{1,3}", number.text) else ""


def _inserted(read: str, before: str, symbol: str, after: str) -> str | None:
    """What a word reads with a symbol in place of its misreading, which a second look reads as before + symbol + after;
    None if it cannot be."""
    if not read.startswith(before):
        return None
    rest = read[len(before) :]
    tail = after.rstrip(_STOPS)
    stem = rest.rstrip(_STOPS)
    if not stem.endswith(tail) or not _MISREAD[symbol].fullmatch(stem[: len(stem) - len(tail)]):
        return None
    return before + symbol + tail + rest[len(stem) :]
