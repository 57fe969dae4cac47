"""Tables of records: every value where it belongs, nothing that a spreadsheet would run."""

import csv
from pathlib import Path

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement, Contact, Party
from avskrift.models.document import Document
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.export import to_csv
from avskrift.output.archive.sqlite_archive import SqliteArchive
from avskrift.output.archive.tables import TABLES, key_of, rows_of
from avskrift.output.record.markdown import markdown_of
from avskrift.parsing import parse

TEXT = """ Samverkansöverenskommelse

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har
träffat följande överenskommelse.

Styrgruppen består av kommundirektören och lokalpolisområdeschefen. Den sammanträder två gånger per år.
"""


def record() -> Agreement:
    return parse(Document("a.txt", "0" * 64, plain_text.pages_of(TEXT), None))


def document(agreement: Agreement, name: str = "a.txt") -> FinishedDocument:
    return FinishedDocument(name, "done", None, agreement, TEXT)


def test_rows_have_the_columns_of_their_table_and_keys_of_their_own() -> None:
    seen = set()
    for table, row in rows_of(document(record())):
        assert list(row) == list(TABLES[table])
        key = (table, *(row[column] for column in key_of(table)))
        assert None not in key and key not in seen
        seen.add(key)
    assert {key[0] for key in seen} == {"documents", "parties", "groups", "members", "remarks"}


def test_no_cell_begins_a_formula(tmp_path: Path) -> None:
    agreement = record().model_copy(update={"contacts": [Contact(name="=HYPERLINK(A1)", phone="+46 8 123")]})
    to_csv([document(agreement)], tmp_path / "tables")
    with (tmp_path / "tables" / "contacts.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["name"], row["phone"]) == ("'=HYPERLINK(A1)", "+46 8 123")


def test_markdown_takes_no_value_for_markup() -> None:
    party = Party(name="<b>Vikbo</b> | [kommun](x) `a` \n# nej", kind="other")  # type: ignore[arg-type]
    page = markdown_of(document(record().model_copy(update={"parties": [party]})))
    assert r"&lt;b&gt;Vikbo&lt;/b&gt; \| \[kommun\](x) \`a\` \# nej" in page


def test_an_archive_holds_the_last_state_of_a_document(tmp_path: Path) -> None:
    with SqliteArchive(tmp_path / "a.sqlite") as archive:
        archive.put(document(record()), "one")
        archive.put(document(record()), "two")
        archive.put(document(record(), "b.txt"), "one")
        with archive.only_those_named() as named:
            named("a.txt")
        assert (archive.state("a.txt"), archive.state("b.txt")) == ("two", None)
        (hit,) = archive.search("lokalpolisomradeschefen", 10)
        assert (hit.document, hit.page, hit.line) == ("a.txt", 1, 6)
        assert list(archive.search('"kommundirektören och"', 10)) == [hit]
        assert list(archive.search("kommundirektören saknas", 10)) == []
