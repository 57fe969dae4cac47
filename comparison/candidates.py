"""Which objects of two long lists may belong together, so that not each has to be scored with each.

Two objects of which neither has a word of the other seldom belong together. An index of words finds for an object
the few that share its rarest words, those near it in their list first; the few at the same place in the list come too.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from avskrift.language.fold import fold_word
from avskrift.models.agreement import Evidence

MOST_PAIRS = 10_000
"""Pairs of objects up to which each is scored with each: 100 and 100."""
_CANDIDATES = 20
"""Objects that another is scored with where there are more pairs."""
_NEAREST = 8
"""Objects of one word that are looked at, those nearest by their place."""
_NEIGHBOURS = 2
"""Objects before and after the same place that are candidates whatever their words are."""
_LETTERS, _LONGEST, _WORDS = 6, 40, 60
"""Letters by which two words are taken for one, whatever they end in; letters of a word and words of an object that are
looked at."""


def words_of(one: object) -> tuple[str, ...]:
    """The first words of all texts that an object holds, evidence aside: each once, and their beginnings."""
    found: dict[str, None] = {}
    for text in _texts(one):
        for word in text[: _WORDS * 20].split()[:_WORDS]:
            key = fold_word(word[:_LONGEST])
            if key:
                found[key] = None
                found[key[:_LETTERS]] = None
        if len(found) >= 2 * _WORDS:
            break
    return tuple(found)[: 2 * _WORDS]


def _texts(one: object) -> Iterable[str]:
    if isinstance(one, str):
        yield one
    elif isinstance(one, list | tuple):
        for item in one[:_WORDS]:
            yield from _texts(item)
    elif not isinstance(one, Evidence):
        for name in getattr(type(one), "model_fields", ()):
            if name != "evidence_by_field":
                yield from _texts(getattr(one, name))


class Index:
    """The places of objects by their words."""

    def __init__(self, objects: Sequence[object]) -> None:
        self._count = len(objects)
        self._by_word: dict[str, list[int]] = {}
        for place, one in enumerate(objects):
            for word in words_of(one):
                self._by_word.setdefault(word, []).append(place)

    def candidates(self, one: object, place: int, of: int) -> list[int]:
        """Places, in order, of those that may belong to `one`, which stands at `place` of a list of `of` objects."""
        at = place if of == self._count else place * self._count // max(1, of)
        shared: dict[int, float] = {}
        for word in words_of(one):
            places = self._by_word.get(word, ())
            middle = bisect_left(places, at)
            for other in places[max(0, middle - _NEAREST // 2) : middle + _NEAREST // 2]:
                shared[other] = shared.get(other, 0.0) + 1.0 / len(places)
        best = sorted(shared, key=lambda other: (-shared[other], abs(other - at), other))[:_CANDIDATES]
        neighbours = range(max(0, at - _NEIGHBOURS), min(self._count, at + _NEIGHBOURS + 1))
        return sorted({*best, *neighbours})


def too_many(what: str, old: int, new: int) -> str:
    """The remark where not each was scored with each."""
    return (
        f"too many to be compared each with each: {what}, {old:,} and {new:,}; each was compared with the few of the "
        "other document that share its rarest words or stand at its place"
    )
