"""The names that the program's own files have in a folder of results."""

import pytest

from avskrift.output.own_names import EXPORTS, export_name, is_own_name


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_are_our_own(form: str) -> None:
    assert is_own_name(export_name(form)) and is_own_name(export_name(form).upper())


@pytest.mark.parametrize("name", ["manifest.sqlite", b"report.html", ".pages", ".search.sqlite-wal", "Report.HTML__"])
def test_other_files_of_ours(name: str | bytes) -> None:
    assert is_own_name(name)


@pytest.mark.parametrize("name", ["avtal.pdf.json", "reports.html", "exported.csv", "page.pages"])
def test_results(name: str) -> None:
    assert not is_own_name(name)
