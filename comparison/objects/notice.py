"""How a document says that it can be ended: notice, and what happens when a party gives it."""

import re
from dataclasses import dataclass

from avskrift.comparison.vocabulary import pattern
from avskrift.models.agreement import Agreement, Evidence, Section
from avskrift.parsing.structure.title_roles import roles_of

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"]|\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ])|\n")
"""Between sentences: inner full stops (7.1, t.o.m., 31.12) end none."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The sentences on notice, the JSON Pointer of the section they stand in, and where that was read."""

    text: str
    path: str
    evidence: Evidence | None


def _on_period(section: Section) -> bool:
    return bool(section.title) and "period" in roles_of(section.title or "")


def sentence_with(record: Agreement, evidence: Evidence) -> str:
    """The sentence of a clause that holds what was read, as near its page as it stands; the reading itself if none."""
    wanted = " ".join(evidence.text.split())
    near = sorted(record.sections, key=lambda s: (not _on_period(s), abs(s.page - evidence.page)))
    for section in near:
        for found in _SENTENCE.split(section.text):
            sentence = " ".join(found.split())
            if wanted in sentence:
                return sentence
    return evidence.text


def notice_of(record: Agreement) -> Notice | None:
    """The first clause on notice; None where no sentence tells of it."""
    for i, section in enumerate(record.sections):
        found = [" ".join(s.split()) for s in _SENTENCE.split(section.text)]
        told = [sentence for sentence in found if pattern("clauses", "notice").search(sentence)]
        if told:
            return Notice(" ".join(told), f"/sections/{i}", section.evidence)
    return None
