"""The prioritised areas of cooperation, each once, with goal, purpose, situation and activities."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.models.agreement import Activity, DocumentKind, Evidence, FocusArea
from avskrift.parsing.fields.focus_areas.details import (
    AREA_KEYS,
    Area,
    labelled,
    own_blocks,
    plain_name,
    told,
    with_plan,
    with_table,
)
from avskrift.parsing.fields.focus_areas.lists import can_be_area, split_areas
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.outline import DocumentStructure, sentences_of
from avskrift.parsing.structure.sections import subparts
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.vocabulary import fold, numbers, pattern

_rule = partial(pattern, "focus_areas")
_LONGEST_HEAD = 8
"""Words of an area's name at most, where a paragraph begins with it."""


def focus_areas_of(outline: DocumentStructure, kind: DocumentKind) -> list[FocusArea]:
    """The areas: headings below a heading on prioritised areas or that are told of alike, else a list or a sentence
    that names them. A text of another kind has none.

    What is told of an area elsewhere (a section under its name, an action plan) is gathered into its entry.
    """
    if kind is DocumentKind.OTHER:
        return []
    sources = (
        _from_headings,
        _from_alike,
        _from_tables,
        _from_lists,
        _from_paragraphs,
        _from_sentences,
        _from_numbered,
    )
    named = next((found for source in sources if (found := source(outline))), [])
    areas = [told(area, outline) for area in _distinct(named)]
    for plan in outline.plans:
        areas = with_plan(areas, plan)
    for table in outline.tables:
        areas = with_table(areas, table, outline)
    return [_record(a) for a in areas]


def _from_alike(outline: DocumentStructure) -> list[Area]:
    """Two or more sections that each tell of a goal and of the situation: they are areas, whatever they are called."""
    found = []
    for i, part in enumerate(outline.parts):
        name = part.title_passage
        if name is None or part.roles:
            continue
        labels = labelled(own_blocks(outline.parts, i))
        if "situation" in labels and "goal" in labels:
            found.append(Area(plain_name(name)))
    return found if len(found) >= 2 else []


def _from_tables(outline: DocumentStructure) -> list[Area]:
    """The rows of a table whose head is `Område` and what is to be reached there."""
    for table in outline.tables:
        columns = {key: table.column(_rule(f"column {key}")) for key in ("area", "goal", "situation")}
        place = columns["area"]
        if place is None or len(table.rows) < 2:
            continue
        cells = [
            {key: row[at] if at is not None and at != place else None for key, at in columns.items()}
            | {"area": row[place]}
            for row in table.rows
        ]
        return [Area(c["area"], goal=c["goal"], situation=c["situation"]) for c in cells if c["area"]]
    return []


def _from_headings(outline: DocumentStructure) -> list[Area]:
    """The sections right below "Prioriterade områden", in the agreement or in its annexes."""
    best: list[Area] = []
    for i, part in enumerate(outline.parts):
        if not part.has("focus_areas"):
            continue
        below = [p for p in subparts(outline.parts, i) if p.level == part.level + 1]
        telling = [p for p in below if p.title_passage is not None and not p.roles]
        if len(telling) >= 2 and len(telling) > len(best):
            best = [Area(plain_name(p.title_passage)) for p in telling if p.title_passage]
    return best


def _from_lists(outline: DocumentStructure) -> list[Area]:
    """The list that a sentence on prioritised areas, or a heading on them, introduces."""
    best: list[Area] = []
    for part in outline.parts:
        blocks = part.blocks
        for i, block in enumerate(blocks):
            if block.kind is not BlockKind.ITEM or block.text.endswith(":"):
                continue
            if i and blocks[i - 1].kind is BlockKind.ITEM and not blocks[i - 1].text.endswith(":"):
                continue
            intro = blocks[i - 1].text if i else part.title
            last = sentences_of(blocks[i - 1].passage)[-1].text if i else intro
            last = _rule("aside").sub("", last).rstrip(".")
            promised = i == 0 or (i == 1 and (len(last) < 60 or last.endswith(":")) and len(blocks[0].text) < 250)
            other = _rule("introduces other").search(last) is not None
            introduced = _rule("introduces areas").search(last) is not None and not other
            headed = part.has("focus_areas") and promised and not other
            pledged = _rule("pledges").search(last) is not None and part.annex is None
            if not (introduced or headed or pledged):
                continue
            items = _items(blocks, i)
            names = [_item_name(b.passage, bare=not pledged) for b in items]
            areas = [_with_goal(Area(n), b.passage) for n, b in zip(names, items, strict=True) if n is not None]
            if len(areas) >= 2 and len(areas) >= len(items) - 1 and len(areas) > len(best) and (introduced or not best):
                best = areas
    return best


def _with_goal(area: Area, item: TextSpan) -> Area:
    """The area with the goal that its own item tells after its name."""
    for sentence in sentences_of(item)[1:]:
        found = _rule("tells goal").search(sentence.text)
        if found is not None:
            return replace(area, goal=sentence.cut(found.end()).stripped(". "))
    return area


def _items(blocks: Sequence[Block], start: int) -> list[Block]:
    found = []
    for block in blocks[start:]:
        if block.kind is not BlockKind.ITEM:
            break
        found.append(block)
    return found


