"""Agreements that a small grammar invents in many manners: every field is found, and nothing beyond.

Names are made of syllables; no place or person is meant. Every choice is drawn by hypothesis, so that combinations
are tried that nobody wrote down.
"""

import textwrap
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse

PLACES = [
    a + b for a in ("Alm", "Björk", "Eke", "Furu", "Gran", "Hassel", "Lind") for b in ("torp", "vik", "hult", "ås")
]
SURNAMES = ["Almgren", "Bergvall", "Dahlin", "Ekwall", "Forsman", "Granlund", "Hedin", "Norell", "Sandelin", "Vikdal"]
FIRST = [
    "Anna",
    "Birgit",
    "Carin",
    "Elias",
    "Fredrik",
    "Göran",
    "Hanna",
    "Ivar",
    "Johanna",
    "Karl-Erik",
    "Åsa",
    "Örjan",
]
AREAS = [
    "Trygga miljöer i centrum",
    "Ungas användning av narkotika",
    "Våld i nära relationer",
    "Bostadsinbrott",
    "Bedrägerier mot äldre",
    "Skadegörelse vid skolor",
    "Trafik och buskörning",
    "Tidiga insatser för barn",
]
MEMBERS = [
    "kommundirektören",
    "socialchefen",
    "lokalpolisområdeschefen",
    "kommunpolisen",
    "säkerhetssamordnaren",
    "fritidschefen",
    "rektorn",
    "trygghetssamordnaren",
]
MEETINGS = [
    ("två gånger per år", 2),
    ("minst fyra gånger per år", 4),
    ("en gång i kvartalet", 4),
    ("varannan månad", 6),
    ("en gång per termin", 2),
    ("varje månad", 12),
    ("varannan vecka", 26),
    ("vid behov", None),
]
GROUPS = ["Styrgrupp", "Arbetsgrupp", "Operativ grupp", "Trygghetsråd", "Beredningsgrupp"]
TITLES = [("Kommundirektör", "Lokalpolisområdeschef"), ("Kommunstyrelsens ordförande", "Tf lokalpolisområdeschef")]
MONTHS = ["januari", "mars", "april", "juni", "september", "oktober"]
NUMBERS = {"januari": 1, "mars": 3, "april": 4, "juni": 6, "september": 9, "oktober": 10}


@dataclass
class Truth:
    """What is true of an invented agreement."""

    parties: list[tuple[str, str | None]] = field(default_factory=list)
    period: tuple[str | None, str | None, bool] = (None, None, False)
    groups: list[tuple[str, list[str], int | None]] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    signatories: list[tuple[str, str]] = field(default_factory=list)
    signed: str = ""


@st.composite
def agreements(draw: st.DrawFn) -> tuple[str, Truth]:
    """An agreement as text, and what is true of it."""
    truth = Truth()
    place, police = draw(st.permutations(PLACES))[:2]
    year = draw(st.integers(2009, 2025))
    numbering = draw(st.sampled_from(["{n} {t}", "{n}. {t}", "§ {n} {t}", "{t}", "{T}", "Artikel {n} {t}"]))
    sections: list[tuple[str, str]] = [
        _parties(draw, truth, f"{place} kommun", f"Lokalpolisområde {police}"),
        ("Bakgrund", "Parterna har länge arbetat tillsammans. Erfarenheterna är goda och arbetet ska fortsätta."),
        _period(draw, truth, year),
        _areas(draw, truth),
        *_groups(draw, truth),
    ]
    if draw(st.booleans()):
        sections.append(_annexes(truth))
    blocks = [
        draw(st.sampled_from(["Samverkansöverenskommelse", "SAMVERKANSAVTAL", "Lokal överenskommelse om samverkan"]))
    ]
    for number, (title, body) in enumerate(sections, 1):
        blocks.append(numbering.format(n=number, t=title, T=title.upper()))
        blocks.append(body)
    blocks.append(_signing(draw, truth, place, year - 1))
    width = draw(st.integers(60, 95))
    return " " + "\n\n".join(_wrapped(block, width) for block in blocks) + "\n", truth


