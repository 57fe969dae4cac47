"""What is told of an area elsewhere, gathered into its entry: a section under its name, an action plan, a table."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz import fuzz

from avskrift.parsing.fields.focus_areas.lists import split_areas
from avskrift.parsing.structure.action_plans import Plan, Row
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.outline import DocumentStructure, sentences_of
from avskrift.parsing.structure.sections import Part, subparts
from avskrift.parsing.structure.tables import Table
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import fold, pattern

_rule = partial(pattern, "focus_areas")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Area:
    """An area while it is being gathered."""

    name: TextSpan
    goal: TextSpan | None = None
    purpose: TextSpan | None = None
    situation: TextSpan | None = None
    activities: tuple[tuple[TextSpan | None, dict[str, TextSpan]], ...] = ()


_COLUMN_KEYS = ("goal", "convener", "duration", "follow_up", "funding")


def with_table(areas: Sequence[Area], table: Table, outline: DocumentStructure) -> list[Area]:
    """The areas with the activities of a table, added to the area under whose heading it stands."""
    place = table.column(_rule("column activity"))
    first = min(table.numbers)
    over = [p for p in outline.parts if p.heading is not None and p.heading.lines[0].number < first]
    title = over[-1].title_passage if over else None
    if place is None or title is None:
        return list(areas)
    name = plain_name(title)
    home = next((i for i, a in enumerate(areas) if _about(name.text, a.name.text)), None)
    if home is None:
        return list(areas)
    columns = {key: table.column(_rule(f"column {key}")) for key in _COLUMN_KEYS}
    found = []
    for row in table.rows:
        cells = {key: row[at] for key, at in columns.items() if at is not None and at != place}
        found.append((row[place], {key: cell for key, cell in cells.items() if cell}))
    area = replace(areas[home], activities=(*areas[home].activities, *found))
    return [*areas[:home], area, *areas[home + 1 :]]


def own_blocks(parts: Sequence[Part], index: int) -> list[Block]:
    """The blocks of a section, and of the sections below it whose headings are only labels: Mål, Lägesbild."""
    blocks = list(parts[index].blocks)
    for part in parts[index + 1 :]:
        labelled = part.heading is not None and any(
            _rule(name).fullmatch(part.title.strip())
            for name in ("label", "label of activities", "label of another row")
        )
        if not labelled or part.heading is None:
            break
        blocks += [part.heading, *part.blocks]
    return blocks


def plain_name(passage: TextSpan) -> TextSpan:
    """The name without "Fokusområde 2:" and without a full stop."""
    found = _rule("numbered area").match(passage.text)
    return (passage.cut(found.end()) if found is not None and found.end() < len(passage.text) else passage).stripped(
        ".,;: "
    )


def told(area: Area, outline: DocumentStructure) -> Area:
    """The area with what sections under its name tell: goal, purpose, situation."""
    for i, part in enumerate(outline.parts):
        own = own_blocks(outline.parts, i)
        if part.title_passage is None or not own:
            continue
        if fuzz.ratio(fold(plain_name(part.title_passage).text), fold(area.name.text)) < 92:
            continue
        blocks = [*part.blocks, *(b for p in subparts(outline.parts, i) for b in p.blocks)]
        goal, purpose = area.goal, area.purpose
        situation = area.situation
        for block in blocks:
            for sentence in sentences_of(block.passage):
                if goal is None and (found := _rule("tells goal").search(sentence.text)):
                    goal = sentence.cut(found.end()).stripped(". ")
                elif purpose is None and (found := _rule("tells purpose").search(sentence.text)):
                    purpose = sentence.cut(found.end()).stripped(". ")
        by_label = labelled(own)
        goal, purpose = goal or by_label.get("goal"), purpose or by_label.get("purpose")
        situation = situation or by_label.get("situation")
        first = next((b.passage for b in part.blocks if b.kind is BlockKind.PARAGRAPH), None)
        if situation is None and goal is None and part.annex is not None and first is not None:
            situation = first
        listed: tuple[tuple[TextSpan | None, dict[str, TextSpan]], ...] = tuple((n, {}) for n in _activities(own))
        area = replace(area, goal=goal, purpose=purpose, situation=situation, activities=area.activities or listed)
    return area


def _activities(blocks: Sequence[Block]) -> list[TextSpan]:
    """The items of a list that is headed Aktiviteter or Åtgärder; after that label, each sentence of several, or
    what one sentence lists."""
    found: list[TextSpan] = []
    listing = False
    for block in blocks:
        label = _rule("label of activities").match(block.text)
        if label is not None and block.kind is not BlockKind.ITEM:
            listing = True
            rest = block.passage.cut(label.end())
            if rest:
                sentences = [s.stripped(". ") for s in sentences_of(rest)]
                found.extend(p for p in (sentences if len(sentences) > 1 else split_areas(rest)) if p)
                listing = False
        elif listing and block.kind is BlockKind.ITEM:
            found.append(block.passage.stripped(".,; "))
        else:
            listing = False
    return found


def labelled(blocks: Sequence[Block]) -> dict[str, TextSpan]:
    """Goal, purpose and situation from blocks that begin with such a label, or that follow one."""
    found: dict[str, TextSpan] = {}
    waiting: str | None = None
    for block in blocks:
        label = _rule("label").match(block.text)
        if any(_rule(name).match(block.text) for name in ("label of activities", "label of another row")):
            waiting = None
        elif label is not None:
            word = label["label"].lower()
            key = "goal" if "mål" in word else "purpose" if word == "syfte" else "situation"
            rest = block.passage.cut(label.end())
            waiting = None if rest else key
            if rest:
                found.setdefault(key, _without_actions(rest) if key == "goal" else rest)
        elif waiting is not None:
            old = found.get(waiting)
            found[waiting] = block.passage if old is None else between([old, block.passage])
            if block.kind is not BlockKind.ITEM:
                waiting = None
    return found


def _without_actions(goal: TextSpan) -> TextSpan:
    """A goal up to where the text goes on with what somebody does about it."""
    kept = list(itertools.takewhile(lambda s: not _rule("does").match(s.text), sentences_of(goal)))
    return goal.cut(0, goal.text.index(kept[-1].text) + len(kept[-1].text)) if kept else goal


def with_plan(areas: Sequence[Area], plan: Plan) -> list[Area]:
    """The areas with one action plan added to the area it is about; a new area where there is none."""
    if plan.title is None or group_kind(plan.title.text) is not None:
        return list(areas)
    name = plain_name(plan.title)
    title = re.sub(r"(?<!\s)\s*\([^)]{0,500}\)\s*$", "", name.text)
    place = next((i for i, a in enumerate(areas) if _about(title, a.name.text)), None)
    area = areas[place] if place is not None else Area(name.cut(0, len(title)))
    area = _planned(area, plan, name)
    if place is None:
        return [*areas, area]
    return [*areas[:place], area, *areas[place + 1 :]]


def _about(title: str, name: str) -> bool:
    """Whether a plan's title and an area's name mean the same: alike, or every telling word of one in the other."""
    if fuzz.ratio(fold(title), fold(name)) >= 88:
        return True
    one = [w for w in fold(title).split() if len(w) >= 4]
    other = [w for w in fold(name).split() if len(w) >= 4]
    few, many = sorted((one, other), key=len)

    def meets(word: str, words: Sequence[str]) -> bool:
        return any(w[:5] == word[:5] and min(len(w), len(word)) >= 5 for w in words)

    return bool(few) and all(meets(word, many) for word in few)


AREA_KEYS = ("goal", "purpose", "situation")


def _planned(area: Area, plan: Plan, title: TextSpan) -> Area:
    """An area with the rows of its plan: those before the first activity are the area's own; an activity without a
    name is called as the plan."""
    own: dict[str, TextSpan] = {}
    activities: list[tuple[TextSpan | None, dict[str, TextSpan]]] = []
    for row in plan.rows:
        if row.key == "activity":
            name, description = _activity_name(row)
            activities.append((name, {} if description is None else {"description": description}))
        elif not row.content:
            continue
        elif activities or row.key not in (*AREA_KEYS, "goal_and_purpose"):
            if not activities:
                activities.append((None, {}))
            for key in ("goal", "purpose") if row.key == "goal_and_purpose" else (row.key,):
                activities[-1][1].setdefault(key, row.passage)
        else:
            for key in ("goal", "purpose") if row.key == "goal_and_purpose" else (row.key,):
                own.setdefault(key, row.passage)
    named = tuple((n if n is not None else title, rows) for n, rows in activities)
    return replace(
        area,
        goal=area.goal or own.get("goal"),
        purpose=area.purpose or own.get("purpose"),
        situation=own.get("situation") or area.situation,
        activities=(*area.activities, *named),
    )


def _activity_name(row: Row) -> tuple[TextSpan | None, TextSpan | None]:
    """A numbered activity's name is the text right after its label, up to white space; the rest describes it."""
    if not row.content:
        return None, None
    if not re.search(r"\d|\bI{1,3}\b", row.label):
        whole = row.passage
        short = len(whole.text) <= _LONGEST_NAME and not whole.text.endswith(".") and "•" not in whole.text
        return (whole, None) if short else (None, whole)
    count = 1
    usual = min(row.gaps[1:], default=0.0)
    while count < len(row.content) and row.gaps[count] <= usual and row.content[count].text[0].islower():
        count += 1
    rest = between(row.content[count:])
    return between(row.content[:count]).stripped(".: "), rest or None