def _item_name(passage: TextSpan, *, bare: bool) -> TextSpan | None:
    """The name at the head of an item: all of it, or what stands before a full stop, colon or dash.

    With `bare` False an item without such a head is a promise, not a name.
    """
    head = re.match(r"(?P<name>[^.:]{3,70}?)\s*(?:[.:]\s+(?=[A-ZÅÄÖ])|\s[–—-]\s+)", passage.text)
    if head is not None:
        return passage.cut(*head.span("name")).stripped(".,;: ")
    if not bare or len(passage.text) > 110 or _rule("is a sentence").search(passage.text):
        return None
    return passage.cut(0, len(_rule("joint at the end").sub("", passage.text))).stripped(".,;: ")


def _from_paragraphs(outline: DocumentStructure) -> list[Area]:
    """Paragraphs that each begin with an area's name, after a sentence that says how many areas there are or, under
    a heading on them, that they follow: "Parterna samlar sig kring två frågor.", "Narkotika. Färre ska pröva."
    """
    for part in outline.main_parts:
        for i, block in enumerate(part.blocks):
            last = sentences_of(block.passage)[-1].text
            many = _rule("counts areas").search(last)
            introduced = part.has("focus_areas") and _rule("introduces areas").search(last.rstrip(".")) is not None
            if block.kind is not BlockKind.PARAGRAPH or (many is None and not introduced):
                continue
            heads = itertools.takewhile(lambda name: name is not None, map(_head_name, part.blocks[i + 1 :]))
            names = [name for name in heads if name is not None]
            told = None if many is None else numbers().value(many["n"])
            if len(names) >= 2 and (len(names) == told or (introduced and told is None)):
                return [_with_goal(Area(n), b.passage) for n, b in zip(names, part.blocks[i + 1 :], strict=False)]
    return []


def _head_name(block: Block) -> TextSpan | None:
    """The name that a paragraph begins with, and that text on it follows."""
    labels = ("label", "label of activities", "label of another row", "begins a sentence")
    if block.kind is not BlockKind.PARAGRAPH or any(_rule(name).match(block.text) for name in labels):
        return None
    name = _item_name(block.passage, bare=False)
    fit = name is not None and can_be_area(name.text) and len(name.text.split()) <= _LONGEST_HEAD
    return name if fit else None


def _from_sentences(outline: DocumentStructure) -> list[Area]:
    """Areas named in running text: "särskilt prioriterade områden är ungdomar, brottsoffer och narkotika"."""
    for rule in ("names areas", "names areas freely", "names areas under their heading"):
        for part in outline.parts:
            if rule == "names areas freely" and part.annex is not None:
                continue
            if rule == "names areas under their heading" and (part.annex is not None or not part.has("focus_areas")):
                continue
            for passage in _with_open_ends(part.blocks):
                for sentence in sentences_of(passage):
                    found = _rule(rule).search(sentence.text)
                    if found is None or (
                        rule == "names areas freely"
                        and not part.has("focus_areas")
                        and _rule("about the agreement").search(sentence.text[: found.start("areas")]) is None
                    ):
                        continue
                    names = split_areas(sentence.cut(*found.span("areas")))
                    if len(names) >= 2 and all(can_be_area(n.text) for n in names):
                        return [Area(n) for n in names]
    return []


def _with_open_ends(blocks: Sequence[Block]) -> list[TextSpan]:
    """The passages of blocks; those that end with a semicolon or comma go on in the next."""
    joined: list[TextSpan] = []
    for block in blocks:
        if joined and joined[-1].text.endswith((";", ",")) and block.kind is BlockKind.PARAGRAPH:
            joined[-1] = between([joined[-1], block.passage])
        else:
            joined.append(block.passage)
    return joined


def _from_numbered(outline: DocumentStructure) -> list[Area]:
    """Headings that call themselves areas: "Fokusområde 1: Trygga miljöer"."""
    found = []
    for part in outline.parts:
        if part.title_passage is not None and _rule("numbered area").match(part.title_passage.text):
            found.append(Area(plain_name(part.title_passage)))
    return found


def _distinct(areas: Sequence[Area]) -> list[Area]:
    kept: dict[str, Area] = {}
    for area in areas:
        if area.name:
            kept.setdefault(fold(area.name.text), area)
    return list(kept.values())


def _record(area: Area) -> FocusArea:
    evidence: dict[str, Evidence] = {"name": area.name.evidence("focus_areas.name")}
    values: dict[str, str] = {}
    for key in AREA_KEYS:
        passage: TextSpan | None = getattr(area, key)
        if passage:
            evidence[key] = passage.evidence(f"focus_areas.{key}")
            values[key] = _without_bullets(passage.text)
    name = area.name.text
    return FocusArea(
        name=name[0].upper() + name[1:],
        goal=values.get("goal"),
        purpose=values.get("purpose"),
        situation=values.get("situation"),
        activities=[_activity(n, r) for n, r in area.activities],
        evidence=evidence["name"],
        evidence_by_field=evidence,
    )


def _activity(name: TextSpan | None, rows: dict[str, TextSpan]) -> Activity:
    evidence = {key: passage.evidence("activities") for key, passage in rows.items() if passage}
    if name:
        evidence["name"] = name.evidence("activities")
    return Activity(
        name=name.text if name else None,
        evidence=next(iter(evidence.values()), None),
        evidence_by_field=evidence,
        **{key: _without_bullets(passage.text) for key, passage in rows.items() if passage},
    )


def _without_bullets(text: str) -> str:
    """The text of a cell as running text: bullets and list dashes left out."""
    return " ".join(re.sub(rf"(?:(?<=\s)|^){BULLET_OR_DASH}\s+(?=\S)", "", text).split())
