"""The diary numbers that tagged spans name, each with its holder."""

import re
from collections.abc import Sequence

from avskrift.language.fold import fold
from avskrift.models.agreement import RegistryNumber
from avskrift.parsing.learned.parties import value_of
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.structure.values import Value, record_of


def registry_numbers_of(spans: Sequence[TaggedSpan]) -> list[RegistryNumber]:
    """The numbers, each once and whole, with the holder that is named nearest."""
    holders = [s for s in spans if s.tag == "HOLDER"]
    kept: dict[str, TaggedSpan] = {}
    for span in (s for s in spans if s.tag == "DNR"):
        kept.setdefault(re.sub(r"\W", "", fold(span.text)), span)
    whole = (span for key, span in kept.items() if not any(key != k and k.startswith(key) for k in kept))
    return [record_of(RegistryNumber, {"number": value_of(n), "holder": _nearest(n, holders)}) for n in whole]


def _nearest(number: TaggedSpan, holders: Sequence[TaggedSpan]) -> Value[str] | None:
    near = [h for h in holders if abs(h.line - number.line) <= 1]
    found = min(near, key=lambda h: (abs(h.line - number.line), abs(h.column - number.column)), default=None)
    return None if found is None else value_of(found)
