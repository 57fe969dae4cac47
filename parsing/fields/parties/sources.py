"""The places of a document where its parties may be named, the most telling first."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from avskrift.language.fold import fold
from avskrift.models.document import LineRole
from avskrift.parsing.fields.parties.candidate import PartyCandidate, detailed, distinct
from avskrift.parsing.fields.parties.clauses import is_general, narrows, parties_in
from avskrift.parsing.fields.parties.layouts import (
    by_columns,
    by_lines,
    from_items,
    names_alone,
    on_cover_line,
    printed_clause,
    under_their_names,
)
from avskrift.parsing.fields.parties.names import around, members_of_plurals, names_in
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import Entity
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.tables import Table
from avskrift.parsing.structure.text_span import TextSpan, between, columns_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where parties are looked for. Judged on invented agreements and those of tests/documents; none was tuned."""

    opening_blocks: int = 14
    """Blocks at the beginning that may say between whom the agreement is."""
    first_blocks: int = 25
    """Blocks of the first pages, where parties stand side by side."""
    sentence_blocks: int = 30
    """Blocks in which a sentence may give all parties a term."""
    subject_blocks: int = 10
    """Blocks in which a sentence whose subject are two organisations names the parties."""
    listed_blocks: int = 20
    """Blocks below "mellan" in which parties stand each under its name."""
    first_sentences: int = 4
    """Sentences of a block that are looked at."""
    joined_block: int = 250
    """Signs of a block that names a further party, less than that."""
    cover_line: int = 110
    """Signs of a line of the cover at most."""
    subject_begins: int = 25
    """Where, in signs, the first organisation of a sentence begins at most for it to be the subject."""


SETTINGS = Settings()


def from_section(structure: DocumentStructure) -> list[PartyCandidate]:
    """The parties that a section on them names."""
    found: list[PartyCandidate] = []
    for part in structure.sections_with("parties"):
        listed = under_their_names(part.blocks, structure.vocabulary)
        if len(detailed(listed)) >= 2:
            return listed
        here = _named_before_they_act(part, structure.vocabulary)
        if len(detailed(here)) >= 2:
            return detailed(here)
        found = found if len(found) >= 2 else [*found, *here]
    return detailed(found) if len(detailed(found)) >= 2 else found


def _named_before_they_act(part: DocumentSection, vocabulary: Vocabulary) -> list[PartyCandidate]:
    """The parties of a section up to where it says what they do."""
    found: list[PartyCandidate] = []
    for passage in by_columns(part.blocks, vocabulary):
        ends = around("ends", vocabulary).search(passage.text)
        clause = passage if ends is None else passage.cut(0, ends.start())
        if clause:
            found.extend(parties_in(clause, vocabulary, listed=True))
        if ends is not None and len(found) >= 2:
            break
    return found


def from_table(structure: DocumentStructure) -> list[PartyCandidate]:
    """The rows of a table whose head is `Part`, `Org.nr`, `Benämns`."""
    return [party for table in structure.tables for party in _rows(table, structure.vocabulary)]


def _rows(table: Table, vocabulary: Vocabulary) -> Iterator[PartyCandidate]:
    columns = [table.column(around(f"column {key}", vocabulary)) for key in ("party", "number", "address", "term")]
    if columns[0] is None or all(column is None for column in columns[1:]):
        return
    for row in table.rows:
        name, number, address, term = (None if place is None else row[place] for place in columns)
        clause = between([cell for cell in (name, number, address) if cell], ", ")
        party = next(iter(parties_in(clause, vocabulary, listed=True)), None) if clause else None
        if party is not None:
            is_term = term and around("term of a cell", vocabulary).fullmatch(term.text)
            yield party.called(term) if term and is_term else party


def from_cover(structure: DocumentStructure) -> list[PartyCandidate]:
    """Parties named together: "mellan A och B" in the opening, a list that is said to be theirs, or lines of the cover
    that join two."""
    opening = _Opening(structure)
    return opening.parties() or [*opening.joined, *_cover_lines(structure)]


