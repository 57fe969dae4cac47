"""How a document says that it can be ended: notice, and what happens when a party gives it."""

import re
from dataclasses import dataclass

from avskrift.comparison.vocabulary import pattern
from avskrift.models.agreement import Agreement, Evidence

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\s|$)|$)")


@dataclass(frozen=True, slots=True)
class Notice:
    """The sentences on notice, the JSON Pointer of the section they stand in, and where that was read."""

    text: str
    path: str
    evidence: Evidence | None


def notice_of(record: Agreement) -> Notice | None:
    """The first clause on notice; None where no sentence tells of it."""
    for i, section in enumerate(record.sections):
        found = [s.group().strip() for s in _SENTENCE.finditer(section.text)]
        told = [sentence for sentence in found if pattern("clauses", "notice").search(sentence)]
        if told:
            return Notice(" ".join(told), f"/sections/{i}", section.evidence)
    return None
