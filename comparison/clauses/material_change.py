"""What makes a difference between two wordings material: numbers, dates, who, duties, negations."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.comparison.clauses.word_diff import Stretch
from avskrift.comparison.clauses.words import Token
from avskrift.comparison.name_similarity import stems_in
from avskrift.comparison.ocr_equivalence import stem_of
from avskrift.comparison.vocabulary import load, number_values, pattern, time_words, words
from avskrift.language.fold import fold_word
from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import MaterialChange, MaterialKind

_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = 8
"""Words on either side of a difference in which the words of a meeting frequency are looked for."""


@dataclass(frozen=True, slots=True)
class Actors:
    """Stems of the names that a record uses for who does what: parties, groups, people, offices."""

    stems: frozenset[str]
    renamed: dict[str, str] = field(default_factory=dict)
    """What a stem of a group's old name, or of its new one, stands for where the group has been renamed."""

    def names(self, token: Token) -> bool:
        """Whether a word names someone: a capitalised word of a name, or any word for a group or an office."""
        named = token.word[:1].isupper() and stem_of(token.key) in self.stems
        return named or pattern("clauses", "actor").match(token.key) is not None


def actors_of(*records: Agreement, renamed: Iterable[tuple[str, str]] = ()) -> Actors:
    """Who acts, in any of the records. `renamed` are old and new names of groups: called otherwise, they are the
    same."""
    names = [name for record in records for name in _names_in(record) if name]
    keys = {fold_word(word) for name in names for word in re.findall(r"[\w-]+", name)} - words("names", "empty")
    stand: dict[str, str] = {}
    for old, new in renamed:
        before, after = set(stems_in(old)), set(stems_in(new))
        if before - after and after - before:
            stand |= dict.fromkeys(before ^ after, f"the group {new}")
    return Actors(frozenset(stem_of(k) for k in keys if len(k) > 3) - words("names", "common"), stand)


def _names_in(record: Agreement) -> Iterator[str | None]:
    for party in record.parties:
        yield from (party.name, party.defined_term)
    yield from (group.name for group in record.groups)
    yield from (signatory.name for signatory in record.signatories)
    yield from (contact.name for contact in record.contacts)


Said = list[tuple[str, str]]
"""What is compared, and how it is printed."""


def material_changes(
    old: Sequence[Token], new: Sequence[Token], stretch: Stretch, actors: Actors
) -> list[MaterialChange]:
    """What of a `stretch` is material: what only its words in `old` or in `new` say; `actors` are known."""
    if not stretch.differs:
        return []
    gone = _Words(old, stretch.old_start, stretch.old_end)
    came = _Words(new, stretch.new_start, stretch.new_end)
    found = [_change_of_kind(kind, of(gone, actors), of(came, actors), gone, came) for kind, of in _KINDS]
    found = [one for one in found if one.old or one.new]
    found += _opposites({t.key for t in gone}, {t.key for t in came})
    number = next((one for one in found if one.kind is MaterialKind.NUMBER), None)
    if number is not None and _in_units(number) and _as_often(gone, came):
        found.remove(number)
    return found


def _change_of_kind(kind: MaterialKind, before: Said, after: Said, gone: "_Words", came: "_Words") -> MaterialChange:
    """What of one kind only one side says: `before` and `after` are what the words `gone` and `came` say."""
    only_old, only_new = _without(before, after), _without(after, before)
    if kind is MaterialKind.NUMBER:
        only_old, only_new = _without_doubled(only_old, gone), _without_doubled(only_new, came)
    return MaterialChange(kind=kind, old=_printed(only_old), new=_printed(only_new))


def _opposites(gone: set[str], came: set[str]) -> list[MaterialChange]:
    """Words that became their opposite: före, efter."""
    found = []
    for entry in load("clauses")["opposite"]:
        first, second = map(set, entry["words"])
        for one, other in ((first & gone, second & came), (second & gone, first & came)):
            if one and other:
                found.append(MaterialChange(kind=MaterialKind(entry["kind"]), old=sorted(one), new=sorted(other)))
                break
    return found


def sense_of(word: str) -> str:
    """What a word that counts says, by which two are one: forms of one word, skall and ska, två and 2."""
    key = fold_word(word)
    force: str | None = load("clauses")["obligation"]["force"].get(word.lower())
    value = number_values().get(key)
    return force or (str(value) if value is not None else stem_of(key))


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
        values = number_values()
        return any(
            t.key in words("clauses", "counted") or t.key in values or t.key.isdigit()
            for t in self.tokens[max(0, at - 3) : at]
        )


def _numbers(said: _Words, _: Actors) -> Said:
    found = []
    for at, token in enumerate(said, said.start):
        key = _number_key(token, said, at)
        if key is not None:
            found.append((key, token.word))
    return found


def _number_key(token: Token, said: _Words, at: int) -> str | None:
    """What a number, a bound or a counted unit is compared by; None for what is none."""
    values = number_values()
    key = token.key
    if token.refers:
        return f"{token.refers} {key}"
    if key in values:
        return str(values[key])
    if sum(c.isdigit() for c in key) * 2 >= len(key) and not _is_date(token):
        return key
    counted = key in words("clauses", "unit") and said.is_counted(at)
    return stem_of(key) if counted or key in words("clauses", "bound") else None


def _is_date(token: Token) -> bool:
    return bool(_YEAR.fullmatch(token.key) or re.fullmatch(r"(?:19|20)\d\d(?:-?\d\d){1,2}", token.key))


def _dates(said: _Words, _: Actors) -> Said:
    return [(t.key, t.word) for t in said if _is_date(t) or t.key in time_words()]


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
    (MaterialKind.NUMBER, _numbers),
    (MaterialKind.DATE, _dates),
    (MaterialKind.PARTY, _who),
    (MaterialKind.OBLIGATION, _duties),
    (MaterialKind.NEGATION, _negations),
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


def _without_doubled(said: Said, stretch: _Words) -> Said:
    """Numbers without those that the word next to the stretch says too: "två (2)" became "2"."""
    tokens = stretch.tokens
    around = (
        _Words(tokens, max(0, stretch.start - 1), stretch.start),
        _Words(tokens, stretch.end, min(stretch.end + 1, len(tokens))),
    )
    values = {key for side in around for key, _ in _numbers(side, Actors(frozenset()))}
    return [(key, text) for key, text in said if not (key.isdigit() and key in values)]


def _in_units(found: MaterialChange) -> bool:
    """Whether time is counted in other units, and no "at least" came or went: what is said may be the same."""
    keys = [fold_word(word) for word in (*found.old, *found.new)]
    return any(k in words("clauses", "unit") for k in keys) and not any(k in words("clauses", "bound") for k in keys)


def _printed(said: Iterable[tuple[str, str]]) -> list[str]:
    return [text for _, text in said]


def _as_often(gone: _Words, came: _Words) -> bool:
    """Whether both wordings promise the same number of meetings a year: four times a year, once a quarter."""
    promised = _promised(gone)
    return promised is not None and promised == _promised(came)


def _promised(said: _Words) -> float | None:
    """Meetings a year that the words, and those around them, promise."""
    before = " ".join(t.word for t in said.tokens[max(0, said.start - _AROUND) : said.start])
    inside = " ".join(t.word for t in said)
    after = " ".join(t.word for t in said.tokens[said.end : said.end + _AROUND])
    found = frequency_in(f"{before} {inside} {after}")
    if found is None or found.end <= len(before) or found.start > len(before) + len(inside) + 1:
        return None
    return found.per_year
