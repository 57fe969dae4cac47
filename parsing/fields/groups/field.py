"""The groups that run the cooperation: name, kind, members, chair, how often they meet, what they are for.

What a text tells of one in different places (`reader`), in tables and in charts is one entry.
"""

from collections.abc import Iterator, Sequence

from avskrift.models.agreement import DocumentKind, Group, GroupKind
from avskrift.parsing.fields.groups.candidate import GroupCandidate, same
from avskrift.parsing.fields.groups.chart import groups_of_charts
from avskrift.parsing.fields.groups.labels import label_in, lists_groups
from avskrift.parsing.fields.groups.members import are_members, members_in
from avskrift.parsing.fields.groups.reader import groups_in
from avskrift.parsing.fields.groups.sentences import is_described
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.group_names import group_key
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.tables import Table
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_NO_GROUPS = ("contacts", "annex", "annexes", "revision", "plan", "signatures", "parties")
"""Sections whose heading may name a group and that tell of none."""
_NO_TEXT = ("contacts", "signatures", "annexes", "parties")
"""Sections whose text tells of no group."""
_COLUMNS = ("name", "members", "frequency", "purpose")


def groups_of(structure: DocumentStructure, kind: DocumentKind) -> list[Group]:
    """The groups in the order of the document. A text of another kind has none that cooperate."""
    if kind is DocumentKind.OTHER:
        return []
    vocabulary = structure.vocabulary
    binding = kind in (DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN)
    groups = _merged(list(_candidates(structure)), vocabulary)
    return [_record(g, vocabulary) for g in groups if binding or _is_certain(g, vocabulary)]


def _candidates(structure: DocumentStructure) -> Iterator[GroupCandidate]:
    """The groups that each place tells of."""
    vocabulary = structure.vocabulary
    for part in structure.sections:
        if _may_tell(part, vocabulary):
            yield from groups_in(part, vocabulary)
    for table in structure.tables:
        yield from _from_table(table, vocabulary)
    yield from groups_of_charts(structure.lines, vocabulary)


def _is_certain(group: GroupCandidate, vocabulary: Vocabulary) -> bool:
    """Whether minutes or a memo tell of a group as an agreement would: with offices, or meetings."""
    return group.frequency is not None or (len(group.members) > 1 and are_members(group.members, vocabulary))


def _may_tell(part: DocumentSection, vocabulary: Vocabulary) -> bool:
    """Whether a part may tell of groups, by its heading and the annex that it stands in."""
    if part.group_kind is not None:
        if part.roles[0] in _NO_GROUPS or not part.blocks:
            return False
        return part.annex is None or _is_labelled(part, vocabulary) or is_described(part, vocabulary)
    if part.annex is not None:
        return lists_groups(part.blocks, vocabulary)
    return not any(part.has(role) for role in _NO_TEXT)


def _is_labelled(part: DocumentSection, vocabulary: Vocabulary) -> bool:
    """Whether the part is one box of an organisation chart: Uppdrag, Deltagare, Mötesfrekvens."""
    return sum(label_in(b.text, vocabulary) is not None for b in part.blocks) >= 2


def _from_table(table: Table, vocabulary: Vocabulary) -> Iterator[GroupCandidate]:
    """The rows of a table whose head is `Grupp`, `Deltagare`, `Möten`."""
    columns = {key: table.column(vocabulary.pattern("groups", f"column {key}")) for key in _COLUMNS}
    if columns["name"] is None or columns["members"] is None:
        return
    for row in table.rows:
        cells = {key: None if place is None else row[place] for key, place in columns.items()}
        name = cells["name"]
        if not name:
            continue
        group = GroupCandidate(name, group_kind(name.text, vocabulary) or "other", headed=True)
        if cells["members"]:
            group.members = members_in(cells["members"], vocabulary)
        if cells["frequency"]:
            group.meets(cells["frequency"], vocabulary)
        group.purpose = cells["purpose"]
        yield group


def _merged(groups: Sequence[GroupCandidate], vocabulary: Vocabulary) -> list[GroupCandidate]:
    """One group for each name; what the first mention lacks is taken from later ones."""
    kept: list[GroupCandidate] = []
    for group in groups:
        old = next((k for k in kept if same(k, group, vocabulary)), None)
        if old is None:
            kept.append(group)
        else:
            old.complete_from(group)
    return kept


def _kind(group: GroupCandidate, vocabulary: Vocabulary) -> GroupKind:
    """A council or forum that leads the cooperation, or in which heads decide, is its steering group."""
    head = vocabulary.pattern("groups", "a head")
    heads = sum(head.search(m.text) is not None for m in group.members)
    leads = group.leads and group.kind in ("forum", "other", "working")
    decides = group.decides and heads >= 2 and group.kind in ("forum", "other")
    council = "bra" in group_key(group.name.text, vocabulary).split()
    return GroupKind.STEERING if leads or (decides and not council) else GroupKind(group.kind)


def _record(group: GroupCandidate, vocabulary: Vocabulary) -> Group:
    name = group.name.text
    words = name[0].upper() + name[1:]
    offices = {"chair": group.chair, "convener": group.convener, "reports_to": group.reports_to}
    single = {"meeting_frequency": group.frequency, "purpose": group.purpose, **offices}
    return record_of(
        Group,
        {
            "name": Value(words, group.name, "groups.name", "" if words == name else "its first letter a capital"),
            "members": [Value.of(member, "groups.members") for member in group.members],
            **{field: Value.of_any(span, f"groups.{field}") for field, span in single.items()},
        },
        kind=_kind(group, vocabulary),
        meetings_per_year=group.per_year,
    )
