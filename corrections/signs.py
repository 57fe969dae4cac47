"""Signs that an engine without them read as others: % § @, where the surroundings prove them.

The patterns are in rules/signs.toml. An e-mail address is proven by its domain: one that the text shows with @
elsewhere, or one of the few that the rules name. Where another reading of the line shows the sign, it is believed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from avskrift.corrections.changes import Change, apart
from avskrift.corrections.rules import load

_SIGNS = "%§@"
_SURE_BY_WITNESS = 0.95
_DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class SignRule:
    """Where `pattern` matches, its group `sign` is `printed`, right with probability `confidence`; below
    `_DOUBTFUL` the change is shown but not made."""

    name: str
    pattern: re.Pattern[str]
    printed: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Rules:
    signs: tuple[SignRule, ...]
    domains: tuple[str, ...]
    misread: dict[str, frozenset[str]]


@cache
def sign_rules() -> _Rules:
    """The table in rules/signs.toml."""
    data = load("signs")
    signs = tuple(
        SignRule(e["name"], re.compile(e["pattern"]), e["printed"], float(e["confidence"])) for e in data["sign"]
    )
    return _Rules(signs, tuple(data["domains"]), {s: frozenset(read) for s, read in data["misread"].items()})


def domains_in(lines: Sequence[str]) -> frozenset[str]:
    """The domains of the e-mail addresses in a text, with those that the rules name."""
    shown = {m[1].lower() for line in lines for m in re.finditer(r"@((?:[\w-]+\.)+[a-z]{2,})", line)}
    return frozenset(shown) | frozenset(sign_rules().domains)


def signs_mended(line: str, domains: frozenset[str], others: Sequence[str] = ()) -> list[Change]:
    """The changes to one line; `others` are the same line in other readings of the document."""
    found: list[Change] = []
    for change in (*_witnessed(line, others), *_ruled(line), *_addresses(line, domains)):
        found += apart([change], found)
    return found


def _ruled(line: str) -> Iterator[Change]:
    for rule in sign_rules().signs:
        for match in rule.pattern.finditer(line):
            start, end = match.span("sign")
            if line[start:end] != rule.printed:
                yield Change(start, end, rule.printed, "sign", rule.confidence, rule.confidence < _DOUBTFUL)


def _addresses(line: str, domains: frozenset[str]) -> Iterator[Change]:
    """`anna.berg polisen.se`, `anna.bergGpolisen.se`: a known domain after a name that is written as in addresses."""
    low = line.lower()
    for domain in domains:
        at = low.find(domain)
        while at > 0:
            before = re.search(r"(?<![\w.@/-])[a-z]+(?:[._-][a-z]+)+(?P<sign>[GOQC©®¢&8]| ?\(a\) ?| )?$", line[:at])
            ends = at + len(domain)
            whole = ends == len(line) or not (line[ends].isalnum() or line[ends] in "-@")
            if before is not None and whole:
                start = before.start("sign") if before["sign"] is not None else at
                yield Change(start, at, "@", "sign", 0.9 if before["sign"] else 0.75)
            at = low.find(domain, at + 1)


def _witnessed(line: str, others: Sequence[str]) -> Iterator[Change]:
    misread = sign_rules().misread
    for other in others:
        if not any(sign in other for sign in _SIGNS):
            continue
        beside = [-1] * len(other)  # the sign of `line` that is the same as one of `other`
        for step in Levenshtein.opcodes(other, line):
            if step.tag == "equal":
                for x, y in zip(
                    range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
                ):
                    beside[x] = y
        for at, sign in enumerate(other):
            if sign not in _SIGNS or beside[at] >= 0:
                continue
            left = next((beside[i] for i in range(at - 1, max(-1, at - 4), -1) if beside[i] >= 0), None)
            right = next((beside[i] for i in range(at + 1, min(len(other), at + 4)) if beside[i] >= 0), None)
            start = 0 if at == 0 else None if left is None else left + 1
            end = len(line) if at == len(other) - 1 else right
            if start is None or end is None or end < start:
                continue
            read = line[start:end]
            if read.strip() in misread[sign]:
                start += len(read) - len(read.lstrip())
                yield Change(start, start + len(read.strip()), sign, "witness", _SURE_BY_WITNESS)
