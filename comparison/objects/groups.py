"""How groups, focus areas and annexes of two documents are matched: by names, members, words and place."""

from avskrift.comparison.clauses.letter_sequences import likeness, shares_of
from avskrift.comparison.objects.activities import activities_compared
from avskrift.comparison.objects.changes import Kind
from avskrift.comparison.objects.matching import Overlap, Score
from avskrift.comparison.objects.name_similarity import likeness_of, shared_members
from avskrift.models.agreement import Annex, FocusArea, Group, GroupKind
from avskrift.models.comparison import ObjectName

_SAME = 0.99
_ALIKE = 0.75
"""Likeness of names from which no other sign is needed."""


def groups(alone: frozenset[GroupKind]) -> Kind[Group]:
    """How groups are matched; `alone` are the kinds of which each document has one group."""

    def score(old: Group, new: Group) -> Score:
        name = likeness_of(old.name, new.name).both
        shared = shared_members(old.members, new.members)
        least = min(len(old.members), len(new.members))
        members = len(shared) / least if least >= 2 else 0.0
        because = [f"{len(shared)} of {least} members are the same"] if shared else []
        if name:
            because.insert(0, _told("name", name))
        if name >= _ALIKE:
            return Score(0.65 + 0.3 * name + 0.05 * members, tuple(because))
        value = 0.5 * name + 0.35 * members
        purpose = likeness(old.purpose, new.purpose) if old.purpose and new.purpose else 0.0
        if purpose >= 0.3:
            because.append(f"purposes alike to {purpose:.2f}")
            value += 0.35 * purpose
        if old.kind is new.kind and old.kind is not GroupKind.OTHER:
            only = old.kind in alone
            value += (0.35 if old.kind is GroupKind.STEERING else 0.25) if only else 0.12
            because.append(f"{'each the only group' if only else 'both groups'} of the kind {old.kind.value}")
        return Score(min(value, 0.95), tuple(because))

    return Kind(
        ObjectName.GROUP,
        lambda g: g.name,
        score,
        0.45,
        ("meetings_per_year", "meeting_frequency", "purpose", "chair", "convener", "reports_to"),
        ("members",),
        cover=lambda old, new: _cover(old.name, new.name),
    )


def _told(what: str, alike: float) -> str:
    return f"the same {what}" if alike >= _SAME else f"{what}s alike to {alike:.2f}"


def _cover(old: str, new: str) -> Overlap:
    like = likeness_of(old, new)
    longer = like.both < _SAME and (like.in_old >= _SAME or like.in_new >= _SAME)
    return Overlap(dict(like.old_told), dict(like.new_told), longer=longer)


def _area(old: FocusArea, new: FocusArea) -> Score:
    name = likeness_of(old.name, new.name).both
    text = likeness(_words_of(old), _words_of(new))
    because = [_told("name", name)] if name else []
    if text >= 0.2:
        because.append(f"texts alike to {text:.2f}")
    if name >= _SAME:
        return Score(1.0, tuple(because))
    return Score(min(0.97, max(0.75 * name + 0.4 * text, 0.9 * text)), tuple(because))


def _words_of(area: FocusArea) -> str:
    texts = [area.goal, area.purpose, area.situation, *(a.name for a in area.activities)]
    return " ".join(text for text in texts if text)


def _area_cover(old: FocusArea, new: FocusArea) -> Overlap:
    text_old, text_new = shares_of(_words_of(old), _words_of(new))
    name = _cover(old.name, new.name)
    return Overlap(name.of_old, name.of_new, text_old, text_new, name.longer)


def _annex(old: Annex, new: Annex) -> Score:
    if not old.title or not new.title:
        return Score(0.6 if old.number and old.number == new.number else 0.0, ("the same number",))
    whole = likeness_of(old.title, new.title).both
    value = max(whole, 0.95 * likeness_of(_head(old.title), _head(new.title)).both)
    return Score(value, (_told("title", value),))


def _head(title: str) -> str:
    """A title without what it says to include: Åtgärdsplan (inklusive uppföljningsplan)."""
    for sign in ("(", " inkl", " med "):
        title = title.split(sign)[0] or title
    return title


AREAS: Kind[FocusArea] = Kind(
    ObjectName.FOCUS_AREA,
    lambda f: f.name,
    _area,
    0.4,
    ("goal", "purpose", "situation"),
    cover=_area_cover,
    within=activities_compared,
)
ANNEXES: Kind[Annex] = Kind(
    ObjectName.ANNEX,
    lambda a: a.title or f"annex {a.number or '?'}",
    _annex,
    0.5,
    ("number",),
    cover=lambda old, new: _cover(old.title or "", new.title or ""),
)
