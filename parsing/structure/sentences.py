"""Spans cut into sentences."""

import re

from avskrift.parsing.structure.text_span import TextSpan

_END = re.compile(r"[.!?]['\"”)]*(?=\s+[A-ZÅÄÖ\"”(])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-zåäö]|t\.?o\.?m|fr\.?o\.?m|bl\.?a|t\.?ex|s\.?k|m\.?fl|dnr|nr|org|tel|resp|ca|kap|st"
    r"|dec|jan|feb|febr|aug|sept?|okt|nov)$",
    re.IGNORECASE,
)
"""What a full stop stands after that ends no sentence."""


def sentences_of(span: TextSpan) -> list[TextSpan]:
    """The sentences of a span. Abbreviations (t.o.m., dnr., bl.a.) and numbers do not end one."""
    found = []
    start = 0
    for match in _END.finditer(span.text):
        if not _ABBREVIATION.search(span.text[start : match.start()]):
            found.append(span.cut(start, match.end()))
            start = match.end()
    return [sentence for sentence in (*found, span.cut(start)) if sentence]
