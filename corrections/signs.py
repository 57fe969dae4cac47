"""Signs that an engine without them read as others: % § @, where the surroundings prove them.

The patterns are in rules/signs.toml. An e-mail address is proven by its domain: one that the text shows with @
elsewhere, or one of the few that the rules name. Where another reading of the line shows the sign, it is believed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from avskrift.corrections.alignment import equal_places
from avskrift.corrections.rules import load
from avskrift.language.confusions import readings_of
from avskrift.language.rules import compiled_entry, shared_words
from avskrift.models.edits import Edit, non_overlapping

_SIGNS = "%§@"
_DOMAIN = re.compile(r"@((?:[\w-]+\.)+[a-z]{2,})")
_ADDRESSEE = re.compile(r"(?<![\w.@/-])[a-z]+(?:[._-][a-z]+)+(?P<sign>[GOQC©®¢&8]| ?\(a\) ?| )?$")


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities that a sign is right, by what proves it."""

    parallel_reading: float = 0.95
    address_sign: float = 0.9  # a known domain after a sign that stands for @
    address_gap: float = 0.75  # a known domain with nothing before it
    least_made: float = 0.6  # a rule less sure than this only suggests
    reach: int = 3  # signs to each side in which another reading must agree with the line


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class SignRule:
    """Where `pattern` matches, its group `sign` is `printed`, right with probability `confidence`."""

    name: str
    pattern: re.Pattern[str]
    printed: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Rules:
    signs: tuple[SignRule, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignCorrections:
    """The corrections to the signs of a line, and those that are only suggested."""

    edits: tuple[Edit, ...]
    suggestions: tuple[Edit, ...]


@cache
def sign_rules() -> _Rules:
    """The table in rules/signs.toml."""
    data = load("signs")
    signs = tuple(
        SignRule(
            e["name"], compiled_entry({"ignore_case": False, **e}, shared_words()), e["printed"], float(e["confidence"])
        )
        for e in data["sign"]
    )
    return _Rules(signs, tuple(data["domains"]))


def domains_in(lines: Sequence[str]) -> frozenset[str]:
    """The domains of the e-mail addresses in a text, with those that the rules name."""
    shown = {m[1].lower() for line in lines for m in _DOMAIN.finditer(line)}
    return frozenset(shown) | frozenset(sign_rules().domains)


def corrected_signs(line: str, domains: frozenset[str], others: Sequence[str] = ()) -> SignCorrections:
    """The corrections to one line; `others` are the same line in other readings of the document."""
    edits: list[Edit] = []
    suggestions: list[Edit] = []
    for edit in chain(_by_parallel_reading(line, others), _by_rule(line), _addresses(line, domains)):
        to = edits if edit.confidence >= SETTINGS.least_made else suggestions
        to += non_overlapping([edit], edits)
    return SignCorrections(tuple(edits), tuple(suggestions))


def _by_rule(line: str) -> Iterator[Edit]:
    for rule in sign_rules().signs:
        for match in rule.pattern.finditer(line):
            start, end = match.span("sign")
            if line[start:end] != rule.printed:
                yield Edit(start, end, rule.printed, "sign", rule.confidence)


def _addresses(line: str, domains: frozenset[str]) -> Iterator[Edit]:
    """`anna.berg polisen.se`, `anna.bergGpolisen.se`: a known domain after a name that is written as in addresses."""
    low = line.lower()
    for domain in domains:
        at = low.find(domain)
        while at > 0:
            before = _ADDRESSEE.search(line[:at])
            if before is not None and _ends_address(line, at + len(domain)):
                start = before.start("sign") if before["sign"] is not None else at
                sure = SETTINGS.address_sign if before["sign"] else SETTINGS.address_gap
                yield Edit(start, at, "@", "sign", sure)
            at = low.find(domain, at + 1)


def _ends_address(line: str, at: int) -> bool:
    """Whether an address may end at `at`."""
    return at == len(line) or not (line[at].isalnum() or line[at] in "-@")


def _by_parallel_reading(line: str, others: Sequence[str]) -> Iterator[Edit]:
    for other in others:
        if not any(sign in other for sign in _SIGNS):
            continue
        places = equal_places(other, line)
        for at, sign in enumerate(other):
            span = _counterpart(places, at, len(line)) if sign in _SIGNS and places[at] < 0 else None
            if span is None:
                continue
            start, end = span
            read = line[start:end]
            if read.strip() in readings_of(sign):
                start += len(read) - len(read.lstrip())
                yield Edit(start, start + len(read.strip()), sign, "witness", SETTINGS.parallel_reading)


def _counterpart(places: Sequence[int], at: int, length: int) -> tuple[int, int] | None:
    """Where the line of `length` signs must show the sign at `at` of another reading, by the `places` in the line of
    the signs around it; None where they do not tell."""
    before = [p + 1 for p in places[max(0, at - SETTINGS.reach) : at] if p >= 0] if at else [0]
    behind = [p for p in places[at + 1 : at + 1 + SETTINGS.reach] if p >= 0] if at + 1 < len(places) else [length]
    return (before[-1], behind[0]) if before and behind and before[-1] <= behind[0] else None
