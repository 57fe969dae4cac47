"""A change that one of the rules proposes for a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from avskrift.models.edits import Replacement


class Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Change(Replacement):
    """A replacement that a rule proposes; `only_doubt` tells that it is not to be made but to be shown."""

    only_doubt: bool = False


S = TypeVar("S", bound=Spanned)


def apart(some: Iterable[S], taken: Sequence[Change]) -> list[S]:
    """Those of `some` that touch no change already taken."""
    firm = [t for t in taken if not t.only_doubt]
    return [s for s in some if all(s.end <= t.start or s.start >= t.end for t in firm)]
