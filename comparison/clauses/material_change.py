"""What makes a difference between two wordings one in substance: numbers, dates, who, duties, negations."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.comparison.clauses.words import Token
from avskrift.comparison.objects.name_similarity import stems_in
from avskrift.comparison.ocr_equivalence import key_of, stem_of
from avskrift.comparison.vocabulary import load, pattern, words
from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import Substance, SubstanceKind

_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = 8
"""Words on either side of a difference in which the words of a meeting frequency are looked for."""


@dataclass(frozen=True, slots=True)
class Actors:
    """Stems of the names that a record uses for who does what: parties, bodies, people, offices."""

    stems: frozenset[str]
    renamed: dict[str, str] = field(default_factory=dict)
    """What a stem of a body's old name, or of its new one, stands for where the body has been renamed."""

    def names(self, token: Token) -> bool:
        """Whether a word names someone: a capitalised word of a name, or any word for a body or an office."""
        named = token.word[:1].isupper() and stem_of(token.key) in self.stems
        return named or pattern("clauses", "actor").match(token.key) is not None


def actors_of(*records: Agreement, renamed: Iterable[tuple[str, str]] = ()) -> Actors:
    """Who acts, in any of the records. `renamed` are old and new names of bodies: called otherwise, they are the
    same."""
    names: list[str | None] = []
    for record in records:
        for party in record.parties:
            names += [party.name, party.defined_term]
        names += [group.name for group in record.groups]
        names += [one.name for one in record.signatories]
        names += [one.name for one in record.contacts]
    empty, common = words("names", "empty"), _COMMON
    keys = (key_of(word) for name in names if name for word in re.findall(r"[\w-]+", name))
    stems = frozenset(stem_of(k) for k in keys if len(k) > 3 and k not in empty and stem_of(k) not in common)
    stand: dict[str, str] = {}
    for old, new in renamed:
        before, after = set(stems_in(old)), set(stems_in(new))
        if before - after and after - before:
            stand |= dict.fromkeys(before ^ after, f"the body {new}")
    return Actors(stems, stand)


_COMMON = frozenset({"trygghet", "tryggh", "sakerhet", "sakerh", "lokal", "samverkan", "samverk"})
"""Stems in bodies' names that stand in every other sentence."""


def substance_of(
    old: Sequence[Token], new: Sequence[Token], spans: tuple[int, int, int, int], actors: Actors
) -> list[Substance]:
    """What of substance stands only in old[a:b] and only in new[c:d]; `spans` is a, b, c, d."""
    a, b, c, d = spans
    gone, came = _Words(old, a, b), _Words(new, c, d)
    found = []
    for kind, of in _KINDS:
        before, after = of(gone, actors), of(came, actors)
        only_old, only_new = _without(before, after), _without(after, before)
        if kind is SubstanceKind.NUMBER:
            only_old = _not_told_twice(only_old, old, a, b)
            only_new = _not_told_twice(only_new, new, c, d)
        if only_old or only_new:
            found.append(Substance(kind=kind, old=_printed(only_old), new=_printed(only_new)))
    found += _turned({t.key for t in gone}, {t.key for t in came})
    number = next((s for s in found if s.kind is SubstanceKind.NUMBER), None)
    if number is not None and _in_units(number) and _as_often(old, new, spans):
        found.remove(number)
    return found


def _turned(gone: set[str], came: set[str]) -> list[Substance]:
    """Words that became their opposite: före, efter."""
    found = []
    for entry in load("clauses")["opposite"]:
        one, other = (
            {w for w in said if w in words_of} for said, words_of in zip((gone, came), entry["words"], strict=True)
        )
        if not (one and other):
            one, other = (
                {w for w in said if w in words_of}
                for said, words_of in zip((gone, came), entry["words"][::-1], strict=True)
            )
        if one and other:
            found.append(Substance(kind=SubstanceKind(entry["kind"]), old=sorted(one), new=sorted(other)))
    return found


def sense_of(word: str) -> str:
    """What a word of substance says, by which two are one: forms of one word, skall and ska, två and 2."""
    key = key_of(word)
    data = load("clauses")
    force: str | None = data["obligation"]["force"].get(word.lower())
    value: int | None = data["number"]["value"].get(key)
    return force or (str(value) if value is not None else stem_of(key))


Said = list[tuple[str, str]]
"""What is compared, and how it is printed."""


