"""Organisation charts: boxes side by side, each a body with its members and meetings."""

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Group
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse

HEAD = """ Samverkansöverenskommelse

Vikbo kommun, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har träffat
följande överenskommelse.

1 Organisation

Samverkan är organiserad som bilden visar.

"""
CHART = """            Styrgrupp
            Kommundirektör
            Lokalpolisområdeschef
            4 gånger per år

  Beredningsgrupp           Lokala BRÅ               EST-grupp
  Säkerhetssamordnare   Ordförande i nämnden       Fältassistent
     Kommunpolis          Näringslivschef          Områdespolis
  En gång i månaden           Rektor                Varje vecka
                       Två gånger per termin

"""
TAIL = """2 Giltighet

Överenskommelsen gäller från och med den 1 januari 2022 till och med den 31 december 2025.
"""


def groups(chart: str) -> dict[str, Group]:
    document = Document("invented.txt", "0" * 64, plain_text.pages_of(HEAD + chart + TAIL), None)
    return {g.name: g for g in parse(document, ParsingOptions(learned=False)).groups}


def test_boxes_side_by_side_are_told_apart() -> None:
    told = {name: (g.members, g.meeting_frequency, g.meetings_per_year) for name, g in groups(CHART).items()}
    assert told == {
        "Styrgrupp": (["Kommundirektör", "Lokalpolisområdeschef"], "4 gånger per år", 4),
        "Beredningsgrupp": (["Säkerhetssamordnare", "Kommunpolis"], "En gång i månaden", 12),
        "Lokala BRÅ": (["Ordförande i nämnden", "Näringslivschef", "Rektor"], "Två gånger per termin", 4),
        "EST-grupp": (["Fältassistent", "Områdespolis"], "Varje vecka", 52),
    }


def test_a_lone_line_that_no_box_stands_over_is_given_to_none() -> None:
    shifted = CHART.replace(
        "  Säkerhetssamordnare   Ordförande i nämnden       Fältassistent", "Kanslist   Rektor   Präst"
    )
    shifted = shifted.replace("     Kommunpolis          Näringslivschef          Områdespolis", "Kock   Vakt   Polis")
    shifted = shifted.replace("                       Två gånger per termin", "Två gånger per termin")
    frequencies = [g.meeting_frequency for g in groups(shifted).values()]
    assert "Två gånger per termin" not in frequencies


def test_columns_of_running_text_are_no_boxes() -> None:
    prose = """  Styrgruppen               Arbetsgruppen
  Parterna delar på         Kostnaderna redovisas
  kostnaderna lika.         i slutet av året.

"""
    assert groups(prose) == {}
