"""The prioritised areas of cooperation, each once, with goal, purpose, situation and activities."""

from collections.abc import Sequence

from avskrift.language.fold import fold
from avskrift.models.agreement import DocumentKind, FocusArea
from avskrift.parsing.fields.focus_areas.area import Area
from avskrift.parsing.fields.focus_areas.details import with_plan, with_sections, with_table
from avskrift.parsing.fields.focus_areas.sources import SOURCES
from avskrift.parsing.structure.document_structure import DocumentStructure


def focus_areas_of(structure: DocumentStructure, kind: DocumentKind) -> list[FocusArea]:
    """The areas: headings below one on prioritised areas or sections of the same labels, else a list or a sentence
    that names them. A text of another kind has none.

    What other places say of an area (a section under its name, an action plan) is gathered into its entry.
    """
    if kind is DocumentKind.OTHER:
        return []
    named = next(filter(None, (source(structure) for source in SOURCES)), [])
    areas = [with_sections(area, structure) for area in _distinct(named)]
    for plan in structure.plans:
        areas = with_plan(areas, plan, structure.vocabulary)
    for table in structure.tables:
        areas = with_table(areas, table, structure)
    return [area.record() for area in areas]


def _distinct(areas: Sequence[Area]) -> list[Area]:
    """One area for each name, the first."""
    kept: dict[str, Area] = {}
    for area in areas:
        if area.name:
            kept.setdefault(fold(area.name.text), area)
    return list(kept.values())
