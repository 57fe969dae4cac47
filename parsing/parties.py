"""Who agrees: name, kind, defined term, organisation number and address of each party."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from avskrift.models import organisation_number
from avskrift.models.agreement import DocumentKind, Evidence, Party, PartyKind
from avskrift.models.document import LineRole
from avskrift.parsing.blocks import Block, BlockKind
from avskrift.parsing.entities import Entity, organisations_in
from avskrift.parsing.outline import Outline, sentences_of
from avskrift.parsing.passage import Passage, between, columns_of
from avskrift.parsing.vocabulary import fold, pattern, rules

_rule = partial(pattern, "parties", table="around")


_LABEL = re.compile(
    r"(?:part(?:er)?|namn|org|organisation|adress|postadress|benämn|kallas|förkort|nummer)", re.IGNORECASE
)


def parties_of(outline: Outline, kind: DocumentKind) -> list[Party]:
    """The parties, in the order in which they are named.

    Looked for where they belong: a section on parties; else a clause "mellan A och B" or the cover; else the
    opening sentence. A memo about an agreement has no parties of its own.
    """
    if kind is DocumentKind.MEMO:
        return []
    sources = [_distinct(s(outline)) for s in (_from_section, _from_cover, _from_columns, _from_opening)]
    sources += [_distinct(s(outline)) for s in (_from_letterhead, _from_mention)]
    several = [found for found in sources if len(found) >= 2]
    detailed = [f for f in several if sum(bool(p.organisation_number or p.defined_term) for p in f) >= 2]
    chosen = (detailed or several or [[]])[0]
    if kind is DocumentKind.OTHER and sum(bool(p.organisation_number or p.defined_term) for p in chosen) < 2:
        return []  # two organisations that a text names are no parties
    every = [other for found in sources for other in found]
    return _called_respectively([_completed(party, every) for party in chosen], outline)


def _called_respectively(parties: list[Party], outline: Outline) -> list[Party]:
    """Two parties with the terms that a sentence gives both: "benämns de kommunen respektive polisen"."""
    if len(parties) != 2 or any(p.defined_term for p in parties):
        return parties
    for block in outline.blocks[:20]:
        told = _rule("respectively").search(block.text)
        if told is not None:
            spans = (told.span("one"), told.span("other"))
            return [
                party.model_copy(
                    update={
                        "defined_term": block.text[slice(*span)],
                        "evidence_by_field": {
                            **party.evidence_by_field,
                            "defined_term": block.passage.cut(*span).evidence(0.9),
                        },
                    }
                )
                for party, span in zip(parties, spans, strict=True)
            ]
    return parties


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


def _from_section(outline: Outline) -> list[Party]:
    found: list[Party] = []
    for part in outline.parts_with("parties"):
        here: list[Party] = []
        listed = _under_their_names(part.blocks)
        if sum(bool(p.organisation_number or p.defined_term) for p in listed) >= 2:
            return listed
        for passage in _by_columns(part.blocks):
            ends = _rule("ends").search(passage.text)
            clause = passage.cut(0, ends.start()) if ends is not None else passage
            if clause:
                here.extend(_clauses(clause))
            if ends is not None and len(here) >= 2:
                break
        told = [p for p in here if p.organisation_number or p.defined_term]
        if len(told) >= 2:
            return told
        found = found if len(found) >= 2 else [*found, *here]
    told = [p for p in found if p.organisation_number or p.defined_term]
    return told if len(told) >= 2 else found


def _under_their_names(blocks: Sequence[Block]) -> list[Party]:
    """Parties whose names stand alone on a line, with what is told of each on the lines below."""
    groups: list[list[Passage]] = []
    for placed in (p for block in blocks for p in block.lines):
        line = Passage.join([placed])
        *labels, last = columns_of(line)
        if len(labels) == 1 and last and organisation_number.PATTERN.search(last.text) and _names_one(labels[0]):
            groups.append([labels[0], last])  # "Vikbo kommun      org.nr 212000-0142"
            continue
        if len(labels) == 1 and last and len(labels[0].text.split()) <= 3:
            line = last if organisations_in(last.text) else line
        named = organisations_in(line.text)
        if named and named[0].start < 3 and sum(e.end - e.start for e in named) >= len(line.text) - 4:
            groups.append([line])
        elif groups:
            groups[-1].append(line)
    return [p for group in groups for p in _clauses(between(group, ", "))[:1]]


def _names_one(passage: Passage) -> bool:
    """Whether a passage is the name of an organisation and nothing else."""
    named = organisations_in(passage.text)
    return len(named) == 1 and named[0].end - named[0].start >= len(passage.text) - 2


def _by_columns(blocks: Sequence[Block]) -> Iterator[Passage]:
    """The passages of blocks; parties printed side by side are read one after the other."""
    columns: list[list[Passage]] = []
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


def _from_cover(outline: Outline) -> list[Party]:
    """Parties named together: "mellan A och B" in the opening, or lines of the cover that join two."""
    between: list[Party] = []
    for place, block in enumerate(outline.blocks[:14]):
        start = re.search(r"\bmellan\b", block.text, re.I)
        if start is not None:
            ends = _rule("ends").search(block.text, start.end())
            clause = block.passage.cut(start.start(), ends.start() if ends is not None else None)
            first = sentences_of(clause)
            between = [p for s in first[:1] for p in _clauses(s)]
            if len(_distinct(between)) >= 2:
                return between
            following = outline.blocks[place + 1 :]
            if block.text.rstrip(" :").lower().endswith("mellan"):
                listed = list(itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, following))
                between = [p for b in listed for p in _clauses(b.passage)[:1]]
                if len(_distinct(between)) >= 2:
                    return between
        elif between and organisations_in(block.text) and len(block.text) < 250:
            between.extend(_clauses(block.passage))
            if len(_distinct(between)) >= 2:
                return between
    found = list(between)
    cover = list(outline.cover)
    for i, placed in enumerate(cover):
        text = placed.text.strip()
        if re.search(r"diarie|dnr|ärende", text, re.I) or len(text) > 110 or text.endswith("."):
            continue
        for column in columns_of(Passage.join([placed])):
            if column:
                found.extend(_on_cover(column, first=i == 0))
    return found


def _on_cover(passage: Passage, *, first: bool) -> list[Party]:
    """The parties that a line of a cover names and nothing else: one alone, or several joined."""
    organisations = organisations_in(passage.text)
    if not organisations:
        return []
    alone = len(organisations) == 1 and organisations[0].end - organisations[0].start >= 0.8 * len(passage.text)
    joined = len(organisations) >= 2 and not first
    return _clauses(passage) if joined or alone else []


def _from_columns(outline: Outline) -> list[Party]:
    """Parties that stand side by side on the first pages: name, number and address below each other."""
    blocks = [b for b in outline.blocks[:25] if b.kind is BlockKind.COLUMNS]
    return [p for passage in _by_columns(blocks) for p in _clauses(passage)[:1]]


def _from_mention(outline: Outline) -> list[Party]:
    """A municipality and a police area that the first pages join by "och", whatever the sentence says of them."""
    for block in outline.blocks[:14]:
        for sentence in sentences_of(block.passage)[:4]:
            organisations = organisations_in(sentence.text)
            for first, second in itertools.pairwise(organisations):
                joined = re.fullmatch(r"\s+(?:och|samt)\s+(?:den\s+)?", sentence.text[first.end : second.start])
                if joined and {first.label, second.label} == {"municipality", "police"} and not _general(second):
                    return _clauses(sentence.cut(first.start, second.end))
    return []


def _from_letterhead(outline: Outline) -> list[Party]:
    """Parties of whom one stands on the cover and the other only in the header of its page."""
    heads = [p for p in outline.margins if p.page == 1 and p.line.role is LineRole.HEADER]
    return [
        party
        for placed in [*heads, *outline.cover]
        for column in columns_of(Passage.join([placed]))
        if column
        for party in _on_cover(column, first=False)
    ]


def _from_opening(outline: Outline) -> list[Party]:
    """The first sentence whose subject is two organisations: "Polisen och Vikbo kommun vill ..."."""
    for place, block in enumerate(outline.blocks[:30]):
        for sentence in sentences_of(block.passage)[:4]:
            organisations = organisations_in(sentence.text)
            if len(organisations) < 2 or organisations[0].start > 25:
                continue
            first, second = organisations[0], organisations[1]
            called = [p for p in _clauses(_until_end(sentence)) if p.defined_term]
            if len(_distinct(called)) >= 2:
                return called
            if place >= 10:
                continue
            link = sentence.text[first.end : second.start]
            if re.fullmatch(r"\s*(?:,\s*)?(?:och|samt|,|/|&)\s*(?:den\s+)?", link):
                found = _clauses(sentence.cut(0, second.end + 1))
                if len(_distinct(found)) >= 2:
                    return found
    return []


def _until_end(sentence: Passage) -> Passage:
    """The sentence up to where it says what the parties do."""
    ends = _rule("ends").search(sentence.text)
    return sentence if ends is None else sentence.cut(0, ends.start())


def _clauses(passage: Passage) -> list[Party]:
    """The parties in one passage: each from its name to where the next begins."""
    text = passage.text
    organisations = organisations_in(text)
    starts: list[Entity] = []
    for entity in organisations:
        if _is_term(text, entity):
            continue
        if not starts:
            starts.append(entity)
            continue
        since = text[starts[-1].start : entity.start]
        complete = (
            organisation_number.PATTERN.search(since)
            or _term(since) is not None
            or re.search(r"\d{3} ?\d{2} [A-ZÅÄÖ]", since)
        )
        link = text[starts[-1].end : entity.start]
        if _narrows(starts[-1], entity, text):
            continue  # "Polismyndigheten, Lokalpolisområde Viken": the area signs
        if complete or (_rule("joins").search(text[: entity.start]) and not re.search(r"\bgenom\b", link)):
            if not complete and re.search(r",\s*$", link) and entity.label == starts[-1].label and not _lists(text):
                continue  # "Lokalpolisområde Viken, Polisområde Kust": one party and where it belongs
            starts.append(entity)
    found = []
    for i, entity in enumerate(starts):
        end = starts[i + 1].start if i + 1 < len(starts) else len(text)
        party = _party(passage, entity, end, organisations)
        if party is not None:
            found.append(party)
    return found


def _is_term(text: str, entity: Entity) -> bool:
    """Whether the words are what a party is called from then on, not a party: ”Polisen”, nedan kallad Polisen."""
    return (
        re.search(
            r"""["”“„'’(]$|\b(?:kalla[dts]|benämn[dts]|nedan|härefter)\s*:?\s+(?:för\s+)?$""",
            text[: entity.start],
            re.I,
        )
        is not None
    )


