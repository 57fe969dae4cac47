"""Signs that many engines lose or invent: pages that we invent, full of them or without any, and how they are counted.

The pages are printed and scanned as an office scanner does.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from made_ocr import faces
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz import fuzz

SIGNS = "§%@–•”"
_AFTER = "–•"
"""Signs that belong to the word after them where they stand alone; the others belong to the word before, `§` only where
no number follows."""
_ALIKE = 75
"""Of 100: the likeness of words from which their sign counts as that which was printed."""
_STOPS = ".,;:()"
_OTHER_SIGNS = str.maketrans("–", "-", "”")
_LAWS = ("polislagen", "socialtjänstlagen", "kommunallagen", "brottsbalken", "miljöbalken", "ordningslagen")
_WHO = ("av de boende", "av eleverna", "fler anmälningar", "av kvinnorna", "högre än året innan")
_FIRST = ("anna", "erik", "lena", "mats", "karin", "ola", "sara", "per")
_LAST = ("berg", "lindqvist", "strand", "ek", "holm", "nyman", "sund")
_SITES = ("vikbo.example", "klockviken.se", "norrhamn.se", "lillaby.se")


@dataclass(frozen=True, slots=True)
class SignPage:
    """The picture of a made page and the lines that were set on it."""

    picture: Path
    lines: list[str]


def sign_pages(folder: Path, seed: int, pages: int, *, signs: bool) -> list[SignPage]:
    """Pictures of `pages` pages at 200 dots an inch in `folder`, with what was printed on them; by `seed`, with `signs`
    or without any."""
    rng = random.Random(seed)
    made = []
    for number in range(pages):
        lines = [(_with_sign if signs else _plain)(rng) for _ in range(30)]
        face = rng.choice(faces())
        page = Image.new("L", (1654, 2339), 255)
        draw = ImageDraw.Draw(page)
        font = ImageFont.truetype(str(face), rng.choice((29, 31, 33)))
        for row, line in enumerate(lines):
            draw.text((170, 160 + row * 66), line, font=font, fill=rng.randint(0, 40))
        grey = cv2.GaussianBlur(np.array(page), (3, 3), 0.7)
        noise = np.random.default_rng(seed * 100 + number).normal(0, 7, grey.shape)
        picture = folder / f"signs-{signs}-{number}.png"
        cv2.imwrite(str(picture), np.clip(grey + noise, 0, 255).astype(np.uint8))
        made.append(SignPage(picture, lines))
    return made


@dataclass(slots=True)
class SignCount:
    """How often each sign was printed, was read right, and was read where it was not printed."""

    printed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "SignCount") -> "SignCount":
        return SignCount(self.printed + other.printed, self.right + other.right, self.invented + other.invented)


def counted(printed: Sequence[str], found: Sequence[str]) -> SignCount:
    """The signs of a page, by the words `printed` on it and the words `found`. A sign is right with the very word that
    it belongs to; beside words without digits that are no addresses, with a word alike."""
    true, read = signs_with_words(printed), signs_with_words(found)
    count = SignCount(printed=Counter(sign for sign, _ in true.elements()))
    count.right.update(sign for sign, _ in (true & read).elements())
    left = read - true
    for sign, word in (true - read).elements():
        near = next((key for key in left if left[key] and key[0] == sign and _alike(word, key[1])), None)
        if near is not None:
            count.right[sign] += 1
            left[near] -= 1
    count.invented.update(sign for sign, _ in left.elements())
    return count


def signs_with_words(words: Sequence[str]) -> Counter[tuple[str, str]]:
    """Each sign with the word that it stands in or, where it stands alone, belongs to. The space between is no matter,
    nor how other signs of that word were read."""
    found: Counter[tuple[str, str]] = Counter()
    for at, word in enumerate(words):
        for sign in set(word) & set(SIGNS):
            bare = word.strip(_STOPS)
            whole = bare if bare != sign else _with_owner(words, at)
            found[sign, whole if sign in "–”" else whole.translate(_OTHER_SIGNS)] += 1
    return found


def _with_owner(words: Sequence[str], at: int) -> str:
    before = words[at - 1].strip(_STOPS) if at else ""
    after = words[at + 1].strip(_STOPS) if at + 1 < len(words) else ""
    sign = words[at].strip(_STOPS)
    if after and (sign in _AFTER or (sign == "§" and after[0].isdigit())):
        return sign + after
    return before + sign


def _alike(printed: str, found: str) -> bool:
    exact = "@" in printed or any(c.isdigit() for c in printed)
    return not exact and fuzz.ratio(printed, found) >= _ALIKE


def _with_sign(rng: random.Random) -> str:
    kind = rng.randrange(10)
    number = rng.randint(1, 60)
    if kind == 0:
        return f"Andelen var {number} % {rng.choice(_WHO)} under {rng.randint(2012, 2023)}."
    if kind == 1:
        return f"Ungefär {number},{rng.randint(1, 9)} % {rng.choice(_WHO)} känner sig otrygga."
    if kind == 2:
        return f"Beslutet fattas enligt {number} § {rng.choice(_LAWS)} i samråd med polisen."
    if kind == 3:
        return f"Uppgiften omfattas av {rng.randint(2, 30)} kap. {number} § {rng.choice(_LAWS)}."
    if kind == 4:
        return f"§ {number} Överenskommelse om samverkan"
    if kind == 5:
        return (
            f"Kontakt: {rng.choice(_FIRST)}.{rng.choice(_LAST)}@{rng.choice(_SITES)}, 08-{rng.randint(100, 999)} 45 10"
        )
    if kind == 6:
        return f"– Minst {number} vandringar hålls under {rng.randint(2012, 2018)}–{rng.randint(2019, 2026)}."
    if kind == 7:
        return f"• Polisen deltar i {number} möten – även på kvällar – under hösten."
    if kind == 8:
        return f"Kommunen, nedan kallad ”Parten”, och ”Polisen” har {number} möten."
    return f"E-post {rng.choice(_FIRST)}{rng.choice(_LAST)}@{rng.choice(_SITES)}"


def _plain(rng: random.Random) -> str:
    number = rng.randint(1, 99)
    return rng.choice(
        (
            f"Styrgruppen möts {number} gånger under {rng.randint(2012, 2023)}, senast den {rng.randint(1, 28)} maj.",
            f"Telefon 08-{rng.randint(100, 999)} {number:02} 94, rum {number} 8, plan 5",
            f"I området bor {rng.randint(1, 9)} 94{rng.randint(0, 9)} personer i {number} kvarter.",
            f"Läs mer på www.{rng.choice(_SITES)} eller i bilaga {number} S.",
            f"S {number} Samverkan, sidan {number} av 96",
            f"Öppet kl. 9-16 i rum {number}, även i e-post- och telefontid.",
            f"Gruppen har {number} ledamöter, varav 8 från kommunen och 5 från polisen.",
        )
    )
