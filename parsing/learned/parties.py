"""The parties that tagged spans name: which mentions are of one party, which particulars belong to which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from avskrift.language import organisation_number
from avskrift.language.fold import fold
from avskrift.models.agreement import Party, PartyKind
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.structure.entities import kind_of_party, organisations_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

RULE = "learned"
_SAME = 90.0
"""How alike (0 to 100, rapidfuzz's ratio) two names of one party are at least."""
_NEAR_LINES = 4
"""Lines between a name and what belongs to it at most, in blocks of particulars."""


def value_of(span: TaggedSpan) -> Value[str]:
    """The words of a span as a value."""
    return Value.of(span.span, RULE)


@dataclass(slots=True)
class _PartyMentions:
    """The places that name one party, and the particulars that stand by them; `of_plural` tells that it is one of some
    that `kommuner` names together."""

    places: list[TaggedSpan]
    of_plural: bool = False
    values: dict[str, TaggedSpan] = field(default_factory=dict)


_PARTICULARS = {"TERM": "defined_term", "ORGNR": "organisation_number", "ADDRESS": "address"}
_SMALL = frozenset(["i", "och", "samt", "för", "av", "med", "vid", "den", "det"])


def parties_of(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> list[Party]:
    """The parties: particulars belong to the party named last before them, or on the same line in the same column."""
    found: list[_PartyMentions] = []
    last: _PartyMentions | None = None
    for span, of_plural in _singled(spans, vocabulary):
        if span.tag == "PARTY":
            last = next((p for p in found if _same_party(p, span, vocabulary)), None)
            if last is None:
                last = _PartyMentions([span], of_plural=of_plural)
                found.append(last)
            else:
                last.places.append(span)
        elif span.tag in _PARTICULARS and last is not None:
            owner = _beside(span, found) or last
            owner.values.setdefault(_PARTICULARS[span.tag], span)
    terms = {fold(p.values["defined_term"].text) for p in found if "defined_term" in p.values}
    named = [p for p in found if fold(p.places[0].text) not in terms or p.values]
    return [_party(p, vocabulary) for p in named]


_PLURAL = re.compile(r"\bkommuner(?:na)?$", re.IGNORECASE)
_PLURAL_BEFORE = re.compile(r"(?i:kommunerna)(?:\s+(?=[A-ZÅÄÖ])|$)")
_PLACES = re.compile(r"[A-ZÅÄÖ][\wåäö-]+(?:(?:,| och| samt)?\s[A-ZÅÄÖ][\wåäö-]+)*")
_AUTHORITIES = re.compile(r"(?:verket|styrelsen|myndigheten|domstolen|nämnden|rätten)\b", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|\boch\b|\bsamt\b)\s*")


def _singled(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> list[tuple[TaggedSpan, bool]]:
    """The spans, each party of one plural by itself, and whether it is one of a plural: `Viken, Ån och Sundets
    kommuner` and `kommunerna Viken, Ån och Sundet` are three, `Samverkande kommuner` are one."""
    kept: list[tuple[TaggedSpan, bool]] = []
    until = -1
    for span in spans:
        rest = _of_plural_before(span, until, vocabulary) if span.tag == "PARTY" else None
        if rest is not None:
            until = span.last_line + 1
            kept += [(part, True) for part in _parted(rest) if part.span]
        elif span.tag == "PARTY" and _PLURAL.search(span.text):
            _add_plural(kept, span)
        else:
            kept.append((span, False))
    return kept


def _add_plural(kept: list[tuple[TaggedSpan, bool]], span: TaggedSpan) -> None:
    """Adds the parties that a plural behind their names makes of them; the last span may hold the first names."""
    before = kept[-1][0] if kept else None
    joined = before is not None and before.tag == "PARTY" and span.line - before.last_line <= 1
    if before is not None and joined and "," in before.text:
        kept[-1:] = [(part, True) for part in _parted(before)]
    parts = _parted(span)
    kept += [(part, joined or len(parts) > 1) for part in parts]


def _of_plural_before(span: TaggedSpan, until: int, vocabulary: Vocabulary) -> TaggedSpan | None:
    """The names that a plural before them makes parties: those behind `kommunerna` in the same span, or on a line
    `until` which such a plural reaches, if they are nothing but names of places; None where there is no plural."""
    plural = _PLURAL_BEFORE.match(span.text)
    if plural is not None:
        return replace(span, span=span.span.cut(plural.end()))
    is_place = _PLACES.fullmatch(span.text) and not _AUTHORITIES.search(span.text)
    return span if span.line <= until and is_place and _kind(span.text, vocabulary) is PartyKind.OTHER else None


def _parted(span: TaggedSpan) -> list[TaggedSpan]:
    """The names of a list, each with a capital: one span where they are not all so."""
    ends = [found.span() for found in _BETWEEN_NAMES.finditer(span.text)]
    starts = [0, *(end for _, end in ends)]
    parts = [span.span.cut(a, b) for a, b in zip(starts, [*(start for start, _ in ends), None], strict=True)]
    if not all(part and part.text[0].isupper() for part in parts):
        return [span]
    return [replace(span, span=part) for part in parts]


def _beside(span: TaggedSpan, parties: Sequence[_PartyMentions]) -> _PartyMentions | None:
    """The party above a particular in the same column, where several columns stand side by side."""
    near = [
        (span.line - place.line, abs(place.column - span.column), i)
        for i, party in enumerate(parties)
        for place in party.places
        if 0 <= span.line - place.line <= _NEAR_LINES
    ]
    rows = {line for line, _, _ in near}
    if not near or len([1 for n in near if n[0] == min(rows)]) < 2 or min(rows) == 0:
        return None
    return parties[min(near)[2]]


def _words(text: str) -> list[str]:
    return [w.removesuffix("s") for w in re.findall(r"\w+", fold(text)) if w not in _SMALL]


def _kind(text: str, vocabulary: Vocabulary) -> PartyKind:
    organisations = organisations_in(text, vocabulary)
    if organisations:
        return PartyKind(max(organisations, key=lambda e: e.end - e.start).label)
    return kind_of_party({"name": text}, vocabulary)


def _same_party(party: _PartyMentions, span: TaggedSpan, vocabulary: Vocabulary) -> bool:
    term = party.values.get("defined_term")
    return is_same_party([p.text for p in party.places], None if term is None else term.text, span.text, vocabulary)


def is_same_party(names: Sequence[str], term: str | None, text: str, vocabulary: Vocabulary) -> bool:
    """Whether `text` names a party that was called by some `names` before: in other words of the same name, or by the
    `term` that stands for it. The `vocabulary` knows the kinds of bodies."""
    new = _words(text)
    if term is not None and _words(term) == new:
        return True
    for name in names:
        old = _words(name)
        if old == new or fuzz.ratio(" ".join(old), " ".join(new)) >= _SAME:
            return True
        both = set(old) & set(new)
        if both and (both == set(old) or both == set(new)):
            return True
    kinds = _kind(names[0], vocabulary), _kind(text, vocabulary)
    return kinds == (PartyKind.POLICE, PartyKind.POLICE) and min(len(new), len(_words(names[0]))) == 1


_AREA = re.compile(r"\b(?:lokal|när)?polisområdet?\s+\S", re.IGNORECASE)
_AUTHORITY = re.compile(r"polis(?:en|myndigheten)?\b[^,/–-]{0,40}[\s,/–-]*", re.IGNORECASE)
_ABOVE = re.compile(r"(?<![\s,(])[\s,(]++(?:polis)?(?:region|område)(?:et|en)?\b", re.IGNORECASE)


def _area_alone(name: TextSpan) -> TextSpan:
    """The area of the police that agrees, without the authority before it and the region after it: "Polismyndigheten,
    lokalpolisområde Viken, polisregion Mitt" is *lokalpolisområde Viken*."""
    bounds = _area_in(name.text)
    return name if bounds is None else name.cut(*bounds).stripped(" ,")


def party_name(text: str) -> str:
    """The name of the party that some words name, as records have it."""
    bounds = _area_in(text)
    return text if bounds is None else text[slice(*bounds)].strip(" ,")


def _area_in(text: str) -> tuple[int, int | None] | None:
    area = _AREA.search(text)
    if area is None:
        return None
    start = area.start() if _AUTHORITY.fullmatch(text, 0, area.start()) else 0
    above = _ABOVE.search(text, area.end())
    return start, None if above is None else above.start()


def _party(party: _PartyMentions, vocabulary: Vocabulary) -> Party:
    place = max(party.places, key=lambda s: (len(_words(s.text)) > 1, -s.line))
    name = _area_alone(place.span)
    full = Value.of(name, RULE)
    if party.of_plural:
        one = _PLURAL.sub("", name.text).rstrip()
        full = Value(f"{one} kommun", name, RULE, "in full, from its plural")
    values: dict[str, Value[str]] = {"name": full}
    values |= {name: value_of(span) for name, span in party.values.items()}
    number = party.values.get("organisation_number")
    valid = None
    if number is not None:
        digits = re.sub(r"\D", "", number.text)[-10:]
        if len(digits) == 10:
            normal = f"{digits[:6]}-{digits[6:]}"
            values["organisation_number"] = Value(normal, number.span, RULE, "as it is usually written")
            valid = organisation_number.is_valid(normal)
        else:
            values.pop("organisation_number")
    return record_of(
        Party,
        values,
        whole=value_of(place),
        kind=_kind(place.text, vocabulary),
        organisation_number_valid=valid,
    )
