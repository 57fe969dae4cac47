"""The bodies that run the cooperation: name, kind, members, how often they meet, what they are for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from rapidfuzz import fuzz

from avskrift.models.agreement import Evidence, Group, GroupKind
from avskrift.parsing.action_plan import Plan
from avskrift.parsing.blocks import Block, BlockKind
from avskrift.parsing.frequency import frequency_in
from avskrift.parsing.headings import group_kind
from avskrift.parsing.outline import Outline, sentences_of
from avskrift.parsing.passage import Passage
from avskrift.parsing.sections import Part
from avskrift.parsing.vocabulary import fold, pattern


@dataclass(frozen=True, slots=True)
class _Body:
    """A group while it is being gathered. Each value is the passage it was read from."""

    name: Passage
    kind: str
    members: tuple[Passage, ...] = ()
    frequency: Passage | None = None
    per_year: float | None = None
    purpose: Passage | None = None
    aliases: tuple[str, ...] = field(default=())


def groups_of(outline: Outline) -> list[Group]:
    """The groups in the order of the document: from headings first, then from plain sentences."""
    bodies = [b for b in (_from_part(outline.parts, i) for i in range(len(outline.parts))) if b is not None]
    bodies = _merged(bodies)
    for part in outline.main_parts:
        if part.group_kind is None and not part.has("contacts"):
            for body in _from_sentences(part):
                if not any(_same(body, other) for other in bodies):
                    bodies.append(body)
    for plan in outline.plans:
        planned = _from_plan(plan)
        if planned is not None:
            bodies.append(planned)
    return [_record(b) for b in _merged(bodies)]


_rule = partial(pattern, "groups")


def _from_part(parts: Sequence[Part], index: int) -> _Body | None:
    part = parts[index]
    if (
        part.group_kind is None
        or not part.blocks
        or part.roles[0] in ("contacts", "annex", "revision", "plan", "signatures")
    ):
        return None
    name = part.title_passage
    if name is None or (part.annex is not None and not _labelled(part)):
        return None
    defined = _defined_name(part)
    body = _Body(defined or name, part.group_kind, aliases=(part.title,))
    if defined is not None:
        body = replace(body, kind=group_kind(defined.text) or part.group_kind)
    return _filled(body, part.blocks)


def _labelled(part: Part) -> bool:
    """Whether the part is one box of an organisation chart: Uppdrag, Deltagare, Mötesfrekvens."""
    return sum(_rule("label").match(b.text) is not None for b in part.blocks) >= 2


def _defined_name(part: Part) -> Passage | None:
    """The term in quotes that the part gives the body: ett forum ..., ”Chefsrådet”."""
    for block in part.blocks[:4]:
        for found in _rule("defined").finditer(block.text):
            if group_kind(found["term"]) is not None:
                return block.passage.cut(*found.span("term"))
    return None


def _filled(body: _Body, blocks: Sequence[Block]) -> _Body:
    members: list[Passage] = []
    frequency: Passage | None = None
    per_year: float | None = None
    purpose: list[Passage] = []
    collecting = False
    told_labels: set[str] = set()
    for block in blocks:
        label = _rule("label").match(block.text)
        if label is not None:
            content = block.passage.cut(label.end())
            key = label["label"].lower()
            if key in told_labels:  # the next box of an organisation chart
                break
            told_labels.add(key)
            if key.startswith(("deltag", "medlem", "ledam", "representant", "sammansätt")):
                members.extend(_split(content))
                collecting = not content
            elif key.startswith(("mötesfre", "möten", "frekvens")) and frequency is None:
                frequency, found = content, frequency_in(content.text)
                per_year = None if found is None else found.per_year
            elif key.startswith(("uppdrag", "syfte", "uppgift")):
                purpose.append(content)
            continue
        if block.kind is BlockKind.ITEM and collecting:
            if _rule("no member").search(block.text) is None:
                members.append(block.passage.stripped(",.;"))
            continue
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _rule("introduces members").search(block.text):
            collecting = True
        elif (
            collecting
            and block.kind is BlockKind.PARAGRAPH
            and len(block.text.split()) <= 3
            and not block.text.endswith(".")
        ):
            continue  # a subheading between members: "Föredragande"
        else:
            collecting = False
        if per_year is None:
            told = [f for f in map(_frequency, sentences_of(block.passage)) if f is not None]
            numbered = [f for f in told if f[1] is not None]
            if numbered or (told and frequency is None):
                frequency, per_year = (numbered or told)[0]
        if not members:
            for sentence in sentences_of(block.passage):
                listed = _rule("lists members").search(sentence.text) or _rule("members are").search(sentence.text)
                if listed is not None and not sentence.text.endswith(":"):
                    named = sentence.cut(*listed.span("members"))
                    stop = _rule("members end").search(named.text)
                    members.extend(_split(named.cut(0, stop.start()) if stop is not None else named))
                    break
        if not collecting and not purpose and _rule("tells purpose").search(block.text):
            purpose.append(block.passage)
    return replace(
        body,
        members=tuple(m for m in members if m),
        frequency=frequency,
        per_year=per_year,
        purpose=purpose[0] if purpose and purpose[0] else None,
    )


def _frequency(sentence: Passage) -> tuple[Passage, float | None] | None:
    """The words on how often the body meets, if the sentence is about its meetings."""
    meets = _rule("meets").search(sentence.text)
    found = frequency_in(sentence.text)
    if meets is None or found is None or _rule("no member").search(sentence.text):
        return None
    if _rule("follows up").search(sentence.text[: found.start]) and not _rule("meets").search(
        sentence.text[: found.start]
    ):
        return None
    start = found.start
    if found.per_year is None:
        start = min(meets.start("how") if "how" in meets.groupdict() and meets["how"] else found.start, found.start)
    rest = sentence.text[found.end :]
    tail = _rule("frequency ends").search(rest)
    end = found.end + (tail.start() if tail is not None else len(rest))
    return sentence.cut(start, end).stripped(".,; "), found.per_year


def _split(passage: Passage) -> list[Passage]:
    """The members of a running list: parted by commas, semicolons and the last "och" or "samt"."""
    text = passage.text.rstrip(" .")
    cuts = [0]
    depth = 0
    for found in re.finditer(r"[()]|[,;]\s+|\s+(?:och|samt|respektive)\s+(?!säkerhets|trygghets)", text):
        if found.group() in "()":
            depth += 1 if found.group() == "(" else -1
        elif depth <= 0 and not text[: found.start()].endswith("-"):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    parts = [passage.cut(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [p.stripped(",.;- ") for p in parts if p and len(p.text) > 1]


def _from_sentences(part: Part) -> list[_Body]:
    """Bodies that running text introduces: "Arbetet leds av en styrgrupp som består av ..."."""
    found: list[_Body] = []
    for i, block in enumerate(part.blocks):
        if block.kind is BlockKind.COLUMNS:
            continue
        headed = _rule("run-in heading").match(block.text)
        if headed is not None and group_kind(headed["body"]) is not None:
            body = _Body(block.passage.cut(*headed.span("body")), group_kind(headed["body"]) or "other")
            rest = block.passage.cut(headed.end())
            first = sentences_of(rest)[0]
            filled = _filled(body, [Block(block.kind, rest, block.lines)])
            if not filled.members and "," in first.text and frequency_in(first.text) is None:
                filled = replace(filled, members=tuple(m for m in _split(first) if m))
            found.append(filled)
            continue
        for sentence in sentences_of(block.passage):
            fresh = [b for b in _named_bodies(sentence) if not any(_same(b, other) for other in found)]
            if not fresh:
                continue
            body = fresh[-1]
            rest = block.passage.cut(block.text.index(sentence.text))
            following = [Block(block.kind, rest, block.lines), *part.blocks[i + 1 : i + 10]]
            stop = next(
                (
                    j
                    for j, b in enumerate(following[1:], 1)
                    if b.kind is BlockKind.PARAGRAPH and _names_another(b, body)
                ),
                len(following),
            )
            filled = _filled(body, following[:stop])
            if filled.members or filled.frequency is not None:
                found.append(filled)
    return found


def _named_bodies(sentence: Passage) -> list[_Body]:
    """Every body that a sentence names as its subject or introduces."""
    bodies = []
    for named in _rule("names a body").finditer(sentence.text):
        kind = group_kind(named["body"])
        if kind is not None:
            bodies.append(_Body(sentence.cut(*named.span("body")), kind))
    return bodies


def _names_another(block: Block, body: _Body) -> bool:
    named = _rule("names a body").search(block.text)
    return named is not None and fuzz.partial_ratio(fold(named["body"]), fold(body.name.text)) < 85


def _from_plan(plan: Plan) -> _Body | None:
    """An action plan under a body's name tells when that body meets."""
    if plan.title is None or group_kind(plan.title.text) is None:
        return None
    rows = {row.key: row.passage for row in plan.rows if row.content}
    frequency = rows.get("meeting_frequency")
    found = None if frequency is None else frequency_in(frequency.text)
    return _Body(
        plan.title,
        group_kind(plan.title.text) or "other",
        frequency=frequency,
        per_year=None if found is None else found.per_year,
        purpose=rows.get("purpose"),
    )


