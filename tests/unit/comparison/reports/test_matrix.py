"""Many districts side by side."""

from collections.abc import Callable

from avskrift.comparison.reports.matrix import district_of, matrix_of
from avskrift.comparison.reports.version_chain import Version
from avskrift.models.agreement import FocusArea, Group, GroupKind, PartyKind

Make = Callable[..., Version]


def test_names_are_one_column_whatever_place_they_name(version: Make) -> None:
    documents = []
    for place, name, often in (
        ("Ekby", "Ekby styrgrupp", 4.0),
        ("Alby", "Lokala styrgruppen", None),
        ("Myrby", "Styrgrupp", 2.0),
    ):
        one = version(place, (f"{place} kommun", PartyKind.MUNICIPALITY))
        areas = [FocusArea(name="Trygga torg")] if place == "Alby" else []
        documents.append(
            Version(
                one.name,
                one.record.model_copy(
                    update={
                        "groups": [Group(name=name, kind=GroupKind.OTHER, meetings_per_year=often)],
                        "focus_areas": areas,
                    }
                ),
            )
        )
    matrix = matrix_of(documents)
    assert [(c.name, c.documents) for c in matrix.columns] == [("Styrgrupp", 3), ("Trygga torg", 1)]
    assert [row.cells[0].meetings_per_year for row in matrix.rows] == [4.0, None, 2.0]
    assert [1 in row.cells for row in matrix.rows] == [False, True, False]


def test_whose_agreement_it_is(version: Make) -> None:
    assert (
        district_of(version("a", ("Polisen", PartyKind.POLICE), ("Ekby kommun", PartyKind.MUNICIPALITY)))
        == "Ekby kommun"
    )
    assert district_of(version("a", ("Polisen", PartyKind.POLICE))) == "Polisen"
