"""The annexes that the document lists, or that follow it."""

import re
from collections.abc import Sequence
from functools import partial

from avskrift.models.agreement import Annex, Evidence
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.vocabulary import pattern

_rule = partial(pattern, "annexes")


def annexes_of(outline: DocumentStructure) -> list[Annex]:
    """The list of annexes; without one, lines "Bilaga 1 ..." anywhere; without them, the annexes that follow."""
    listed: list[Annex] = []
    for part in outline.parts_with("annexes"):
        for block in part.blocks:
            listed.extend(_entries(block, in_section=True))
        listed = listed or _on_lines_apart(part.blocks[:1])
        if listed:
            return _counted(listed)
    for part in outline.main_parts:
        for block in part.blocks:
            listed.extend(_entries(block, in_section=False))
    if listed:
        return listed
    named = [a for part in outline.main_parts for block in part.blocks for a in _named_in(block.passage)]
    if named:
        return named
    return [
        Annex(number=p.number, title=p.title, evidence=p.heading.passage.evidence("annexes"))
        for p in outline.parts
        if p.has("annex") and p.heading is not None
    ]


def _named_in(passage: TextSpan) -> list[Annex]:
    """Annexes that running text names with number and title: "Bilaga 1, Karta över torget, och bilaga 2, ..."."""
    found = [(m, passage.cut(m.start(), m.end())) for m in _rule("in a sentence").finditer(passage.text)]
    records = [_record(m["number"], place, m["title"]) for m, place in found if m["title"][0].isupper()]
    for m in _rule("in brackets").finditer(passage.text):
        title = passage.cut(*m.span("title"))
        records.append(Annex(number=m["number"], title=title.text, evidence=title.evidence("annexes, named in a text")))
    return [r for r in records if r is not None]


def _counted(annexes: list[Annex]) -> list[Annex]:
    """The list with numbers that could not be read told by their place, where those that could agree with it."""
    read = [(i, a.number) for i, a in enumerate(annexes, 1) if a.number]
    if not read or len(read) == len(annexes) or any(number != str(i) for i, number in read):
        return annexes
    return [
        a if a.number else a.model_copy(update={"number": str(i), "evidence": _less_sure(a.evidence)})
        for i, a in enumerate(annexes, 1)
    ]


def _less_sure(evidence: Evidence | None) -> Evidence | None:
    return None if evidence is None else evidence.model_copy(update={"confidence": min(0.6, evidence.confidence)})


def _entries(block: Block, *, in_section: bool) -> list[Annex]:
    """The annexes that one block names: itself an entry, or several lines of "Bilaga 1 Titel"."""
    found = []
    if block.kind is BlockKind.HEADING:
        return []
    lines = [TextSpan.join([p]) for p in block.lines]
    named = [(p, line_rule("annex").fullmatch(re.sub(r"^\W+", "", p.text))) for p in lines]
    if all(m is not None and m["number"] for _, m in named):
        for passage, match in named:
            assert match is not None
            found.append(_record(match["number"].strip(), passage, match["title"]))
        return [a for a in found if a is not None]
    whole = line_rule("annex").fullmatch(re.sub(r"^\W+", "", block.text))
    if whole is not None and whole["number"] and not re.search(r"[.!?]\s", block.text):
        record = _record(whole["number"].strip(), block.passage, whole["title"])
        return [record] if record is not None else []
    numbered = [(p, _rule("entry").match(p.text)) for p in lines]
    if in_section and block.kind is not BlockKind.COLUMNS and len(lines) > 1 and all(m for _, m in numbered):
        records = [_record(m["number"], p.cut(m.start("title")), m["title"]) for p, m in numbered if m is not None]
        return [r for r in records if r is not None]
    if in_section and block.kind is BlockKind.ITEM and len(block.text) < 160:
        number = re.sub(r"\W", "", block.marker) or None
        within = re.match(r"(\d{1,2})[.)]?\s+(?=[A-ZÅÄÖ])", block.text) if number is None else None
        passage = block.passage if within is None else block.passage.cut(within.end())
        record = _record(number if within is None else within[1], passage, passage.text)
        return [record] if record is not None else []
    return []


def _on_lines_apart(blocks: Sequence[Block]) -> list[Annex]:
    """Titles that stand one on a line right below the heading, without number or bullet."""
    lines = [TextSpan.join([p]) for b in blocks if b.kind is BlockKind.PARAGRAPH for p in b.lines]
    apart = len(lines) > 1 and all(
        p.text[:1].isupper() and len(p.text) < 80 and not p.text.endswith((".", ",", ":")) for p in lines
    )
    return [a for p in lines if (a := _record(None, p, p.text)) is not None] if apart else []


def _record(number: str | None, passage: TextSpan, title: str) -> Annex | None:
    title = " ".join(title.split()).strip(" .,;:–-")
    if title and not (title[0].isupper() or title[0].isdigit()):
        return None
    if not title or len(title) > 160:
        return (
            None
            if number is None or len(title) > 160
            else Annex(number=number, evidence=passage.evidence("annexes, without a title"))
        )
    return Annex(number=number, title=title, evidence=passage.evidence("annexes"))
