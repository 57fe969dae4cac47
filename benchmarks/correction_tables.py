"""The tables of the correction stage: what it mends, what it leaves, how sure it is, how fast and how large."""

import io
import itertools
import json
import lzma
import random
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from alternatives import alternatives
from made_ocr import faces, made_ocr
from rapidfuzz.distance import Levenshtein

from avskrift.corrections import correct_lines
from avskrift.corrections.lines import corrected_lines
from avskrift.corrections.spaced_runs import stretches
from avskrift.models.edits import CorrectedLine, text_spans
from avskrift.models.options import CorrectingOptions

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "training"))
STRIP = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")
HELD_OUT = ("talbanken", "pud")
"""Texts that neither the lexicon nor the restorer has seen."""
_OLD = ("000", "001", "004")
"""Documents that are old OCR themselves."""
Pairs = list[tuple[list[str], list[str]]]
"""What was read and what was printed, line for line, one pair for each text."""


def rows_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").replace("\f", "").rstrip("\n").split("\n")


def corpus(shared: Path, name: str, most: int) -> list[str]:
    path = shared / "corpus" / f"{name}.txt.xz"
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        return [row.strip() for _, row in zip(range(most), handle, strict=False)]


def avskrift(lines: Sequence[str]) -> list[str]:
    return [m.text for m in correct_lines(lines)]


def rates(read: Sequence[str], printed: Sequence[str]) -> tuple[int, int, int, int]:
    """Wrong signs, signs, wrong words, words (edit distances line by line, white space as one space)."""
    signs = wrong_signs = words = wrong_words = 0
    for one, true in zip(read, printed, strict=True):
        a, b = " ".join(one.split()), " ".join(true.split())
        wrong_signs += Levenshtein.distance(a, b)
        signs += len(b)
        wrong_words += Levenshtein.distance(a.split(), b.split())
        words += len(b.split())
    return wrong_signs, signs, wrong_words, words


def _error_rates(pairs: Pairs, corrector: Callable[[Sequence[str]], list[str]]) -> str:
    total = [0, 0, 0, 0]
    for read, printed in pairs:
        total = [t + n for t, n in zip(total, rates(corrector(read), printed), strict=True)]
    return f"{total[0] / total[1]:7.3%} {total[2] / total[3]:7.2%}"


def against(shared: Path) -> None:
    """Every kind of damage, before and after each corrector."""
    sets: dict[str, Pairs] = {}
    for gold in sorted((shared / "gold").glob("*.gold.txt")):
        raw = gold.with_name(gold.name.replace(".gold.", ".raw."))
        sets[f"old OCR {gold.name.removesuffix('.gold.txt')}"] = [(rows_of(raw), rows_of(gold))]
    styles = [rows_of(p) for p in sorted((shared / "documents" / "styles").glob("*.txt"))]
    held_out = [corpus(shared, name, 300) for name in HELD_OUT]
    if faces():
        for name, texts in (("agreements", styles), ("other prose", held_out)):
            made = [made_ocr(lines, seed) for seed, lines in enumerate(texts, 1)]
            sets[f"fresh OCR without Swedish, {name}"] = [(m.read, m.printed) for m in made]
    born = [rows_of(p) for p in sorted((shared / "documents").glob("00[23]*.txt"))]
    sets["å ä ö é taken away, agreements"] = [([row.translate(STRIP) for row in rows], rows) for rows in born]
    sets["å ä ö é taken away, other prose"] = [([row.translate(STRIP) for row in rows], rows) for rows in held_out]
    sets["letter-spaced headings"] = list(spaced_headings([*born, *styles]))
    for name in ("statutes", *HELD_OUT):
        sets[f"whole text, {name}"] = [(rows, rows) for rows in [corpus(shared, name, 1000)]]
    sets["whole text, agreements"] = [(rows, rows) for rows in [*born, *styles]]
    correctors = {**alternatives(), "Avskrift": avskrift}
    print("## Errors after each corrector: signs (CER), words (WER)")
    print(" " * 44 + "".join(f"{name:>18}" for name in correctors))
    for name, pairs in sets.items():
        print(f"{name:44}" + "".join(f"{_error_rates(pairs, c):>18}" for c in correctors.values()), flush=True)


