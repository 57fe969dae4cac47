"""Persons whom only the learned reader found: added with its probability, unless they were not there or are none."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.minutes.field import minutes_of
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan

Structure = Callable[[str], DocumentStructure]
TEXT = """Minnesanteckningar

Närvarande: Anna Berg (S), ordförande
Frånvarande: Siv Dal

§ 1 Öppnande

Också Nils Alm, kommunpolis, kom till mötet. Ola Ek satt för Eva Lund. Vikbo kommun bjöd på kaffe.
"""


def tagged(structure: DocumentStructure, words: str, tag: str, probability: float) -> TaggedSpan:
    line = next(line for line in structure.lines if words in line.text)
    whole = TextSpan.join([line])
    start = whole.text.index(words)
    span = whole.cut(start, start + len(words))
    return TaggedSpan(tag, span, line.number, line.number, start, probability, probability)


@pytest.mark.parametrize(
    ("words", "probability", "added"),
    [
        ("Nils Alm, kommunpolis", 0.8, ("Nils Alm", "kommunpolis", 0.8)),
        ("Nils Alm", 0.8, ("Nils Alm", None, 0.8)),
        ("Nils Alm", 0.4, None),  # likelier none
        ("Anna Berg", 0.9, None),  # known by the rules
        ("Siv Dal", 0.9, None),  # on the line of those absent
        ("Eva Lund", 0.9, None),  # somebody stood in for her
        ("Vikbo kommun", 0.9, None),
    ],
)
def test_who_is_added_to_those_present(
    structure: Structure, words: str, probability: float, added: tuple[str, str | None, float] | None
) -> None:
    document = structure(TEXT)
    spans = [tagged(document, words, "PRESENT", probability)]
    minutes = minutes_of(document, DocumentKind.MEMO, learned=spans)
    assert minutes is not None
    first, *others = minutes.present
    assert (first.name, first.role, first.political_party) == ("Anna Berg", "ordförande", "S")
    found = [(p.name, p.role, p.evidence_by_field["name"].confidence) for p in others]
    assert found == ([] if added is None else [added])


def test_an_adjuster_that_only_the_learned_reader_found(structure: Structure) -> None:
    document = structure(TEXT)
    spans = [tagged(document, "Nils Alm", "ADJUSTER", 0.7)]
    minutes = minutes_of(document, DocumentKind.MEMO, learned=spans)
    assert minutes is not None and minutes.adjusters == ["Nils Alm"]
    assert minutes.evidence_by_field["adjusters.0"].confidence == 0.7
