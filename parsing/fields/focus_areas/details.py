"""What other places say of an area, gathered into its entry: a section under its name, an action plan, a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.parsing.fields.focus_areas.area import KEYS, Area, Planned, labelled, own_blocks, plain_name, text_after
from avskrift.parsing.structure.action_plans import Plan, Row
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.running_lists import split_list
from avskrift.parsing.structure.sections import DocumentSection, subsections
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.tables import Table
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """How alike (0 to 100, rapidfuzz's ratio) the names of one area are at least. Judged, not tuned."""

    in_a_heading: float = 92
    over_a_plan: float = 88
    telling_word: int = 4
    """Letters of a word that tells what an area is about, at least."""
    beginning: int = 5
    """Letters that two such words begin with alike."""
    longest_name: int = 60
    """Signs of an activity's name at most, where the whole cell may be one."""


SETTINGS = Settings()
_COLUMN_KEYS = ("goal", "convener", "duration", "follow_up", "funding")


def with_sections(area: Area, structure: DocumentStructure) -> Area:
    """The area with what sections under its name tell: goal, purpose, situation, activities."""
    for i, part in enumerate(structure.sections):
        title = part.title_passage
        if title is None:
            continue
        name = plain_name(title, structure.vocabulary).text
        if fuzz.ratio(fold(name), fold(area.name.text)) >= SETTINGS.in_a_heading:
            area = _with_section(area, structure, i)
    return area


def _with_section(area: Area, structure: DocumentStructure, index: int) -> Area:
    """The area with what a section tells of it: in sentences, then by labels, then by its first paragraph."""
    part, vocabulary = structure.sections[index], structure.vocabulary
    own = own_blocks(structure.sections, index, vocabulary)
    if not own:
        return area
    blocks = [*part.blocks, *(b for p in subsections(structure.sections, index) for b in p.blocks)]
    area = _with_sentences(area, blocks, vocabulary)
    label = labelled(own, vocabulary)
    goal, purpose = area.goal or label.get("goal"), area.purpose or label.get("purpose")
    area = replace(area, goal=goal, purpose=purpose, situation=area.situation or label.get("situation"))
    if area.situation is None and area.goal is None and part.annex is not None:
        first = next((b.passage for b in part.blocks if b.kind is BlockKind.PARAGRAPH), None)
        area = replace(area, situation=first)
    listed: tuple[Planned, ...] = tuple((name, {}) for name in _activities(own, vocabulary))
    return replace(area, activities=area.activities or listed)


def _with_sentences(area: Area, blocks: Sequence[Block], vocabulary: Vocabulary) -> Area:
    """The area with the first sentences that tell its goal and its purpose."""
    goal, purpose = area.goal, area.purpose
    for sentence in (s for block in blocks for s in sentences_of(block.passage)):
        found = text_after(sentence, "tells goal", vocabulary) if goal is None else None
        goal = found if found is not None else goal
        if found is None and purpose is None:
            purpose = text_after(sentence, "tells purpose", vocabulary)
    return replace(area, goal=goal, purpose=purpose)


def _activities(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[TextSpan]:
    """The items of a list that is headed Aktiviteter or Åtgärder; after that label, each sentence of several, or
    what one sentence lists."""
    found: list[TextSpan] = []
    listing = False
    for block in blocks:
        label = vocabulary.pattern("focus_areas", "label of activities").match(block.text)
        if label is not None and block.kind is not BlockKind.ITEM:
            rest = block.passage.cut(label.end())
            sentences = [s.stripped(". ") for s in sentences_of(rest)] if rest else []
            found.extend(p for p in (sentences if len(sentences) != 1 else split_list(rest)) if p)
            listing = not rest
        elif listing and block.kind is BlockKind.ITEM:
            found.append(block.passage.stripped(".,; "))
        else:
            listing = False
    return found


def with_table(areas: Sequence[Area], table: Table, structure: DocumentStructure) -> list[Area]:
    """The areas with the activities of a table, added to the area under whose heading it stands."""
    vocabulary = structure.vocabulary
    place = table.column(vocabulary.pattern("focus_areas", "column activity"))
    title = _title_over(table, structure.sections)
    home = None if title is None else _place(areas, plain_name(title, vocabulary).text)
    if place is None or home is None:
        return list(areas)
    columns = {key: table.column(vocabulary.pattern("focus_areas", f"column {key}")) for key in _COLUMN_KEYS}
    places = {key: at for key, at in columns.items() if at is not None and at != place}
    found = [(row[place], {key: cell for key, at in places.items() if (cell := row[at])}) for row in table.rows]
    return _replaced(areas, home, replace(areas[home], activities=(*areas[home].activities, *found)))


def _title_over(table: Table, parts: Sequence[DocumentSection]) -> TextSpan | None:
    """The title of the section that a table stands in."""
    first = min(table.numbers)
    over = [p for p in parts if p.heading is not None and p.heading.lines[0].number < first]
    return over[-1].title_passage if over else None


def with_plan(areas: Sequence[Area], plan: Plan, vocabulary: Vocabulary) -> list[Area]:
    """The areas with one action plan added to the area it is about; a new area where there is none."""
    if plan.title is None or group_kind(plan.title.text, vocabulary) is not None:
        return list(areas)
    name = plain_name(plan.title, vocabulary)
    title = re.sub(r"(?<!\s)\s*\([^)]{0,500}\)\s*$", "", name.text)
    place = _place(areas, title)
    if place is None:
        return [*areas, _planned(Area(name.cut(0, len(title))), plan, name)]
    return _replaced(areas, place, _planned(areas[place], plan, name))


def _place(areas: Sequence[Area], title: str) -> int | None:
    """The place of the first area that a title is about."""
    return next((i for i, area in enumerate(areas) if _is_about(title, area.name.text)), None)


def _replaced(areas: Sequence[Area], place: int, area: Area) -> list[Area]:
    return [*areas[:place], area, *areas[place + 1 :]]


def _is_about(title: str, name: str) -> bool:
    """Whether a plan's title and an area's name mean the same: alike, or every telling word of one in the other."""
    if fuzz.ratio(fold(title), fold(name)) >= SETTINGS.over_a_plan:
        return True
    telling = ([w for w in fold(text).split() if len(w) >= SETTINGS.telling_word] for text in (title, name))
    few, many = sorted(telling, key=len)
    return bool(few) and all(any(_begin_alike(one, other) for other in many) for one in few)


def _begin_alike(one: str, other: str) -> bool:
    length = SETTINGS.beginning
    return min(len(one), len(other)) >= length and one[:length] == other[:length]


def _planned(area: Area, plan: Plan, title: TextSpan) -> Area:
    """An area with the rows of its plan: those before the first activity are the area's own; an activity without a
    name is called as the plan."""
    own: dict[str, TextSpan] = {}
    activities: list[Planned] = []
    for row in plan.rows:
        keys = ("goal", "purpose") if row.key == "goal_and_purpose" else (row.key,)
        if row.key == "activity":
            activities.append(_activity(row))
        elif row.content:
            if not activities and any(key not in KEYS for key in keys):
                activities.append((None, {}))
            rows = activities[-1][1] if activities else own
            for key in keys:
                rows.setdefault(key, row.passage)
    named = tuple((title if name is None else name, rows) for name, rows in activities)
    return replace(
        area,
        goal=area.goal or own.get("goal"),
        purpose=area.purpose or own.get("purpose"),
        situation=own.get("situation") or area.situation,
        activities=(*area.activities, *named),
    )


def _activity(row: Row) -> Planned:
    """A numbered activity's name is the text right after its label, up to white space; the rest describes it."""
    if not row.content:
        return None, {}
    if not re.search(r"\d|\bI{1,3}\b", row.label):
        whole = row.passage
        short = len(whole.text) <= SETTINGS.longest_name and not whole.text.endswith(".") and "•" not in whole.text
        return (whole, {}) if short else (None, {"description": whole})
    count = 1
    usual = min(row.gaps[1:], default=0.0)
    while count < len(row.content) and row.gaps[count] <= usual and row.content[count].text[0].islower():
        count += 1
    rest = between(row.content[count:])
    return between(row.content[:count]).stripped(".: "), {"description": rest} if rest else {}
