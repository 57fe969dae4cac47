"""How alike two names of groups, focus areas, annexes or functions are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from avskrift.comparison.candidates import MOST_PAIRS, Index
from avskrift.comparison.ocr_equivalence import same_reading, stem_of
from avskrift.comparison.vocabulary import load, words
from avskrift.language.fold import fold_word

_LIKE_START, _FEW = 3, 30
"""Letters that two readings of a word are looked up by; items of a list that is small enough to look at them all."""
_MOST_STEMS = 60
"""Significant words of a name that are looked at."""


@lru_cache(maxsize=20_000)
def stems_in(name: str) -> tuple[str, ...]:
    """The stems of a name's significant words, synonyms as one, in order and each once."""
    found = []
    for word in re.findall(r"[^\W\d_]+(?:-(?=\s|$))?", name):
        key = fold_word(word)
        if word.endswith("-") and len(key) >= 3:  # "åtgärds- och uppföljningsplan" has an åtgärdsplan in it
            found.append(f"{key.removesuffix('s')}-")
        elif len(key) >= 2 and key not in words("names", "empty"):
            found.append(_synonyms().get(stem_of(key), stem_of(key)))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {stem_of(word): stem_of(group[0]) for group in load("names")["same"]["groups"] for word in group}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`both` is the Dice measure of two names' words, weighted by their length; `in_old` and `in_new` the shares of
    either name's words that the other has, `shared_old` and `shared_new` those words, each with its share of the
    name."""

    both: float
    in_old: float
    in_new: float
    shared_old: tuple[tuple[str, float], ...] = ()
    shared_new: tuple[tuple[str, float], ...] = ()


@lru_cache(maxsize=100_000)
def likeness_of(old: str, new: str) -> Likeness:
    """How alike two names are (0 to 1 each); 1 for names that are one reading."""
    a, b = stems_in(old)[:_MOST_STEMS], stems_in(new)[:_MOST_STEMS]
    total_old, total_new = sum(map(_weight, a)), sum(map(_weight, b))
    shared_old, shared_new = _shared_stems(a, b)
    weights_old = {stem: _weight(stem) / total_old for stem in shared_old}
    weights_new = {stem: _weight(stem) / total_new for stem in shared_new}
    in_old, in_new = sum(weights_old.values()), sum(weights_new.values())
    dice = (in_old * total_old + in_new * total_new) / (total_old + total_new) if total_old + total_new else 0.0
    if same_words(old, new):
        dice = in_old = in_new = 1.0
    return Likeness(dice, in_old, in_new, tuple(weights_old.items()), tuple(weights_new.items()))


def _shared_stems(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of either name that the other has, in the order in which they are found."""
    left_b = list(b)
    shared_a: dict[str, None] = {}
    shared_b: dict[str, None] = {}
    for stem in a:
        other = next((s for s in left_b if _same_stem(stem, s)), None)
        if other is not None:
            left_b.remove(other)
            shared_a[stem] = shared_b[other] = None
    for whole, parts in _compounds([s for s in a if s not in shared_a], left_b):
        shared_a[whole] = None
        shared_b |= dict.fromkeys(parts)
    for whole, parts in _compounds(left_b, [s for s in a if s not in shared_a]):
        shared_b[whole] = None
        shared_a |= dict.fromkeys(parts)
    return list(shared_a), list(shared_b)


def _compounds(wholes: Sequence[str], parts: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Words that are two words on the other side, with these: Uppföljningsplan, Plan för uppföljning."""
    for whole in wholes:
        for first in parts:
            rest = whole.removeprefix(first).removeprefix("s") if len(first) >= 4 and whole.startswith(first) else ""
            last = next((s for s in parts if s != first and len(rest) >= 2 and s.startswith(rest)), None)
            if last is not None:
                yield whole, (first, last)
                break


def _weight(stem: str) -> float:
    return 2.0 + min(len(stem), 10)


def _same_stem(a: str, b: str) -> bool:
    for half, whole in ((a, b), (b, a)):
        if half.endswith("-") and whole.startswith(half[:-1]):
            return True
    return a == b or (min(len(a), len(b)) >= 5 and same_reading(a, b))


@lru_cache(maxsize=100_000)
def same_words(old: str, new: str) -> bool:
    """Whether two texts are one reading, word by word or run together."""
    a, b = old.split(), new.split()
    if len(a) == len(b) and all(same_reading(x, y) or fold_word(x) == fold_word(y) for x, y in zip(a, b, strict=True)):
        return True
    return "".join(map(fold_word, a)) == "".join(map(fold_word, b))


@lru_cache(maxsize=100_000)
def same_function(old: str, new: str) -> bool:
    """Whether two items of lists of members name one function: Stadsdelsdirektör, Vikbo stadsdelsdirektör."""
    if same_words(old, new):
        return True
    first, second = _head_and_tail(old), _head_and_tail(new)
    heads = _alike(first[0], second[0])
    if not heads:
        return False
    return not first[1] or not second[1] or _alike(first[1], second[1])


@lru_cache(maxsize=20_000)
def _head_and_tail(item: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The function, and whose it is: names in the genitive before it count as little as what follows "för"."""
    pieces = item.split()
    cut = next((i for i, w in enumerate(pieces) if i and fold_word(w) in words("names", "link")), len(pieces))
    head = pieces[:cut]
    while len(head) > 1 and re.fullmatch(r"[A-ZÅÄÖ][\w-]*s", head[0]) and head[1][:1].islower():
        head = head[1:]
    return stems_in(" ".join(head)), stems_in(" ".join(pieces[cut:]))


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and all(any(_same_stem(x, y) for y in b) for x in a)


def shared_members(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which items of two lists of members are one: places on both sides, those of the same words first.

    In lists of more than `MOST_PAIRS` pairs an item is looked for among those of which the index of their words tells.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    near = _near_by_index(old, new) if len(old) * len(new) > MOST_PAIRS else _near_by_stems(old, new)
    for same, (i, one) in product((same_words, same_function), enumerate(old)):
        if i in found:
            continue
        left = [j for j in near(i) if j not in taken]
        if not left and len(new) <= _FEW:
            left = sorted(set(range(len(new))) - taken)
        match = next((j for j in left if same(one, new[j])), None)
        if match is not None:
            found[i] = match
            taken.add(match)
    return sorted(found.items())


def _near_by_index(old: Sequence[str], new: Sequence[str]) -> Callable[[int], Sequence[int]]:
    """Which new items an old one, given by its place, may be."""
    index = Index(new)
    return lambda i: index.candidates(old[i], i, len(old))


def _near_by_stems(old: Sequence[str], new: Sequence[str]) -> Callable[[int], Sequence[int]]:
    """Which new items, in order, have a word that begins like one of an old item, which is given by its place."""
    by_start: dict[str, list[int]] = {}
    for j, item in enumerate(new):
        for stem in stems_in(item):
            by_start.setdefault(stem[:_LIKE_START], []).append(j)
    return lambda i: sorted({j for stem in stems_in(old[i]) for j in by_start.get(stem[:_LIKE_START], ())})
