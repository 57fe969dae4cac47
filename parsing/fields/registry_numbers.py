"""Registry numbers (diarienummer): each holder's reference, once, in the reading most headers agree on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from avskrift.language.dates import dates_in
from avskrift.language.fold import fold
from avskrift.models.agreement import Party, PartyKind, RegistryNumber
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import is_one_organisation, organisations_in
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a registry number of the document's own. Judged on invented letterheads; none was tuned."""

    alike: float = 75
    """How alike (0 to 100, rapidfuzz's ratio) two readings of one number are at least."""
    name_alone: float = 0.7
    """Share of a column that an organisation's name takes where it stands over what is its own."""
    name_above: int = 2
    """Lines that such a name stands above a number at most."""
    near_top: int = 20
    """Lines at the top of the document where a number may stand alone."""
    longest_line: int = 130
    """Signs of a line at most that tells of a number."""
    below_label: int = 3
    """Columns below a label that may go on with it."""
    columns: int = 6
    """Columns of a line that are distinguished."""


SETTINGS = Settings()
_YEARS = re.compile(r"(?<![\w/:-])(?P<from>(?:19|20)\d\d)\s?[-–]\s?(?P<to>(?:19|20)\d\d)(?![\w/-])")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A number where it is read, with the name of its holder as it is written there."""

    passage: TextSpan
    holder: str | None
    number: str


def registry_numbers_of(structure: DocumentStructure, parties: Sequence[Party] = ()) -> list[RegistryNumber]:
    """The document's own registry numbers: labelled ones and ones that stand alone near the top or in headers.

    A number whose holder is not named belongs to the one party whose register is numbered so.
    """
    vocabulary = structure.vocabulary
    mentions = [
        _Mention(m.passage, _party_called(m.holder, parties, vocabulary), m.number)
        for m in _Reader(structure).mentions()
    ]
    named = _holders_by_number(mentions)
    owners = {number: _likeliest(names) or _by_form(number, parties, vocabulary) for number, names in named.items()}
    votes: dict[str, Counter[str]] = {}
    for mention in mentions:
        votes.setdefault(fold(owners[mention.number]), Counter())[mention.number] += 1
    found = []
    for counted in votes.values():
        one = any(_likeliest(named[number]) for number in counted)
        for number in _distinct(counted, one=one):
            whole = Value.of(next(m.passage for m in mentions if m.number == number), "diary_numbers")
            found.append(record_of(RegistryNumber, {}, whole=whole, holder=owners[number] or None, number=number))
    return found


def _holders_by_number(mentions: Sequence[_Mention]) -> dict[str, Counter[str]]:
    """How often each number stands with which holder: it belongs to one, whatever a header's noise made of the name."""
    holders: dict[str, Counter[str]] = {}
    for mention in mentions:
        holders.setdefault(mention.number, Counter())[mention.holder or ""] += 1
    return holders


def _distinct(counted: Counter[str], *, one: bool) -> list[str]:
    """The numbers of one holder: the one read most often and, unless it has `one`, others that are no misreadings."""
    kept: list[str] = []
    for number, _ in counted.most_common():
        if not kept or (not one and not any(fuzz.ratio(number, other) >= SETTINGS.alike for other in kept)):
            kept.append(number)
    return kept


def _likeliest(names: Counter[str]) -> str:
    """The name read most often; a name before none."""
    return max(names, key=lambda name: (bool(name), names[name]))


def _party_called(holder: str | None, parties: Sequence[Party], vocabulary: Vocabulary) -> str | None:
    """The party's name for a holder that is called "Polisens" or "Kommunen"; other holders as they are named."""
    if holder is None:
        return None
    called = fold(holder).rstrip("s")
    for party in parties:
        if called in (fold(name).rstrip("s") for name in (party.name, party.defined_term) if name is not None):
            return party.name
    general = vocabulary.table("diary_numbers")["general"]
    kind = next((k for k, words in general.items() if called in words), None)
    alike = [p for p in parties if p.kind == kind]
    return alike[0].name if kind is not None and len(alike) == 1 else holder


