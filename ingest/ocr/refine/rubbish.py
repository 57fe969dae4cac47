"""What an engine took for words and is none: specks, rules, the white between columns, shapes as large as pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from avskrift.ingest.image.picture import crop
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import FigureText, OcrPage, PageText
from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class Settings:
    """When what was read is no word."""

    huge: float = 5.0  # times the usual height
    unsure_signs: float = 0.5  # confidence below which signs without a letter are none
    unsure: float = 0.3  # confidence below which a word with many signs is none:
    letters: float = 0.6  # share of letters and digits below which
    region: float = 2000.0  # square points from which what was dropped is reported as a picture


SETTINGS = Settings()


def drop_rubbish(page: OcrPage, text: PageText) -> PageText:
    """Drops what is no word; large shapes among it become pictures."""
    shown = [w for w in text.words if _shows_ink(page.image, w)]
    usual = median([w.box.height for w in shown]) if shown else 1.0
    dropped = [w for w in shown if _is_rubbish(w, usual)]
    area = SETTINGS.region * (page.image.dpi / 72) ** 2
    pictures = [FigureText("picture", w.box) for w in dropped if w.box.width * w.box.height > area]
    return replace(text, words=tuple(_without(shown, dropped)), figures=(*text.figures, *pictures))


def _without(words: Sequence[OcrWord], dropped: Sequence[OcrWord]) -> list[OcrWord]:
    gone = {id(w) for w in dropped}
    return [w for w in words if id(w) not in gone]


def _shows_ink(image: PageImage, word: OcrWord) -> bool:
    """Whether anything is printed where an engine saw a sign: it sees some in the white between two columns."""
    if any(c.isalnum() for c in word.text):
        return True
    return bool(crop(image.page_ink, word.box).any())


def _is_rubbish(word: OcrWord, usual: float) -> bool:
    """Whether a word is an unsure one without letters, a rule, or as large as a picture; what a closer look found to be
    a sign is none."""
    if word.corrected or "%" in word.text:  # specks are read as many signs, but not as this one
        return False
    letters = sum(c.isalnum() for c in word.text)
    unsure = word.confidence < SETTINGS.unsure and letters < SETTINGS.letters * len(word.text)
    unsure_signs = letters == 0 and word.confidence < SETTINGS.unsure_signs
    return unsure or unsure_signs or _is_stroke(word.text) or word.box.height > SETTINGS.huge * usual


def _is_stroke(text: str) -> bool:
    """Whether signs are what rules, brackets and specks are read as."""
    return not text.strip("|_[]{}\\") or (len(text) != 1 and not text.strip("|_—–-=~.,'‘’`´\\/ "))