def spaced_headings(texts: Sequence[Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Headings of real documents, letter-spaced by the generator of made damage, each within its damaged text."""
    import noise

    rng = random.Random(5)
    for rows in texts:
        heads = [
            r for r in rows if re.fullmatch(r"(?:\d[\d.]* )?[A-ZÅÄÖ][a-zåäö]+(?: [A-Za-zåäöÅÄÖ]{2,}){0,4}", r.strip())
        ]
        for head in dict.fromkeys(h.strip() for h in heads):
            profile = noise.Profile({m: (1.0, [p], [1.0]) for m, p in zip("åäöÅÄÖ", "aaoAAO", strict=True)})
            context = [noise.damaged(row, profile, rng).text for row in rows[:30]]
            spaced = noise.spaced_out(head, profile, rng)
            yield [*context, spaced.text], [*avskrift(context), head]


def headings(shared: Path) -> None:
    """Letter-spaced lines of real OCR, and made from the headings of real documents: how many are read as printed."""
    print("## Letter-spaced headings")
    for gold in sorted((shared / "gold").glob("*.gold.txt")):
        read, printed = rows_of(gold.with_name(gold.name.replace(".gold.", ".raw."))), rows_of(gold)
        spaced = [at for at, row in enumerate(read) if any(stretches(row))]
        corrected = avskrift(read)
        right = sum(corrected[at].split() == printed[at].split() for at in spaced)
        print(f"old OCR {gold.name.removesuffix('.gold.txt')}: {right} of {len(spaced)} right")
    texts = [rows_of(p) for p in sorted((shared / "documents").rglob("*.txt")) if not p.name.startswith(_OLD)]
    made = list(spaced_headings(texts))
    right = sum(avskrift(read)[-1].split() == printed[-1].split() for read, printed in made)
    print(f"made: {right} of {len(made)} right ({right / len(made):.1%})")


def marks(shared: Path) -> None:
    """å ä ö é taken away and given back: words right, of all and of those that carried a mark."""
    print("## å ä ö é taken away: words right after correction")
    texts = {p.stem: rows_of(p) for p in sorted((shared / "documents").glob("00[23]*.txt"))}
    texts |= {name: corpus(shared, name, 1000) for name in HELD_OUT}
    for name, lines in texts.items():
        pairs = [
            (a, b)
            for line, text in zip(lines, avskrift([row.translate(STRIP) for row in lines]), strict=True)
            for a, b in zip(line.split(), text.split(), strict=False)
        ]
        marked = [(a, b) for a, b in pairs if a != a.translate(STRIP)]
        right, marked_right = (sum(a == b for a, b in some) / len(some) for some in (pairs, marked))
        print(f"{name:28} all {right:.2%}, those with marks {marked_right:.2%} of {len(pairs)} words")


def undamaged_texts(shared: Path) -> None:
    """Text that needs nothing: changes made, and digits changed."""
    print("## Whole text in: changes")
    texts = {p.name: rows_of(p) for p in sorted((shared / "documents").glob("00[23]*.txt"))}
    texts |= {p.name: rows_of(p) for p in sorted((shared / "documents" / "styles").glob("*.txt"))}
    texts |= {p.name: rows_of(p) for p in sorted((shared / "scans").glob("*.gold.txt"))}
    texts |= {name: corpus(shared, name, 3000) for name in ("statutes", *HELD_OUT)}
    changes = words = 0
    for name, lines in texts.items():
        corrected = correct_lines(lines)
        digits = sum(_digits(a) != _digits(b.text) for a, b in zip(lines, corrected, strict=True))
        found, of = sum(len(m.edits) for m in corrected), sum(len(line.split()) for line in lines)
        changes, words = changes + found, words + of
        print(f"{name:36} {found} of {of} words, digits changed in {digits} lines")
    print(f"{'in all':36} {changes} of {words} words ({changes / words * 10_000:.2f} in 10,000)")


def _digits(line: str) -> list[str]:
    return [c for c in line if c.isdigit()]


def two_readings(shared: Path) -> None:
    """Two old OCRs of one agreement: each alone, and with the other as witness."""
    print("## Two readings of one document (CER, WER)")
    one, other = (shared / "gold" / f"{name}.raw.txt" for name in ("000.first170", "001"))
    for name, path, parallel in (("000", one, other), ("001", other, one)):
        printed = rows_of(path.with_name(path.name.replace(".raw.", ".gold.")))
        alone = [m.text for m in corrected_lines(rows_of(path)).lines]
        together = [m.text for m in corrected_lines(rows_of(path), None, [rows_of(parallel)]).lines]
        rates, rates_together = (_error_rates([(lines, printed)], list) for lines in (alone, together))
        print(f"{name} alone {rates}, with the other {rates_together}")


def reliability(shared: Path) -> None:
    """How often corrections of each stated probability are right, on OCR that no curve was fitted to."""
    pairs: Pairs = []
    for gold in sorted((shared / "gold").glob("*.gold.txt")):
        pairs.append((rows_of(gold.with_name(gold.name.replace(".gold.", ".raw."))), rows_of(gold)))
    if faces():
        texts = [rows_of(p) for p in sorted((shared / "documents" / "styles").glob("*.txt"))]
        texts += [corpus(shared, name, 300) for name in HELD_OUT]
        pairs += [(m.read, m.printed) for m in (made_ocr(lines, seed) for seed, lines in enumerate(texts, 11))]
    every = CorrectingOptions(min_confidence=0.0)
    judged = [
        j
        for read, printed in pairs
        for m, t in zip(correct_lines(read, every), printed, strict=True)
        for j in judge(m, t)
    ]
    print(f"## Reliability of {len(judged)} corrections of real OCR")
    bounds = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
    error = 0.0
    for low, high in itertools.pairwise(bounds):
        inside = [(p, right) for p, right in judged if low <= p < high]
        if inside:
            said, was = (sum(float(x[k]) for x in inside) / len(inside) for k in (0, 1))
            error += abs(said - was) * len(inside) / len(judged)
            print(
                f"{low:.2f} to {min(high, 1.0):.2f}: {len(inside):6} corrections, said {said:.3f}, were right {was:.3f}"
            )
    print(f"mean difference {error:.3f}")


def judge(corrected: CorrectedLine, printed: str) -> Iterator[tuple[float, bool]]:
    """For each edit its probability and whether it gives what was printed there."""
    same = [False] * len(corrected.text)
    aligned_to = [-1] * (len(corrected.text) + 1)
    for step in Levenshtein.opcodes(corrected.text, printed):
        if step.tag == "equal":
            for at in range(step.src_start, step.src_end):
                same[at] = True
                aligned_to[at] = step.dest_start + at - step.src_start
    for edit, (start, end) in zip(corrected.edits, text_spans(corrected.edits), strict=True):
        if start == end:
            continue
        inside = all(same[start:end])
        is_right = inside and aligned_to[end - 1] - aligned_to[start] == end - 1 - start
        yield edit.confidence, is_right


def pace(shared: Path) -> None:
    """Characters a second on one core, memory and the time to load, each in a fresh process."""
    print("## One core: time to load, characters a second, peak memory")
    old = [row for gold in sorted((shared / "gold").glob("*.raw.txt")) for row in rows_of(gold)]
    prose = [row for name in HELD_OUT for row in corpus(shared, name, 1000)]
    styles = [row for p in sorted((shared / "documents").rglob("*.txt")) for row in rows_of(p)]
    texts = {
        "whole": prose,
        "å ä ö taken away": [row.translate(STRIP) for row in prose],
        "old OCR (small)": old,
        "old OCR and agreements": [*old, *styles],
    }
    for name, lines in texts.items():
        answer = subprocess.run(
            ["taskset", "-c", "0", sys.executable, "-c", _PACE],
            input=json.dumps(lines),
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
        ).stdout.split()
        seconds, pace, memory = map(float, answer[:3])
        print(f"{name:28} {seconds:.2f} s, {pace:,.0f} characters a second, {memory:.0f} MB")


_PACE = """
import json, re, sys, time
lines = json.load(sys.stdin)
begun = time.perf_counter()
from avskrift.corrections import correct_lines
correct_lines(["Overenskommelsen galler for omradet och foljs upp varje ar av styrgruppen."] * 4)
loaded = time.perf_counter()
correct_lines(lines)
done = time.perf_counter()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(loaded - begun, sum(map(len, lines)) / (done - loaded), peak)
"""


def size() -> None:
    """What the correction stage adds to the wheel."""
    print("## In the wheel")
    packed = io.BytesIO()
    folder = ROOT / "corrections"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as wheel:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                wheel.write(path, path.relative_to(folder))
        kept = sum(entry.compress_size for entry in wheel.infolist())
        plain = sum(entry.file_size for entry in wheel.infolist())
    print(f"corrections/: {kept / 1e6:.2f} MB packed, {plain / 1e6:.2f} MB unpacked")


def corrections(shared: Path) -> None:
    """All tables of the correction stage."""
    begun = time.perf_counter()
    for table in (against, headings, marks, undamaged_texts, two_readings, reliability, pace):
        table(shared)
        print(flush=True)
    size()
    print(f"({time.perf_counter() - begun:.0f} s)")