class _Opening:
    """The blocks in which an agreement says between whom it is, read one after the other.

    `joined` are the parties of the last "mellan", with those of the blocks right below it.
    """

    def __init__(self, structure: DocumentStructure) -> None:
        self._structure = structure
        self._blocks = structure.blocks
        self._vocabulary = structure.vocabulary
        self.joined: list[PartyCandidate] = []

    def parties(self) -> list[PartyCandidate]:
        """The parties that the opening surely names, else the first two or more after "mellan", else none."""
        plain: list[PartyCandidate] = []
        for place, block in enumerate(self._blocks[: SETTINGS.opening_blocks]):
            between_them = around("between", self._vocabulary).search(block.text)
            if between_them is not None:
                found = self._after_between(block, between_them)
                if len(distinct(found)) >= 2 or around("mellan", self._vocabulary).match(between_them.group()):
                    self.joined = found
                if len(detailed(self.joined)) >= 2:
                    return self.joined
                plain = plain if len(distinct(plain)) >= 2 else self.joined
            below = self._below(block, self._blocks[place + 1 :], opens=between_them is not None)
            if len(distinct(below)) >= 2:
                return below
        return plain if len(distinct(plain)) >= 2 else []

    def _after_between(self, block: Block, found: re.Match[str]) -> list[PartyCandidate]:
        """The parties in the sentence that begins with "mellan", up to where it says what they do.

        Its lines are those that stand close below each other, whatever kinds of lines they were taken for.
        """
        listed = around("agree between", self._vocabulary).search(block.text[: found.start()]) is not None
        closely = printed_clause(self._structure, block.passage.cut(found.start()))
        for clause in (closely, block.passage.cut(found.start())):
            passage = by_lines(clause, self._vocabulary)
            ends = around("ends", self._vocabulary).search(passage.text, len(found.group()))
            clause = passage if ends is None else passage.cut(0, ends.start())
            parties = [p for s in sentences_of(clause)[:1] for p in parties_in(s, self._vocabulary, listed=listed)]
            if len(distinct(parties)) >= 2:
                break
        return parties

    def _below(self, block: Block, following: Sequence[Block], *, opens: bool) -> list[PartyCandidate]:
        """The parties that stand below a block that introduces them, or that it adds to those of the one above."""
        vocabulary = self._vocabulary
        introduces = around("introduces a list", vocabulary).search(block.text) is not None
        if opens:
            if not introduces:
                return []
            self.joined = from_items(following, vocabulary)
            if len(distinct(self.joined)) >= 2:
                return self.joined
        if introduces:
            return self._listed(following)
        if self.joined and len(block.text) < SETTINGS.joined_block and names_in(block.text, vocabulary):
            self.joined.extend(parties_in(block.passage, vocabulary))
            return self.joined
        return []

    def _listed(self, following: Sequence[Block]) -> list[PartyCandidate]:
        """The parties of the list that blocks are: of items, of names with what is told below, of clauses."""
        alone = list(itertools.takewhile(lambda b: b.kind is not BlockKind.HEADING, following))
        alone = alone[: SETTINGS.listed_blocks]
        readers = (from_items, names_alone, under_their_names)
        lists = (reader(alone, self._vocabulary) for reader in readers)
        clauses = detailed(
            [p for b in alone for p in parties_in(by_lines(b.passage, self._vocabulary), self._vocabulary)]
        )
        return next((parties for parties in lists if len(distinct(parties)) >= 2), clauses)


def _cover_lines(structure: DocumentStructure) -> Iterator[PartyCandidate]:
    """The parties that lines of the cover name, and nothing else."""
    none = around("no line of parties", structure.vocabulary)
    for i, located in enumerate(structure.cover):
        text = located.text.strip()
        if none.search(text) or len(text) > SETTINGS.cover_line or text.endswith("."):
            continue
        for column in columns_of(TextSpan.join([located])):
            if column:
                yield from on_cover_line(column, structure.vocabulary, may_join=i > 0)


def from_columns(structure: DocumentStructure) -> list[PartyCandidate]:
    """Parties that stand side by side on the first pages: name, number and address below each other."""
    blocks = [b for b in structure.blocks[: SETTINGS.first_blocks] if b.kind is BlockKind.COLUMNS]
    vocabulary = structure.vocabulary
    return [p for passage in by_columns(blocks, vocabulary) for p in parties_in(passage, vocabulary)[:1]]


def from_mention(structure: DocumentStructure) -> list[PartyCandidate]:
    """A municipality and a police area that the first pages join by "och", whatever the sentence says of them; the
    police as such only where the sentence tells of what the two agreed on."""
    joins = around("joined by och", structure.vocabulary)
    agreed = around("what is agreed on", structure.vocabulary)
    for sentence in _first_sentences(structure.blocks[: SETTINGS.opening_blocks]):
        for first, second in itertools.pairwise(names_in(sentence.text, structure.vocabulary)):
            joined = joins.fullmatch(sentence.text[first.end : second.start]) is not None
            area = not (is_general(first) or is_general(second)) or agreed.search(sentence.text) is not None
            if joined and {first.label, second.label} == {"municipality", "police"} and area:
                return parties_in(sentence.cut(first.start, second.end), structure.vocabulary)
    return []


