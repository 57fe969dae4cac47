"""How well scans are read beside bare Tesseract and OCRmyPDF: text and signs; each folder by itself."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from made_ocr import faces
from reading_programs import texts
from scan_folders import MORE_PROFILES, Asked, groups
from shared_module import shared_module
from sign_pages import SIGNS, SignCount, counted, sign_pages

from avskrift.models.options import PipelineOptions, ReadingOptions
from avskrift.output.record.plain_text import text_of
from avskrift.pipeline import transcribe


def text(asked: Asked) -> None:
    """Error rates of each program over each kind of scan, by SHARED/score/pages.py."""
    score = shared_module(asked.shared / "score" / "pages.py")
    measures = score.line_errors, score.page_errors, score.lost_words
    print("## Pages: lines, page in reading order, words lost (score/pages.py)")
    for folder, profile, scans in groups(asked, MORE_PROFILES):
        sums: dict[str, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in measures])
        for scan in scans:
            for name, pages in texts(scan.path, asked.engines).items():
                for row, (errors, of) in zip(sums[name], _errors(measures, scan.true_pages, pages), strict=True):
                    row[0] += errors
                    row[1] += of
        for name, rows in sums.items():
            shares = " ".join(f"{errors / max(1, of):8.2%}" for errors, of in rows)
            print(f"{folder.name:12} {profile:16} {name:30} {shares}", flush=True)


def grades(asked: Asked) -> None:
    """Words that pages of each grade lost, corrections included: the median and the most."""
    score = shared_module(asked.shared / "score" / "pages.py")
    lost: dict[tuple[str, str], list[float]] = defaultdict(list)
    for folder, _, scans in groups(asked, MORE_PROFILES):
        for scan in scans:
            document = transcribe(scan.path, PipelineOptions(reading=ReadingOptions(engine=asked.engines[0])))
            for page, true, found in zip(document.pages, scan.true_pages, text_of(document).split("\f"), strict=False):
                if page.quality is not None:
                    errors, words = score.lost_words(true, found)
                    lost[folder.name, page.quality.value].append(errors / max(1, words))
    print("## Words lost on pages by their grade: pages, median, most")
    for (name, grade), shares in sorted(lost.items()):
        print(f"{name:12} {grade:10} {len(shares):4} {median(shares):7.2%} {max(shares):7.2%}", flush=True)


def _errors(measures: Sequence[Any], true: list[str], pages: list[str]) -> list[tuple[int, int]]:
    """Errors and of how many, by each measure, over all pages."""
    padded = pages + [""] * (len(true) - len(pages))
    found = []
    for measured in measures:
        counts = [measured(a, b) for a, b in zip(true, padded, strict=False)]
        found.append((sum(errors for errors, _ in counts), sum(of for _, of in counts)))
    return found


def signs(asked: Asked) -> None:
    """`§ % @ – • ”` on scans, page by page, and on pages that we invent and spoil as an office scanner does."""
    print("## Signs, corrections included: right of those printed, and those that were not printed so")
    for folder, profile, scans in groups(asked):
        counts: dict[str, SignCount] = defaultdict(SignCount)
        for scan in scans:
            for name, pages in texts(scan.path, asked.engines).items():
                if not name.endswith("as read"):
                    padded = pages + [""] * (len(scan.true_pages) - len(pages))
                    for true, found in zip(scan.true_pages, padded, strict=False):
                        counts[name] += counted(true.split(), found.split())
        for name, count in counts.items():
            print(f"{folder.name:12} {profile:12} {name:30} {_shown(count)}", flush=True)
    if not faces():
        print("no typefaces to set pages in: apt-get install fonts-liberation")
        return
    for engine in asked.engines:
        for full in (True, False):
            label = "made pages full of them" if full else "made pages without"
            print(f"{label:25} {engine:10} {_shown(_on_made_pages(engine, asked.most, full=full))}", flush=True)


def _on_made_pages(engine: str, most: int | None, *, full: bool) -> SignCount:
    count = SignCount()
    with tempfile.TemporaryDirectory() as folder:
        for page in sign_pages(Path(folder), 7, most or 20, signs=full):
            options = PipelineOptions(reading=ReadingOptions(engine=engine))
            words = [word for _, line in transcribe(page.picture, options).lines() for word in line.text.split()]
            count += counted([word for line in page.lines for word in line.split()], words)
    return count


def _shown(count: SignCount) -> str:
    def cell(sign: str, printed: Counter[str]) -> str:
        return f"{sign} {count.right[sign]} of {printed[sign]}, {count.invented[sign]}"

    return "; ".join(cell(sign, count.printed) for sign in SIGNS)
