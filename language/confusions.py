"""What OCR reads for what was printed: the one table (data/confusions.toml), and what each use draws from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from avskrift.language.data_files import load
from avskrift.language.fold import fold, without_marks


class Kind(StrEnum):
    """Which part of the table a confusion stands in."""

    MARKS = "marks"
    SHAPES = "shapes"
    DIGITS = "digits"


class Use(StrEnum):
    """Where what was read counts as what was printed, without a cost (data/confusions.toml says why each does)."""

    WORDS = "words"
    LINES = "lines"
    BULLETS = "bullets"
    SECOND_LOOK = "second look"


@dataclass(frozen=True, slots=True)
class Confusion:
    """`read` stands for `printed`.

    `frequency` is how often, relative to the other readings of that print (0: never counted). `cost` is a negative
    natural logarithm, within text that has such damage; None where it is not corrected. `spaced_cost` is the same
    within a letter-spaced heading. `where` limits the correction to a place in a word ("any", "start" or "inside"),
    `needs_lost_marks` to texts that lost marks.
    """

    kind: Kind
    printed: str
    read: str
    frequency: float
    cost: float | None
    spaced_cost: float | None
    where: str
    needs_lost_marks: bool
    uses: frozenset[Use]


@cache
def confusions() -> tuple[Confusion, ...]:
    """The table, in its order."""
    return tuple(
        Confusion(
            kind,
            entry["printed"],
            entry["read"],
            entry.get("frequency", 0.0),
            entry.get("cost"),
            entry.get("spaced_cost"),
            entry.get("where", "any"),
            entry.get("lost_marks", False),
            frozenset(map(Use, entry.get("uses", ()))),
        )
        for kind in Kind
        for entry in load("confusions")[kind]
    )


@cache
def correctable() -> tuple[tuple[Confusion, float], ...]:
    """What may be corrected in running text, with its cost, the cheapest first."""
    found = [(c, c.cost) for c in confusions() if c.cost is not None]
    return tuple(sorted(found, key=lambda pair: pair[1]))


@cache
def spaced_swaps() -> tuple[tuple[str, str, float], ...]:
    """What may be corrected in a letter-spaced heading: read, printed and cost."""
    return tuple((c.read, c.printed, c.spaced_cost) for c in confusions() if c.spaced_cost is not None)


@cache
def readings_of(printed: str) -> frozenset[str]:
    """Everything that `printed` is known to be read as, but what only another look at the picture may believe."""
    return frozenset(c.read for c in confusions() if c.printed == printed and Use.SECOND_LOOK not in c.uses)


@cache
def single_readings(printed: str, use: Use | None = None) -> str:
    """The single signs that `printed` is read as (for one use, or for any), to be put into a class of a pattern."""
    found = (c.read for c in confusions() if c.printed == printed and (use is None or use in c.uses))
    return "".join(read for read in found if len(read) == 1)


@cache
def letters_for_digits(least_frequency: float) -> dict[int, str]:
    """A table for `str.translate`: letters to the digits that they are most often read for, where that is seen at
    least `least_frequency` times (relative to the other readings of the digit)."""
    found: dict[str, tuple[float, str]] = {}
    for one in confusions():
        if one.kind is Kind.DIGITS and one.frequency >= least_frequency:
            found[one.read] = max(found.get(one.read, (0.0, "")), (one.frequency, one.printed))
    return str.maketrans({letter: digit for letter, (_, digit) in found.items()})


@cache
def counted_readings(kind: Kind) -> dict[str, dict[str, float]]:
    """For each print of one kind the readings that were counted, with how often (relative)."""
    found: dict[str, dict[str, float]] = {}
    for one in confusions():
        if one.kind is kind and one.frequency:
            found.setdefault(one.printed, {})[one.read] = one.frequency
    return found


def as_shapes(folded: str, use: Use) -> str:
    """A folded text with what is confused in one use written alike, each as what was printed."""
    pairs, signs = _shapes(use)
    for read, printed in pairs:
        folded = folded.replace(read, printed)
    return folded.translate(signs)


def shape_key(text: str) -> str:
    """What a word shows where marks, case and what engines often confuse do not count: by it two readings of one word
    are found to be one."""
    return as_shapes(without_marks(text.lower()), Use.LINES)


@cache
def _shapes(use: Use) -> tuple[tuple[tuple[str, str], ...], dict[int, str]]:
    """The confusions of one use as folded pairs: those of several signs, and those of one, as a table."""
    found = list(_folded_pairs(use))
    return tuple(pair for pair in found if len(pair[0]) > 1), str.maketrans({r: p for r, p in found if len(r) == 1})


def _folded_pairs(use: Use) -> Iterator[tuple[str, str]]:
    return ((c.read, fold(c.printed)) for c in confusions() if use in c.uses)
