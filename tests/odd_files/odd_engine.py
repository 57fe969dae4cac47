"""A Tesseract that does something else when it should read, a picture for it, and one that takes any engine long."""

import os
import shutil
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont


def engine(folder: Path, lines: str) -> dict[str, str]:
    """What the environment of a command must hold for its Tesseract to run `lines` (of a shell) instead of reading.

    `folder` is made for it. What is asked of its version and its languages is answered by the real one.
    """
    real = shutil.which("tesseract")
    folder.mkdir()
    script = folder / "tesseract"
    asked = f'case "$*" in *--version*|*--list-langs*) exec {real} "$@";; esac'
    script.write_text(f"#!/bin/sh\n{asked}\n{lines}\n", encoding="utf-8")
    script.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def _one_word() -> Image.Image:
    page = Image.new("L", (900, 1200), 255)
    ImageDraw.Draw(page).text((100, 100), "Avtal", fill=0, font_size=40)
    return page


def picture_in(folder: Path) -> Path:
    """A picture of one word, `bild.png`."""
    path = folder / "bild.png"
    _one_word().save(path, dpi=(150, 150))
    return path


def long_reading_in(folder: Path) -> Path:
    """A file of two pages, `lang.tiff`: one with so many small letters that reading them takes some ten seconds of a
    processor, and one of a word."""
    page = Image.new("L", (2400, 3200), 255)
    line = "Parterna arbetar tillsammans för att stadens torg och parker ska vara trygga under hela perioden. " * 3
    for y in range(100, 3100, 24):
        ImageDraw.Draw(page).text((100, y), line[:240], fill=0, font=ImageFont.load_default(18))
    path = folder / "lang.tiff"
    page.save(path, save_all=True, append_images=[_one_word()], dpi=(200, 200))
    return path
