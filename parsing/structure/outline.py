"""Names by which modules that are being moved still find `document_structure` and `sentences`."""

from avskrift.parsing.structure.document_structure import DocumentStructure, passages_of
from avskrift.parsing.structure.document_structure import structure_of as outline_of
from avskrift.parsing.structure.sentences import sentences_of

__all__ = ["DocumentStructure", "outline_of", "passages_of", "sentences_of"]