def _by_form(number: str, parties: Sequence[Party], vocabulary: Vocabulary) -> str:
    """The one party that numbers so: A123.456/2031 is of the police, RS of a region, others of a municipality."""
    kind = PartyKind.MUNICIPALITY
    if vocabulary.pattern("diary_numbers", "of the police").match(number):
        kind = PartyKind.POLICE
    elif vocabulary.pattern("diary_numbers", "of a region").match(number):
        kind = PartyKind.REGION
    alike = [p for p in parties if p.kind is kind]
    return alike[0].name if len(alike) == 1 else ""


class _Reader:
    """Reads headers, footers and text column by column, with what columns above said.

    `_named_above` are the organisations that stand alone, by the place of their column: the number of their line and
    the name; `_labelled` is the place of the last label.
    """

    def __init__(self, structure: DocumentStructure) -> None:
        self._vocabulary = structure.vocabulary
        lines = [*structure.margins, *structure.lines]
        self._of_others = [piece for span in of_another_agreement(structure) for piece in span.pieces]
        self._columns = [(line, column) for line in lines for column in columns_of(TextSpan.join([line]))]
        self._near_top = {line.number for line in structure.lines[: SETTINGS.near_top]}
        self._named_above: dict[int, tuple[int, str]] = {}
        self._labelled = -9

    def mentions(self) -> Iterator[_Mention]:
        """Columns that name a registry number."""
        for i, (line, passage) in enumerate(self._columns):
            before = self._columns[max(0, i - SETTINGS.columns) : i]
            place = sum(1 for other, _ in before if other is line)
            if is_one_organisation(passage.text, self._vocabulary, share=SETTINGS.name_alone):
                name = organisations_in(passage.text, self._vocabulary)[0].text
                self._named_above[place] = (line.line.number, name)
            label = self._vocabulary.pattern("diary_numbers", "label").search(passage.text)
            if label is not None:
                self._labelled = i
            if len(passage.text) <= SETTINGS.longest_line:
                yield from self._in_column(i, place, label)

    def _in_column(self, i: int, place: int, label: re.Match[str] | None) -> Iterator[_Mention]:
        line, passage = self._columns[i]
        text, below = passage.text, i - self._labelled
        near = below <= SETTINGS.below_label
        for start, end in _numbers(text, label, self._vocabulary, below=_goes_on(text, below), near=near):
            holder = _holder(text, start, end, self._vocabulary)
            if holder is None and label is not None:
                holder = self._name_over(line, place)
            alone = end - start >= len(text.strip()) - 2 and line.number in self._near_top
            right_after = near and text[0 if label is None else label.end() : start].strip(" .:") == ""
            only = right_after and (label is not None or end - start == len(text.strip()))
            if self._is_of_another(passage.cut(start, end)) or (not only and self._are_years(text[start:end])):
                continue
            if near or alone or _stands_after(holder, text[:start], text):
                yield _Mention(passage, holder, re.sub(r"\s+", " ", text[start:end]))

    def _is_of_another(self, number: TextSpan) -> bool:
        """Whether a number stands where a sentence speaks of another agreement."""
        return any(
            piece.line is other.line and other.line_start <= piece.line_start < other.line_start + other.length
            for piece in number.pieces
            for other in self._of_others
        )

    def _are_years(self, number: str) -> bool:
        """Whether a number reads as a span of years: 2031-2034."""
        years = self._vocabulary.pattern("diary_numbers", "years alone").fullmatch(number)
        return years is not None and int(years["from"][-2:]) < int(years["to"][-2:])

    def _name_over(self, line: LocatedLine, place: int) -> str | None:
        """The organisation that stands right over a column of a letterhead."""
        number, name = self._named_above.get(place, (-9, ""))
        near = 0 <= line.line.number - number <= SETTINGS.name_above
        return name if near and len(columns_of(TextSpan.join([line]))) > 1 else None


