"""Focus areas of a document, wherever it names them."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind, FocusArea
from avskrift.parsing.fields.focus_areas.field import focus_areas_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
BOTH = ["Lugna torg", "Trygga hamnar"]

SOURCES = {
    "headings": "3 Prioriterade områden\n\n3.1 Lugna torg\n\nVi vandrar.\n\n3.2 Trygga hamnar\n\nVi lyser upp.",
    "sections told of alike": "3 Arbete\n\n3.1 Lugna torg\n\nMål: Färre bråk.\nLägesbild: Det är stökigt.\n\n"
    "3.2 Trygga hamnar\n\nMål: Mer ljus.\nLägesbild: Det är mörkt.",
    "headings, with labels": "3 Prioriterade områden\n\n3.1 Lugna torg\n\nMål: Färre bråk.\n"
    "Lägesbild: Det är stökigt.\n\n"
    "3.2 Trygga hamnar\n\nMål: Mer ljus.\nLägesbild: Det är mörkt.",
    "a list": "3 Arbete\n\nParterna prioriterar följande områden:\n\n• Lugna torg\n• Trygga hamnar",
    "paragraphs": "3 Prioriterade områden\n\nUnder perioden ska parterna lägga kraften på två "
    "områden.\n\nLugna torg. Färre ska bråka på torgen, och ingen ska behöva vara rädd i\nnärheten av dem.\n\n"
    "Trygga hamnar. Belysningen ska bli bättre.",
    "a sentence": "3 Arbete\n\nPrioriterade områden under perioden är lugna torg, trygga hamnar och ljusa parker.",
    "numbered headings": "Fokusområde 1: Lugna torg\n\nVi vandrar varje fredag.\n\n"
    "Fokusområde 2: Trygga hamnar\n\nVi lyser upp.",
    "a table": "3 Arbete\n\nOmråde           Mål             Lägesbild\n"
    "Lugna torg       Färre bråk      Det är stökigt\nTrygga hamnar    Mer ljus        Det är mörkt",
}


def areas(structure: Structure, text: str) -> list[FocusArea]:
    return focus_areas_of(structure(f"Överenskommelse\n\n{text}\n"), DocumentKind.AGREEMENT)


@pytest.mark.parametrize("source", SOURCES)
def test_places_where_areas_are_named(structure: Structure, source: str) -> None:
    names = [a.name for a in areas(structure, SOURCES[source])]
    assert names[:2] == BOTH if source != "a sentence" else names == ["Lugna torg", "Trygga hamnar", "Ljusa parker"]


@pytest.mark.parametrize(
    "told",
    [
        "Parterna ska arbeta med två områden. Planer skrivs.\n\n• Lugna torg\n  Där bråkar många.\n\n• Trygga hamnar",
        "Följande två områden är prioriterade.\n\nLugna torg\nDet bråkas mycket på torgen och det ska bli bättre.\n\n"
        "Trygga hamnar\nDet är mörkt i hamnarna och där behövs mer ljus än i dag.",
        "Parterna har två prioriterade områden – lugna torg och trygga hamnar.",
        "Avtalet har lugna torg och trygga hamnar som prioriterade områden.",
        "Under året prioriteras två områden, nämligen lugna torg och trygga hamnar.",
        "Utifrån vad de boende har svarat prioriteras följande områden:\n- Lugna torg\n- Trygga hamnar",
    ],
)
def test_areas_without_a_heading(structure: Structure, told: str) -> None:
    assert [a.name for a in areas(structure, f"Parterna vill mycket.\n\n{told}")] == BOTH


@pytest.mark.parametrize(
    "told",
    [
        "De boende tycker att kommunen ska prioritera dessa områden:\n\n- Ljus\n- Renhet\n- Buller",
        "De vanligaste svaren om vad som bör prioriteras var:\n- Ljus\n- Renhet",
        "Parterna ska samverka i fyra moment:\n1. Inläsning\n2. Analys\n3. Insats\n4. Bokslut",
        "Vi arbetar tillsammans på följande sätt:\n- Skolan samlar in fakta\n- En plan upprättas\n- Planen genomförs",
    ],
)
def test_answers_and_steps_are_no_areas(structure: Structure, told: str) -> None:
    assert areas(structure, f"Parterna vill mycket.\n\n{told}") == []


def test_goal_and_situation_have_their_words(structure: Structure) -> None:
    one, _ = areas(structure, SOURCES["headings, with labels"])
    assert (one.goal, one.situation, one.purpose) == ("Färre bråk.", "Det är stökigt.", None)
    assert {name: e.text for name, e in one.evidence_by_field.items()} == {
        "name": "Lugna torg",
        "goal": "Färre bråk.",
        "situation": "Det är stökigt.",
    }


PLAN = """Bilaga 1

Handlingsplan

Fokusområde: Lugna torg

Aktivitet            Vandringar
Mål                  Fler ljuspunkter
Syfte                Ett ljusare torg
Löptid               Tillsvidare
Mötesfrekvens        En gång i månaden
Sammankallande       Kommunpolisen
Uppföljning          Enkät
"""


def test_an_action_plan_is_gathered_into_its_area(structure: Structure) -> None:
    one, other = areas(structure, f"{SOURCES['a list']}\n\n{PLAN}")
    (activity,) = one.activities
    assert (activity.name, activity.goal, activity.duration) == ("Vandringar", "Fler ljuspunkter", "Tillsvidare")
    assert activity.evidence_by_field["convener"].text == "Kommunpolisen"
    assert other.activities == []


def test_a_plan_of_no_known_area_is_one_itself(structure: Structure) -> None:
    names = [a.name for a in areas(structure, f"{SOURCES['a list']}\n\n{PLAN.replace('Lugna torg', 'Brandskydd')}")]
    assert names == [*BOTH, "Brandskydd"]


def test_activities_under_their_label(structure: Structure) -> None:
    text = SOURCES["headings, with labels"].replace("stökigt.", "stökigt.\nAktiviteter: vandringar, samtal och skyltar")
    one, other = areas(structure, text)
    assert [a.name for a in one.activities] == ["vandringar", "samtal", "skyltar"]
    assert other.activities == []


def test_where_there_are_none(structure: Structure) -> None:
    assert areas(structure, "3 Arbete\n\nParterna vill ha lugna torg.") == []
    outline = structure(f"Faktura\n\n{SOURCES['a list']}\n")
    assert focus_areas_of(outline, DocumentKind.OTHER) == []
