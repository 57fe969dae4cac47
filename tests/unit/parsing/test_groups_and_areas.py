"""Bodies and areas as agreements tell of them: by labels in an annex, bare names, paragraphs, sentences."""

from collections.abc import Sequence

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement, FocusArea, Group
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse

HEAD = """Samverkansöverenskommelse

1 Parter

Tallskogens stadsdelsförvaltning, org.nr 212000-4516, nedan Förvaltningen, och Lokalpolisområde Tallskogen, nedan
Polisen, har träffat följande överenskommelse.

2 Giltighet

Överenskommelsen gäller från och med den 1 maj 2021 till och med den 30 april 2023.
"""
SIGNED = """
3 Underskrifter

Tallskogen den 3 mars 2021

Anna Berg                        Nils Alm
Stadsdelsdirektör                Lokalpolisområdeschef
"""
ANNEX = """Bilaga 1 Samverkansstruktur

Grupp: Ledningsgrupp Tallskogen
Uppgift: beslutar om inriktning och medel
Deltagare: stadsdelsdirektör, lokalpolisområdeschef, chef för
fritidsavdelningen
Mötesfrekvens: 3 gånger/år

Grupp: Parkgrupp
Uppgift: belysning och skötsel av parken
Deltagare: parkingenjör, områdespolis
Mötesfrekvens: var fjortonde dag
"""


def record_of(text: str) -> Agreement:
    return parse(Document("invented.txt", "0" * 64, plain_text.pages_of(text), None), ParsingOptions(learned=False))


def groups_of(text: str) -> Sequence[Group]:
    return record_of(text).groups


def areas_of(text: str) -> Sequence[FocusArea]:
    return record_of(text).focus_areas


@pytest.mark.parametrize(
    "between", ["\n", "                    Sida 2 av 3\n", "Sida 2 av 3\n\f", "sid. 2 (3)\n", "– 2 –\n"]
)
def test_bodies_that_labels_of_an_annex_name(between: str) -> None:
    one, other = groups_of(HEAD + SIGNED + between + ANNEX + "Sida 3 av 3\n")
    assert (one.name, one.kind.value) == ("Ledningsgrupp Tallskogen", "steering")
    assert one.members == ["stadsdelsdirektör", "lokalpolisområdeschef", "chef för fritidsavdelningen"]
    assert (one.meeting_frequency, one.meetings_per_year) == ("3 gånger/år", 3)
    assert one.purpose == "beslutar om inriktning och medel"
    assert (other.name, other.members) == ("Parkgrupp", ["parkingenjör", "områdespolis"])
    assert (other.meeting_frequency, other.meetings_per_year) == ("var fjortonde dag", 26)


def test_a_page_number_in_the_midst_is_no_text() -> None:
    record = record_of(HEAD + "\nParterna ska dela lokaler med\nSida 1 av 3\nvarandra när det behövs.\n" + SIGNED)
    text = next(s.text for s in record.sections if s.title == "Giltighet")
    assert "dela lokaler med varandra när det behövs." in text


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Uppsökande teamet", "Uppsökande teamet möter unga. I teamet ingår:\n- två fältare\n- en kurator", "working"),
        ("Vräkningsförebyggande gruppen", "I gruppen ingår två fältare och en kurator.", "working"),
        ("Unga rådet", "Unga rådet prövar förslag. I rådet sitter två fältare och en kurator.", "forum"),
    ],
)
def test_a_bare_name_that_its_own_text_tells_of(title: str, text: str, kind: str) -> None:
    word = title.split()[-1].capitalize()
    (body,) = groups_of(f"{HEAD}\n3 Arbetsformer\n\n3.1 {title}\n\n{text}\n{word} träffas varje vecka.\n")
    assert (body.name, body.kind.value, body.meetings_per_year) == (title, kind, 52)
    assert body.members == ["två fältare", "en kurator"]


def test_what_a_bare_name_is_for() -> None:
    (body,) = groups_of(
        f"{HEAD}\n3.1 Uppsökande teamet\n\nUppsökande teamet möter unga. I teamet ingår:\n- två fältare\n- en kurator\n"
    )
    assert body.purpose == "Uppsökande teamet möter unga."


def test_a_heading_whose_text_tells_of_no_body() -> None:
    assert not groups_of(f"{HEAD}\n3 Stöd till laget\n\nFöreningen får låna lokaler. Laget betalar ingen hyra.\n")


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        (
            "Gruppen beslutar om medel. I driftgruppen\ningår:\n• Kommunpolisen\n• En fältare",
            "Gruppen beslutar om medel.",
        ),
        (
            "Driftgruppen gör det som har beslutats enligt punkt\n2. I gruppen ingår:\n• Kommunpolisen\n• En fältare",
            "Driftgruppen gör det som har beslutats enligt punkt 2.",
        ),
    ],
)
def test_a_purpose_ends_where_the_members_begin(text: str, purpose: str) -> None:
    (body,) = groups_of(f"{HEAD}\n3 Driftgrupp\n\n{text}\n")
    assert body.purpose == purpose
    assert body.members == ["Kommunpolisen", "En fältare"]


PARAGRAPHS = """
3 Prioriterade områden

{intro}

Unga och dopning. Färre unga ska pröva preparat, och ingen ska kunna köpa dem i
närheten av gymmen.

Otrygga parkeringar. Belysningen ska bli bättre.

Stölder av båtmotorer. Märkning ska försvåra stölderna.
"""


@pytest.mark.parametrize(
    "intro",
    ["Under perioden ska parterna lägga kraften på tre områden.", "Parterna har enats om följande fokusområden."],
)
def test_areas_that_paragraphs_begin_with(intro: str) -> None:
    names = [a.name for a in areas_of(HEAD + PARAGRAPHS.format(intro=intro))]
    assert names == ["Unga och dopning", "Otrygga parkeringar", "Stölder av båtmotorer"]


@pytest.mark.parametrize(
    "text",
    [
        "Arbetet bygger på två frågor.\n\nPolisen patrullerar torget. Så sker varje helg.\n\nVi hör. Alla talar.",
        "Parterna följer läget.\n\nÖppna samtal. Alla får tala.\n\nLugna gator. Farten ska ned.",
        "Det finns tre områden.\n\nÖppna samtal. Alla får tala.\n\nLugna gator. Farten ska ned.",
    ],
)
def test_paragraphs_that_are_no_areas(text: str) -> None:
    assert not areas_of(f"{HEAD}\n3 Arbetssätt\n\n{text}\n")


def test_each_sentence_after_the_label_is_an_activity() -> None:
    areas = areas_of(
        f"""{HEAD}
3 Handlingsplan

3.1 Oro i hamnen

Mål: Färre slagsmål.
Lägesbild: Bråken uppstår vid stängning.
Aktiviteter: Utbildning av vakter och värdar. Tillsyn av utskänkning. Ronder i årskurs
8, 9 och bland äldre.

3.2 Buller

Mål: Tystare nätter.
Lägesbild: Motorljud hörs på fredagar.
Aktiviteter: mätningar, samtal med förare och skyltar
"""
    )
    assert [[a.name for a in area.activities] for area in areas] == [
        ["Utbildning av vakter och värdar", "Tillsyn av utskänkning", "Ronder i årskurs 8, 9 och bland äldre"],
        ["mätningar", "samtal med förare", "skyltar"],
    ]