def _wrapped(block: str, width: int) -> str:
    """The block with its long lines broken, those set in columns left."""
    lines = (row if "   " in row else textwrap.fill(row, width, break_long_words=False) for row in block.split("\n"))
    return "\n".join(lines)


def _parties(draw: st.DrawFn, truth: Truth, municipality: str, police: str) -> tuple[str, str]:
    kommun, polis = draw(st.sampled_from([("kommunen", "polisen"), ("Kommunen", "Polisen"), (None, None)]))
    truth.parties = [(municipality, kommun), (police, polis)]
    if kommun is None:
        body = f"Parter i överenskommelsen är {municipality} och {police}."
    else:
        body = draw(
            st.sampled_from(
                [
                    f"Mellan {municipality}, nedan kallad {kommun}, och {police}, nedan kallat {polis}, har följande"
                    "\növerenskommelse träffats.",
                    f"Denna överenskommelse har träffats mellan {municipality} (”{kommun}”) och\n{police} (”{polis}”).",
                    f"• {municipality}, nedan {kommun}\n• {police}, nedan {polis}",
                ]
            )
        )
    return draw(st.sampled_from(["Parter", "Avtalsparter"])), body


def _period(draw: st.DrawFn, truth: Truth, year: int) -> tuple[str, str]:
    month, years = draw(st.sampled_from(MONTHS)), draw(st.integers(1, 4))
    begin, end = f"{year}-{NUMBERS[month]:02d}-01", f"{year + years}-12-31"
    first, last = draw(st.sampled_from([(begin, end), (f"den 1 {month} {year}", f"den 31 december {year + years}")]))
    manner = draw(st.integers(0, 3))
    truth.period = (begin, end, False)
    if manner == 0:
        body = f"Överenskommelsen gäller från och med {first} till och med {last}."
    elif manner == 1:
        body = f"Avtalet löper under tiden {first} – {last}. Det kan sägas upp med tre månaders varsel."
    elif manner == 2:
        truth.period = (begin, None, True)
        body = f"Överenskommelsen träder i kraft {first} och gäller tills vidare."
    else:
        truth.period = (begin, end, True)
        body = f"Överenskommelsen gäller fr.o.m. {first} och tillsvidare, dock längst t.o.m. {last}."
    return draw(st.sampled_from(["Giltighet", "Avtalstid", "Giltighetstid och uppsägning", "Löptid"])), body


def _areas(draw: st.DrawFn, truth: Truth) -> tuple[str, str]:
    truth.areas = draw(st.permutations(AREAS))[: draw(st.integers(2, 5))]
    marker = draw(st.sampled_from(["• ", "- ", "{n}. ", "{a}) "]))
    manner = draw(st.integers(0, 2))
    if manner == 0:
        body = "\n\n".join(
            f"Fokusområde {n}: {area}\nLägesbild: Anmälningarna har ökat.\nMål: Anmälningarna ska minska."
            for n, area in enumerate(truth.areas, 1)
        )
        truth.goals = ["Anmälningarna ska minska."] * len(truth.areas)
    elif manner == 1:
        listed = "\n".join(marker.format(n=i + 1, a="abcdefgh"[i]) + area for i, area in enumerate(truth.areas))
        intro = draw(
            st.sampled_from(
                [
                    "Parterna har enats om följande prioriterade områden:",
                    "Under perioden ska parterna särskilt arbeta med följande frågor:",
                    "Lägesbilden har lett fram till dessa fokusområden:",
                ]
            )
        )
        body = f"{intro}\n\n{listed}"
    else:
        low = [area[0].lower() + area[1:] for area in truth.areas]
        if any(" och " in area for area in low[-1:]):
            low.reverse()
        truth.areas = low
        joint = " samt " if any(" och " in area for area in low) else " och "
        body = "Under perioden ska parterna särskilt prioritera " + ", ".join(low[:-1]) + joint + low[-1] + "."
    return draw(st.sampled_from(["Prioriterade områden", "Fokusområden", "Gemensamma prioriteringar"])), body


