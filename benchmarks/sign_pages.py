"""Pages that we invent, full of `§ % @` or without any, printed and scanned as an office scanner does."""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from made_ocr import faces
from PIL import Image, ImageDraw, ImageFont

SIGNS = "§%@"
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
    """Pictures of pages at 200 dots an inch, with what was printed on them."""
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


def signs_with_neighbours(lines: list[str]) -> Counter[str]:
    """Every word that holds one of the signs, or stands alone as one with its neighbour, with its count."""
    found: Counter[str] = Counter()
    for line in lines:
        words = line.split()
        for at, word in enumerate(words):
            if any(s in word for s in SIGNS):
                neighbour = words[at - 1] if at and word.strip(".,") in SIGNS and word[0] != "§" else ""
                neighbour = neighbour or (words[at - 1] if at and word == "§" else "")
                found[f"{neighbour} {word}".strip()] += 1
    return found


def sign_of(word: str) -> str:
    return next(sign for sign in SIGNS if sign in word)


def _with_sign(rng: random.Random) -> str:
    kind = rng.randrange(7)
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
            f"Gruppen har {number} ledamöter, varav 8 från kommunen och 5 från polisen.",
        )
    )
