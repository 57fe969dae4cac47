"""Real OCR of Swedish print by an engine that knows no Swedish, as old scanners' software was.

Lines are set in a free typeface, blurred and specked, and read by Tesseract with its English data: å ä ö are lost or
come out as other signs, words are broken. The same seed gives the same pages.
"""

import os
import random
import re
import subprocess
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

_FOLDERS = ("/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/dejavu")
_FACES = ("LiberationSerif-Regular", "LiberationSans-Regular", "DejaVuSerif", "DejaVuSans")
_ROWS = 40


@dataclass(frozen=True, slots=True)
class MadeOcr:
    """`printed` lines and what was `read` for each."""

    printed: list[str]
    read: list[str]


def made_ocr(lines: Sequence[str], seed: int, most: int = 120) -> MadeOcr:
    """The first `most` printed rows of `lines`, wrapped, set, spoilt and read. Rows that the engine lost
    are left out."""
    rng = random.Random(seed)
    rows: list[str] = []
    for line in lines:
        rows += textwrap.wrap(re.sub(r"\s+", " ", line).strip(), rng.choice((70, 80, 90)))
        if len(rows) >= most:
            break
    printed: list[str] = []
    read: list[str] = []
    for first in range(0, min(most, len(rows)), _ROWS):
        page = rows[first : min(most, first + _ROWS)]
        recognised = _engine(_page(page, rng, first))
        at = 0
        for row in page:
            options = range(at, min(at + 4, len(recognised)))
            best = max(options, key=lambda k: Levenshtein.normalized_similarity(row, recognised[k]), default=None)
            if best is not None and Levenshtein.normalized_similarity(row, recognised[best]) > 0.6:
                printed.append(row)
                read.append(recognised[best])
                at = best + 1
    return MadeOcr(printed, read)


def faces() -> list[Path]:
    """The typefaces of this machine that pages can be set in."""
    return [p for folder in _FOLDERS for face in _FACES if (p := Path(folder) / f"{face}.ttf").exists()]


def _page(rows: Sequence[str], rng: random.Random, seed: int) -> Image.Image:
    dpi = rng.choice((150, 150, 200))
    size = dpi * 11 // 72
    face = ImageFont.truetype(str(rng.choice(faces())), size)
    page = Image.new("L", (int(8.27 * dpi), int(11.7 * dpi)), 255)
    draw = ImageDraw.Draw(page)
    for number, row in enumerate(rows):
        draw.text((0.7 * dpi, 0.6 * dpi + number * size * 1.45), row, font=face, fill=20)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(rng.choice((0.5, 0.7, 0.9)))), np.float64)
    grain = np.random.default_rng(seed).normal(0, rng.choice((5, 15, 25)), grey.shape)
    spoilt = Image.fromarray((grey + grain).clip(0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        level = rng.choice((130, 150, 165))
        spoilt = spoilt.point(lambda v: 255 if v > level else 0)
    return spoilt


def _engine(page: Image.Image) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        page.save(path, dpi=(200, 200))
        command = ["tesseract", str(path), "-", "-l", "eng", "--psm", "6"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        output = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    return [row for row in output.replace("\f", "").split("\n") if row.strip()]
