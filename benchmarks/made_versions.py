"""New versions of an agreement, made from its text: the same read otherwise, or with changes planted that are known."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*[•\-–*▪]\s+")
_HEADING = re.compile(r"^\s*(\d{1,2})(\.?\s+)(?=[A-ZÅÄÖ])")
_REFERENCE = re.compile(r"\b((?:enligt |i )?(?:punkt|punkten|avsnitt) )(\d{1,2})\b")
_STRIPPED = str.maketrans("åäöÅÄÖ", "aaoAAO")
_MISREAD = (
    ("m", "rn"),
    ("l", "I"),
    ("i", "l"),
    ("e", "c"),
    ("h", "b"),
    ("n", "ri"),
    ("u", "ii"),
    ("t", "f"),
    ("d", "cl"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A change: the words that went (empty for none) and the words that came."""

    kind: str
    old: str
    new: str


def read_otherwise(text: str, rng: random.Random, rate: float = 0.01, *, stripped: bool = False) -> str:
    """The same agreement as another OCR reads it: other line breaks, letters misread, words cut.

    All marks are lost if `stripped`; digits stay. `rate` is the share of letters that are misread.
    """
    rows = _wrapped(text, rng.choice((62, 74, 90)))
    found = []
    for row in rows:
        letters = [_misread(c, rng, rate) for c in row]
        spoilt = "".join(letters)
        if rng.random() < rate * 4:
            places = [i for i in range(1, len(spoilt) - 1) if spoilt[i - 1 : i + 1].isalpha()]
            if places:
                at = rng.choice(places)
                spoilt = f"{spoilt[:at]} {spoilt[at:]}"
        found.append(spoilt.translate(_STRIPPED) if stripped else spoilt)
    return "\n".join(found) + "\n"


def _misread(letter: str, rng: random.Random, rate: float) -> str:
    if rng.random() >= rate:
        return letter
    return next((wrong for right, wrong in _MISREAD if right == letter), letter)


def _wrapped(text: str, width: int) -> list[str]:
    """Paragraphs with other line breaks; headings, items and tables as they are."""
    rows: list[str] = []
    block: list[str] = []

    def close() -> None:
        words = " ".join(block).split()
        line = ""
        for word in words:
            if line and len(line) + len(word) + 1 > width:
                rows.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        if line:
            rows.append(line)
        block.clear()

    for line in text.split("\n"):
        running = len(line) > 45 and not _BULLET.match(line) and "   " not in line.strip() and line[:1] not in " \f"
        if running or (block and line[:1].islower() and len(block[-1]) > 45):
            block.append(line)
            if len(line) <= 45:
                close()
        else:
            close()
            rows.append(line)
    close()
    return rows


def renumbered(text: str) -> str:
    """Every numbered clause one higher, and the words that point to clauses with them."""
    if len(_HEADING.findall(text)) == 0 and not re.search(r"(?m)^\d{1,2}\.? [A-ZÅÄÖ]", text):
        return text
    numbered = re.compile(r"^(\d{1,2})(\.?\s+)(?=[A-ZÅÄÖ][^,]*$)")
    lines = text.split("\n")
    in_list = {
        i + step
        for i in range(len(lines) - 1)
        for step in (0, 1)
        if numbered.match(lines[i]) and numbered.match(lines[i + 1])
    }
    moved = "\n".join(
        line if i in in_list else numbered.sub(lambda m: f"{int(m[1]) + 1}{m[2]}", line) for i, line in enumerate(lines)
    )
    return _REFERENCE.sub(lambda m: f"{m[1]}{int(m[2]) + 1}", moved)


def with_changes(text: str, rng: random.Random, count: int) -> tuple[str, list[Planted]]:
    """The agreement with `count` changes in substance, of all kinds in turn, no two in one line."""
    lines = text.split("\n")
    taken: set[int] = set()
    planted: list[Planted] = []
    tried = 0
    while len(planted) < count and tried < count * 40:
        plant = _PLANTERS[tried % len(_PLANTERS)]
        tried += 1
        order = list(range(len(lines)))
        rng.shuffle(order)
        for at in order:
            if any(abs(at - other) < 2 for other in taken):
                continue
            made = plant(lines, at, rng)
            if made is not None:
                lines[at], change = made
                planted.append(change)
                taken.add(at)
                break
    return "\n".join(lines), planted