def _general(entity: Entity) -> bool:
    """Whether an organisation is the police as such, not one of its areas."""
    return entity.label == "police" and len(entity.text.split()) == 1


_AREAS = ("polismyndighet", "polisregion", "polisområde", "lokalpolisområde")
"""The police from the whole to its smallest areas, as organised since 2015."""


def _narrows(whole: Entity, area: Entity, text: str) -> bool:
    """Whether an area of the police stands right after the police as such or a larger area: "Polismyndigheten,
    Polisregion Kust, Lokalpolisområde Viken"."""
    link = text[whole.end : area.start]
    if area.label != "police" or whole.label != "police" or not re.fullmatch(r"(?:\s[a-zåäö]{3,})?[\s,(]*", link):
        return False
    wide, narrow = (next((i for i, a in enumerate(_AREAS) if e.text.lower().startswith(a)), -1) for e in (whole, area))
    return _general(whole) or 0 <= wide < narrow


def _lists(text: str) -> bool:
    """Whether the text is a list of names joined by commas and one "och"."""
    return re.search(r"\b(?:och|samt)\b", text) is not None and organisation_number.PATTERN.search(text) is None


def _party(passage: Passage, entity: Entity, end: int, organisations: Sequence[Entity]) -> Party | None:
    text = passage.text
    named = entity
    for other in organisations:
        link = text[named.end : other.start] if other.start > named.end else ""
        if link and _narrows(named, other, text):
            named = other
        if (
            link
            and other.start < end
            and re.fullmatch(r"[,\s]*(?:genom|via|representerad av|företrädd av)(?: dess| sin)?\s*", link, re.I)
        ):
            named = other
    clause = text[named.start : end]
    name = passage.cut(named.start, named.end)
    if not name:
        return None
    evidence: dict[str, Evidence] = {"name": name.evidence(0.95)}
    number = None
    found_number = organisation_number.PATTERN.search(clause)
    if found_number is not None:
        number = organisation_number.normal_form(found_number)
        evidence["organisation_number"] = passage.cut(
            named.start + found_number.start(), named.start + found_number.end()
        ).evidence()
    term = _term(clause)
    if term is not None:
        evidence["defined_term"] = passage.cut(named.start + term[0], named.start + term[1]).evidence(0.95)
    address = _address(clause)
    if address is not None:
        evidence["address"] = passage.cut(named.start + address[0], named.start + address[1]).evidence(0.9)
    value = name.text[0].upper() + name.text[1:] if entity.label == "police" else name.text
    return Party(
        name=value,
        kind=PartyKind(named.label),
        defined_term=None if term is None else clause[term[0] : term[1]],
        organisation_number=number,
        organisation_number_valid=None if number is None else organisation_number.is_valid(number),
        address=None if address is None else clause[address[0] : address[1]],
        evidence=passage.cut(named.start, end).evidence(0.9),
        evidence_by_field=evidence,
    )


def _term(clause: str) -> tuple[int, int] | None:
    """Where the clause gives the party's defined term."""
    for rule in rules("parties", "term"):
        for found in rule.pattern.finditer(clause):
            if not _rule("no party").match(found["term"]):
                return found.span("term")
    return None


def _address(clause: str) -> tuple[int, int] | None:
    for rule in rules("parties", "address"):
        found = rule.pattern.search(clause)
        if found is not None:
            return found.span("address")
    return None


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
