"""Who signed, as a sentence tells it: "undertecknades av Anna Berg, kommunchef, och av rektor Nils Alm"."""

from collections.abc import Iterator

from avskrift.parsing.fields.signatories.cells import Signer, is_title
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import functions_in
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary


def signers_in_sentences(structure: DocumentStructure) -> Iterator[Signer]:
    """The persons with offices of whom sentences of the agreement tell that they signed it."""
    for part in structure.main_sections:
        for block in part.blocks:
            for sentence in sentences_of(block.passage):
                if _tells_of_signing(sentence.text, structure.vocabulary):
                    yield from _persons_in(sentence, structure.vocabulary)


def _tells_of_signing(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells who signed, neither who will nor who signed another agreement."""
    telling, other = (vocabulary.pattern("signing", n, "within") for n in ("tells of signing", "of another signing"))
    return telling.search(sentence) is not None and other.search(sentence) is None


def _persons_in(sentence: TextSpan, vocabulary: Vocabulary) -> Iterator[Signer]:
    names = person_names_in(sentence.text, vocabulary)
    before = 0
    following = [*(start for start, _ in names[1:]), len(sentence.text)]
    for (start, end), stop in zip(names, following, strict=False):
        title = _title_after(sentence.cut(end, stop), vocabulary)
        title = title or _title_before(sentence.cut(before, start), vocabulary)
        if title is not None:
            yield Signer(sentence.cut(start, end), title)
        before = end


def _title_after(words: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """The office after a name and a comma, to where the sentence goes on."""
    found = vocabulary.pattern("signing", "title in a sentence", "within").match(words.text)
    title = None if found is None else words.cut(*found.span("title"))
    return title if title is not None and is_title(title.text, vocabulary) else None


def _title_before(words: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """The office right before a name, with the body whose office it is: "av nämndens ordförande"."""
    functions = functions_in(words.text, vocabulary)
    if not functions or functions[-1].end < len(words.text):
        return None
    start = functions[-1].start
    of_body = vocabulary.pattern("signing", "body of an office", "within").search(words.text[:start])
    return words.cut(start if of_body is None else of_body.start())
