"""What can be the name of an area."""

from avskrift.parsing.fields.focus_areas.area import can_be_area
from avskrift.parsing.vocabulary import Vocabulary


def test_what_can_be_an_area(vocabulary: Vocabulary) -> None:
    assert can_be_area("Lugna torg", vocabulary)
    assert not can_be_area("Ja", vocabulary) and not can_be_area("ord " * 30, vocabulary)