@dataclass(frozen=True, slots=True)
class _Words:
    """tokens[start:end], and what stands around them."""

    tokens: Sequence[Token]
    start: int
    end: int

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens[self.start : self.end])

    def is_counted(self, at: int) -> bool:
        """Whether a unit at that place belongs to a quantity: per år, en gång varje halvår, sex månader."""
        values = load("clauses")["number"]["value"]
        return any(
            t.key in words("clauses", "counted") or t.key in values or t.key.isdigit()
            for t in self.tokens[max(0, at - 3) : at]
        )


def _numbers(said: _Words, _: Actors) -> Said:
    values: dict[str, int] = load("clauses")["number"]["value"]
    found = []
    for at, token in enumerate(said, said.start):
        key = token.key
        if token.refers:
            found.append((f"{token.refers} {key}", token.word))
        elif key in values:
            found.append((str(values[key]), token.word))
        elif sum(c.isdigit() for c in key) * 2 >= len(key) and not _is_date(token):
            found.append((key, token.word))
        elif key in words("clauses", "bound") or (key in words("clauses", "unit") and said.is_counted(at)):
            found.append((stem_of(key), token.word))
    return found


def _is_date(token: Token) -> bool:
    return bool(_YEAR.fullmatch(token.key) or re.fullmatch(r"(?:19|20)\d\d(?:-?\d\d){1,2}", token.key))


def _dates(said: _Words, _: Actors) -> Said:
    return [(t.key, t.word) for t in said if _is_date(t) or t.key in words("clauses", "month")]


def _who(said: _Words, actors: Actors) -> Said:
    found: Said = []
    for token in said:
        if actors.names(token):
            stem = stem_of(token.key)
            one = actors.renamed.get(stem, stem), token.word
            if one[0] == stem or not found or found[-1][0] != one[0]:  # a name of two words is one
                found.append(one)
    return found


def _duties(said: _Words, _: Actors) -> Said:
    force: dict[str, str] = load("clauses")["obligation"]["force"]
    return [(force[t.word.lower()], t.word) for t in said if t.word.lower() in force]


def _negations(said: _Words, _: Actors) -> Said:
    return [("not", t.word) for t in said if t.word.lower() in words("clauses", "negation")]


_KINDS = (
    (SubstanceKind.NUMBER, _numbers),
    (SubstanceKind.DATE, _dates),
    (SubstanceKind.PARTY, _who),
    (SubstanceKind.OBLIGATION, _duties),
    (SubstanceKind.NEGATION, _negations),
)


def _without(some: Said, others: Said) -> Said:
    left = Counter(key for key, _ in others)
    found = []
    for key, text in some:
        if left[key]:
            left[key] -= 1
        else:
            found.append((key, text))
    return found


def _not_told_twice(said: Said, tokens: Sequence[Token], start: int, end: int) -> Said:
    """Numbers without those that the word beside the difference tells too: "två (2)" became "2"."""
    around = (_Words(tokens, max(0, start - 1), start), _Words(tokens, end, min(end + 1, len(tokens))))
    values = {key for beside in around for key, _ in _numbers(beside, Actors(frozenset()))}
    return [(key, text) for key, text in said if not (key.isdigit() and key in values)]


def _in_units(found: Substance) -> bool:
    """Whether time is counted in other units, and no "at least" came or went: what is said may be the same."""
    keys = [key_of(word) for word in (*found.old, *found.new)]
    return any(k in words("clauses", "unit") for k in keys) and not any(k in words("clauses", "bound") for k in keys)


def _printed(said: Iterable[tuple[str, str]]) -> list[str]:
    return [text for _, text in said]


def _as_often(old: Sequence[Token], new: Sequence[Token], spans: tuple[int, int, int, int]) -> bool:
    """Whether both wordings promise the same number of meetings a year: four times a year, once a quarter."""
    a, b, c, d = spans
    promised = _promised(old, a, b), _promised(new, c, d)
    return promised[0] is not None and promised[0] == promised[1]


def _promised(tokens: Sequence[Token], start: int, end: int) -> float | None:
    """Meetings a year that the words in tokens[start:end] and around them promise."""
    first = max(0, start - _AROUND)
    before = " ".join(t.word for t in tokens[first:start])
    inside = " ".join(t.word for t in tokens[start:end])
    after = " ".join(t.word for t in tokens[end : end + _AROUND])
    found = frequency_in(f"{before} {inside} {after}")
    if found is None or found.end <= len(before) or found.start > len(before) + len(inside) + 1:
        return None
    return found.per_year
