"""What of a document stands in no clause, and so was not compared word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.comparison.objects.values import text_of
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement


@dataclass(frozen=True, slots=True)
class Settings:
    """When words outside clauses are worth a remark."""

    least_share: float = 0.03
    """Share of a document's words from which a remark counts those that stand in no clause."""


SETTINGS = Settings()


def coverage_remarks(which: str, record: Agreement, lines: Sequence[Sequence[str]]) -> list[str]:
    """A sentence on the words of a document (its pages' lines) that stand in no section; none where they are few."""
    held = text_of(record)
    total = outside = 0
    for line in (line for page in lines for line in page):
        keys = [key for word in line.split() if (key := fold_word(word))]
        total += len(keys)
        outside += len(keys) if "".join(keys) not in held else 0
    if not total or outside < SETTINGS.least_share * total:
        return []
    return [
        f"{outside} of the {total} words of the {which} document stand in no clause (titles, tables, heads of pages): "
        "they are compared only as far as the fields hold them"
    ]
