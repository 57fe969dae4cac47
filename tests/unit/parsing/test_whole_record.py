"""What is made of the record as a whole: references, remarks, reasons for gaps, periods counted from the signing."""

import os
from pathlib import Path

import pytest

from avskrift.errors import UsageError
from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse
from avskrift.parsing.structure.confidence import rule_confidence

TEXT = """ Samverkansöverenskommelse
Dnr KS 2021/0417

1 Parter

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, org.nr
202100-0076, nedan kallat Polisen, har träffat följande överenskommelse.

2 Styrgrupp

Styrgruppen består av kommundirektören och lokalpolisområdeschefen. Styrgruppen möts fyra gånger per år.

3 Arbete

Parterna följer planen i bilaga 2 och rapporterar enligt punkten 2 till Styrgruppen. Se även bilaga 7.

4 Giltighet

Överenskommelsen gäller i två år från undertecknandet.

5 Bilagor

Bilaga 1 Lägesbild
Bilaga 2 Åtgärdsplan

Vikbo den 3 mars 2021

..............................
Anna Berg
Kommundirektör

..............................
Nils Alm
Lokalpolisområdeschef
"""


def record_of(text: str, vocabulary: Path | None = None) -> Agreement:
    document = Document("invented.txt", "0" * 64, plain_text.pages_of(text), None)
    return parse(document, ParsingOptions(vocabulary=vocabulary, learned=False))


def remarks(text: str, kind: str) -> list[str]:
    return [r.text for r in record_of(text).remarks if r.kind == kind]


def test_words_point_to_what_they_mean() -> None:
    record = record_of(TEXT)
    work = next(s.id for s in record.sections if s.title == "Arbete")
    told = {r.text: r.targets for r in record.references if r.section == work}
    assert told["Parterna"] == ["party-1", "party-2"]
    assert told["bilaga 2"] == ["annex-2"]
    assert told["punkten 2"] == [next(s.id for s in record.sections if s.number == "2")]
    assert told["Styrgruppen"] == ["group-1"]
    assert told["bilaga 7"] == []


def test_an_annex_that_is_not_there() -> None:
    (told,) = remarks(TEXT, "annexes")
    assert "bilaga 7" in told


PLAN = """
Bilaga 2

Åtgärdsplan

Fokusområde: {area}

Aktivitet            Vandringar
Mål                  Fler ljuspunkter
Syfte                Ett ljusare torg
Löptid               Tillsvidare
Mötesfrekvens        En gång i månaden
Sammankallande       Kommunpolisen
Uppföljning          Enkät
"""
AREAS = "3 Prioriterade områden\n\nParterna prioriterar följande områden:\n\n• Trygga torg\n• Narkotika\n\n3 Arbete"


def test_an_area_that_only_a_plan_names() -> None:
    text = TEXT.replace("3 Arbete", AREAS)
    planned = record_of(text + PLAN.format(area="Trygga torg"))
    assert [len(a.activities) for a in planned.focus_areas] == [1, 0]
    assert not [r for r in planned.remarks if r.kind == "focus_areas" and "annex" in r.text]
    assert [t for t in remarks(text + PLAN.format(area="Brandskydd"), "focus_areas") if "'Brandskydd'" in t]


def test_a_listed_annex_that_the_file_lacks() -> None:
    assert "annex 1 is listed, but the file does not hold it" in remarks(TEXT + PLAN.format(area="Torget"), "annexes")
    assert not [t for t in remarks(TEXT, "annexes") if "does not hold" in t]


def test_a_period_counted_from_the_signing() -> None:
    period = record_of(TEXT).period
    assert (period.valid_from, period.valid_to) == ("2021-03-03", "2023-03-02")
    assert period.evidence_by_field["valid_to"].text == "Överenskommelsen gäller i två år från undertecknandet."
    assert period.evidence_by_field["valid_to"].confidence < rule_confidence("period.valid_to")


def test_without_a_signature_such_a_period_stays_words() -> None:
    record = record_of(TEXT.replace("Vikbo den 3 mars 2021", "Vikbo den"))
    assert record.period.valid_from is None
    assert "gäller i två år från undertecknandet" in record.absent["period.valid_from"]


@pytest.mark.parametrize(
    ("was", "now", "kind", "told"),
    [
        ("212000-4516", "212000-4517", "organisation_number", "fails its check digit"),
        ("212000-4516", "202100-0076", "organisation_number", "same organisation number"),
        (
            "gäller i två år från undertecknandet",
            "gäller från 2022-01-01 till och med 2021-01-01",
            "period",
            "before it",
        ),
        ("Nils Alm\nLokalpolisområdeschef", "", "signatories", "signatures only of Anna Berg"),
        (
            "består av kommundirektören och lokalpolisområdeschefen",
            "leder arbetet",
            "groups",
            "no members of Styrgrupp",
        ),
    ],
)
def test_what_a_registrar_remarks_on(was: str, now: str, kind: str, told: str) -> None:
    assert was in TEXT
    assert any(told in text for text in remarks(TEXT.replace(was, now), kind))


