"""Evidence of every value: each field of every record type that holds what the document says tells where it says so."""

from collections.abc import Iterator, Mapping
from typing import get_args

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models import agreement as types
from avskrift.models import minutes as types_of_minutes
from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse

TEXT = """Samverkansöverenskommelse om ett lugnare torg

Dnr KS 2031/0417

1 Parter

Vikbo kommun, org.nr 212000-4516, Torggatan 1, 123 45 Vikbo, nedan kallad Kommunen, och Lokalpolisområde Norra Viken,
org.nr 202100-0076, nedan kallat Polisen, har träffat följande överenskommelse.

2 Giltighet

Överenskommelsen gäller från och med den 1 maj 2031 till och med den 30 april 2033. Den förlängs med ett år i sänder.
Den revideras en gång om året. Part kan säga upp den skriftligt. Därefter löper den tills vidare.

3 Styrgrupp

Uppdrag: Besluta om medel

Deltagare: kommundirektör, lokalpolisområdeschef

Ordförande: Kommundirektören

Sammankallande: Kommunpolisen

Rapporterar till: Nämnden

Mötesfrekvens: fyra gånger per år

4 Prioriterade områden

4.1 Lugna torg

Mål: Färre bråk.
Syfte: Ett ljusare torg.
Lägesbild: Det är stökigt.

4.2 Trygga hamnar

Mål: Mer ljus.
Lägesbild: Det är mörkt. Parterna följer Bilaga 1, Åtgärdsplan.

5 Kontaktpersoner

Anna Berg, säkerhetssamordnare, 0500-12 34 56, anna.berg@vikbo.example

6 Bilagor

Bilaga 1 Åtgärdsplan
Bilaga 2 Karta över torget

7 Underskrifter

Vikbo den 3 mars 2031

Eva Lund
Kommundirektör
\fBilaga 1

Åtgärdsplan

Fokusområde: Lugna torg

Aktivitet 1          Vandringar
                     Vi går varje fredag
Lägesbild            Det är mörkt
Mål                  Fler ljuspunkter
Syfte                Ett ljusare torg
Löptid               Tillsvidare
Mötesfrekvens        En gång i månaden
Sammankallande       Kommunpolisen
Uppföljning          Enkät
Finansiering         Egna medel
Kommunikation        Webben
"""

MINUTES = """VIKBO KOMMUN         SAMMANTRÄDESPROTOKOLL
Kommunstyrelsen      2031-05-12

Plats och tid        Stadshuset, kl. 13–15

Beslutande           Anna Berg (S), ordförande
                     Nils Alm (C)

Utses att justera    Nils Alm

Anslaget sätts upp   2031-05-20      Anslaget tas ned   2031-06-11

§ 12   Avtal om torgen                Dnr KS 2031/0417

Kommunstyrelsens beslut
Avtalet godkänns.
"""

WITH_THE_OBJECT: Mapping[str, frozenset[str]] = {
    "Annex": frozenset({"number", "title"}),
    "RegistryNumber": frozenset({"number", "holder"}),
    "DatedMention": frozenset({"date", "text"}),
    "Reference": frozenset({"text"}),
    "Section": frozenset({"number"}),
}
"""Values that stand in the words that are the evidence of their object."""
COMPUTED: Mapping[str, Mapping[str, str]] = {
    "DocumentHead": {"kind": "by rules on the whole text", "language": "always Swedish"},
    "Party": {"kind": "of the rule that found the name", "organisation_number_valid": "of the number's check digit"},
    "Group": {"kind": "of the name and of what it does", "meetings_per_year": "counted from the meeting frequency"},
    "DatedMention": {"role": "of the words around the date"},
    "Section": {
        "level": "of the headings around it",
        "page": "of the heading",
        "text": "stands below the heading",
        "roles": "of the title",
        "annex": "of the annex that it stands in",
    },
    "Reference": {"section": "where it stands", "targets": "what its words mean"},
    "Remark": {"kind": "of the check", "text": "ours, not the document's"},
}
"""Values that nothing in the document says as they are, each with what it follows from."""


@pytest.fixture(scope="module")
def records() -> dict[str, Agreement]:
    """The record of each text."""
    options = ParsingOptions(learned=False)
    return {
        text: parse(Document("invented.txt", "0" * 64, plain_text.pages_of(text), None), options)
        for text in (TEXT, MINUTES)
    }


def traced_types() -> list[type[Traced]]:
    named = {**vars(types), **vars(types_of_minutes)}
    return [t for t in named.values() if isinstance(t, type) and issubclass(t, Traced) and t is not Traced]


def objects(value: object) -> Iterator[Traced]:
    """Every object of a record that can say where it was read."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, types.Record) and not isinstance(value, Evidence):
        if isinstance(value, Traced):
            yield value
        for name in type(value).model_fields:
            yield from objects(getattr(value, name))


def own_fields(kind: type[Traced]) -> list[str]:
    """The fields of a type that hold a value: no ids, no evidence, no further objects."""
    names = (name for name in kind.model_fields if name not in Traced.model_fields and name != "id")
    return [name for name in names if not any(is_record(t) for t in get_args(kind.model_fields[name].annotation))]


def is_record(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, types.Record)


def has_evidence(entry: Traced, name: str) -> bool:
    kind = type(entry).__name__
    value = getattr(entry, name)
    if name in COMPUTED.get(kind, {}):
        return True
    if name in WITH_THE_OBJECT.get(kind, ()):
        return entry.evidence is not None
    if isinstance(value, list):
        return all(f"{name}.{i}" in entry.evidence_by_field for i in range(len(value)))
    return name in entry.evidence_by_field


def test_every_value_has_evidence_or_is_computed(records: dict[str, Agreement]) -> None:
    without = [
        f"{type(entry).__name__}.{name}"
        for record in records.values()
        for entry in objects(record)
        for name in own_fields(type(entry))
        if getattr(entry, name) not in (None, [], False) and not has_evidence(entry, name)
    ]
    assert without == []


def test_the_records_hold_every_type_and_nearly_every_field(records: dict[str, Agreement]) -> None:
    held = {
        (type(entry).__name__, name)
        for record in records.values()
        for entry in objects(record)
        for name in own_fields(type(entry))
        if getattr(entry, name) not in (None, [], False)
    }
    assert {kind for kind, _ in held} == {t.__name__ for t in traced_types()}
    lacking = {(t.__name__, name) for t in traced_types() for name in own_fields(t)} - held
    assert {pair for pair in lacking if pair[0] != "Activity"} == set()


@pytest.mark.parametrize("text", [TEXT, MINUTES], ids=["agreement", "minutes"])
def test_evidence_stands_on_its_line(records: dict[str, Agreement], text: str) -> None:
    pages = [page.split("\n") for page in text.split("\f")]
    for entry in objects(records[text]):
        for evidence in (e for e in (entry.evidence, *entry.evidence_by_field.values()) if e is not None):
            assert evidence.line is not None
            begin = evidence.text.split()[0].removesuffix("-")
            assert begin in pages[evidence.page - 1][evidence.line - 1], evidence


def test_computed_values_are_named_with_their_reason() -> None:
    known = {t.__name__: t for t in traced_types()}
    for kind, fields in COMPUTED.items():
        assert set(fields) <= set(own_fields(known[kind])) and all(fields.values())
    for kind, names in WITH_THE_OBJECT.items():
        assert names <= set(own_fields(known[kind]))
