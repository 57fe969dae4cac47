"""What people answered to a survey, in lists that look like those of areas."""

from collections.abc import Iterator

from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan


def answers_of_surveys(structure: DocumentStructure) -> Iterator[TextSpan]:
    """The items of lists that a sentence on what people who were asked think introduces."""
    asked = structure.vocabulary.pattern("focus_areas", "tells opinions")
    answers = False
    for block in structure.blocks:
        if block.kind is not BlockKind.ITEM:
            answers = block.text.rstrip().endswith(":") and asked.search(_last_sentence(block)) is not None
        elif answers:
            yield block.passage


def _last_sentence(block: Block) -> str:
    sentences = sentences_of(block.passage)
    return sentences[-1].text if sentences else ""
