"""Parties by how they are laid out: each under its name, side by side, as the items of a list, alone on a line."""

import itertools
from collections.abc import Iterator, Sequence

from avskrift.language import organisation_number
from avskrift.parsing.fields.parties.candidate import PartyCandidate
from avskrift.parsing.fields.parties.clauses import parties_in
from avskrift.parsing.fields.parties.names import UNKNOWN, around, members_of_plurals, names_in
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import is_one_organisation, organisations_in
from avskrift.parsing.structure.text_span import TextSpan, between, columns_of
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST_LABEL = 3
"""Words of a label before a party's name at most."""
_NAME_BEGINS = 3
"""Signs before the name on its line, less than that: a bullet, a bracket."""
_BESIDE_THE_NAME = 4
"""Signs of a line that are no name, where it is nothing but the name."""
_OF_THROUGH = 7
"""Signs that "genom" and the spaces around it take on such a line."""
_LINES_OF_A_CLAUSE = 30
"""Lines of the clause that names the parties at most."""
_NEW_PARAGRAPH = 1.0
"""White space above a line, in line heights, that begins a paragraph."""
_OF_A_COVER_LINE = 0.8
"""Share of a cover's line that the name of one party takes."""


def under_their_names(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[PartyCandidate]:
    """Parties whose names stand alone on a line, with what is said of each on the lines below.

    A label before the name may be what the party is called: "Kommunen:      Vikbo stad genom ...".
    """
    entries: list[tuple[list[TextSpan], TextSpan | None]] = []
    for located in (line for block in blocks for line in block.lines):
        whole = TextSpan.join([located])
        *labels, last = columns_of(whole)
        labelled = len(labels) == 1 and bool(last)
        if labelled and _is_name_with_number(labels[0], last, vocabulary):
            entries.append(([labels[0], last], None))
            continue
        line, term = _without_label(whole, labels[0], last, vocabulary) if labelled else (whole, None)
        if _is_name_line(line.text, vocabulary):
            entries.append(([line], term))
        elif entries:
            entries[-1][0].append(line)
    found = ((parties_in(between(lines, ", "), vocabulary)[:1], term) for lines, term in entries)
    return [p if term is None or "defined_term" in p.values else p.called(term) for some, term in found for p in some]


def _is_name_with_number(name: TextSpan, number: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether a line holds a party's name and its number: "Vikbo kommun      org.nr 212000-0001"."""
    numbered = organisation_number.PATTERN.search(number.text) is not None
    return numbered and is_one_organisation(name.text, vocabulary, slack=2)


def _without_label(
    line: TextSpan, label: TextSpan, named: TextSpan, vocabulary: Vocabulary
) -> tuple[TextSpan, TextSpan | None]:
    """A line of a label and a name without the label, and the term that the label is; other lines as they are."""
    if len(label.text.split()) > _LONGEST_LABEL or not names_in(named.text, vocabulary):
        return line, None
    term = around("label is a term", vocabulary).match(label.text)
    return named, None if term is None else label.cut(*term.span())


def _is_name_line(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is nothing but names of organisations, the first of them a party's."""
    named = names_in(text, vocabulary)
    length = sum(e.end - e.start for e in named) + (_OF_THROUGH if around("through", vocabulary).search(text) else 0)
    return bool(named) and named[0].start < _NAME_BEGINS and length >= len(text) - _BESIDE_THE_NAME


def by_columns(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[TextSpan]:
    """The passages of blocks; parties printed side by side are read one after the other."""
    columns: list[list[TextSpan]] = []
    for block in [*blocks, None]:
        parts = columns_of(block.passage) if block is not None and block.kind is BlockKind.COLUMNS else []
        if parts and (not columns or len(parts) <= len(columns)):
            columns = columns or [[] for _ in parts]
            for column, part in zip(columns, parts, strict=False):
                column.append(part)
            continue
        yield from (between(column, ", ") for column in _without_row_labels(columns, vocabulary))
        columns = [[part] for part in parts]
        if block is not None and not parts:
            yield by_lines(block.passage, vocabulary)


def _without_row_labels(columns: list[list[TextSpan]], vocabulary: Vocabulary) -> list[list[TextSpan]]:
    """Columns of which the first labels the rows: the others, each cell behind its label."""
    label = around("row of a party", vocabulary)
    if len(columns) <= 2 or not all(label.match(cell.text) for cell in columns[0]):
        return columns
    labels, *others = columns
    return [[cell for pair in zip(labels, column, strict=False) for cell in pair] for column in others]


def printed_clause(structure: DocumentStructure, passage: TextSpan) -> TextSpan:
    """A passage and the lines that go on with it, up to white space below a line at whose end nothing is open."""
    last = passage.pieces[0].line
    place = next((i for i, located in enumerate(structure.lines) if located.line is last), None)
    if place is None:
        return passage
    lines = structure.lines[place + 1 : place + 1 + _LINES_OF_A_CLAUSE]
    text = structure.lines[place].text.rstrip()
    kept = [passage.cut(0, passage.pieces[0].length)]
    open_end = around("open end", structure.vocabulary)
    for located in lines:
        goes_on = located.text.lstrip()[:1].islower() or open_end.search(text) is not None
        closes = located.line.space_before >= _NEW_PARAGRAPH or text.endswith(".")
        closes = closes or (text.endswith(":") and bool(names_in(text, structure.vocabulary)))
        if closes and not goes_on:
            break
        text = located.text.rstrip()
        kept.append(TextSpan.join([located]))
    return between(kept)


def by_lines(passage: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A passage, parted where a line of it begins with a party's name or a label of its own."""
    lines = [(piece.start, piece.start + piece.length) for piece in passage.pieces]
    alone = all(_is_name_alone(passage.text[start:end], vocabulary) for start, end in lines)
    parts: list[tuple[int, int]] = []
    for start, end in lines:
        before = passage.text[parts[-1][0] : parts[-1][1]] if parts else ""
        is_open = around("open end", vocabulary).search(before) is not None
        if not parts or (not is_open and (alone or _begins_party(passage.text[start:end], before, vocabulary))):
            parts.append((start, end))
        else:
            parts[-1] = (parts[-1][0], end)
    return between([passage.cut(start, end) for start, end in parts], "; ")


def _begins_party(line: str, before: str, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with the name of an organisation, or with a label: "Kontaktperson: ...".

    A name that no rule knows begins one where it has a number and so has the last party in the lines before.
    """
    named = names_in(line, vocabulary)
    *_, last = [0, *(m.end() for m in organisation_number.PATTERN.finditer(before))]
    numbered = organisation_number.PATTERN.search(line) is not None
    follows = last > 0 and around("and", vocabulary).search(before, last) is None
    by_name = bool(named) and named[0].start == 0 and (named[0].label != UNKNOWN or (follows and numbered))
    return by_name or around("label", vocabulary).match(line) is not None


def _is_name_alone(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is the name of a party and nothing else."""
    named = names_in(line.strip(), vocabulary, listed=True)
    return len(named) == 1 and named[0].end - named[0].start >= len(line.strip()) - _BESIDE_THE_NAME


def from_items(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[PartyCandidate]:
    """The parties of the list that blocks begin with: one of each item, or the members of a plural that it names."""
    items = (by_lines(b.passage, vocabulary) for b in itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, blocks))
    return [
        party
        for item in items
        for party in parties_in(item, vocabulary, listed=True)[
            : len(list(members_of_plurals(item.text, vocabulary))) or 1
        ]
    ]


def names_alone(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[PartyCandidate]:
    """The parties of the lines that blocks begin with and that are names and nothing else."""
    lines = (TextSpan.join([located]) for block in blocks for located in block.lines)
    alone = itertools.takewhile(lambda line: _is_name_alone(line.text, vocabulary), lines)
    return parties_in(between(list(alone), "; "), vocabulary, listed=True)


def on_cover_line(passage: TextSpan, vocabulary: Vocabulary, *, may_join: bool = True) -> list[PartyCandidate]:
    """The parties that a line of a cover names and nothing else: one alone or, with `may_join`, several joined."""
    joined = may_join and len(organisations_in(passage.text, vocabulary)) >= 2
    alone = is_one_organisation(passage.text, vocabulary, share=_OF_A_COVER_LINE)
    return parties_in(passage, vocabulary) if joined or alone else []
