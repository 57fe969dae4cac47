"""Fits the confidence of words that our own engine reads: `fit_word_confidence.py SCANS ... --check SCANS ...`; with
--check alone it says how far the shipped weights are right.

Folders of SCANS hold `<id>.<profile>.pdf` beside `<id>.gold.txt`, the true text with pages parted by form feeds. The
weights are written where the engine reads them; printed is how far what is said and what is right differ, on the scans
fitted with and on those to check with.
"""

import argparse
import difflib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.image.preprocessing import quarter_turned
from avskrift.ingest.layout.lines import Cell, lines_of
from avskrift.ingest.ocr.lstm.engine import LstmEngine
from avskrift.ingest.ocr.lstm.line_reading import ReadWord
from avskrift.ingest.ocr.lstm.word_confidence import FEATURES
from avskrift.ingest.ocr.page import upright
from avskrift.ingest.ocr.page_image import PageImage, page_image_of
from avskrift.ingest.opened_pages import PageToOcr, nothing_cached
from avskrift.ingest.words import OcrWord

PROFILES = ("office200", "clean300", "fax", "bad150")
_FOLDED = str.maketrans({"”": '"', "“": '"', "„": '"', "’": "'", "–": "-", "—": "-", "•": "", "▪": ""})
_BOUNDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
_RIDGE = 1.0
"""What keeps weights small: as one word counts, a weight of 1 costs."""
_Floats = npt.NDArray[np.float64]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def _images(scan: Path) -> Iterator[tuple[int, PageImage]]:
    file = open_document(scan)
    try:
        for page in file.pages(nothing_cached):
            if isinstance(page, PageToOcr):
                oriented = upright(page)
                if oriented.grey is not None:
                    grey = quarter_turned(oriented.grey, oriented.turn)
                    yield page.number, page_image_of(grey, oriented.dpi, oriented.condition, oriented.failures)
    finally:
        file.close()


def _judged(words: Sequence[ReadWord], image: PageImage, true: str) -> Iterator[tuple[list[float], bool]]:
    """The features of words and whether they are right; words that stand for nothing in the true text are left out."""
    scale = 72 / image.dpi
    placed = [OcrWord(str(place), word.box.scaled(scale), 1.0, word.line) for place, word in enumerate(words)]
    sized = [replace(word, stated_size=word.box.height) for word in placed]
    cells = [Cell(cell.bbox.scaled(scale), cell.reference) for cell in image.cells]
    order = [int(word.raw) for line in lines_of(sized, cells) for word in line.words]
    read = [_folded(words[place].text) for place in order]
    matcher = difflib.SequenceMatcher(None, read, _folded(true).split(), autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind != "delete":
            yield from ((words[place].evidence.features(), kind == "equal") for place in order[start:end])


def _gathered(folders: Sequence[Path]) -> tuple[_Floats, _Floats]:
    engine = LstmEngine()
    rows: list[list[float]] = []
    right: list[bool] = []
    for folder in folders:
        for scan in sorted(s for profile in PROFILES for s in folder.glob(f"*.{profile}.pdf")):
            true = (folder / f"{scan.name.partition('.')[0]}.gold.txt").read_text(encoding="utf-8").split("\f")
            for number, image in _images(scan):
                words = engine.words_of_page(image, 600.0)
                for features, is_right in _judged(words, image, true[number - 1]):
                    rows.append(features)
                    right.append(is_right)
            print(f"{scan.name}: {len(rows)} words so far", flush=True)
    return np.array(rows), np.array(right, np.float64)


def _fitted(rows: _Floats, right: _Floats) -> _Floats:
    """Logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        said = 1 / (1 + np.exp(-rows @ weights))
        curve = rows.T @ (rows * (said * (1 - said))[:, None]) + _RIDGE * np.eye(rows.shape[1])
        step = np.linalg.solve(curve, rows.T @ (right - said) - _RIDGE * weights)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(weights, np.float64)


def _report(name: str, rows: _Floats, right: _Floats, weights: _Floats) -> None:
    """Prints what is said and what is right, by tenths of what is said."""
    said = 1 / (1 + np.exp(-rows @ weights))
    print(f"{name}: {len(right)} words, {right.mean():.4f} right")
    error = 0.0
    for low, high in pairwise(_BOUNDS):
        inside = (said >= low) & (said < high)
        if inside.any():
            error += abs(float(right[inside].mean() - said[inside].mean())) * float(inside.mean())
            counted = f"{int(inside.sum()):6}"
            print(f"  {low:.2f}-{min(high, 1):.2f} {counted} said {said[inside].mean():.3f} {right[inside].mean():.3f}")
    print(f"  expected error of confidence {error:.4f}")


def main() -> None:
    """Fits, writes and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", type=Path, nargs="*", default=[])
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    path = Path(str(files("avskrift.ingest.ocr.lstm").joinpath("data", "confidence.json")))
    if options.scans:
        rows, right = _gathered(options.scans)
        fitted = zip(FEATURES, _fitted(rows, right), strict=True)
        table = {name: round(float(weight), 4) for name, weight in fitted}
        path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    weights = np.array([json.loads(path.read_text(encoding="utf-8"))[name] for name in FEATURES])
    if options.scans:
        _report("fitted with", rows, right, weights)
    if options.check:
        _report("checked with", *_gathered(options.check), weights)


if __name__ == "__main__":
    main()
