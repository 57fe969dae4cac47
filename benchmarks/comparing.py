"""How well versions are compared: on real pairs, on the same read otherwise, and on changes that were planted.

benchmarks/comparing.py SHARED [pairs|noise|planted|tools|speed ...]
"""

import argparse
import difflib
import random
import re
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from made_versions import Planted, read_otherwise, renumbered, with_changes

from avskrift.comparison import compare
from avskrift.comparison.name_similarity import likeness_of
from avskrift.comparison.reports.matrix import matrix_of
from avskrift.comparison.reports.version_chain import Version
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import ClauseChangeType, Comparison, ObjectChange, ObjectChangeType
from avskrift.pipeline import parse_file

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests" / "documents" / "agreements"
LIST = ROOT / "tests" / "shared" / "differences_2016_2020.toml"
_CHANGES = 20


def parsed(text: str, folder: Path) -> Agreement:
    """The record of a text."""
    path = folder / "version.txt"
    path.write_text(text, encoding="utf-8")
    return parse_file(path)


def agreements() -> list[Path]:
    """Our own invented agreements that are long enough to hold the changes."""
    return [p for p in sorted(OURS.glob("*.txt")) if not p.name.startswith("other-") and p.stat().st_size > 3000]


# --- differences that count ---------------------------------------------------------------------------------------


def differences(compared: Comparison, *, doubtful: bool = False) -> list[tuple[str, str]]:
    """What is reported as a difference in substance: words that went, words that came."""
    found = []
    for clause in compared.clauses:
        if clause.fate in (ClauseChangeType.ADDED, ClauseChangeType.REMOVED):
            if doubtful or not clause.doubt:
                text = " ".join(run.old + run.new for run in clause.runs)
                found.append((text, "") if clause.old else ("", text))
            continue
        for run in clause.runs:
            likely = any(reason.startswith("may be OCR") for reason in run.doubt)
            if run.substance and (doubtful or not likely):
                found.append((run.old, run.new))
    for one in compared.objects:
        found += [
            (value.old or "", value.new or "")
            for value in one.values
            if value.fate != "reworded" and (doubtful or not value.doubt)
        ]
        if one.fate in (ObjectChangeType.ADDED, ObjectChangeType.REMOVED, ObjectChangeType.REPLACED) and (
            doubtful or not one.doubt
        ):
            found.append((" ".join(s.name for s in one.old), " ".join(s.name for s in one.new)))
    return found


def _keys(text: str) -> str:
    keys = " ".join(filter(None, (fold_word(word) for word in re.findall(r"[\w-]+", text))))
    return f" {keys} "


def found_and_false(
    compared: Comparison, planted: Sequence[Planted]
) -> tuple[int, list[Planted], list[tuple[str, str]]]:
    """How many planted changes are reported (each by a difference of its own), those missed, and what is reported that
    holds no planted word at all."""
    left = [(_keys(old), _keys(new)) for old, new in differences(compared, doubtful=True)]
    missed = []
    for change in sorted(planted, key=lambda p: -len(p.old + p.new)):
        old, new = _keys(change.old), _keys(change.new)
        if change.kind == "date":  # a year stands in the days that are made of it
            old, new = old.strip(), new.strip()
        hit = next((d for d in left if (not change.old or old in d[0]) and (not change.new or new in d[1])), None)
        if hit is None:
            missed.append(change)
        elif len(hit[0] + hit[1]) < 60:
            left.remove(hit)
    words = {word for p in planted for word in _keys(p.old + " " + p.new).split()}
    years = {p.new[:4] for p in planted if p.kind == "date"}  # a changed year changes the dates that it stands in
    often = {p.kind for p in planted} & {"number", "unit"}  # they change how many meetings a year are promised
    false = [
        (old, new)
        for old, new in differences(compared)
        if not words & set((_keys(old) + _keys(new)).split())
        and not years & set(re.findall(r"\d{4}", new))
        and not (often and old.isdigit() and new.isdigit())
    ]
    return len(planted) - len(missed), missed, false