def from_plural(structure: DocumentStructure) -> list[PartyCandidate]:
    """Those that the first pages name together in a plural: "Vikbo, Åby och Torpets kommuner"."""
    for sentence in _first_sentences(structure.blocks[: SETTINGS.opening_blocks]):
        members = {fold(e.text) for e in members_of_plurals(sentence.text, structure.vocabulary)}
        if members:
            return [p for p in parties_in(sentence, structure.vocabulary) if p.key in members]
    return []


def from_one_named(structure: DocumentStructure) -> list[PartyCandidate]:
    """The one party that the opening names where it tells the other only in general: "mellan Vikbo kommun och ideella
    organisationer"."""
    general_after = around("and another in general", structure.vocabulary)
    for block in structure.blocks[: SETTINGS.opening_blocks]:
        found = around("between", structure.vocabulary).search(block.text)
        if found is None or around("agree between", structure.vocabulary).search(block.text[: found.start()]) is None:
            continue
        rest = block.passage.cut(found.end())
        if not rest:
            continue
        clause = sentences_of(rest)[0]
        named = names_in(clause.text, structure.vocabulary)
        if len(named) == 1 and not is_general(named[0]):
            start, end = named[0].start, named[0].end
            if start == 0 and general_after.match(clause.text[end:]):
                return parties_in(clause.cut(start, end), structure.vocabulary)
    return []


def from_letterhead(structure: DocumentStructure) -> list[PartyCandidate]:
    """Parties of whom one stands on the cover and the other only in the header of its page."""
    heads = [line for line in structure.margins if line.page == 1 and line.line.role is LineRole.HEADER]
    columns = (column for line in [*heads, *structure.cover] for column in columns_of(TextSpan.join([line])))
    return [party for column in columns if column for party in on_cover_line(column, structure.vocabulary)]


def from_opening(structure: DocumentStructure) -> list[PartyCandidate]:
    """The first sentence whose subject is two organisations: "Polisen och Vikbo kommun vill ..."."""
    for place, block in enumerate(structure.blocks[: SETTINGS.sentence_blocks]):
        for sentence in _first_sentences([block]):
            found = _subjects(sentence, structure.vocabulary, by_name=place < SETTINGS.subject_blocks)
            if found:
                return found
    return []


def _subjects(sentence: TextSpan, vocabulary: Vocabulary, *, by_name: bool) -> list[PartyCandidate]:
    """Two parties or more that a sentence begins with and gives terms or, `by_name`, only names."""
    organisations = names_in(sentence.text, vocabulary)
    if len(organisations) < 2 or organisations[0].start > SETTINGS.subject_begins:
        return []
    ends = around("ends", vocabulary).search(sentence.text)
    clause = sentence if ends is None else sentence.cut(0, ends.start())
    called = [p for p in parties_in(clause, vocabulary) if "defined_term" in p.values]
    if len(distinct(called)) >= 2:
        return called
    last = _last_joined(sentence, organisations, vocabulary)
    if not by_name or last is organisations[0]:
        return []
    named = parties_in(sentence.cut(0, last.end + 1), vocabulary)
    return named if len(distinct(named)) >= 2 else []


def _last_joined(sentence: TextSpan, organisations: Sequence[Entity], vocabulary: Vocabulary) -> Entity:
    """The last of the organisations that a sentence begins with: C in "A, B och C har ..."."""
    last = organisations[0]
    joins = around("joins two subjects", vocabulary)
    for following in organisations[1:]:
        joined = joins.fullmatch(sentence.text[last.end : following.start]) is not None
        if not joined and not narrows(last, following, sentence.text, vocabulary):
            break
        last = following
    return last


def _first_sentences(blocks: Sequence[Block]) -> Iterator[TextSpan]:
    for block in blocks:
        yield from sentences_of(block.passage)[: SETTINGS.first_sentences]


SOURCES: tuple[Callable[[DocumentStructure], list[PartyCandidate]], ...] = (
    from_section,
    from_table,
    from_cover,
    from_columns,
    from_opening,
    from_letterhead,
    from_mention,
    from_plural,
)
"""In the order in which they are believed."""
