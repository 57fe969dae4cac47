"""Made damage: clean Swedish text as an OCR engine might have read it, with the edits that lead back.

A `Profile` is how one engine read one document: which share of each of å ä ö é it lost and to what, which shapes
it mistook and how often, how it handled spaces. `damaged` applies a profile to a text; `drawn` draws a profile.
What is confused stands in language/data/confusions.toml, parts of names in names.toml.
"""

import random
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from avskrift.language.confusions import Kind, counted_readings
from avskrift.language.fold import without_marks

KEEP, DROP = "\0keep", "\0drop"
"""The two tags that are no strings to put in a letter's place."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`marks` gives for each marked letter the share that was lost and the readings with weights; `shapes` for
    each printed string the chance that it is misread, and the readings; the rest are chances for each place."""

    marks: dict[str, tuple[float, list[str], list[float]]] = field(default_factory=dict)
    shapes: dict[str, tuple[float, list[str], list[float]]] = field(default_factory=dict)
    digits: float = 0.0
    lost_space: float = 0.0
    stray_space: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether no letter is ever misread."""
        return not self.marks and not self.shapes

    def lost(self) -> list[float]:
        """The shares of å, ä and ö that are lost."""
        return [self.marks[m][0] if m in self.marks else 0.0 for m in "åäö"]


@cache
def tags() -> list[str]:
    """Every tag: keep, drop, and the strings that a read sign is replaced by."""
    strings: set[str] = set()
    for kind in Kind:
        for printed, pairs in counted_readings(kind).items():
            for read in pairs:
                strings.update(t for t in _aligned(printed, read) if t not in (KEEP, DROP))
    strings.update("ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖabcdefghijklmnopqrstuvwxyzåäö")
    return [KEEP, DROP, *sorted(strings)]


def _aligned(printed: str, read: str) -> list[str]:
    """A tag for each sign of `read`, which stands for `printed`: equal ends are kept, the first other sign
    becomes what was printed, the rest are dropped."""
    head = 0
    while head < min(len(printed), len(read)) - 1 and printed[head] == read[head]:
        head += 1
    tail = 0
    while tail < min(len(printed), len(read)) - 1 - head and printed[-1 - tail] == read[-1 - tail]:
        tail += 1
    middle, shown = read[head : len(read) - tail], printed[head : len(printed) - tail]
    if len(middle) == len(shown):
        inner = [KEEP if r == p else p for r, p in zip(middle, shown, strict=True)]
    else:
        inner = [shown] + [DROP] * (len(middle) - 1)
    return [KEEP] * head + inner + [KEEP] * tail


def drawn(rng: random.Random) -> Profile:
    """A profile such as real old text layers have: some are clean, some only lost their marks, some are bad."""
    kind = rng.random()
    if kind < 0.12:
        return Profile()
    marks: dict[str, tuple[float, list[str], list[float]]] = {}
    if kind < 0.80:
        everywhere = rng.random() < 0.6
        plain = 1.0 if rng.random() < 0.5 else rng.random()
        share = 1.0 if everywhere else rng.random()
        for mark, pairs in counted_readings(Kind.MARKS).items():
            lost = share if everywhere else min(1.0, max(0.0, share + rng.uniform(-0.5, 0.5)))
            if rng.random() < 0.06:
                lost = rng.random()
            readings = list(pairs)
            weights = [pairs[readings[0]] * plain + 0.5] + [
                pairs[r] * rng.expovariate(1.0) ** 2 * (1.0 - plain) * 4.0 for r in readings[1:]
            ]
            marks[mark] = (lost, readings, weights)
    if 0.12 <= kind < 0.38:
        return Profile(marks)
    level = 10 ** rng.uniform(-3.3, -1.25)
    shapes: dict[str, tuple[float, list[str], list[float]]] = {}
    for printed, pairs in counted_readings(Kind.SHAPES).items():
        chance = level * rng.expovariate(1.0) ** 2 * min(1.5, sum(pairs.values()) / 8.0)
        if rng.random() < 0.08:
            chance = rng.random() ** 2 * 0.5
        if printed in ("%", "§", "•"):
            chance = rng.random() if rng.random() < 0.6 else 0.0
        readings = list(pairs)
        shapes[printed] = (min(chance, 0.95), readings, [pairs[r] * rng.expovariate(1.0) for r in readings])
    return Profile(
        marks,
        shapes,
        digits=rng.choice((0.0, 0.01, 0.05)),
        lost_space=rng.choice((0.0, 0.002, 0.006, 0.02)),
        stray_space=rng.choice((0.0, 0.0008, 0.003, 0.012)),
    )


@dataclass(frozen=True, slots=True)
class Damaged:
    """`text` as read; for each of its signs a tag, and whether a space was lost after it; `shapes` tells how many
    shapes were misread in it."""

    text: str
    tags: list[str]
    spaces: list[bool]
    shapes: int = 0

    def restored(self) -> str:
        """What was printed, as the tags tell."""
        return "".join(
            (sign if tag == KEEP else "" if tag == DROP else tag) + (" " if space else "")
            for sign, tag, space in zip(self.text, self.tags, self.spaces, strict=True)
        )


def damaged(clean: str, profile: Profile, rng: random.Random) -> Damaged:
    """`clean` read by an engine of that profile."""
    spans: list[tuple[int, int, str, list[str]]] = []  # start, end, read, tags; an empty reading is a lost space
    fixed = [m.span() for m in re.finditer(r"\S+@\S+|www\.\S+|https?:\S+", clean)]
    for printed, (chance, readings, weights) in profile.shapes.items():
        if chance <= 0:
            continue
        at = clean.find(printed)
        while at >= 0:
            if rng.random() < chance and _misread_here(clean, at, printed):
                read = rng.choices(readings, weights)[0]
                spans.append((at, at + len(printed), read, _aligned(printed, read)))
            at = clean.find(printed, at + 1)
    for found in re.finditer(r"[åäöÅÄÖéüÉÜ]", clean):
        entry = profile.marks.get(found.group())
        if entry is not None and rng.random() < entry[0]:
            read = rng.choices(entry[1], entry[2])[0]
            spans.append((found.start(), found.end(), read, _aligned(found.group(), read)))
    if profile.digits:
        for found in re.finditer(r"(?<=[\d.,/-])\d|\d(?=\d)", clean):
            pairs = counted_readings(Kind.DIGITS).get(found.group())
            if pairs and rng.random() < profile.digits:
                read = rng.choices(list(pairs), list(pairs.values()))[0]
                spans.append((found.start(), found.end(), read, _aligned(found.group(), read)))
    if profile.lost_space:
        spans += [
            (m.start(), m.end(), "", [])
            for m in re.finditer(r"(?<=\w) (?=\w)", clean)
            if rng.random() < profile.lost_space
        ]
    if profile.stray_space:
        count = sum(rng.random() < profile.stray_space for _ in range(len(clean)))
        for _ in range(count):
            at = rng.randrange(1, max(2, len(clean) - 1))
            if clean[at - 1 : at].strip() and clean[at : at + 1].strip():
                spans.append((at, at, " ", [DROP]))
    spans = [s for s in spans if not any(a < s[1] and s[0] < b for a, b in fixed)]
    return _applied(clean, spans, rng)


def _misread_here(clean: str, at: int, printed: str) -> bool:
    """Bullets only at the start of a line; a percent sign only after a number, a section sign before or after."""
    if printed == "•":
        return at == 0 or clean[at - 1] == "\n"
    if printed == "%":
        return at > 0 and (clean[at - 1].isdigit() or clean[at - 2 : at - 1].isdigit())
    return True


def _applied(clean: str, spans: list[tuple[int, int, str, list[str]]], rng: random.Random) -> Damaged:
    rng.shuffle(spans)
    spans.sort(key=lambda s: s[0])
    text: list[str] = []
    tags: list[str] = []
    spaces: list[bool] = []
    at = shapes = 0
    for start, end, read, span_tags in spans:
        if start < at:
            continue
        shapes += clean[start:end] not in _MARKED
        text.append(clean[at:start])
        tags += [KEEP] * (start - at)
        spaces += [False] * (start - at)
        if read:
            text.append(read)
            tags += span_tags
            spaces += [False] * len(read)
        elif spaces:
            spaces[-1] = True
        at = end
    text.append(clean[at:])
    tags += [KEEP] * (len(clean) - at)
    spaces += [False] * (len(clean) - at)
    return Damaged("".join(text), tags, spaces, shapes)


_MARKED = "åäöÅÄÖéüÉÜ"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"


def spaced_out(line: str, profile: Profile, rng: random.Random) -> Damaged:
    """A heading as engines read letter-spaced display type: a space after each letter or two, the first glyph of
    words often another sign."""
    first = damaged(line, profile, rng)
    text: list[str] = []
    tags: list[str] = []
    spaces: list[bool] = []
    tight, wrong = rng.choice((0.0, 0.05, 0.15)), rng.random()
    wide = rng.choice((1, 1, 2, 3))
    last = len(first.text) - 1
    for at, (sign, tag, space) in enumerate(zip(first.text, first.tags, first.spaces, strict=True)):
        begins = at == 0 or first.text[at - 1] == " "
        if begins and sign in _CAPITALS and tag == KEEP and rng.random() < wrong:
            tag, sign = sign, rng.choice("018OuIld•VPSjyf*T(B")
            tag = KEEP if tag == sign else tag
        if sign == " " and tag == KEEP:
            # the gap between words: wider in some readings, gone in others; one space is kept
            text.append(" " * wide)
            tags += [KEEP] + [DROP] * (wide - 1)
            spaces += [False] * wide
            continue
        text.append(sign)
        tags.append(tag)
        spaces.append(space)
        if at < last and first.text[at + 1] != " " and rng.random() >= tight:
            text.append(" ")
            tags.append(DROP)
            spaces.append(False)
    return Damaged("".join(text), tags, spaces)


def person(rng: random.Random) -> str:
    """A made name of a person."""
    names = _name_parts()
    family = rng.choice(names["patronymic"]) if rng.random() < 0.5 else _joined(names, rng)
    if rng.random() < 0.12:
        family += "-" + (rng.choice(names["patronymic"]) if rng.random() < 0.5 else _joined(names, rng))
    return f"{rng.choice(names['given'])} {family}"


def place(rng: random.Random) -> str:
    """A made place or body."""
    names = _name_parts()
    name = _joined(names, rng)
    if rng.random() < 0.3:
        name = rng.choice(("Norra ", "Södra ", "Östra ", "Västra ", "Gamla ", "Stora ", "Övre ", "Nedre ")) + name
    return f"{name}{rng.choice(('s ', ' ', ' '))}{rng.choice(names['place'])}" if rng.random() < 0.6 else name


def contact(rng: random.Random) -> str:
    """A made contact line: address signs and numbers that must stay."""
    who = person(rng)
    plain = without_marks(who.lower()).replace(" ", rng.choice((".", "_", "-")))
    domain = rng.choice(("polisen.se", "kommun.example", "stad.example", _joined(_name_parts(), rng).lower() + ".se"))
    domain = without_marks(domain)
    parts = [who, rng.choice(_name_parts()["title"])]
    rng.shuffle(parts)
    if rng.random() < 0.7:
        parts.append(f"{plain}@{domain}")
    if rng.random() < 0.7:
        parts.append(f"0{rng.randint(7, 99)}-{rng.randint(10, 999)} {rng.randint(10, 99)} {rng.randint(10, 99)}")
    return rng.choice((", ", " ", "\n", "; ")).join(parts)


def _joined(names: dict[str, list[str]], rng: random.Random) -> str:
    return rng.choice(names["first"]) + rng.choice(names["last"])


@cache
def _name_parts() -> dict[str, list[str]]:
    """The name parts of names.toml."""
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
