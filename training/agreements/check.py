"""Refuse marks that cannot be: `python training/agreements/check.py [FOLDER ...]` prints one line for each fault.

Counts the documents, words and marks. Exit status 1 where a fault was found.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS

HERE = Path(__file__).parent

KINDS = frozenset(
    [
        "agreement",
        "citizens_promise",
        "letter_of_intent",
        "partnership",
        "action_plan",
        "situation_picture",
        "minutes",
        "protocol_excerpt",
        "memo",
        "contact_list",
        "other",
    ]
)
_MARK = re.compile(r"<(/?)([A-Z]+)>")
_ANY_ANGLE = re.compile(r"</?[A-Za-z]+[^>\n]{0,20}>?")
_LONGEST = {
    "TERM": 60,
    "ORGNR": 20,
    "PHONE": 40,
    "EMAIL": 60,
    "DNR": 50,
    "ANNEXNO": 12,
    "SIGNER": 60,
    "DATE": 50,
    "SIGNDATE": 40,
    "UNTIL": 30,
    "PARTY": 200,
    "PAGENO": 40,
    "FROM": 60,
    "TO": 60,
    "MEMBER": 200,
    "AREA": 160,
}


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` of the document without its marks is a value or a line of the kind `tag`."""

    start: int
    end: int
    tag: str


def unmarked(marked: str) -> tuple[str, list[Mark], list[str]]:
    """The text without marks, its marks in order, and what is wrong with them."""
    parts: list[str] = []
    marks: list[Mark] = []
    faults: list[str] = []
    opened: list[tuple[str, int]] = []
    at = length = 0
    for found in _MARK.finditer(marked):
        parts.append(marked[at : found.start()])
        length += found.start() - at
        at = found.end()
        closing, tag = found.groups()
        where = f"line {marked.count(chr(10), 0, found.start()) + 1}"
        if tag not in (*VALUE_TAGS, *LINE_TAGS):
            faults.append(f"{where}: no such tag: {tag}")
        elif not closing:
            for outer, _ in opened:
                if not (outer in LINE_TAGS and tag in VALUE_TAGS) and outer not in ("TABLE", "QUOTE", "DISTRIBUTION"):
                    faults.append(f"{where}: {tag} lies inside {outer}")
            opened.append((tag, length))
        elif not opened or opened[-1][0] != tag:
            faults.append(f"{where}: </{tag}> closes nothing")
        else:
            _, start = opened.pop()
            marks.append(Mark(start, length, tag))
    parts.append(marked[at:])
    faults.extend(f"<{tag}> is not closed" for tag, _ in opened)
    return "".join(parts), sorted(marks, key=lambda m: (m.start, -m.end)), faults


def faults_of_values(text: str, marks: list[Mark]) -> list[str]:
    """Marks that stand around nothing, around white space or punctuation at an end, or around too much."""
    faults = []
    for mark in marks:
        value = text[mark.start : mark.end]
        where = f"line {text.count(chr(10), 0, mark.start) + 1}"
        if not value.strip():
            faults.append(f"{where}: <{mark.tag}> is empty")
            continue
        if value != value.strip() and mark.tag in VALUE_TAGS:
            faults.append(f"{where}: white space at an end of <{mark.tag}>: {value!r}")
        if mark.tag in VALUE_TAGS and value.strip()[0] in ",.;:•*–▪":
            faults.append(f"{where}: <{mark.tag}> begins with {value.strip()[0]!r}")
        if mark.tag in VALUE_TAGS and value.strip()[-1] in ",;:":
            faults.append(f"{where}: <{mark.tag}> ends with {value.strip()[-1]!r}")
        if len(value) > _LONGEST.get(mark.tag, 4000):
            faults.append(f"{where}: <{mark.tag}> of {len(value)} signs: {value[:50]!r}")
        if mark.tag == "EMAIL" and "@" not in value:
            faults.append(f"{where}: no address: {value!r}")
        if (
            mark.tag in ("ORGNR", "PHONE", "SIGNDATE", "TO")
            and not re.search(r"\d", value)
            and mark.tag in ("ORGNR", "PHONE")
        ):
            faults.append(f"{where}: <{mark.tag}> without a digit: {value!r}")
    return faults


def faults_of_file(path: Path) -> tuple[list[str], Counter[str], int]:
    """What is wrong with one file, how often each tag stands in it, and its words."""
    marked = path.read_text(encoding="utf-8")
    faults = []
    for line in re.findall(r"^%%.*$", marked, re.M):
        kind = re.search(r"\bkind=(\w+)", line)
        if not kind or kind[1] not in KINDS:
            faults.append(f"no such kind: {line}")
    if not marked.startswith("%% "):
        faults.append("the first line does not say what the file is (%% kind=...)")
    text, marks, more = unmarked(marked)
    faults += more + faults_of_values(text, marks)
    faults += [f"angle brackets left: {m[0]!r}" for m in _ANY_ANGLE.finditer(text) if m[0].strip("</>").isupper()]
    return faults, Counter(m.tag for m in marks), len(text.split())


def main(folders: list[str]) -> int:
    """Check all files of the folders, by default of all hands. Returns the exit status."""
    paths = sorted(p for f in (folders or [str(HERE)]) for p in Path(f).rglob("*.txt"))
    total: Counter[str] = Counter()
    words = wrong = 0
    for path in paths:
        faults, tags, count = faults_of_file(path)
        total += tags
        words += count
        wrong += bool(faults)
        for fault in faults:
            print(f"{path}: {fault}")
    print(f"{len(paths)} files, {words} words, {sum(total.values())} marks; {wrong} files with faults")
    print(" ".join(f"{tag} {n}" for tag, n in total.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
