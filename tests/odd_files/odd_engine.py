"""A Tesseract that does something else when it should read, and a picture for it."""

import os
import shutil
from pathlib import Path

from PIL import Image, ImageDraw


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


def picture_in(folder: Path) -> Path:
    """A picture of one word, `bild.png`."""
    page = Image.new("L", (900, 1200), 255)
    ImageDraw.Draw(page).text((100, 100), "Avtal", fill=0, font_size=40)
    path = folder / "bild.png"
    page.save(path, dpi=(150, 150))
    return path
