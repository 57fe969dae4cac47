"""Whether a document is minutes, or an excerpt of them."""

from collections.abc import Sequence

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.minutes.labels import PRESENT, Labelled
from avskrift.parsing.fields.minutes.rows import Row
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.vocabulary import Vocabulary

_HEAD = 15
"""Rows at the head of a document among which it says that it is minutes."""
_TITLE = 3
"""Rows at the very head, among which a title stands."""
_LONGEST = 100
"""Signs of words that name minutes at most."""
_SIGNS = {
    "paragraph": ("minutes", "paragraph", "item"),
    "asks for a decision": ("document_kind", "asks for a decision", "around"),
    **{
        name: ("minutes", name, "sign")
        for name in ("paragraph of a body", "end of minutes", "procedure", "speaks as minutes")
    },
}
"""Where the pattern of each sign stands: its file, its name and its table."""
_OTHERS = frozenset({DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN})


def is_minutes(
    structure: DocumentStructure, rows: Sequence[Row], labelled: Sequence[Labelled], kind: DocumentKind | None
) -> bool:
    """Whether a document is minutes: its kind says so, its head does, or it tells who was there and what was decided.

    `rows` and `labelled` are the rows and labels of the `structure`, `kind` is what it was found to be.
    """
    if kind is DocumentKind.PROTOCOL_EXCERPT:
        return True
    vocabulary = structure.vocabulary
    attended = any(one.name in PRESENT and one.rows for one in labelled)
    named = any(_names_minutes(row, vocabulary) for row in rows[:_HEAD])
    signs = _signs(structure)
    if signs.pop("paragraph of a body"):
        return True
    if kind in _OTHERS:
        meets = named or _meets(rows[:_TITLE], vocabulary)
        return meets if attended else bool(named and signs["paragraph"] and signs["end of minutes"])
    if named or signs.pop("asks for a decision"):
        return named
    several = (attended, _meets(rows[:_HEAD], vocabulary), *signs.values())
    return sum(map(bool, several)) > 1 or signs["procedure"] > 1


def are_surely_none(structure: DocumentStructure, rows: Sequence[Row], kind: DocumentKind | None) -> bool:
    """Whether an agreement or a plan is surely no minutes, without a look at its labels: `is_minutes` would say no
    whatever they are."""
    if kind not in _OTHERS:
        return False
    vocabulary = structure.vocabulary
    if any(_names_minutes(row, vocabulary) for row in rows[:_HEAD]) or _meets(rows[:_TITLE], vocabulary):
        return False
    of_a_body = vocabulary.pattern(*_SIGNS["paragraph of a body"])
    return not any(of_a_body.search(line.text.strip()) for line in structure.lines)


def _signs(structure: DocumentStructure) -> dict[str, int]:
    """In how many lines each sign of minutes, or of a memo, stands."""
    texts = [line.text.strip() for line in structure.lines]
    patterns = {name: structure.vocabulary.pattern(*place) for name, place in _SIGNS.items()}
    return {name: sum(p.search(text) is not None for text in texts) for name, p in patterns.items()}


def _meets(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether rows name a meeting."""
    pattern = vocabulary.pattern("minutes", "names a meeting", "sign")
    return any(pattern.match(cell.text) for row in rows for cell in row.cells)


def _names_minutes(row: Row, vocabulary: Vocabulary) -> bool:
    return any(
        vocabulary.pattern("minutes", name, "sign").search(cell.text) is not None
        for cell in row.cells
        if len(cell.text) <= _LONGEST
        for name in ("names minutes", "notes at the end of a title")
    )
