"""Whether a document is minutes, or an excerpt of them."""

from collections.abc import Sequence

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.minutes.labels import PRESENT, Labelled
from avskrift.parsing.fields.minutes.rows import Row
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.vocabulary import Vocabulary

_HEAD = 15
"""Rows at the head of a document among which it says that it is minutes."""
_LONGEST = 100
"""Signs of words that name minutes at most."""
_OTHERS = frozenset({DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN})


def is_minutes(
    structure: DocumentStructure, rows: Sequence[Row], labelled: Sequence[Labelled], kind: DocumentKind | None
) -> bool:
    """Whether a document is minutes: its kind says so, its head does, or it tells who was there and what was decided.

    `rows` and `labelled` are the rows and labels of the `structure`, `kind` is what it was found to be.
    """
    vocabulary = structure.vocabulary
    if kind is DocumentKind.PROTOCOL_EXCERPT:
        return True
    attended = any(one.name in PRESENT and one.rows for one in labelled)
    named = any(_names_minutes(row, vocabulary) for row in rows[:_HEAD])
    texts = [line.text.strip() for line in structure.lines]
    numbered = sum(vocabulary.pattern("minutes", "paragraph", "item").match(text) is not None for text in texts)
    of_body, closed, procedure, speaks = (
        sum(vocabulary.pattern("minutes", name, "sign").search(text) is not None for text in texts)
        for name in ("paragraph of a body", "end of minutes", "procedure", "speaks as minutes")
    )
    if kind in _OTHERS:
        return bool(of_body) or (named and (attended or (numbered > 0 and closed > 0)))
    asks = vocabulary.pattern("document_kind", "asks for a decision", "around")
    if any(asks.match(text) for text in texts) and not of_body:
        return named and attended
    meeting = vocabulary.pattern("minutes", "names a meeting", "sign")
    meets = any(meeting.match(cell.text) for row in rows[:_HEAD] for cell in row.cells)
    signs = (attended, meets, numbered > 0, closed > 0, procedure > 0, speaks > 0)
    return named or bool(of_body) or sum(signs) > 1 or procedure > 1


def _names_minutes(row: Row, vocabulary: Vocabulary) -> bool:
    return any(
        vocabulary.pattern("minutes", name, "sign").search(cell.text) is not None
        for cell in row.cells
        if len(cell.text) <= _LONGEST
        for name in ("names minutes", "notes at the end of a title")
    )