def _groups(draw: st.DrawFn, truth: Truth) -> list[tuple[str, str]]:
    sections = []
    table = [f"{'Grupp':<20}{'Deltagare':<95}{'Möten'}"] if draw(st.booleans()) else []
    for name in draw(st.permutations(GROUPS))[: draw(st.integers(1, 3))]:
        members = draw(st.permutations(MEMBERS))[: draw(st.integers(2, 4))]
        words, number = draw(st.sampled_from(MEETINGS))
        truth.groups.append((name, members, number))
        running = ", ".join(members[:-1]) + " och " + members[-1]
        if table:
            table.append(f"{name:<20}{', '.join(members):<95}{words}")
            continue
        definite = {"Operativ grupp": "Gruppen", "Trygghetsråd": "Rådet"}.get(name, name + "en")
        manner = draw(st.integers(0, 3))
        if manner == 0:
            body = f"{definite} består av {running}. {definite} sammanträder {words}."
        elif manner == 1:
            listed = "\n".join(f"• {m}" for m in members)
            body = f"Följande funktioner ingår:\n\n{listed}\n\n{definite} träffas {words}."
        elif manner == 2:
            body = f"Deltagare: {', '.join(members)}\nMötesfrekvens: {words}\nUppdrag: Att följa arbetet."
        else:
            body = f"I gruppen ingår {running}. Möten hålls {words}."
        sections.append((name, body))
    return [("Organisation", "\n".join(table))] if table else sections


def _annexes(truth: Truth) -> tuple[str, str]:
    truth.annexes = ["1", "2"]
    return "Bilagor", "Bilaga 1 Lägesbild\nBilaga 2 Åtgärdsplan"


def _signing(draw: st.DrawFn, truth: Truth, place: str, year: int) -> str:
    people = [
        f"{a} {b}" for a, b in zip(draw(st.permutations(FIRST))[:2], draw(st.permutations(SURNAMES))[:2], strict=True)
    ]
    titles = draw(st.sampled_from(TITLES))
    truth.signatories = list(zip(people, titles, strict=True))
    truth.signed = f"{year}-11-23"
    head = f"Överenskommelsen har upprättats i två likalydande exemplar.\n\n{place} den 23 november {year}\n\n"
    if draw(st.booleans()):
        rows = zip(["_" * 24] * 2, people, titles, strict=True)
        left, right = rows
        return head + "\n".join(f"{a:<40}{b}" for a, b in zip(left, right, strict=True))
    return head + "\n\n".join(f"{'.' * 30}\n{name}\n{title}" for name, title in truth.signatories)


def record_of(text: str) -> Agreement:
    return parse(Document("invented.txt", "0" * 64, plain_text.pages_of(text), None), ParsingOptions(learned=False))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreements())
def test_what_is_true_of_it_is_found(invented: tuple[str, Truth]) -> None:
    text, truth = invented
    record = record_of(text)
    period = record.period
    assert [(p.name, p.defined_term) for p in record.parties] == truth.parties
    assert (period.valid_from, period.valid_to, period.until_further_notice) == truth.period
    assert [(g.name.lower(), g.members, g.meetings_per_year) for g in record.groups] == [
        (name.lower(), members, number) for name, members, number in truth.groups
    ]
    assert [a.name.lower() for a in record.focus_areas] == [a.lower() for a in truth.areas]
    assert [a.goal for a in record.focus_areas if a.goal] == truth.goals
    assert [a.number for a in record.annexes] == truth.annexes
    assert [(s.name, s.title) for s in record.signatories] == truth.signatories
    assert truth.signed in [d.date for d in record.dates if d.role.value == "signed"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_every_value_is_traced(invented: tuple[str, Truth]) -> None:
    """Each piece of evidence quotes words that stand on its page, and each reference points to what is there."""
    text, _ = invented
    record = record_of(text)
    flat = " ".join(text.split())
    objects = [*record.parties, *record.groups, *record.focus_areas, *record.annexes, *record.signatories]
    for found in objects:
        for evidence in found.evidence_by_field.values():
            assert evidence.page == 1
            assert all(word.strip("•-") in flat for word in evidence.raw.split())
    ids = {o.id for o in record.parties} | {o.id for o in record.groups}
    ids |= {o.id for o in record.annexes} | {o.id for o in record.sections}
    assert all(target in ids for reference in record.references for target in reference.targets)
    assert {r.text for r in record.remarks} <= set(record.warnings)
