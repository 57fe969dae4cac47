"""Lists of members in running text."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.members import are_members, members_in, plain_member
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

Span = Callable[[str], TextSpan]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("kommundirektören, polischefen och en rektor.", ["kommundirektören", "polischefen", "en rektor"]),
        ("barn- och ungdomschefen samt kommunpolisen", ["barn- och ungdomschefen", "kommunpolisen"]),
        ("chefen för individ och familj, kommunpolisen", ["chefen för individ och familj", "kommunpolisen"]),
        ("rektorer (en för varje skola, och deras ställföreträdare) och kuratorer",
         ["rektorer (en för varje skola, och deras ställföreträdare)", "kuratorer"]),
        ("kommundirektören respektive polischefen", ["kommundirektören", "polischefen"]),
        ("", []),
    ],
)  # fmt: skip
def test_where_members_part(span: Span, vocabulary: Vocabulary, text: str, members: list[str]) -> None:
    assert [m.text for m in members_in(span(text), vocabulary)] == members


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("– samt kommunpolisen.", "kommunpolisen"),
        ("rektor och", "rektor"),
        ("Vid behov adjungeras fler", None),
        ("ord " * 17, None),
    ],
)  # fmt: skip
def test_one_member_by_itself(span: Span, vocabulary: Vocabulary, text: str, member: str | None) -> None:
    found = plain_member(span(text), vocabulary)
    assert (None if found is None else found.text) == member


def test_what_can_be_a_member(span: Span, vocabulary: Vocabulary) -> None:
    assert (
        is_member("kommunpolisen", vocabulary)
        and is_member("Vikbo kommun", vocabulary)
        and is_member("en företrädare för samebyn", vocabulary)
    )
    assert not is_member("stora torg", vocabulary)
    assert are_members([span("kommunpolisen"), span("rektor"), span("stora torg")], vocabulary)
    assert not are_members([span("stora torg")], vocabulary) and not are_members([], vocabulary)
