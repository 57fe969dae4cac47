"""What the words of an agreement point to: Kommunen, Parterna, Styrgruppen, bilaga 3, punkten 6."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from avskrift.models.agreement import Annex, Group, Party, Reference, Section
from avskrift.parsing.fields.groups.candidate import plain_key
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.sections import Part
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import fold, pattern

_rule = partial(pattern, "references")


@dataclass(frozen=True)
class Named:
    """What can be pointed to, each with its id."""

    parties: Sequence[Party]
    groups: Sequence[Group]
    annexes: Sequence[Annex]
    sections: Sequence[Section]

    @cached_property
    def terms(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """How each party that is called something is found, with its id."""
        return tuple(
            (re.compile(rf"\b{re.escape(p.defined_term)}s?\b"), p.id) for p in self.parties if p.defined_term and p.id
        )

    @cached_property
    def group_ids(self) -> dict[str, str]:
        return {plain_key(g.name): g.id for g in self.groups if g.id}

    @cached_property
    def annex_ids(self) -> dict[str, str]:
        return {fold(a.number): a.id for a in self.annexes if a.number and a.id}

    @cached_property
    def section_ids(self) -> dict[str, str]:
        return {s.number: s.id for s in self.sections if s.number and s.id}


def references_of(outline: DocumentStructure, named: Named) -> list[Reference]:
    """The references in the running text, each target once in each section, in order.

    A reference to what the document does not hold has no targets.
    """
    found = []
    ids = _ids_of_parts(outline.parts, named.sections)
    for part, section in zip(outline.parts, ids, strict=True):
        seen: set[tuple[str, ...]] = set()
        for block in part.blocks:
            for passage, targets in _in(block.passage, named, section):
                key = targets or (fold(passage.text),)
                if key not in seen:
                    seen.add(key)
                    found.append(
                        Reference(
                            text=passage.text,
                            section=section,
                            targets=list(targets),
                            evidence=passage.evidence("references" if targets else "references, to nothing found"),
                        )
                    )
    return found


def _ids_of_parts(parts: Sequence[Part], sections: Sequence[Section]) -> list[str | None]:
    """The id of the section that each part is; None for parts that are none."""
    ids: list[str | None] = []
    rest = deque(sections)
    for part in parts:
        own = rest[0] if rest else None
        if own is not None and part.heading is not None and part.title.rstrip(":") == own.title:
            ids.append(own.id)
            rest.popleft()
        else:
            ids.append(None)
    return ids


def _in(passage: TextSpan, named: Named, section: str | None) -> Iterator[tuple[TextSpan, tuple[str, ...]]]:
    text = passage.text
    places: list[tuple[int, int, tuple[str, ...]]] = []
    for term, party in named.terms:
        places += [(m.start(), m.end(), (party,)) for m in term.finditer(text)]
    everyone = tuple(p.id for p in named.parties if p.id)
    places += [(m.start(), m.end(), everyone) for m in _rule("the parties").finditer(text) if everyone]
    for found in pattern("groups", "names a body").finditer(text):
        target = named.group_ids.get(plain_key(found["body"]))
        if target is not None:
            places.append((*found.span("body"), (target,)))
    for found in _rule("annex").finditer(text):
        target = named.annex_ids.get(fold(found["number"]))
        places.append((found.start(), found.end(), () if target is None else (target,)))
    for found in _rule("section").finditer(text):
        target = named.section_ids.get(found["number"])
        places.append((found.start(), found.end(), () if target is None else (target,)))
    if section is not None:
        places += [(m.start(), m.end(), (section,)) for m in _rule("above").finditer(text)]
    for start, end, targets in sorted(places):
        yield passage.cut(start, end), targets