def of_another_agreement(structure: DocumentStructure) -> Iterator[TextSpan]:
    """What sentences of the text say of an agreement before this one, from the words that say so on."""
    another = structure.vocabulary.pattern("diary_numbers", "of another agreement")
    for block in structure.blocks:
        for sentence in sentences_of(block.passage):
            found = another.search(sentence.text)
            if found is not None:
                yield sentence.cut(found.end())


def no_registry_numbers(structure: DocumentStructure) -> Iterator[TextSpan]:
    """What is no number of the document's own: of another agreement, and spans of years behind words that are no
    label."""
    yield from of_another_agreement(structure)
    label = structure.vocabulary.pattern("diary_numbers", "label")
    for line in (*structure.lines, *structure.margins):
        for found in _YEARS.finditer(line.text):
            before = line.text[: found.start()]
            if int(found["from"]) < int(found["to"]) and before.strip() and not label.search(before):
                yield TextSpan.join([line]).cut(*_without_indent(line.text, *found.span()))


def _without_indent(text: str, start: int, end: int) -> tuple[int, int]:
    indent = len(text) - len(text.lstrip())
    return start - indent, end - indent


def _stands_after(holder: str | None, before: str, text: str) -> bool:
    """Whether nothing but the name of its holder and a colon stand before a number."""
    return holder is not None and ":" in text and re.match(r"\s*(?::\s*)?$", before.removeprefix(holder)) is not None


def _goes_on(text: str, below: int) -> bool:
    """Whether a line so far below a label goes on with its numbers: right below it, or with a holder in brackets."""
    return below == 1 or (1 < below <= SETTINGS.below_label and re.search(r"\([^()]+\)\s*$", text) is not None)


def _numbers(
    text: str, label: re.Match[str] | None, vocabulary: Vocabulary, *, below: bool, near: bool
) -> list[tuple[int, int]]:
    """Where numbers stand in a line: anything like a number right after a label, else what only such a number is.

    `below` tells that the line goes on with the label of one above, `near` that it may.
    """
    found = _spans("number", text, vocabulary)
    if near and not found:
        found = _spans("without a sign between", text, vocabulary, 0 if label is None else label.end())
    begin = label.end() if label is not None else 0 if below else None
    if begin is None:
        return sorted(found)
    named = re.match(r"[^\d:]{0,45}:", text[begin:])
    for start in (begin, begin + named.end() if named is not None else begin):
        free = vocabulary.pattern("diary_numbers", "after a label").match(text[start:])
        if free is not None and not dates_in(free["number"], vocabulary.date_rules()):
            span = (start + free.start("number"), start + free.end("number"))
            return sorted([*(s for s in found if s[1] <= span[0] or s[0] >= span[1]), span])
    return sorted(found)


def _spans(rule: str, text: str, vocabulary: Vocabulary, begin: int = 0) -> list[tuple[int, int]]:
    """Where a rule finds numbers in a text from a place on."""
    return [m.span("number") for m in vocabulary.pattern("diary_numbers", rule).finditer(text, begin)]


def _holder(text: str, start: int, end: int, vocabulary: Vocabulary) -> str | None:
    """Who keeps the register: named before the number and a colon, or in brackets after it."""
    after = re.match(r"\s*\(([^)]+)\)", text[end:])
    if after is not None and organisations_in(after[1], vocabulary):
        return after[1].strip()
    before = vocabulary.pattern("diary_numbers", "label before it", "holder").sub("", text[:start])
    before = vocabulary.pattern("diary_numbers", "label after it", "holder").sub("", before).strip()
    general = vocabulary.pattern("diary_numbers", "general", "holder").search(before)
    if general is not None:
        return general.group()
    named = organisations_in(before, vocabulary)
    return before[named[-1].start :].strip() if named else None
