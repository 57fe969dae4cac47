"""Many districts as a table, a picture, and for a terminal."""

from io import StringIO

from rich.console import Console

from avskrift.models.comparison import Matrix, MatrixCell, MatrixColumn, MatrixRow, ObjectName
from avskrift.output.comparison.matrix import matrix_picture, matrix_summary, matrix_table
from avskrift.output.table import Cell


def row(name: str, cells: dict[int, MatrixCell]) -> MatrixRow:
    return MatrixRow(document=f"{name}.pdf", district=name, valid_from="2021", cells=cells)


_MATRIX = Matrix(
    columns=[
        MatrixColumn(object=ObjectName.GROUP, name="Styrgrupp", documents=14),
        MatrixColumn(object=ObjectName.FOCUS_AREA, name="Skolan", documents=1),
    ],
    rows=[
        row("Ekby", {0: MatrixCell(name="Lokal styrgrupp", meetings_per_year=4.0), 1: MatrixCell(name="Skolan")}),
        *(row(f"Ort {n}", {0: MatrixCell(name="Styrgrupp")}) for n in range(13)),
    ],
)


def test_one_row_for_each_document() -> None:
    table = matrix_table(_MATRIX)
    assert table.columns == ("District", "From", "Document", "Group: Styrgrupp", "Area: Skolan") and table.fixed == 3
    assert table.rows[0][3:] == (Cell("4", "Lokal styrgrupp", 2), Cell("yes", "Skolan"))
    assert table.rows[1][4] == Cell("")
    assert len(matrix_table(_MATRIX, 1).columns) == 4


def test_a_picture_and_a_summary() -> None:
    assert "Group: Styrgrupp" in matrix_picture(_MATRIX)
    text = StringIO()
    Console(file=text, width=200).print(matrix_summary(_MATRIX))
    assert "Ekby (4), Ort 0" in text.getvalue() and "and 2 more" in text.getvalue()
