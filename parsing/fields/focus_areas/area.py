"""A focus area while it is gathered, and how the text of a section tells of one."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.models.agreement import Activity, FocusArea
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

KEYS = ("goal", "purpose", "situation")
"""The fields of an area that text tells."""
OTHER_LABELS = ("label of activities", "label of another row")
"""The rules of labels that end what a label before them tells."""

_SHORTEST, _LONGEST = 4, 79
"""Signs of an area's name."""
_BULLET = re.compile(rf"(?:(?<=\s)|^){BULLET_OR_DASH}\s+(?=\S)")

Planned = tuple[TextSpan | None, dict[str, TextSpan]]
"""An activity: its name, and what is known of it by the fields of its record."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area while it is gathered."""

    name: TextSpan
    goal: TextSpan | None = None
    purpose: TextSpan | None = None
    situation: TextSpan | None = None
    activities: tuple[Planned, ...] = ()

    def with_goal_of(self, item: TextSpan, vocabulary: Vocabulary) -> "Area":
        """The area with the goal that its own item of a list tells after its name."""
        for sentence in sentences_of(item)[1:]:
            goal = text_after(sentence, "tells goal", vocabulary)
            if goal is not None:
                return replace(self, goal=goal)
        return self

    def record(self) -> FocusArea:
        """The area as the JSON has it."""
        name = self.name.text
        words = name[0].upper() + name[1:]
        spans = {key: span for key in KEYS if (span := getattr(self, key))}
        return record_of(
            FocusArea,
            {
                "name": Value(
                    words, self.name, "focus_areas.name", "" if words == name else "its first letter a capital"
                ),
                **{key: _running(span, f"focus_areas.{key}") for key, span in spans.items()},
            },
            activities=[_activity(activity) for activity in self.activities],
        )


def _activity(activity: Planned) -> Activity:
    name, rows = activity
    known = {key: _running(span, "activities") for key, span in rows.items() if span}
    return record_of(Activity, {**known, "name": Value.of_any(name, "activities")})


def _running(cell: TextSpan, rule: str) -> Value[str]:
    """The text of a cell as running text: bullets and list dashes left out."""
    return Value(" ".join(_BULLET.sub("", cell.text).split()), cell, rule, "bullets left out")


def text_after(sentence: TextSpan, name: str, vocabulary: Vocabulary) -> TextSpan | None:
    """What follows the words of a rule: the goal after "Målet är"."""
    found = vocabulary.pattern("focus_areas", name).search(sentence.text)
    return None if found is None else sentence.cut(found.end()).stripped(". ")


def plain_name(name: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """The name without "Fokusområde 2:" and without a full stop."""
    found = vocabulary.pattern("focus_areas", "numbered area").match(name.text)
    numbered = found is not None and found.end() < len(name.text)
    return (name.cut(found.end()) if found is not None and numbered else name).stripped(".,;: ")


def own_blocks(parts: Sequence[DocumentSection], index: int, vocabulary: Vocabulary) -> list[Block]:
    """The blocks of a section, and of the sections below it whose headings are only labels: Mål, Lägesbild."""
    blocks = list(parts[index].blocks)
    labels = [vocabulary.pattern("focus_areas", name) for name in ("label", *OTHER_LABELS)]
    for part in parts[index + 1 :]:
        if part.heading is None or not any(label.fullmatch(part.title.strip()) for label in labels):
            break
        blocks += [part.heading, *part.blocks]
    return blocks


def labelled(blocks: Sequence[Block], vocabulary: Vocabulary) -> dict[str, TextSpan]:
    """Goal, purpose and situation from blocks that begin with such a label, or that follow one."""
    found: dict[str, TextSpan] = {}
    waiting: str | None = None
    for block in blocks:
        label = vocabulary.pattern("focus_areas", "label").match(block.text)
        if any(vocabulary.pattern("focus_areas", name).match(block.text) for name in OTHER_LABELS):
            waiting = None
        elif label is not None:
            key, rest = _key(label["label"], vocabulary), block.passage.cut(label.end())
            waiting = None if rest else key
            if rest:
                found.setdefault(key, _without_actions(rest, vocabulary) if key == "goal" else rest)
        elif waiting is not None:
            found[waiting] = between([*([found[waiting]] if waiting in found else []), block.passage])
            waiting = waiting if block.kind is BlockKind.ITEM else None
    return found


def _key(label: str, vocabulary: Vocabulary) -> str:
    """The field that a label names; a label that names no other is of the situation."""
    names = (key for key in KEYS[:2] if vocabulary.pattern("focus_areas", f"label of the {key}").search(label))
    return next(names, "situation")


def _without_actions(goal: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A goal up to where the text goes on with what somebody does about it."""
    does = vocabulary.pattern("focus_areas", "does")
    kept = list(itertools.takewhile(lambda s: not does.match(s.text), sentences_of(goal)))
    return goal.cut(0, goal.text.index(kept[-1].text) + len(kept[-1].text)) if kept else goal


def can_be_area(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a stretch of a list can be the name of an area."""
    return _SHORTEST <= len(text) <= _LONGEST and not vocabulary.pattern("focus_areas", "is told").search(text)