def noise(folder: Path) -> None:
    """An agreement against itself, read otherwise and renumbered: nothing may differ in substance."""
    print("\n## The same agreement read otherwise\n")
    print("| letters misread | marks | documents | clauses | reworded | in substance | values | documents with none |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    originals = {path: (path.read_text(encoding="utf-8"), parse_file(path)) for path in agreements()}
    for rate, stripped in ((0.0, False), (0.005, False), (0.01, False), (0.01, True), (0.03, False)):
        clauses = reworded = wrong = values = clean = 0
        for path, (text, record) in originals.items():
            rng = random.Random(f"{path.name} {rate} {stripped}")
            other = parsed(read_otherwise(renumbered(text), rng, rate, stripped=stripped), folder)
            compared = compare(record, other, patch=False)
            reported = differences(compared)
            clauses += len(compared.clauses)
            reworded += sum(c.fate is ClauseChangeType.REWORDED for c in compared.clauses)
            bad = sum(
                c.fate in (ClauseChangeType.MATERIAL, ClauseChangeType.ADDED, ClauseChangeType.REMOVED)
                for c in compared.clauses
            )
            wrong += bad
            values += len(reported) - bad
            clean += not reported
            if VERBOSE and reported:
                print(path.name, rate, stripped, [(a[:80], b[:80]) for a, b in reported])
        marks = "lost" if stripped else "kept"
        print(f"| {rate:.1%} | {marks} | {len(originals)} | {clauses} | {reworded} | {wrong} | {values} | {clean} |")


def planted(folder: Path) -> None:
    """Twenty changes in each agreement, with and without noise: how many are found, what is told besides."""
    print("\n## Planted changes\n")
    print(
        "| letters misread | documents | planted | found | told besides | documents with all found, at most 1 besides |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for rate in (0.0, 0.005, 0.01):
        documents = total = found = besides = good = 0
        for path in agreements():
            text = path.read_text(encoding="utf-8")
            rng = random.Random(f"{path.name} {rate} planted")
            changed, changes = with_changes(text, rng, _CHANGES)
            other = read_otherwise(renumbered(changed), rng, rate) if rate else renumbered(changed)
            compared = compare(parsed(text, folder), parsed(other, folder), patch=False)
            hits, missed, false = found_and_false(compared, changes)
            documents += 1
            total += len(changes)
            found += hits
            besides += len(false)
            good += not missed and len(false) <= 1
            if VERBOSE and (missed or false):
                print(path.name, rate, "MISSED", missed, "FALSE", [(a[:80], b[:80]) for a, b in false])
        print(f"| {rate:.1%} | {documents} | {total} | {found} | {besides} | {good} |")


# --- real pairs ---------------------------------------------------------------------------------------------------


def pairs(shared: Path) -> None:
    """The two OCRs of one agreement; 2016 against 2020 and the list that was written by hand."""
    documents = shared / "documents"
    first, second = (next(documents.glob(f"{n}_*.txt")) for n in ("000", "001"))
    compared = compare(parse_file(first), parse_file(second), patch=False)
    fates = compared.counts.clauses
    print("\n## Two OCRs of one agreement\n")
    print(f"{fates}; differences in substance that are not in doubt: {len(differences(compared))}")
    old = next(documents.glob("002_*.txt"))
    compared = compare(parse_file(old), parse_file(second), patch=False)
    expected = tomllib.loads(LIST.read_text(encoding="utf-8"))
    hits, missed, besides = listed(compared, expected)
    print("\n## 2016 against 2020\n")
    print(f"{hits} of {hits + len(missed)} listed differences found")
    for text in missed:
        print("  missed:", text)
    for text in besides:
        print("  besides:", text)


def listed(compared: Comparison, expected: dict[str, list[dict[str, Any]]]) -> tuple[int, list[str], list[str]]:
    """How many listed differences are told, those that are not, and what is told that no entry lists."""
    hits, missed = 0, []
    used: set[int] = set()
    for entry in expected["field"]:
        found = [one for one in compared.objects if _fits(one, entry)]
        used |= {id(one) for one in found}
        if found or entry.get("debatable"):
            hits += bool(found)
        else:
            missed.append(str(entry))
    for entry in expected["clause"]:
        clause = next(
            (
                c
                for c in compared.clauses
                if _titled(entry["old"], [s.title for s in c.old]) and _titled(entry["new"], [s.title for s in c.new])
            ),
            None,
        )
        reported = {s.kind.value for s in clause.substance} if clause is not None else set()
        because = entry.get("because", [])
        if clause is not None and clause.fate is not ClauseChangeType.UNCHANGED and set(because) <= reported:
            hits += 1
        elif not entry.get("debatable"):
            missed.append(f"{entry} told {reported}")
    besides = [
        f"{one.object.value} {one.fate.value}: {[s.name for s in one.old]} {[s.name for s in one.new]}"
        for one in compared.objects
        if one.fate is not ObjectChangeType.KEPT and not one.doubt and id(one) not in used
    ]
    return hits, missed, besides


def _titled(name: object, titles: Sequence[str | None]) -> bool:
    return (not name and not titles) or any(title == name for title in titles)


def _fits(one: ObjectChange, entry: dict[str, Any]) -> bool:
    if one.object.value != entry["object"]:
        return False
    for name, sides in (("old", one.old), ("new", one.new)):
        wanted = str(entry.get(name, ""))
        if wanted and not any(likeness_of(wanted, s.name).in_old > 0.8 for s in sides):
            return False
    value = entry.get("value")
    if value is None:
        return one.fate.value in (entry["kind"], entry.get("or"))
    if value == "diary_numbers":
        return one.fate.value == "removed"
    values = [v for v in one.values if v.field == value]
    for key, side in (("left", "old"), ("joined", "new")):
        for item in entry.get(key, []):
            if not any(
                fold_word(str(item).replace(" ", "")) in fold_word((getattr(v, side) or "").replace(" ", ""))
                for v in values
            ):
                return False
    return bool(values)


# --- other tools --------------------------------------------------------------------------------------------------


def tools(shared: Path, folder: Path) -> None:
    """What diff, HtmlDiff and deepdiff report on the same pairs."""
    from deepdiff import DeepDiff

    documents = shared / "documents"
    by_number = {n: next(documents.glob(f"{n}_*.txt")) for n in ("000", "001", "002")}
    original = agreements()[0]
    text = original.read_text(encoding="utf-8")
    rng = random.Random("tools")
    other = folder / "other.txt"
    other.write_text(read_otherwise(renumbered(text), rng, 0.01), encoding="utf-8")
    changed, changes = with_changes(text, rng, _CHANGES)
    planted_in = folder / "planted.txt"
    planted_in.write_text(read_otherwise(renumbered(changed), rng, 0.005), encoding="utf-8")
    print("\n## Beside other tools\n")
    heads = ("pair", "diff: lines − / +", "HtmlDiff: marked stretches", "deepdiff of the records")
    print(f"| {' | '.join(heads)} | Avskrift: in substance | reworded or in doubt |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, a, b in (
        ("two OCRs of 2020", by_number["000"], by_number["001"]),
        ("2016 and 2020", by_number["002"], by_number["001"]),
        ("the same, 1 % misread", original, other),
        (f"{len(changes)} changes, 0.5 % misread", original, planted_in),
    ):
        one, two = (path.read_text(encoding="utf-8").splitlines() for path in (a, b))
        rows = list(difflib.unified_diff(one, two, lineterm="", n=0))
        gone, came = (sum(row.startswith(sign) and not row.startswith(sign * 3) for row in rows) for sign in "-+")
        table = difflib.HtmlDiff().make_table(one, two, context=True, numlines=0)
        html = len(re.findall(r'<span class="diff_(?:add|sub|chg)">', table))
        records = [parse_file(path) for path in (a, b)]
        first, second = (record.model_dump(mode="json") for record in records)
        deep = DeepDiff(first, second)
        count = sum(len(entries) for entries in deep.values())
        compared = compare(*records, patch=False)
        certain, every = len(differences(compared)), len(differences(compared, doubtful=True))
        reworded = sum(c.fate is ClauseChangeType.REWORDED for c in compared.clauses)
        print(f"| {name} | {gone} / {came} | {html} | {count} | {certain} | {reworded + every - certain} |")


# --- speed --------------------------------------------------------------------------------------------------------


def speed(folder: Path) -> None:
    """Two agreements of a hundred pages, and a matrix of a thousand documents."""
    print("\n## Speed\n")
    texts = [path.read_text(encoding="utf-8") for path in agreements()]
    words = 0
    parts = []
    number = 0
    while words < 40_000:  # a hundred pages of 400 words
        text = texts[number % len(texts)]
        number += 1
        parts.append(re.sub(r"(?m)^(\d{1,2})\.? (?=[A-ZÅÄÖ])", rf"{number}.\1 ", text))
        words += len(text.split())
    long = "\f".join(parts)
    rng = random.Random("speed")
    changed, _ = with_changes(long, rng, 60)
    old, new = parsed(long, folder), parsed(read_otherwise(changed, rng, 0.005), folder)
    for patch in (False, True):
        seconds = []
        for _ in range(3):
            begun = time.perf_counter()
            compared = compare(old, new, patch=patch)
            seconds.append(time.perf_counter() - begun)
        reported = "with" if patch else "without"
        print(f"pair of {words} words, {len(compared.clauses)} clauses, {reported} JSON Patch: {min(seconds):.2f} s")
    records = [parsed(text, folder) for text in texts]
    many = [Version(f"{n}.json", records[n % len(records)]) for n in range(1000)]
    held = [v.record.model_dump_json() for v in many]
    begun = time.perf_counter()
    loaded = [Version(v.name, Agreement.model_validate_json(text)) for v, text in zip(many, held, strict=True)]
    between = time.perf_counter()
    matrix = matrix_of(loaded)
    done = time.perf_counter()
    print(
        f"matrix of 1,000 documents, {len(matrix.columns)} columns: {done - between:.2f} s, "
        f"and {between - begun:.2f} s to load their records"
    )


VERBOSE = False


def main() -> None:
    """Runs what was asked for, everything by default."""
    global VERBOSE
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("what", nargs="*", default=["pairs", "noise", "planted", "tools", "speed"])
    parser.add_argument("--verbose", action="store_true", help="tell what was missed and what was told besides")
    arguments = parser.parse_args()
    VERBOSE = arguments.verbose
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in arguments.what:
            if what == "pairs":
                pairs(arguments.shared)
            elif what == "noise":
                noise(folder)
            elif what == "planted":
                planted(folder)
            elif what == "tools":
                tools(arguments.shared, folder)
            else:
                speed(folder)


if __name__ == "__main__":
    main()