def _key(name: str) -> str:
    """A body's name without "lokal", endings of number and definiteness."""
    words = [w for w in fold(name).split() if w not in ("lokal", "lokala", "den", "gemensam", "gemensamma")]
    return re.sub(r"(?:erna|arna|en|et|er|a|n|t)$", "", " ".join(words))


def _same(one: _Body, other: _Body) -> bool:
    mine = {_key(n) for n in (one.name.text, *one.aliases)}
    theirs = {_key(n) for n in (other.name.text, *other.aliases)}
    return any(fuzz.ratio(a, b) >= 90 for a in mine for b in theirs)


def _merged(bodies: Sequence[_Body]) -> list[_Body]:
    """One body for each name; what the first mention lacks is taken from later ones."""
    kept: list[_Body] = []
    for body in bodies:
        for i, old in enumerate(kept):
            if _same(old, body):
                kept[i] = replace(
                    old,
                    members=old.members or body.members,
                    frequency=old.frequency if old.frequency is not None else body.frequency,
                    per_year=old.per_year if old.frequency is not None else body.per_year,
                    purpose=old.purpose if old.purpose is not None else body.purpose,
                )
                break
        else:
            kept.append(body)
    return kept


def _record(body: _Body) -> Group:
    evidence: dict[str, Evidence] = {"name": body.name.evidence(0.95)}
    for i, member in enumerate(body.members):
        evidence[f"members.{i}"] = member.evidence(0.9)
    if body.frequency:
        evidence["meeting_frequency"] = body.frequency.evidence(0.9)
    if body.purpose:
        evidence["purpose"] = body.purpose.evidence(0.8)
    name = body.name.text
    return Group(
        name=name[0].upper() + name[1:],
        kind=GroupKind(body.kind),
        members=[m.text for m in body.members],
        meeting_frequency=body.frequency.text if body.frequency else None,
        meetings_per_year=body.per_year,
        purpose=body.purpose.text if body.purpose else None,
        evidence=evidence["name"],
        evidence_by_field=evidence,
    )
