"""The parties of one passage, however many names it holds."""

from avskrift.models.document import Line
from avskrift.parsing.fields.parties.clauses import parties_in
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan


def passage(text: str) -> TextSpan:
    return TextSpan.join([LocatedLine(1, Line(1, text, text), 0)])


def test_names_without_end_are_looked_at_as_far_as_any_agreement_goes() -> None:
    assert len(parties_in(passage("Vikbo kommun och " * 30))) == 30
    assert len(parties_in(passage("Vikbo kommun och " * 260))) == 200
