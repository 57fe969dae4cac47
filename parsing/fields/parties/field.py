"""Who agrees: name, kind, defined term, organisation number and address of each party."""

from collections.abc import Sequence

from avskrift.models.agreement import DocumentKind, Party
from avskrift.parsing.fields.parties.candidate import PartyCandidate, detailed, distinct
from avskrift.parsing.fields.parties.names import around
from avskrift.parsing.fields.parties.sources import SOURCES, from_one_named
from avskrift.parsing.structure.document_structure import DocumentStructure

_OPENING = 20
"""Blocks at the beginning in which a sentence may give all parties their terms."""


def parties_of(structure: DocumentStructure, kind: DocumentKind) -> list[Party]:
    """The parties, in the order in which they are named.

    Looked for in many places; the first that gives two with numbers or terms is believed, else the first that gives
    two, and what it lacks is taken from the others. A memo about an agreement has no parties of its own.
    """
    if kind is DocumentKind.MEMO:
        return []
    found = [distinct(source(structure)) for source in SOURCES]
    chosen = _believed(found) or from_one_named(structure)
    if kind is DocumentKind.OTHER and len(detailed(chosen)) < 2:
        return []  # two organisations that a text names are no parties
    every = [party for parties in found for party in parties]
    completed = [party.completed_from(every) for party in chosen]
    return [party.record() for party in _called_respectively(completed, structure)]


def _believed(found: Sequence[list[PartyCandidate]]) -> list[PartyCandidate]:
    """The parties of the most telling place, or of one that names all of those and further ones as surely."""
    several = [parties for parties in found if len(parties) >= 2]
    full = [parties for parties in several if len(detailed(parties)) >= 2]
    chosen = (full or several or [[]])[0]
    for fuller in full:  # a sentence gives the terms of two, a table names all six
        names = {p.key for p in chosen}
        further = [p for p in fuller if p.key not in names]
        if further and len(fuller) - len(further) == len(names) and all(p.is_detailed for p in further):
            chosen = fuller
    return chosen


def _called_respectively(parties: list[PartyCandidate], structure: DocumentStructure) -> list[PartyCandidate]:
    """The parties with the terms that a sentence gives all of them: "benämns de kommunen respektive polisen"."""
    if any("defined_term" in p.values for p in parties):
        return parties
    for block in structure.blocks[:_OPENING]:
        called = around("respectively", structure.vocabulary).search(block.text)
        if called is None:
            continue
        listed = block.passage.cut(*called.span("terms" if called["terms"] else "two"))
        words = around("one term", structure.vocabulary).finditer(listed.text)
        terms = [listed.cut(*word.span()) for word in words]
        if len(terms) == len(parties):
            rule = "parties.defined_term, respectively"
            return [party.called(term, rule) for party, term in zip(parties, terms, strict=True)]
    return parties
