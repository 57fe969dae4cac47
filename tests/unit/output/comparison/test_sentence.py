"""What differs between two versions, in one sentence."""

from avskrift.comparison import compare
from avskrift.models.agreement import Agreement, Party, PartyKind
from avskrift.output.comparison.sentence import in_short


def test_nothing_differs(record: Agreement) -> None:
    assert in_short(compare(record, record)) == (
        "No number, date, party, duty or negation differs in what was compared."
    )


def test_what_stands_in_one_version_only(record: Agreement) -> None:
    third = Party(name="Ekdals fastighetsägare", kind=PartyKind.OTHER)
    more = record.model_copy(update={"parties": [*record.parties, third]})
    assert in_short(compare(record, more)) == "1 field stands only in the new version."
    assert in_short(compare(more, record)) == "1 field stands only in the old version."


def test_values_in_substance(record: Agreement) -> None:
    group = record.groups[0].model_copy(update={"meetings_per_year": 7.0, "chair": "Rektorn"})
    changed = record.model_copy(update={"groups": [group]})
    assert in_short(compare(record, changed)).startswith("2 values differ in substance")
