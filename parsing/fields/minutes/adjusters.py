"""Who was chosen to adjust the minutes: behind a label, in a sentence, or at the signature lines."""

import re
from collections.abc import Iterator, Sequence

from avskrift.parsing.fields.minutes.labels import Labelled
from avskrift.parsing.fields.minutes.people import persons_in
from avskrift.parsing.fields.minutes.rows import Cell, Row, joined
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

_CHAIR = re.compile(r"ordföranden?\s+(?:och|samt|jämte)\s+", re.IGNORECASE)
_MOST_ROWS = 3
"""Rows of a sentence that chooses at most."""


def adjusters_in(rows: Sequence[Row], labelled: Sequence[Labelled], vocabulary: Vocabulary) -> Iterator[TextSpan]:
    """The names of those chosen, in order."""
    for one in labelled:
        if one.name == "adjusters":
            yield from (person.name for person in persons_in(one.rows, vocabulary, one_word=False))
    for passage in _passages(rows):
        for sentence in sentences_of(passage):
            yield from _chosen(sentence, vocabulary)


def _passages(rows: Sequence[Row]) -> Iterator[TextSpan]:
    """Each row that speaks of adjusting, with those before and behind it."""
    for place, row in enumerate(rows):
        if "juster" in row.text.lower():
            before = rows[place - 1 : place] if place and not row.apart else []
            behind = rows[place + 1 : place + _MOST_ROWS]
            stop = next((i for i, other in enumerate(behind) if other.apart), len(behind))
            yield joined([r.span for r in [*before, row, *behind[:stop]]])


def _chosen(sentence: TextSpan, vocabulary: Vocabulary) -> Iterator[TextSpan]:
    for rule in vocabulary.rules("minutes", "adjuster"):
        found = rule.pattern.search(sentence.text)
        if found is not None:
            names = sentence.cut(*found.span("names"))
            chair = _CHAIR.match(names.text)
            names = names if chair is None else names.cut(chair.end())
            persons = persons_in([(Cell(names, 0.0),)], vocabulary, one_word=False)
            if persons:
                yield from (person.name for person in persons)
                return
