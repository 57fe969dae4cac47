"""What making only the surer corrections costs and saves: errors left, right words harmed, changes made and doubted."""

import random
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from correction_tables import HELD_OUT, ROOT, STRIP, Pairs, corpus, rows_of, spaced_headings
from made_ocr import faces, made_ocr
from rapidfuzz.distance import Levenshtein

from avskrift.corrections import correct_lines
from avskrift.models.edits import CorrectedLine, apply
from avskrift.models.options import CorrectingOptions

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8)
_NOISY = 24
"""Agreements that the noise generator spoils."""


def thresholds(shared: Path) -> None:
    """Every set at every threshold."""
    print("## Corrections made from which probability: words wrong, right words harmed, changes made and doubted")
    for name, pairs in _sets(shared):
        every = CorrectingOptions(min_confidence=0.0)
        corrected = [correct_lines(read, every) for read, _ in pairs]
        print(f"{name}: words wrong as read {_counted(pairs, corrected, 1.1)[0]}")
        for least in THRESHOLDS:
            wrong, words, harmed, made, doubted = _counted(pairs, corrected, least)
            changes = f"{made:6} made {doubted:5} doubted"
            print(f"  {least:.1f}  {wrong:6} wrong ({wrong / words:6.2%}) {harmed:5} harmed {changes}", flush=True)


def _counted(
    pairs: Pairs, corrected: Sequence[Sequence[CorrectedLine]], least: float
) -> tuple[int, int, int, int, int]:
    """Wrong words, words, right words harmed, changes made, changes doubted."""
    wrong = words = harmed = made = doubted = 0
    for (read, printed), lines in zip(pairs, corrected, strict=True):
        for raw, true, line in zip(read, printed, lines, strict=True):
            sure = [edit for edit in line.edits if edit.confidence >= least]
            made, doubted = made + len(sure), doubted + len(line.edits) - len(sure)
            before, after = (_right(text, true) for text in (raw, apply(raw, sure)))
            wrong += Levenshtein.distance(apply(raw, sure).split(), true.split())
            words += len(true.split())
            harmed += len(before - after)
    return wrong, words, harmed, made, doubted


def _right(text: str, true: str) -> set[int]:
    """The places of the printed words that a text holds."""
    steps = Levenshtein.opcodes(true.split(), text.split())
    return {at for step in steps if step.tag == "equal" for at in range(step.src_start, step.src_end)}


def _sets(shared: Path) -> Iterator[tuple[str, Pairs]]:
    for gold in sorted((shared / "gold").glob("*.gold.txt")):
        raw = gold.with_name(gold.name.replace(".gold.", ".raw."))
        yield f"old OCR {gold.name.removesuffix('.gold.txt')}", [(rows_of(raw), rows_of(gold))]
    documents = [
        p for p in sorted((shared / "documents").rglob("*.txt")) if not p.name.startswith(("000", "001", "004"))
    ]
    agreements = [rows_of(p) for p in documents]
    held_out = [corpus(shared, name, 300) for name in HELD_OUT]
    if faces():
        for name, texts in (("agreements", agreements[::3]), ("other prose", held_out)):
            made = [made_ocr(lines, seed) for seed, lines in enumerate(texts, 21)]
            yield f"fresh OCR without Swedish, {name}", [(m.read, m.printed) for m in made]
    yield "å ä ö é taken away, agreements", [([r.translate(STRIP) for r in rows], rows) for rows in agreements]
    yield "å ä ö é taken away, other prose", [([r.translate(STRIP) for r in rows], rows) for rows in held_out]
    yield "letter-spaced headings", list(_headings(agreements))
    invented = sorted((ROOT / "tests" / "documents" / "agreements").rglob("*.txt"))
    yield "invented agreements, made damage", _spoilt([rows_of(p) for p in invented[:_NOISY]])
    yield "whole text", [(rows, rows) for rows in [*agreements, *(corpus(shared, name, 1000) for name in HELD_OUT)]]


def _headings(texts: Sequence[Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """The headings alone count: what stands beside them is read as it was printed."""
    for read, printed in spaced_headings(texts):
        yield read, [*(line.text for line in correct_lines(read[:-1])), printed[-1]]


def _spoilt(texts: Sequence[Sequence[str]]) -> Pairs:
    sys.path.append(str(ROOT / "training"))
    import noise

    rng = random.Random(97)
    pairs: Pairs = []
    for text in texts:
        rows = [piece for row in text for piece in textwrap.wrap(row, 90) or [""]]
        profile = noise.drawn(rng)
        pairs.append(([noise.damaged(row, profile, rng).text for row in rows], rows))
    return pairs