def test_a_sound_agreement_has_no_remarks() -> None:
    assert record_of(TEXT.replace(" Se även bilaga 7.", "")).remarks == []


def test_entries_of_a_table_of_contents_without_a_heading() -> None:
    listed = "Innehåll\n1 Parter ............... 1\n2 Styrgrupp ............ 1\n9 Kommunikation ........ 4\n\n1 Parter"
    (told,) = remarks(TEXT.replace("1 Parter", listed, 1), "contents")
    assert "Kommunikation" in told


def test_gaps_have_reasons() -> None:
    absent = record_of(TEXT).absent
    assert set(absent) == {"focus_areas", "contacts"}
    assert all(reason for reason in absent.values())


def test_a_vocabulary_of_ones_own(tmp_path: Path) -> None:
    text = TEXT.replace("3 Arbete", "3 Det vi brinner för\n\n• Lugna kvällar\n• Torgets handel\n\n4 Arbete")
    assert record_of(text).focus_areas == []
    (tmp_path / "headings.toml").write_text('[[role]]\nname = "focus_areas"\nterms = ["Det vi brinner för"]\n')
    assert [a.name for a in record_of(text, tmp_path).focus_areas] == ["Lugna kvällar", "Torgets handel"]
    assert record_of(text).focus_areas == []


def test_words_of_ones_own_for_dates_and_frequencies(tmp_path: Path) -> None:
    text = "Avtal om samverkan\n\nAvtalet gäller från och med 1 göje 2021.\n\nStyrgruppen består av två chefer. "
    text += "Styrgruppen träffas trenne gånger per år."
    plain = record_of(text)
    assert (plain.period.valid_from if plain.period else None, [g.meetings_per_year for g in plain.groups]) == (
        None,
        [None],
    )
    (tmp_path / "dates.toml").write_text("""[months]
"göje" = 2
[[rule]]
name = "old months"
pattern = '(?P<d>[0-9]{1,2}) (?P<m>göje) (?P<y>[0-9]{4})'
""")
    (tmp_path / "numbers.toml").write_text("[cardinals]\ntrenne = 3\n")
    (tmp_path / "frequency.toml").write_text('[words]\nN = ["trenne"]\n')
    record = record_of(text, tmp_path)
    assert record.period is not None and record.period.valid_from == "2021-02-01"
    assert [g.meetings_per_year for g in record.groups] == [3]


VOCABULARIES = [
    ("heads.toml", "", "no vocabulary is called so"),
    ("headings.toml", "[[role]\n", "headings.toml"),
    ("headings.toml", "[[rule]]\nname = 'x'\n", r"no table \[rule\]"),
    ("period.toml", "[[rule]]\nname = 'x'\npattern = '('\n", "cannot be used"),
    ("period.toml", "a = " + "[" * 100_000, "too deep"),
]


def test_a_vocabulary_that_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "headings.toml")
    with pytest.raises(UsageError, match="no regular file"):
        record_of(TEXT, tmp_path)


@pytest.mark.parametrize(("name", "content", "told"), VOCABULARIES)
def test_a_vocabulary_that_cannot_be_used(tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match=told):
        record_of(TEXT, tmp_path)


def test_who_is_reached_may_also_sign() -> None:
    listed = "5 Kontaktpersoner\n\nKommunen: Kommundirektör Anna Berg, 0500-12 34 56\n\n6 Bilagor"
    record = record_of(TEXT.replace("5 Bilagor", listed))
    assert [c.phone for c in record.contacts] == ["0500-12 34 56"]
    assert [s.name for s in record.signatories] == ["Anna Berg", "Nils Alm"]


def test_no_member_of_a_group_is_lost_behind_a_word_that_ends_as_it_does() -> None:
    text = TEXT.replace(
        "Styrgruppen består av kommundirektören och lokalpolisområdeschefen.",
        "Samverkan leds av en styrgrupp. Styrgruppen består av kommundirektören, lokalpolisområdeschefen,\n"
        "skolchefen och utbildningschefen.",
    )
    document = Document("invented.txt", "0" * 64, plain_text.pages_of(text), None)
    found = [m for group in parse(document, ParsingOptions()).groups for m in group.members]
    assert found == ["kommundirektören", "lokalpolisområdeschefen", "skolchefen", "utbildningschefen"]
