"""One clause of both documents, or of one: its words, how they differ, and which stretches of them have moved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.comparison.clauses.alignment import ClausePair
from avskrift.comparison.clauses.material_change import Actors, material_changes
from avskrift.comparison.clauses.signature_lines import first_signature_line
from avskrift.comparison.clauses.word_diff import Renumbered, Stretch, stretches_of
from avskrift.comparison.clauses.words import Token, tokens_of
from avskrift.models.agreement import Section
from avskrift.models.comparison import MaterialChange, RunKind


@dataclass(frozen=True, slots=True)
class Settings:
    """When the same words in another place have moved."""

    least_moved: int = 3
    """Words from which a stretch that went here and came there has moved."""


SETTINGS = Settings()
_SENTENCE_ENDS = (".", "!", "?")


@dataclass(slots=True)
class ComparedClause:
    """A clause as words of both sides: `stretches` cover them, `material` holds what each stretch changes materially,
    `moved` the places of stretches that only stand elsewhere now."""

    pair: ClausePair
    old: list[Token]
    new: list[Token]
    stretches: list[Stretch]
    material: list[list[MaterialChange]]
    moved: set[int] = field(default_factory=set)

    @property
    def on_both_sides(self) -> bool:
        """Whether the clause stands in both documents."""
        return bool(self.pair.old and self.pair.new)

    def gone(self, stretch: Stretch) -> Sequence[Token]:
        """The words of a stretch in the old document."""
        return self.old[stretch.old_start : stretch.old_end]

    def came(self, stretch: Stretch) -> Sequence[Token]:
        """The words of a stretch in the new document."""
        return self.new[stretch.new_start : stretch.new_end]


def compared_clause(
    pair: ClausePair,
    old: Sequence[Section],
    new: Sequence[Section],
    renumbered: Renumbered,
    actors: Actors,
    signed: Sequence[str],
) -> ComparedClause:
    """The clause that `pair` names by places in `old` and `new`, the sections of both records.

    `renumbered` says which numbers point to one clause, `actors` who acts in the documents; `signed` are names and days
    of those who signed (`signature_keys`).
    """
    a, b = _tokens([old[i] for i in pair.old], signed), _tokens([new[j] for j in pair.new], signed)
    stretches = stretches_of(a, b, renumbered)
    return ComparedClause(pair, a, b, stretches, [material_changes(a, b, s, actors) for s in stretches])


def _tokens(sections: Sequence[Section], signed: Sequence[str]) -> list[Token]:
    found: list[Token] = []
    for section in sections:
        title = f"{section.title}\n" if section.title else ""
        # where signing is what a section is about, names and days are its own words
        about_signing = section.roles[:1] == ["signatures"]
        signing = first_signature_line(section.text, () if about_signing else signed) + bool(title)
        found.extend(tokens_of(title + section.text, found[-1].line + 1 if found else 0, signing))
    return found


def marked_moves(compared: Sequence[ComparedClause]) -> None:
    """Marks stretches that went in one place and came in another as moved, each with one counterpart."""
    came: dict[tuple[str, ...], list[tuple[ComparedClause, int]]] = {}
    for one in compared:
        for at, stretch in enumerate(one.stretches if one.pair.old else ()):
            if stretch.kind is RunKind.ADDED and _is_closed(one.new, stretch.new_start, stretch.new_end):
                came.setdefault(_keys(one.came(stretch)), []).append((one, at))
    for one in compared:
        for at, stretch in enumerate(one.stretches if one.pair.new else ()):
            if stretch.kind is not RunKind.REMOVED or not _is_closed(one.old, stretch.old_start, stretch.old_end):
                continue
            if places := came.get(_keys(one.gone(stretch))):
                other, there = places.pop(0)
                one.moved.add(at)
                other.moved.add(there)


def _keys(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.key for token in tokens)


def _is_closed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens[start:end] are one or more full sentences or items: a part may mean another thing elsewhere."""
    return end - start >= SETTINGS.least_moved and _is_break(tokens, start) and _is_break(tokens, end)


def _is_break(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence or an item of a list ends before tokens[at]."""
    if at in (0, len(tokens)):
        return True
    before = tokens[at - 1]
    return before.line != tokens[at].line or before.text.rstrip().endswith(_SENTENCE_ENDS)
