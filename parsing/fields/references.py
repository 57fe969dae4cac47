"""What the words of an agreement point to: Kommunen, Parterna, Styrgruppen, bilaga 3, punkten 6."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from avskrift.language.fold import fold
from avskrift.models.agreement import Annex, Group, Party, Reference, Section
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.group_names import group_key
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_Targets = tuple[str, ...]
_Place = tuple[int, int, _Targets]
"""Where words begin and end that point to something, and its ids."""


@dataclass(frozen=True)
class Named:
    """What can be pointed to, each with its id."""

    parties: Sequence[Party]
    groups: Sequence[Group]
    annexes: Sequence[Annex]
    sections: Sequence[Section]

    @cached_property
    def terms(self) -> tuple[tuple[re.Pattern[str], _Targets], ...]:
        """How each party that is called something is found, also in the genitive, with its id."""
        called = ((p.defined_term, p.id) for p in self.parties)
        return tuple((re.compile(rf"\b{re.escape(term)}s?\b"), (id_,)) for term, id_ in called if term and id_)

    @cached_property
    def everyone(self) -> _Targets:
        """The ids of all parties."""
        return tuple(p.id for p in self.parties if p.id)

    @cached_property
    def annex_ids(self) -> dict[str, str]:
        """The ids of annexes by their folded numbers."""
        return {fold(a.number): a.id for a in self.annexes if a.number and a.id}

    @cached_property
    def section_ids(self) -> dict[str, str]:
        """The ids of sections by their printed numbers."""
        return {s.number: s.id for s in self.sections if s.number and s.id}

    def group_ids(self, vocabulary: Vocabulary) -> dict[str, str]:
        """The ids of groups by what their names have in common."""
        return {group_key(g.name, vocabulary): g.id for g in self.groups if g.id}


def references_of(structure: DocumentStructure, named: Named) -> list[Reference]:
    """The references in the running text, each target once in each section, in order.

    A reference to what the document does not hold has no targets.
    """
    found = []
    finder = _Finder(named, structure.vocabulary, named.group_ids(structure.vocabulary))
    ids = _ids_of_parts(structure.sections, named.sections)
    for part, section in zip(structure.sections, ids, strict=True):
        known: set[_Targets] = set()
        for passage, targets in (r for block in part.blocks for r in finder.references_in(block.passage, section)):
            key = targets or (fold(passage.text),)
            if key not in known:
                known.add(key)
                whole = Value.of(passage, "references" if targets else "references, to nothing found")
                text = passage.text
                found.append(record_of(Reference, {}, whole=whole, text=text, section=section, targets=list(targets)))
    return found


def _ids_of_parts(parts: Sequence[DocumentSection], sections: Sequence[Section]) -> list[str | None]:
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


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the references of a passage; `group_ids` by what names of groups have in common."""

    named: Named
    vocabulary: Vocabulary
    group_ids: Mapping[str, str]

    def references_in(self, passage: TextSpan, section: str | None) -> Iterator[tuple[TextSpan, _Targets]]:
        """The words of a passage that point to something, with its ids; `section` is the id of its own."""
        text = passage.text
        places = [*self._parties(text), *self._groups(text), *self._numbered(text), *self._above(text, section)]
        for start, end, targets in sorted(places):
            yield passage.cut(start, end), targets

    def _rule(self, name: str) -> re.Pattern[str]:
        return self.vocabulary.pattern("references", name)

    def _parties(self, text: str) -> Iterator[_Place]:
        for term, targets in self.named.terms:
            yield from ((m.start(), m.end(), targets) for m in term.finditer(text))
        if self.named.everyone:
            found = self._rule("the parties").finditer(text)
            yield from ((m.start(), m.end(), self.named.everyone) for m in found)

    def _groups(self, text: str) -> Iterator[_Place]:
        for found in self.vocabulary.pattern("groups", "names a body").finditer(text):
            target = self.group_ids.get(group_key(found["body"], self.vocabulary))
            if target is not None:
                yield (*found.span("body"), (target,))

    def _numbered(self, text: str) -> Iterator[_Place]:
        for found in self._rule("annex").finditer(text):
            yield (*found.span(), _targets(self.named.annex_ids.get(fold(found["number"]))))
        for found in self._rule("section").finditer(text):
            yield (*found.span(), _targets(self.named.section_ids.get(found["number"])))

    def _above(self, text: str, section: str | None) -> Iterator[_Place]:
        if section is not None:
            yield from ((m.start(), m.end(), (section,)) for m in self._rule("above").finditer(text))


def _targets(target: str | None) -> _Targets:
    return () if target is None else (target,)
