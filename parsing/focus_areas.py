"""The prioritised areas of cooperation, each once, with goal, purpose, situation and activities."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz import fuzz

from avskrift.models.agreement import Activity, DocumentKind, Evidence, FocusArea
from avskrift.parsing.action_plan import Plan, Row
from avskrift.parsing.blocks import Block, BlockKind
from avskrift.parsing.headings import group_kind
from avskrift.parsing.outline import Outline, sentences_of
from avskrift.parsing.passage import Passage, between
from avskrift.parsing.sections import Part, subparts
from avskrift.parsing.tables import Table
from avskrift.parsing.vocabulary import fold, pattern

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Area:
    """An area while it is being gathered."""

    name: Passage
    goal: Passage | None = None
    purpose: Passage | None = None
    situation: Passage | None = None
    activities: tuple[tuple[Passage | None, dict[str, Passage]], ...] = ()


def focus_areas_of(outline: Outline, kind: DocumentKind) -> list[FocusArea]:
    """The areas: headings below a heading on prioritised areas or that are told of alike, else a list or a sentence
    that names them. A text of another kind has none.

    What is told of an area elsewhere (a section under its name, an action plan) is gathered into its entry.
    """
    if kind is DocumentKind.OTHER:
        return []
    sources = (_from_headings, _from_alike, _from_tables, _from_lists, _from_sentences, _from_numbered)
    named = next((found for source in sources if (found := source(outline))), [])
    areas = [_told(area, outline) for area in _distinct(named)]
    for plan in outline.plans:
        areas = _with_plan(areas, plan)
    for table in outline.tables:
        areas = _with_table(areas, table, outline)
    return [_record(a) for a in areas]


_rule = partial(pattern, "focus_areas")


def _from_alike(outline: Outline) -> list[_Area]:
    """Two or more sections that each tell of a goal and of the situation: they are areas, whatever they are called."""
    found = []
    for i, part in enumerate(outline.parts):
        name = part.title_passage
        if name is None or part.roles:
            continue
        told = _labelled(_own_blocks(outline.parts, i))
        if "situation" in told and "goal" in told:
            found.append(_Area(_plain_name(name)))
    return found if len(found) >= 2 else []


def _from_tables(outline: Outline) -> list[_Area]:
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
        return [_Area(c["area"], goal=c["goal"], situation=c["situation"]) for c in cells if c["area"]]
    return []


_COLUMN_KEYS = ("goal", "convener", "duration", "follow_up", "funding")


def _with_table(areas: Sequence[_Area], table: Table, outline: Outline) -> list[_Area]:
    """The areas with the activities of a table, added to the area under whose heading it stands."""
    place = table.column(_rule("column activity"))
    first = min(table.numbers)
    over = [p for p in outline.parts if p.heading is not None and p.heading.lines[0].number < first]
    title = over[-1].title_passage if over else None
    if place is None or title is None:
        return list(areas)
    name = _plain_name(title)
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


def _own_blocks(parts: Sequence[Part], index: int) -> list[Block]:
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


def _from_headings(outline: Outline) -> list[_Area]:
    """The sections right below "Prioriterade områden", in the agreement or in its annexes."""
    best: list[_Area] = []
    for i, part in enumerate(outline.parts):
        if not part.has("focus_areas"):
            continue
        below = [p for p in subparts(outline.parts, i) if p.level == part.level + 1]
        telling = [p for p in below if p.title_passage is not None and not p.roles]
        if len(telling) >= 2 and len(telling) > len(best):
            best = [_Area(_plain_name(p.title_passage), situation=None) for p in telling if p.title_passage]
    return best


def _plain_name(passage: Passage) -> Passage:
    """The name without "Fokusområde 2:" and without a full stop."""
    found = _rule("numbered area").match(passage.text)
    return (passage.cut(found.end()) if found is not None and found.end() < len(passage.text) else passage).stripped(
        ".,;: "
    )


def _from_lists(outline: Outline) -> list[_Area]:
    """The list that a sentence on prioritised areas, or a heading on them, introduces."""
    best: list[_Area] = []
    for part in outline.parts:
        blocks = part.blocks
        for i, block in enumerate(blocks):
            if block.kind is not BlockKind.ITEM or (i and blocks[i - 1].kind is BlockKind.ITEM):
                continue
            intro = blocks[i - 1].text if i else part.title
            last = sentences_of(blocks[i - 1].passage)[-1].text if i else intro
            last = _rule("aside").sub("", last)
            promised = i == 0 or (i == 1 and (len(last) < 60 or last.endswith(":")) and len(blocks[0].text) < 250)
            told = _rule("introduces areas").search(last) and not _rule("introduces other").search(last)
            headed = part.has("focus_areas") and promised and not _rule("introduces other").search(last)
            pledged = _rule("pledges").search(last) is not None and part.annex is None
            if not (told or headed or pledged):
                continue
            items = _items(blocks, i)
            names = [_item_name(b.passage, bare=not pledged) for b in items]
            areas = [_Area(n, situation=None) for n in names if n is not None]
            if len(areas) >= 2 and len(areas) >= len(items) - 1 and len(areas) > len(best) and (told or not best):
                best = areas
    return best


def _items(blocks: Sequence[Block], start: int) -> list[Block]:
    found = []
    for block in blocks[start:]:
        if block.kind is not BlockKind.ITEM:
            break
        found.append(block)
    return found


def _item_name(passage: Passage, *, bare: bool) -> Passage | None:
    """The name at the head of an item: all of it, or what stands before a full stop, colon or dash.

    With `bare` False an item without such a head is a promise, not a name.
    """
    head = re.match(r"(?P<name>[^.:]{3,70}?)\s*(?:[.:]\s+(?=[A-ZÅÄÖ])|\s[–—-]\s+)", passage.text)
    if head is not None:
        return passage.cut(*head.span("name")).stripped(".,;: ")
    if not bare or len(passage.text) > 110 or _rule("is a sentence").search(passage.text):
        return None
    return passage.stripped(".,;: ")


def _from_sentences(outline: Outline) -> list[_Area]:
    """Areas named in running text: "särskilt prioriterade områden är ungdomar, brottsoffer och narkotika"."""
    for rule in ("names areas", "names areas freely"):
        for part in outline.parts:
            if rule == "names areas freely" and part.annex is not None:
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
                    names = _split(sentence.cut(*found.span("areas")))
                    if len(names) >= 2 and all(_can_be_area(n.text) for n in names):
                        return [_Area(n) for n in names]
    return []


def _can_be_area(text: str) -> bool:
    return 3 < len(text) < 80 and _rule("is told").search(text) is None


def _with_open_ends(blocks: Sequence[Block]) -> list[Passage]:
    """The passages of blocks; those that end with a semicolon or comma go on in the next."""
    joined: list[Passage] = []
    for block in blocks:
        if joined and joined[-1].text.endswith((";", ",")) and block.kind is BlockKind.PARAGRAPH:
            joined[-1] = between([joined[-1], block.passage])
        else:
            joined.append(block.passage)
    return joined


def _split(passage: Passage) -> list[Passage]:
    """The areas of a running list: by its letters (a) ... b) ...), else by commas and the last "och" or "samt"."""
    text = passage.text.rstrip(".")
    lettered = list(re.finditer(r"(?:^|[,;]?\s+(?:och\s+|samt\s+)?)\(?(?:[a-h]|\d)\)\s+", text))
    if len(lettered) >= 2:
        ends = [m.start() for m in lettered[1:]] + [len(text)]
        return [passage.cut(m.end(), end).stripped(",; ") for m, end in zip(lettered, ends, strict=True)]
    parting = r"[,;]\s+(?:och |samt )?|\s+samt\s+|\s+och\s+"
    if re.search(r",\s.*\ssamt\s", text):
        parting = r"[,;]\s+(?:och |samt )?|\s+samt\s+"  # "och" joins within one
    cuts = [0]
    for found in re.finditer(parting, text):
        if not text[: found.start()].endswith("-"):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    names = [passage.cut(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [n for name in names if (n := name.cut(_ordinal(name.text)))]


def _ordinal(text: str) -> int:
    """The length of a counting word that an item begins with."""
    found = re.match(r"(?:primo|secundo|tertio|dels|för det \w+)\s*,?\s*|(?:och|samt)\s+", text)
    return found.end() if found is not None else 0


def _from_numbered(outline: Outline) -> list[_Area]:
    """Headings that call themselves areas: "Fokusområde 1: Trygga miljöer"."""
    found = []
    for part in outline.parts:
        if part.title_passage is not None and _rule("numbered area").match(part.title_passage.text):
            found.append(_Area(_plain_name(part.title_passage)))
    return found


def _distinct(areas: Sequence[_Area]) -> list[_Area]:
    kept: dict[str, _Area] = {}
    for area in areas:
        if area.name:
            kept.setdefault(fold(area.name.text), area)
    return list(kept.values())


def _told(area: _Area, outline: Outline) -> _Area:
    """The area with what sections under its name tell: goal, purpose, situation."""
    for i, part in enumerate(outline.parts):
        if part.title_passage is None or not _own_blocks(outline.parts, i):
            continue
        if fuzz.ratio(fold(_plain_name(part.title_passage).text), fold(area.name.text)) < 92:
            continue
        blocks = [*part.blocks, *(b for p in subparts(outline.parts, i) for b in p.blocks)]
        own = _own_blocks(outline.parts, i)
        goal, purpose = area.goal, area.purpose
        situation = area.situation
        for block in blocks:
            for sentence in sentences_of(block.passage):
                if goal is None and (found := _rule("tells goal").search(sentence.text)):
                    goal = sentence.cut(found.end()).stripped(". ")
                elif purpose is None and (found := _rule("tells purpose").search(sentence.text)):
                    purpose = sentence.cut(found.end()).stripped(". ")
        labelled = _labelled(own)
        goal, purpose = goal or labelled.get("goal"), purpose or labelled.get("purpose")
        situation = situation or labelled.get("situation")
        first = next((b.passage for b in part.blocks if b.kind is BlockKind.PARAGRAPH), None)
        if situation is None and goal is None and part.annex is not None and first is not None:
            situation = first
        listed: tuple[tuple[Passage | None, dict[str, Passage]], ...] = tuple((n, {}) for n in _activities(own))
        area = replace(area, goal=goal, purpose=purpose, situation=situation, activities=area.activities or listed)
    return area


def _activities(blocks: Sequence[Block]) -> list[Passage]:
    """The items of a list that is headed Aktiviteter or Åtgärder."""
    found: list[Passage] = []
    listing = False
    for block in blocks:
        label = _rule("label of activities").match(block.text)
        if label is not None and block.kind is not BlockKind.ITEM:
            listing = True
            rest = block.passage.cut(label.end())
            if rest:
                found.extend(p for p in _split(rest) if p)
                listing = False
        elif listing and block.kind is BlockKind.ITEM:
            found.append(block.passage.stripped(".,; "))
        else:
            listing = False
    return found


def _labelled(blocks: Sequence[Block]) -> dict[str, Passage]:
    """Goal, purpose and situation from blocks that begin with such a label, or that follow one."""
    found: dict[str, Passage] = {}
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


def _without_actions(goal: Passage) -> Passage:
    """A goal up to where the text goes on with what somebody does about it."""
    kept = list(itertools.takewhile(lambda s: not _rule("does").match(s.text), sentences_of(goal)))
    return goal.cut(0, goal.text.index(kept[-1].text) + len(kept[-1].text)) if kept else goal


def _with_plan(areas: Sequence[_Area], plan: Plan) -> list[_Area]:
    """The areas with one action plan added to the area it is about; a new area where there is none."""
    if plan.title is None or group_kind(plan.title.text) is not None:
        return list(areas)
    name = _plain_name(plan.title)
    title = re.sub(r"\s*\([^)]*\)\s*$", "", name.text)
    place = next((i for i, a in enumerate(areas) if _about(title, a.name.text)), None)
    area = areas[place] if place is not None else _Area(name.cut(0, len(title)))
    area = _planned(area, plan)
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


_AREA_KEYS = ("goal", "purpose", "situation")


def _planned(area: _Area, plan: Plan) -> _Area:
    """An area with the rows of its plan: those before the first activity are the area's own."""
    own: dict[str, Passage] = {}
    activities: list[tuple[Passage | None, dict[str, Passage]]] = []
    for row in plan.rows:
        if row.key == "activity":
            name, description = _activity_name(row)
            activities.append((name, {} if description is None else {"description": description}))
        elif not row.content:
            continue
        elif activities or row.key not in (*_AREA_KEYS, "goal_and_purpose"):
            if not activities:
                activities.append((None, {}))
            for key in ("goal", "purpose") if row.key == "goal_and_purpose" else (row.key,):
                activities[-1][1].setdefault(key, row.passage)
        else:
            for key in ("goal", "purpose") if row.key == "goal_and_purpose" else (row.key,):
                own.setdefault(key, row.passage)
    named = tuple((n if n is not None else plan.title, rows) for n, rows in activities)
    return replace(
        area,
        goal=area.goal or own.get("goal"),
        purpose=area.purpose or own.get("purpose"),
        situation=own.get("situation") or area.situation,
        activities=(*area.activities, *named),
    )


def _activity_name(row: Row) -> tuple[Passage | None, Passage | None]:
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


def _record(area: _Area) -> FocusArea:
    evidence: dict[str, Evidence] = {"name": area.name.evidence(0.9)}
    values: dict[str, str] = {}
    for key in _AREA_KEYS:
        passage: Passage | None = getattr(area, key)
        if passage:
            evidence[key] = passage.evidence(0.85)
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


def _activity(name: Passage | None, rows: dict[str, Passage]) -> Activity:
    evidence = {key: passage.evidence(0.85) for key, passage in rows.items() if passage}
    if name:
        evidence["name"] = name.evidence(0.85)
    return Activity(
        name=name.text if name else None,
        evidence=next(iter(evidence.values()), None),
        evidence_by_field=evidence,
        **{key: _without_bullets(passage.text) for key, passage in rows.items() if passage},
    )


def _without_bullets(text: str) -> str:
    """The text of a cell as running text: bullets and list dashes left out."""
    return " ".join(re.sub(r"(?:(?<=\s)|^)[•▪●◦\uf0b7–-]\s+(?=\S)", "", text).split())
