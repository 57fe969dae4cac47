"""Who agrees: name, kind, defined term, organisation number and address of each party."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from avskrift.language import organisation_number
from avskrift.models.agreement import DocumentKind, Party, PartyKind
from avskrift.models.document import LineRole
from avskrift.parsing.fields.entities import Entity, organisations_in
from avskrift.parsing.fields.parties.clauses import is_general, parties_in
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.outline import DocumentStructure, sentences_of
from avskrift.parsing.structure.text_span import TextSpan, between, columns_of
from avskrift.parsing.vocabulary import fold, pattern

_rule = partial(pattern, "parties", table="around")


_LABEL = re.compile(
    r"(?:part(?:er)?|namn|org|organisation|adress|postadress|benämn|kallas|förkort|nummer)", re.IGNORECASE
)


def parties_of(outline: DocumentStructure, kind: DocumentKind) -> list[Party]:
    """The parties, in the order in which they are named.

    Looked for in many places; the first that gives two with numbers or terms is believed, else the first that gives
    two, and what it lacks is taken from the others. A memo about an agreement has no parties of its own.
    """
    if kind is DocumentKind.MEMO:
        return []
    sources = [_distinct(s(outline)) for s in (_from_section, _from_table, _from_cover, _from_columns, _from_opening)]
    sources += [_distinct(s(outline)) for s in (_from_letterhead, _from_mention)]
    several = [found for found in sources if len(found) >= 2]
    detailed = [f for f in several if sum(_is_told(p) for p in f) >= 2]
    chosen = (detailed or several or [[]])[0]
    for fuller in detailed:  # a sentence tells the terms of two, a table names all six
        names = {fold(p.name) for p in chosen}
        further = [p for p in fuller if fold(p.name) not in names]
        if further and len(fuller) - len(further) == len(names) and all(_is_told(p) for p in further):
            chosen = fuller
    if kind is DocumentKind.OTHER and sum(_is_told(p) for p in chosen) < 2:
        return []  # two organisations that a text names are no parties
    every = [other for found in sources for other in found]
    return _called_respectively([_completed(party, every) for party in chosen], outline)


def _is_told(party: Party) -> bool:
    """Whether more than a name is told, as only of parties."""
    return bool(party.organisation_number or party.defined_term)


def _called_respectively(parties: list[Party], outline: DocumentStructure) -> list[Party]:
    """The parties with the terms that a sentence gives all of them: "benämns de kommunen respektive polisen"."""
    if any(p.defined_term for p in parties):
        return parties
    for block in outline.blocks[:20]:
        told = _rule("respectively").search(block.text)
        if told is None:
            continue
        listed = block.passage.cut(*told.span("terms" if told["terms"] else "two"))
        terms = [listed.cut(*m.span()) for m in _A_TERM.finditer(listed.text)]
        if len(terms) == len(parties):
            return [
                _called(party, term, "parties.defined_term, respectively")
                for party, term in zip(parties, terms, strict=True)
            ]
    return parties


_A_TERM = re.compile(r"\b(?!och\b|respektive\b)[A-ZÅÄÖa-zåäö]{3,}")


def _called(party: Party, term: TextSpan, rule: str = "parties.defined_term") -> Party:
    evidence = {**party.evidence_by_field, "defined_term": term.evidence(rule)}
    return party.model_copy(update={"defined_term": term.text, "evidence_by_field": evidence})


def _completed(party: Party, others: Sequence[Party]) -> Party:
    """The party with what other places tell of the same name."""
    for other in others:
        if fold(other.name) != fold(party.name):
            continue
        lacking = {
            key: getattr(other, key)
            for key in ("defined_term", "organisation_number", "organisation_number_valid", "address")
            if getattr(party, key) is None and getattr(other, key) is not None
        }
        evidence = {key: other.evidence_by_field[key] for key in lacking if key in other.evidence_by_field}
        party = party.model_copy(
            update={**lacking, "evidence_by_field": {**party.evidence_by_field, **evidence}} if lacking else {}
        )
    return party


def _from_section(outline: DocumentStructure) -> list[Party]:
    found: list[Party] = []
    for part in outline.parts_with("parties"):
        here: list[Party] = []
        listed = _under_their_names(part.blocks)
        if sum(_is_told(p) for p in listed) >= 2:
            return listed
        for passage in _by_columns(part.blocks):
            ends = _rule("ends").search(passage.text)
            clause = passage.cut(0, ends.start()) if ends is not None else passage
            if clause:
                here.extend(parties_in(clause))
            if ends is not None and len(here) >= 2:
                break
        told = [p for p in here if _is_told(p)]
        if len(told) >= 2:
            return told
        found = found if len(found) >= 2 else [*found, *here]
    told = [p for p in found if _is_told(p)]
    return told if len(told) >= 2 else found


def _under_their_names(blocks: Sequence[Block]) -> list[Party]:
    """Parties whose names stand alone on a line, with what is told of each on the lines below.

    A label before the name may be what the party is called: "Kommunen:      Vikbo stad genom ...".
    """
    groups: list[list[TextSpan]] = []
    terms: list[TextSpan | None] = []
    for placed in (p for block in blocks for p in block.lines):
        line, term = TextSpan.join([placed]), None
        *labels, last = columns_of(line)
        if len(labels) == 1 and last and organisation_number.PATTERN.search(last.text) and _names_one(labels[0]):
            groups.append([labels[0], last])  # "Vikbo kommun      org.nr 212000-4516"
            terms.append(None)
            continue
        if len(labels) == 1 and last and len(labels[0].text.split()) <= 3 and organisations_in(last.text):
            called = _rule("label is a term").match(labels[0].text)
            line, term = last, labels[0].cut(*called.span()) if called is not None else None
        named = organisations_in(line.text)
        told = sum(e.end - e.start for e in named) + (7 if re.search(r"\bgenom\b", line.text) else 0)
        if named and named[0].start < 3 and told >= len(line.text) - 4:
            groups.append([line])
            terms.append(term)
        elif groups:
            groups[-1].append(line)
    found = []
    for group, term in zip(groups, terms, strict=True):
        for party in parties_in(between(group, ", "))[:1]:
            found.append(party if term is None or party.defined_term else _called(party, term))
    return found


def _names_one(passage: TextSpan) -> bool:
    """Whether a passage is the name of an organisation and nothing else."""
    named = organisations_in(passage.text)
    return len(named) == 1 and named[0].end - named[0].start >= len(passage.text) - 2


def _by_columns(blocks: Sequence[Block]) -> Iterator[TextSpan]:
    """The passages of blocks; parties printed side by side are read one after the other."""
    columns: list[list[TextSpan]] = []
    for block in [*blocks, None]:
        parts = columns_of(block.passage) if block is not None and block.kind is BlockKind.COLUMNS else []
        if parts and (not columns or len(parts) <= len(columns)):
            columns = columns or [[] for _ in parts]
            for column, part in zip(columns, parts, strict=False):
                column.append(part)
            continue
        if len(columns) > 2 and all(_LABEL.match(cell.text) for cell in columns[0]):
            columns = [[c for pair in zip(columns[0], column, strict=False) for c in pair] for column in columns[1:]]
        yield from (between(column, ", ") for column in columns)
        columns = [[part] for part in parts]
        if block is not None and not parts:
            yield block.passage


def _from_cover(outline: DocumentStructure) -> list[Party]:
    """Parties named together: "mellan A och B" in the opening, a list that is said to be theirs, or lines of the cover
    that join two."""
    joined: list[Party] = []
    plain: list[Party] = []
    for place, block in enumerate(outline.blocks[:14]):
        following = outline.blocks[place + 1 :]
        start = re.search(r"\bmellan\b", block.text, re.I)
        below: list[Party] = []
        if start is not None:
            ends = _rule("ends").search(block.text, start.end())
            clause = block.passage.cut(start.start(), ends.start() if ends is not None else None)
            joined = [p for s in sentences_of(clause)[:1] for p in parties_in(s)]
            if sum(_is_told(p) for p in joined) >= 2:
                return joined
            plain = plain if len(_distinct(plain)) >= 2 else joined
            if block.text.rstrip(" :").lower().endswith("mellan"):
                joined = below = _from_items(following)
                if len(_distinct(below)) < 2:
                    alone = list(itertools.takewhile(lambda b: b.kind is not BlockKind.HEADING, following))
                    below = _under_their_names(alone[:20])
        elif _rule("introduces a list").search(block.text):
            below = _from_items(following)
        elif joined and organisations_in(block.text) and len(block.text) < 250:
            joined.extend(parties_in(block.passage))
            below = joined
        if len(_distinct(below)) >= 2:
            return below
    if len(_distinct(plain)) >= 2:
        return plain
    found = list(joined)
    for i, placed in enumerate(outline.cover):
        text = placed.text.strip()
        if re.search(r"diarie|dnr|ärende", text, re.I) or len(text) > 110 or text.endswith("."):
            continue
        for column in columns_of(TextSpan.join([placed])):
            if column:
                found.extend(_on_cover(column, first=i == 0))
    return found


def _from_items(blocks: Sequence[Block]) -> list[Party]:
    """The parties of the list that blocks begin with, one of each item."""
    items = itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, blocks)
    return [p for b in items for p in parties_in(b.passage)[:1]]


def _from_table(outline: DocumentStructure) -> list[Party]:
    """The rows of a table whose head is `Part`, `Org.nr`, `Benämns`."""
    found: list[Party] = []
    for table in outline.tables:
        columns = [table.column(_rule(f"column {key}")) for key in ("party", "number", "address", "term")]
        if columns[0] is None or not any(c is not None for c in columns[1:]):
            continue
        for row in table.rows:
            name, number, address, term = (None if place is None else row[place] for place in columns)
            told = between([p for p in (name, number, address) if p], ", ")
            party = next(iter(parties_in(told)), None) if told else None
            if party is not None and term and re.fullmatch(r"[^\W\d_][\w ]{2,40}", term.text):
                party = _called(party, term)
            found.extend([party] if party is not None else [])
    return found


def _on_cover(passage: TextSpan, *, first: bool) -> list[Party]:
    """The parties that a line of a cover names and nothing else: one alone, or several joined."""
    organisations = organisations_in(passage.text)
    if not organisations:
        return []
    alone = len(organisations) == 1 and organisations[0].end - organisations[0].start >= 0.8 * len(passage.text)
    joined = len(organisations) >= 2 and not first
    return parties_in(passage) if joined or alone else []


def _from_columns(outline: DocumentStructure) -> list[Party]:
    """Parties that stand side by side on the first pages: name, number and address below each other."""
    blocks = [b for b in outline.blocks[:25] if b.kind is BlockKind.COLUMNS]
    return [p for passage in _by_columns(blocks) for p in parties_in(passage)[:1]]


def _from_mention(outline: DocumentStructure) -> list[Party]:
    """A municipality and a police area that the first pages join by "och", whatever the sentence says of them."""
    for block in outline.blocks[:14]:
        for sentence in sentences_of(block.passage)[:4]:
            organisations = organisations_in(sentence.text)
            for first, second in itertools.pairwise(organisations):
                joined = re.fullmatch(r"\s+(?:och|samt)\s+(?:den\s+)?", sentence.text[first.end : second.start])
                if joined and {first.label, second.label} == {"municipality", "police"} and not is_general(second):
                    return parties_in(sentence.cut(first.start, second.end))
    return []


def _from_letterhead(outline: DocumentStructure) -> list[Party]:
    """Parties of whom one stands on the cover and the other only in the header of its page."""
    heads = [p for p in outline.margins if p.page == 1 and p.line.role is LineRole.HEADER]
    return [
        party
        for placed in [*heads, *outline.cover]
        for column in columns_of(TextSpan.join([placed]))
        if column
        for party in _on_cover(column, first=False)
    ]


def _from_opening(outline: DocumentStructure) -> list[Party]:
    """The first sentence whose subject is two organisations: "Polisen och Vikbo kommun vill ..."."""
    for place, block in enumerate(outline.blocks[:30]):
        for sentence in sentences_of(block.passage)[:4]:
            organisations = organisations_in(sentence.text)
            if len(organisations) < 2 or organisations[0].start > 25:
                continue
            first = organisations[0]
            last = _last_joined(sentence, organisations)
            called = [p for p in parties_in(_until_end(sentence)) if p.defined_term]
            if len(_distinct(called)) >= 2:
                return called
            if place >= 10:
                continue
            if last is not first:
                found = parties_in(sentence.cut(0, last.end + 1))
                if len(_distinct(found)) >= 2:
                    return found
    return []


_JOINS = re.compile(r"\s*(?:,\s*)?(?:och|samt|,|/|&)\s*(?:den\s+)?")


def _last_joined(sentence: TextSpan, organisations: Sequence[Entity]) -> Entity:
    """The last of the organisations that a sentence begins with: C in "A, B och C har ..."."""
    last = organisations[0]
    for following in organisations[1:]:
        if _JOINS.fullmatch(sentence.text[last.end : following.start]) is None:
            break
        last = following
    return last


def _until_end(sentence: TextSpan) -> TextSpan:
    """The sentence up to where it says what the parties do."""
    ends = _rule("ends").search(sentence.text)
    return sentence if ends is None else sentence.cut(0, ends.start())


def _distinct(parties: Sequence[Party]) -> list[Party]:
    """One entry for each name; the fuller one stays."""
    kept: dict[str, Party] = {}
    for party in parties:
        key = fold(party.name)
        old = kept.get(key)
        if old is None or len(party.evidence_by_field) > len(old.evidence_by_field):
            kept[key] = party
    police = [key for key, p in kept.items() if p.kind is PartyKind.POLICE]
    if len(police) == 2:  # "Polisen", and the area of the police that signs
        for key in police:
            if len(key.split()) == 1 and not kept[key].organisation_number:
                kept.pop(key)
    terms = {fold(p.defined_term) for p in kept.values() if p.defined_term and fold(p.defined_term) != fold(p.name)}
    return [p for key, p in kept.items() if key not in terms]
