"""Diary numbers (diarienummer): each holder's reference, once, in the reading most headers agree on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from rapidfuzz import fuzz

from avskrift.language.dates import dates_in
from avskrift.models.agreement import DiaryNumber, Party, PartyKind
from avskrift.parsing.fields.entities import organisations_in
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan, columns_of
from avskrift.parsing.vocabulary import date_rules, fold, load, pattern

_rule = partial(pattern, "diary_numbers")
_holder_rule = partial(pattern, "diary_numbers", table="holder")
_ALIKE = 75
"""How alike (0 to 100) two readings of one number are at least."""


def diary_numbers_of(outline: DocumentStructure, parties: Sequence[Party] = ()) -> list[DiaryNumber]:
    """The document's own diary numbers: labelled ones and ones that stand alone near the top or in headers.

    A number whose holder is not named belongs to the one party whose register is numbered so.
    """
    mentions = [(p, _party_called(holder, parties), number) for p, holder, number in _mentions(outline)]
    # A number belongs to one holder, whatever a header's noise made of the name.
    holders: dict[str, Counter[str]] = {}
    for _, holder, number in mentions:
        holders.setdefault(number, Counter())[holder or ""] += 1
    owner = {number: _most(found) or _by_form(number, parties) for number, found in holders.items()}
    votes: dict[str, Counter[str]] = {}
    for _, _, number in mentions:
        votes.setdefault(fold(owner[number]), Counter())[number] += 1
    found = []
    for counted in votes.values():
        told = any(_most(holders[number]) for number in counted)
        for number in _distinct(counted, alone=told):
            passage = next(p for p, _, n in mentions if n == number)
            found.append(
                DiaryNumber(holder=owner[number] or None, number=number, evidence=passage.evidence("diary_numbers"))
            )
    return found


def _distinct(counted: Counter[str], *, alone: bool) -> list[str]:
    """The numbers of one holder: the one read most often, and others that are no misreadings of it."""
    kept: list[str] = []
    for number, _ in counted.most_common():
        if not kept or (not alone and not any(fuzz.ratio(number, other) >= _ALIKE for other in kept)):
            kept.append(number)
    return kept


def _most(named: Counter[str]) -> str:
    """The name read most often; a name before none."""
    return max(named, key=lambda name: (bool(name), named[name]))


def _party_called(holder: str | None, parties: Sequence[Party]) -> str | None:
    """The party's name for a holder that is called "Polisens" or "Kommunen"; other holders as they are named."""
    if holder is None:
        return None
    called = fold(holder).rstrip("s")
    for party in parties:
        if fold(party.name).rstrip("s") == called:
            return party.name
        if party.defined_term is not None and fold(party.defined_term).rstrip("s") == called:
            return party.name
    kind = next((k for k, words in load("diary_numbers")["general"].items() if called in words), None)
    alike = [p for p in parties if p.kind == kind]
    return alike[0].name if kind is not None and len(alike) == 1 else holder


def _by_form(number: str, parties: Sequence[Party]) -> str:
    """The one party that numbers so: A402.617/2013 is of the police, RS of a region, others of a municipality."""
    kind = PartyKind.MUNICIPALITY
    if _rule("of the police").match(number):
        kind = PartyKind.POLICE
    elif _rule("of a region").match(number):
        kind = PartyKind.REGION
    alike = [p for p in parties if p.kind is kind]
    return alike[0].name if len(alike) == 1 else ""


def _mentions(outline: DocumentStructure) -> Iterator[tuple[TextSpan, str | None, str]]:
    """Lines that name a diary number: the line, the holder if named, the number."""
    lines = [*outline.margins, *outline.lines]
    near_top = {p.number for p in outline.lines[:20]}
    labelled_above = -9
    columns = [(placed, column) for placed in lines for column in columns_of(TextSpan.join([placed]))]
    above: dict[int, tuple[int, str]] = {}
    for i, (placed, passage) in enumerate(columns):
        text = passage.text
        place = sum(1 for p, _ in columns[max(0, i - 6) : i] if p is placed)
        named_alone = organisations_in(text)
        if len(named_alone) == 1 and named_alone[0].end - named_alone[0].start >= 0.7 * len(text):
            above[place] = (placed.line.number, named_alone[0].text)
        label = _rule("label").search(text)
        if label is not None:
            labelled_above = i
        if len(text) > 130:
            continue
        for start, end in _numbers(text, label, below=_goes_on(text, i - labelled_above)):
            holder = _holder(text, start, end)
            row, name = above.get(place, (-9, ""))
            if (
                holder is None
                and label is not None
                and 0 <= placed.line.number - row <= 2
                and len(columns_of(TextSpan.join([placed]))) > 1
            ):
                holder = name  # the letterhead over the number
            in_reach = i - labelled_above <= 3
            alone = end - start >= len(text.strip()) - 2 and placed.number in near_top
            named = holder is not None and re.match(r"\s*(?::\s*)?$", text[:start].removeprefix(holder)) is not None
            if in_reach or alone or (named and ":" in text):
                yield passage, holder, re.sub(r"\s+", " ", text[start:end])


def _goes_on(text: str, below: int) -> bool:
    """Whether a line so far below a label goes on with its numbers: right below it, or with a holder in brackets."""
    return below == 1 or (1 < below <= 3 and re.search(r"\([^)]+\)\s*$", text) is not None)


def _numbers(text: str, label: re.Match[str] | None, *, below: bool) -> list[tuple[int, int]]:
    """Where numbers stand in a line: anything like a number right after a label, else what only a diary number is."""
    found = [m.span("number") for m in _rule("number").finditer(text)]
    begin = label.end() if label is not None else 0 if below else None
    if begin is not None:
        named = re.match(r"[^\d:]{0,45}:", text[begin:])
        for start in (begin, begin + named.end() if named is not None else begin):
            free = _rule("after a label").match(text[start:])
            if free is not None and not dates_in(free["number"], date_rules()):
                span = (start + free.start("number"), start + free.end("number"))
                found = [s for s in found if s[1] <= span[0] or s[0] >= span[1]] + [span]
                break
    return sorted(found)


def _holder(text: str, start: int, end: int) -> str | None:
    """Who keeps the register: named before the number and a colon, or in brackets after it."""
    after = re.match(r"\s*\(([^)]+)\)", text[end:])
    if after is not None and organisations_in(after[1]):
        return after[1].strip()
    before = _holder_rule("label before it").sub("", text[:start])
    before = _holder_rule("label after it").sub("", before).strip()
    general = _holder_rule("general").search(before)
    if general is not None:
        return general.group()
    named = organisations_in(before)
    return before[named[-1].start :].strip() if named else None
