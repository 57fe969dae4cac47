"""Whether the text layer of a PDF page can be trusted.

A layer is trusted when it reads as Swedish: letters follow each other as in Swedish, å ä ö are there, and it is not
the invisible leaving of an old OCR that lacks any of this.
"""

import re
from dataclasses import dataclass

from avskrift.ingest.text_layer.letter_statistics import bigram_cross_entropy
from avskrift.language.languages import words_everywhere


@dataclass(frozen=True, slots=True)
class Settings:
    """What a text layer must be like. Costs are those of `bigram_cross_entropy`, in nats."""

    fewest_letters: int = 40
    """A page of fewer has no text worth judging."""
    pictured_share: float = 0.4
    """Share of a page under pictures from which it may be a scan."""
    most_unmapped: float = 0.02
    most_replaced: float = 0.01
    """Shares of characters that are glyphs without a meaning (`(cid:17)`), and U+FFFD."""
    most_single_letters: float = 0.5
    """Share of a page's letters that stand by themselves, as those of a text on its side do; in running text 0.01."""
    most_cost: float = 3.6
    """Mean cost of a letter above which text is no words; Swedish has 2.4 to 2.6, English 3.3."""
    most_cost_of_old_ocr: float = 2.9
    """The same for an invisible text over a picture."""
    run_length: int = 60
    run_cost: float = 4.6
    most_costly_runs: float = 0.06
    """A run of `run_length` characters that costs `run_cost` is no words; of a page's runs this share may be so (names,
    formulas), and one in any case."""
    enough_letters_for_marks: int = 250
    least_marks: float = 0.012
    """Share of letters that are å ä ö below which Swedish has lost them; sound texts have 0.05."""
    least_small_words: float = 0.08
    """Share of words that are common small words, above which a text is Swedish."""


SETTINGS = Settings()

_UNMAPPED = "(cid:"
_LENGTH_OF_UNMAPPED = 6


@dataclass(frozen=True, slots=True)
class TextLayerQuality:
    """Whether a text layer is trusted, and why not."""

    trusted: bool
    reason: str = ""


def quality_of_layer(text: str, *, invisible: bool, picture_share: float) -> TextLayerQuality:
    """The quality of a page's text layer, `text`.

    `invisible` means that the text is not drawn; `picture_share` is how much of the page pictures cover (0 to 1).
    """
    letters = [c for c in text if c.isalpha()]
    pictured = picture_share > SETTINGS.pictured_share
    if len(letters) < SETTINGS.fewest_letters:
        return TextLayerQuality(
            not pictured and bool(letters), "hardly any text over a picture" if pictured else "no text"
        )
    cost = bigram_cross_entropy(text)
    marks = sum(c in "åäöÅÄÖ" for c in letters) / len(letters)
    poor = marks < 2 * SETTINGS.least_marks or cost > SETTINGS.most_cost_of_old_ocr
    reasons = {
        "signs without a meaning": _lacks_meaning(text),
        "the words are single letters": _count_single_letters(text) > SETTINGS.most_single_letters * len(letters),
        "the words are no words": cost > SETTINGS.most_cost,
        "some of the words are no words": _holds_rubbish(text),
        "å ä ö are lost": len(letters) >= SETTINGS.enough_letters_for_marks
        and marks < SETTINGS.least_marks
        and _is_swedish(text),
        "a poor old reading under the picture": invisible and pictured and poor,
    }
    reason = next((reason for reason, holds in reasons.items() if holds), None)
    return TextLayerQuality(reason is None, reason or "")


def _lacks_meaning(text: str) -> bool:
    unmapped = text.count(_UNMAPPED) * _LENGTH_OF_UNMAPPED
    return unmapped > SETTINGS.most_unmapped * len(text) or text.count("\ufffd") > SETTINGS.most_replaced * len(text)


def _count_single_letters(text: str) -> int:
    return sum(len(word) == 1 and word.isalpha() for word in text.split())


def _holds_rubbish(text: str) -> bool:
    """Whether several runs of the text are no words, though the text as such may be."""
    length = SETTINGS.run_length
    runs = [text[i : i + length] for i in range(0, len(text), length)]
    worded = [run for run in runs if sum(c.isalpha() for c in run) > length / 2]
    costly = sum(bigram_cross_entropy(run) > SETTINGS.run_cost for run in worded)
    return costly > max(1.0, SETTINGS.most_costly_runs * len(worded))


def _is_swedish(text: str) -> bool:
    """Whether common small words of Swedish stand in the text, marks aside."""
    words = re.findall(r"[a-zåäö]+", text.lower())
    small = words_everywhere()
    return sum(word in small for word in words) > SETTINGS.least_small_words * max(1, len(words))
