"""The signatories of a document."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from avskrift.language.fold import fold
from avskrift.models.agreement import Signatory
from avskrift.parsing.fields.signatories.cells import Signer
from avskrift.parsing.fields.signatories.layouts import office_alone, signers_in
from avskrift.parsing.fields.signatories.place import signing_place
from avskrift.parsing.fields.signatories.sentences import signers_in_sentences
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


def signatories_of(structure: DocumentStructure) -> list[Signatory]:
    """The signatories, left to right and downwards.

    Looked for from where signing begins (a section of that name, "exemplar", "Ort och datum", a row of dots), and in
    sentences that tell who signed; contact lists and other running text are left out.
    """
    place = signing_place(structure)
    found: dict[str, Signer] = {}
    for signer in itertools.chain(signers_in(place, structure.vocabulary), signers_in_sentences(structure)):
        key = fold(signer.name.text)
        if key not in found or (found[key].title is None and signer.title is not None):
            found[key] = signer
    return [_record_of(signer) for signer in _with_offices_alone(list(found.values()), structure.vocabulary)]


def _with_offices_alone(signers: Sequence[Signer], vocabulary: Vocabulary) -> Sequence[Signer]:
    """The signers; where behind every office an organisation stands, it is a column of its own, for whom they sign, and
    left out."""
    alone = [one if one.title is None else replace(one, title=office_alone(one.title, vocabulary)) for one in signers]
    shorter = sum(one.title != other.title for one, other in zip(signers, alone, strict=True))
    return alone if 1 < shorter == len(signers) else signers


def _record_of(signer: Signer) -> Signatory:
    title = Value.of_any(signer.title, "signatories.title")
    return record_of(Signatory, {"name": Value.of(signer.name, "signatories.name"), "title": title})
