"""Diary numbers (diarienummer): each holder's reference, once, in the reading most headers agree on."""

import re
from collections import Counter
from collections.abc import Iterator

from avskrift.models.agreement import DiaryNumber
from avskrift.parsing.entities import organisations_in
from avskrift.parsing.outline import Outline
from avskrift.parsing.passage import Passage, columns_of
from avskrift.parsing.vocabulary import fold, rules


def diary_numbers_of(outline: Outline) -> list[DiaryNumber]:
    """The document's own diary numbers: labelled ones and ones that stand alone near the top or in headers."""
    mentions = [(p, holder, re.sub(r"\s+", " ", number.text)) for p, holder, number in _mentions(outline)]
    # A number belongs to one holder, whatever a header's noise made of the name.
    holders: dict[str, Counter[str]] = {}
    for _, holder, number in mentions:
        holders.setdefault(number, Counter())[holder or ""] += 1
    owner = {number: _most(found) for number, found in holders.items()}
    votes: dict[str, Counter[str]] = {}
    for _, _, number in mentions:
        votes.setdefault(fold(owner[number]), Counter())[number] += 1
    found = []
    for key, counted in votes.items():
        for number, _ in [counted.most_common(1)[0]] if key else counted.most_common():
            passage = next(p for p, holder, n in mentions if n == number and (holder or "") == owner[number])
            found.append(DiaryNumber(holder=owner[number] or None, number=number, evidence=passage.evidence(0.95)))
    return found


def _most(named: Counter[str]) -> str:
    """The name read most often; a name before none."""
    return max(named, key=lambda name: (bool(name), named[name]))


def _mentions(outline: Outline) -> Iterator[tuple[Passage, str | None, Passage]]:
    """Lines that name a diary number: the line, the holder if named, the number."""
    label = next(r.pattern for r in rules("diary_numbers") if r.name == "label")
    number = next(r.pattern for r in rules("diary_numbers") if r.name == "number")
    lines = [*outline.margins, *outline.lines]
    near_top = {p.number for p in outline.lines[:20]}
    labelled_above = -9
    columns = [(placed, column) for placed in lines for column in columns_of(Passage.join([placed]))]
    for i, (placed, passage) in enumerate(columns):
        text = passage.text
        if label.search(text):
            labelled_above = i
        found = number.search(text)
        if found is None or len(text) > 130:
            continue
        in_reach = i - labelled_above <= 3
        holder = _holder(text, found.start("number"), found.end("number"))
        alone = len(found["number"]) >= len(text.strip()) - 2 and placed.number in near_top
        if not (
            in_reach
            or alone
            or (holder is not None and re.match(r"\s*:?\s*$", text[: found.start("number")].removeprefix(holder)))
        ):
            continue
        if not (in_reach or alone) and ":" not in text:
            continue
        yield passage, holder, passage.cut(*found.span("number"))


def _holder(text: str, start: int, end: int) -> str | None:
    """Who keeps the register: named before the number and a colon, or in brackets after it."""
    after = re.match(r"\s*\(([^)]+)\)", text[end:])
    if after is not None and organisations_in(after[1]):
        return after[1].strip()
    before = re.sub(
        r"^\W*(?:diarienummer|diarienr|dnr|ärendenummer|ärendenr|ärende)\b\.?:?\s*",
        "",
        text[:start],
        flags=re.I,
    )
    before = re.sub(r"[\s,(]*(?:diarienummer|diarienr|dnr|ärendenr)?\.?\s*[:\s–-]*$", "", before, flags=re.I).strip()
    general = re.search(r"\b(?:kommunen|polisen|regionen|staden|förvaltningen)$", before, re.IGNORECASE)
    if general is not None:
        return general.group()
    named = organisations_in(before)
    return before[named[-1].start :].strip() if named else None