Planter = Callable[[Sequence[str], int, random.Random], "tuple[str, Planted] | None"]


def _running(line: str) -> bool:
    return len(line.strip()) > 40 and "   " not in line.strip() and "@" not in line


def _swapped(kind: str, pairs: dict[str, Sequence[str]]) -> Planter:
    """Replaces one word of a line by another."""
    sought = re.compile(r"(?<![\w-])(" + "|".join(pairs) + r")(?![\w-])")

    def plant(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
        line = lines[at]
        found = list(sought.finditer(line)) if _running(line) else []
        if not found:
            return None
        one = rng.choice(found)
        new = rng.choice(pairs[one[0]])
        return line[: one.start()] + new + line[one.end() :], Planted(kind, one[0], new)

    return plant


def _date(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
    found = re.search(r"(?<![\d-])(20[0-3]\d)(-\d\d-\d\d)\b|(?<![\d-])(20[0-3]\d)\b(?=[ .,]|$)", lines[at])
    if found is None or not _running(lines[at]):
        return None
    old = found[0]
    new = str(int(old[:4]) + rng.choice((1, 2, 3))) + old[4:]
    return lines[at].replace(old, new, 1), Planted("date", old, new)


def _negated(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
    found = re.search(r"(?<![\w-])(ska|kan|bör|får)(?= [a-zåäö]{4,}(?:as|a|s)?\b)", lines[at])
    if found is None or not _running(lines[at]) or " inte " in lines[at]:
        return None
    return lines[at][: found.end()] + " inte" + lines[at][found.end() :], Planted("negation", "", "inte")


_OFFICES = ("Skolkurator", "Fritidschef", "Folkhälsostrateg", "Säkerhetschef", "Brandingenjör")


def _member_added(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
    bullet = _BULLET.match(lines[at])
    before = lines[at - 1] if at else ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if bullet is None or not _BULLET.match(after) or not (_BULLET.match(before) or before.strip().endswith(":")):
        return None
    office = rng.choice(_OFFICES)
    if any(office.lower() in line.lower() for line in lines):
        return None
    return f"{lines[at]}\n{bullet[0]}{office}", Planted("item added", "", office)


def _sentence_added(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
    if not _running(lines[at]) or not lines[at].rstrip().endswith(".") or _BULLET.match(lines[at]):
        return None
    if at + 1 < len(lines) and lines[at + 1].strip():
        return None
    office = rng.choice(("Fastighetsnämnden", "Tekniska nämnden", "Räddningstjänsten"))
    sentence = f"{office} ska informeras senast {rng.choice((10, 20, 30))} dagar före mötet."
    return f"{lines[at].rstrip()} {sentence}", Planted("sentence added", "", sentence)


def _clause_added(lines: Sequence[str], at: int, rng: random.Random) -> tuple[str, Planted] | None:
    heading = re.match(r"^(\d{1,2})(\.? )([A-ZÅÄÖ][a-zåäö]+)$", lines[at].rstrip())
    if heading is None or at < 4 or any("Sekretess och arkiv" in line for line in lines):
        return None
    body = "Handlingar som rör samverkan ska arkiveras av Kommunen i tio år."
    return f"Sekretess och arkiv\n\n{body}\n\n{lines[at]}", Planted("clause added", "", body)


_PLANTERS: tuple[Planter, ...] = (
    _swapped("number", {"två": ("tre", "fem"), "tre": ("fyra", "sex"), "fyra": ("två", "sju"), "sex": ("nio",)}),
    _date,
    _swapped("obligation", {"ska": ("bör", "kan"), "bör": ("ska",), "kan": ("ska",)}),
    _negated,
    _swapped("party", {"Kommunen": ("Polisen",), "Polisen": ("Kommunen",), "Parterna": ("Kommunen",)}),
    _member_added,
    _swapped("unit", {"halvår": ("kvartal",), "månad": ("vecka",), "månader": ("veckor",), "minst": ("högst",)}),
    _sentence_added,
    _clause_added,
)
