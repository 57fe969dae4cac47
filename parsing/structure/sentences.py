"""Text spans cut into sentences that know where they were printed; where one ends, `language.sentences` says."""

from avskrift.language.sentences import sentence_spans
from avskrift.parsing.structure.text_span import TextSpan


def sentences_of(span: TextSpan) -> list[TextSpan]:
    """The sentences of a span. Abbreviations (t.o.m., dnr., bl.a.) and numbers do not end one."""
    found = (span.cut(start, end) for start, end in sentence_spans(span.text))
    return [sentence for sentence in found if sentence]
