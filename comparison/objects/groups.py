"""How groups, focus areas and annexes of two documents are matched: by names, members, words and place."""

from dataclasses import dataclass

from avskrift.comparison.clauses.letter_sequences import likeness, shares_of
from avskrift.comparison.name_similarity import likeness_of, shared_members
from avskrift.comparison.objects.activities import activities_compared
from avskrift.comparison.objects.changes import ComparisonRules
from avskrift.comparison.objects.matching import NameOverlap, Score
from avskrift.models.agreement import Annex, FocusArea, Group, GroupKind
from avskrift.models.comparison import ObjectName


@dataclass(frozen=True, slots=True)
class Settings:
    """Scores and weights from 0 to 1; tuned on `benchmarks/comparing.py`."""

    same_name: float = 0.99
    """Likeness of names from which they are one."""
    alike_name: float = 0.75
    """Likeness of names from which no other sign is needed."""
    named_base: float = 0.65
    """Score of groups whose names are alike, to which name and members add."""
    named_name: float = 0.3
    """Weight of the name's likeness there."""
    named_members: float = 0.05
    """Weight of the share of members there."""
    name: float = 0.5
    """Weight of the name's likeness where names differ."""
    members: float = 0.35
    """Weight of the share of members there."""
    purpose: float = 0.35
    """Weight of the purposes' likeness there."""
    least_purpose: float = 0.3
    """Likeness of purposes from which it counts."""
    only_steering: float = 0.35
    """What it adds that both are the only steering group of their documents."""
    only_of_kind: float = 0.25
    """What it adds that both are the only group of another kind."""
    same_kind: float = 0.12
    """What it adds that both are of one kind, of which there are more."""
    most_group: float = 0.95
    """The highest score of groups whose names differ."""
    enough_group: float = 0.45
    """Score from which two groups are one."""
    area_name: float = 0.75
    """Weight of the names' likeness of two focus areas."""
    area_text: float = 0.4
    """Weight of their texts' likeness where names are compared too."""
    area_text_alone: float = 0.9
    """Weight of their texts' likeness alone."""
    named_text: float = 0.2
    """Likeness of texts from which it is given as a reason."""
    most_area: float = 0.97
    """The highest score of areas whose names differ."""
    enough_area: float = 0.4
    """Score from which two areas are one."""
    same_number: float = 0.6
    """Score of annexes of one number where a title is missing."""
    annex_head: float = 0.95
    """Weight of the likeness of titles without what they say to include."""
    enough_annex: float = 0.5
    """Score from which two annexes are one."""
    least_members: int = 2
    """Members of the smaller group from which the share of those that are the same counts."""


SETTINGS = Settings()


def groups(alone: frozenset[GroupKind]) -> ComparisonRules[Group]:
    """How groups are matched; `alone` are the kinds of which each document has one group."""

    def score(old: Group, new: Group) -> Score:
        name = likeness_of(old.name, new.name).both
        shared, least = len(shared_members(old.members, new.members)), min(len(old.members), len(new.members))
        members = shared / least if least >= SETTINGS.least_members else 0.0
        because = [_likeness_text("name", name)] if name else []
        because += [f"{shared} of {least} members are the same"] if shared else []
        if name >= SETTINGS.alike_name:
            value = SETTINGS.named_base + SETTINGS.named_name * name + SETTINGS.named_members * members
            return Score(value, tuple(because))
        value = SETTINGS.name * name + SETTINGS.members * members
        for more, reason in (_purpose_sign(old, new), _kind_sign(old, new, alone)):
            value += more
            because += [reason] if reason else []
        return Score(min(value, SETTINGS.most_group), tuple(because))

    return ComparisonRules(
        ObjectName.GROUP,
        lambda g: g.name,
        score,
        SETTINGS.enough_group,
        ("meetings_per_year", "meeting_frequency", "purpose", "chair", "convener", "reports_to"),
        ("members",),
        overlap=lambda old, new: _overlap(old.name, new.name),
    )


def _purpose_sign(old: Group, new: Group) -> tuple[float, str]:
    """What the purposes of two groups add to their score, and the reason."""
    alike = likeness(old.purpose, new.purpose) if old.purpose and new.purpose else 0.0
    if alike < SETTINGS.least_purpose:
        return 0.0, ""
    return SETTINGS.purpose * alike, f"purposes alike to {alike:.2f}"


def _kind_sign(old: Group, new: Group, alone: frozenset[GroupKind]) -> tuple[float, str]:
    """What the kinds of two groups add to their score, and the reason; `alone` as `groups`."""
    if old.kind is not new.kind or old.kind is GroupKind.OTHER:
        return 0.0, ""
    if old.kind not in alone:
        return SETTINGS.same_kind, f"both groups of the kind {old.kind.value}"
    weight = SETTINGS.only_steering if old.kind is GroupKind.STEERING else SETTINGS.only_of_kind
    return weight, f"each the only group of the kind {old.kind.value}"


def _likeness_text(what: str, alike: float) -> str:
    return f"the same {what}" if alike >= SETTINGS.same_name else f"{what}s alike to {alike:.2f}"


def _overlap(old: str, new: str) -> NameOverlap:
    like = likeness_of(old, new)
    longer = like.both < SETTINGS.same_name <= max(like.in_old, like.in_new)
    return NameOverlap(dict(like.shared_old), dict(like.shared_new), longer=longer)


def _area(old: FocusArea, new: FocusArea) -> Score:
    name = likeness_of(old.name, new.name).both
    text = likeness(_words_of(old), _words_of(new))
    because = [_likeness_text("name", name)] if name else []
    because += [f"texts alike to {text:.2f}"] if text >= SETTINGS.named_text else []
    if name >= SETTINGS.same_name:
        return Score(1.0, tuple(because))
    value = max(SETTINGS.area_name * name + SETTINGS.area_text * text, SETTINGS.area_text_alone * text)
    return Score(min(SETTINGS.most_area, value), tuple(because))


def _words_of(area: FocusArea) -> str:
    texts = [area.goal, area.purpose, area.situation, *(a.name for a in area.activities)]
    return " ".join(text for text in texts if text)


def _area_overlap(old: FocusArea, new: FocusArea) -> NameOverlap:
    text_old, text_new = shares_of(_words_of(old), _words_of(new))
    name = _overlap(old.name, new.name)
    return NameOverlap(name.of_old, name.of_new, text_old, text_new, name.longer)


def _annex(old: Annex, new: Annex) -> Score:
    if not old.title or not new.title:
        return Score(SETTINGS.same_number if old.number and old.number == new.number else 0.0, ("the same number",))
    whole = likeness_of(old.title, new.title).both
    value = max(whole, SETTINGS.annex_head * likeness_of(_head(old.title), _head(new.title)).both)
    return Score(value, (_likeness_text("title", value),))


def _head(title: str) -> str:
    """A title without what it says to include: Åtgärdsplan (inklusive uppföljningsplan)."""
    for sign in ("(", " inkl", " med "):
        title = title.split(sign)[0] or title
    return title


AREAS: ComparisonRules[FocusArea] = ComparisonRules(
    ObjectName.FOCUS_AREA,
    lambda f: f.name,
    _area,
    SETTINGS.enough_area,
    ("goal", "purpose", "situation"),
    overlap=_area_overlap,
    within=activities_compared,
)
ANNEXES: ComparisonRules[Annex] = ComparisonRules(
    ObjectName.ANNEX,
    lambda a: a.title or f"annex {a.number or '?'}",
    _annex,
    SETTINGS.enough_annex,
    ("number",),
    overlap=lambda old, new: _overlap(old.title or "", new.title or ""),
)
