"""Many districts side by side: which have which groups and focus areas, and how often they meet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.comparison.name_similarity import stems_in
from avskrift.comparison.reports.version_chain import Version
from avskrift.models.agreement import PartyKind
from avskrift.models.comparison import Matrix, MatrixCell, MatrixColumn, MatrixRow, ObjectName


@dataclass(slots=True)
class _Column:
    object: ObjectName
    stems: frozenset[str]
    names: Counter[str] = field(default_factory=Counter)
    cells: dict[int, MatrixCell] = field(default_factory=dict)


def matrix_of(versions: Sequence[Version]) -> Matrix:
    """One row for each document, one column for each group and area, called as most documents call it.

    Names are one column when their significant words are the same, places and endings aside: "Vikbo styrgrupp", "Lokala
    styrgruppen", "Styrgrupp".
    """
    columns: dict[tuple[ObjectName, frozenset[str]], _Column] = {}
    for row, version in enumerate(versions):
        places = _places(version)
        for group in version.record.groups:
            evidence = group.evidence_by_field.get("name") or group.evidence
            cell = MatrixCell(name=group.name, meetings_per_year=group.meetings_per_year, evidence=evidence)
            _put(columns, ObjectName.GROUP, row, cell, places)
        for area in version.record.focus_areas:
            evidence = area.evidence_by_field.get("name") or area.evidence
            _put(columns, ObjectName.FOCUS_AREA, row, MatrixCell(name=area.name, evidence=evidence), places)
    ordered = sorted(columns.values(), key=lambda c: (c.object.value != "group", -len(c.cells), _name(c)))
    return Matrix(
        columns=[MatrixColumn(object=c.object, name=_name(c), documents=len(c.cells)) for c in ordered],
        rows=[
            MatrixRow(
                document=version.name,
                district=district_of(version),
                valid_from=version.record.period.valid_from,
                cells={k: column.cells[row] for k, column in enumerate(ordered) if row in column.cells},
            )
            for row, version in enumerate(versions)
        ],
    )


def district_of(version: Version) -> str:
    """Whose agreement it is: its municipality's name, or the first party's, or else the document's own."""
    parties = version.record.parties
    own = next((p.name for p in parties if p.kind is PartyKind.MUNICIPALITY), None)
    return own or (parties[0].name if parties else version.name)


def _places(version: Version) -> frozenset[str]:
    """Stems of the parties' names, which tell one district's groups from another's and not one group from another."""
    return frozenset(stem for party in version.record.parties for stem in stems_in(party.name))


def _put(
    columns: dict[tuple[ObjectName, frozenset[str]], _Column],
    what: ObjectName,
    row: int,
    cell: MatrixCell,
    places: frozenset[str],
) -> None:
    stems = frozenset(stems_in(cell.name))
    key = stems - places or stems or frozenset({cell.name.lower()})
    column = columns.setdefault((what, key), _Column(what, key))
    column.names[cell.name] += 1
    column.cells.setdefault(row, cell)


def _name(column: _Column) -> str:
    """The commonest name; of two as common the shorter."""
    return min(column.names, key=lambda name: (-column.names[name], len(name), name))
