"""An invented archive whose documents tell their areas in a manner of their own, which the shipped reader does not
know, and the records that people verified: what the reader missed they wrote down without saying where it stands."""

from pathlib import Path

from avskrift.models.agreement import Agreement, FocusArea
from avskrift.models.options import CorrectingOptions, PipelineOptions, ReadingOptions
from avskrift.output.record.json_file import json_of
from avskrift.pipeline import parse_file

OPTIONS = PipelineOptions(reading=ReadingOptions(engine="none"), correcting=CorrectingOptions(enabled=False))
TAUGHT, NEW = range(6), range(6, 8)
"""The documents that people verified, and others."""

_PLACES = ("Vikbo", "Lövnäs", "Granhult", "Norrby", "Ekesta", "Tallunda", "Hagryd", "Sandvik")
_MATTERS = (
    *("Buller vid hamnen", "Tomma skollokaler", "Cyklar på torget", "Ensamma äldre", "Eldning i parken"),
    *("Oro kring stationen", "Klotter på broar", "Nattlig mopedtrafik", "Skräp vid badplatsen"),
    *("Otrygga gångtunnlar", "Ungdomar utan sysselsättning", "Bråk på krogar", "Stölder ur förråd"),
    *("Fusk med färdtjänst", "Trafik vid skolor", "Lösa hundar", "Fulkörning på isen", "Tjuvfiske"),
    *("Mörka busshållplatser", "Spring i trapphus", "Ordningsvakter på marknaden"),
    *("Trasiga lekplatser", "Hot mot bibliotekarier", "Övergivna båtar"),
)
_TEXT = """Samverkansöverenskommelse

Mellan {place} kommun, nedan kallad kommunen, och Polismyndigheten, lokalpolisområde {place}, nedan kallad polisen, har
träffats följande överenskommelse.

1 Bakgrund
Kommunen och polisen har sedan länge ett gott samarbete. Parterna vill nu ge det fastare former.

2 Övrigt
{areas}

3 Ledning
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år.

4 Giltighet
Överenskommelsen gäller från den 1 mars 203{number} till den 28 februari 204{number}.


Anna Ek                          Bo Al
kommunchef                       lokalpolisområdeschef
"""


def areas_of(number: int) -> list[str]:
    """The areas of a document."""
    return list(_MATTERS[3 * number : 3 * number + 3])


def text_of(number: int) -> str:
    """The text of a document."""
    names = (name[0].lower() + name[1:] for name in areas_of(number))
    areas = [f"Värd {count} tar hand om {name}." for count, name in zip(("ett", "två", "tre"), names, strict=True)]
    return _TEXT.format(place=_PLACES[number], areas="\n".join(areas), number=number)


def write_documents(folder: Path) -> list[Path]:
    """The documents of the archive as text files."""
    paths = [folder / f"avtal-{number}.txt" for number in (*TAUGHT, *NEW)]
    for number, path in enumerate(paths):
        path.write_text(text_of(number), encoding="utf-8")
    return paths


def verified(path: Path, number: int) -> Agreement:
    """The record of a document as people corrected it."""
    record = parse_file(path, OPTIONS)
    found = {area.name: area for area in record.focus_areas}
    return record.model_copy(update={"focus_areas": [found.get(n) or FocusArea(name=n) for n in areas_of(number)]})


def write_records(folder: Path, documents: list[Path]) -> list[Path]:
    """The verified records of the documents that people looked at, as JSON."""
    paths = [folder / f"avtal-{number}.json" for number in TAUGHT]
    for number, path in zip(TAUGHT, paths, strict=True):
        path.write_text(json_of(verified(documents[number], number)), encoding="utf-8")
    return paths
