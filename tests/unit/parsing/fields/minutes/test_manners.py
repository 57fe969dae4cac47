"""Minutes in other manners: lists and running text, notes without paragraphs, excerpts, sentences that decide."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind, Signatory
from avskrift.models.minutes import Minutes
from avskrift.parsing.fields.minutes.field import minutes_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
Read = Callable[[str], Minutes]


@pytest.fixture
def read(structure: Structure) -> Read:
    """Reads minutes of some text below their name."""

    def found(text: str) -> Minutes:
        minutes = minutes_of(structure(f"Minnesanteckningar\n\n{text}"), DocumentKind.MEMO)
        assert minutes is not None
        return minutes

    return found


BOTH = [("Anna Berg", "ordförande", None), ("Nils Alm", "kommunpolis", None)]


@pytest.mark.parametrize(
    ("present", "people"),
    [
        ("Närvarande:\nAnna Berg, ordf.\nNils Alm, kommunpolis", BOTH),
        ("Närvarande: Anna Berg (ordf), Nils Alm (kommunpolis)", BOTH),
        ("Närvarande: Anna Berg, ordförande, Nils Alm,\nkommunpolis", BOTH),
        ("Deltog   Anna Berg, ordf\n         Nils Alm, kommunpolis", BOTH),
        ("Närvarande\nAnna Berg      Vikbo kommun, ordförande\nNils Alm       kommunpolis", BOTH),
        ("| Namn | Funktion | Närvaro |\n| Anna Berg | ordf | Ja |\n| Eva Lund | rektor | Nej |", BOTH[:1]),
        ("Ordinarie ledamöter\nAnna Berg (S)\nNils Alm (C)",
         [("Anna Berg", "ledamot", "S"), ("Nils Alm", "ledamot", "C")]),
        ("Närvarande:\nAnna Berg, Röda Korset\nNils Alm, Viks skola",
         [("Anna Berg", None, None), ("Nils Alm", None, None)]),
        ("Närvarande:\nAnna Berg, ordf\nFrån polisen:\nNils Alm, kommunpolis", BOTH),
        ("Deltagare           Organisation\nAnna Berg           ordf\nNils Alm            kommunpolis", BOTH),
        ("Närvarande: Anna Berg, ordf, Nils-\nErik Alm", [BOTH[0], ("Nils-Erik Alm", None, None)]),
        ("Beslutande: Anna Berg (S), ordf, Nils Alm (C) ersätter Eva Lund (C)",
         [("Anna Berg", "ordförande", "S"), ("Nils Alm", "ersättare", "C")]),
        ("Närvarande: Ordföranden Anna Berg, kommunpolis Nils Alm", BOTH),
        ("Med: Anna, Nils och Eva", [("Anna", None, None), ("Nils", None, None), ("Eva", None, None)]),
        ("Närvarande: Anna Berg, ordf\nFrånvarande: Nils Alm", BOTH[:1]),
        ("Närvarande: Anna Berg (ordf) och Nils Alm (kommunpolis), båda från § 2. Eva Lund hade förhinder.", BOTH),
    ],
)  # fmt: skip
def test_who_was_there(read: Read, present: str, people: list[tuple[str, str | None, str | None]]) -> None:
    before = "Deltagande\n" if present.startswith("|") else ""
    found = read(f"{before}{present}\n\n1. Mötet öppnas\nAnna hälsade välkommen.\n\n2. Torgen\nNils berättade.\n")
    assert [(p.name, p.role, p.political_party) for p in found.present] == people


@pytest.mark.parametrize(
    "chosen",
    [
        "Justerare: Anna Berg",
        "Utses att\njustera        Anna Berg",
        "Att jämte ordföranden justera dagens protokoll utsågs Anna\nBerg.",
        "Till justerare valdes Anna Berg.",
        "Anna Berg utses att jämte ordföranden justera protokollet.",
        "Styrelsen beslutar\natt utse Anna Berg att tillsammans med ordföranden justera protokollet.",
    ],
)
def test_who_was_chosen_to_adjust(read: Read, chosen: str) -> None:
    assert read(f"{chosen}\n\n1. Torgen\nNils berättade.\n").adjusters == ["Anna Berg"]


def test_who_signs_as_adjuster_where_nobody_is_named(structure: Structure) -> None:
    signing = [Signatory(name="Eva Lund", title="Sekreterare"), Signatory(name="Anna Berg", title="Justerande")]
    found = minutes_of(
        structure("PROTOKOLL\n\n§ 4 Torgen\n\nNils berättade.\n"), DocumentKind.PROTOCOL_EXCERPT, signing
    )
    assert found is not None and found.adjusters == ["Anna Berg"]


@pytest.mark.parametrize(
    ("head", "meeting"),
    [
        ("Tid: tisdagen den 12 maj 2031 kl. 9–11\nPlats: Biblioteket", (None, "2031-05-12", "Biblioteket")),
        ("12 maj 2031, kl. 9.00–11.00, digitalt via Teams", (None, "2031-05-12", "digitalt via Teams")),
        ("Torgrådet i Vikbo   2031-05-12", ("Torgrådet i Vikbo", "2031-05-12", None)),
        ("Datum: 2031-05-12     Plats: Biblioteket, rum 2", (None, "2031-05-12", "Biblioteket, rum 2")),
        ("Protokoll fört vid möte med lokala trygghetsrådet i Vikbo", ("lokala trygghetsrådet i Vikbo", None, None)),
    ],
)
def test_the_meeting(read: Read, head: str, meeting: tuple[str | None, ...]) -> None:
    found = read(f"{head}\n\nNärvarande: Anna Berg, Nils Alm\n\n1. Torgen\nNils berättade.\n\n2. Nästa möte\nI juni.\n")
    assert (found.body, found.date, found.place) == meeting


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Beslut\nAvtalet godkänns.\n\nYrkanden\nEva Lund yrkar avslag.", "Avtalet godkänns."),
        ("Eva Lund yrkar avslag.\n\nNämnden beslutar\natt godkänna avtalet.\n\nReservation\nEva Lund.",
         "att godkänna avtalet."),
        ("Nämnden beslutade att godkänna avtalet. Eva Lund berättade.", "Nämnden beslutade att godkänna avtalet."),
        ("Efter diskussion beslutar rådet\n\natt bjuda in skolan, och\n\natt vänta.",
         "att bjuda in skolan, och att vänta."),
        ("Nämnden beslutar\natt godkänna avtalet med tilläggen\n\ndels att det prövas,\n\ndels att det gäller.",
         "att godkänna avtalet med tilläggen dels att det prövas, dels att det gäller."),
        ("Nämnden beslutar\nAvtalet godkänns.\n\nEva Lund tackar.", "Avtalet godkänns."),
        ("Nämnden antar planen med följande ändring:\n\n1. Ordet torg utgår. 2. Tiden kortas.",
         "Nämnden antar planen med följande ändring: 1. Ordet torg utgår. 2. Tiden kortas."),
        ("Nämnden beslöt den 3 maj att vänta.\n\nBeslut\nAvtalet godkänns. Eva Lund (S) reserverar sig.",
         "Avtalet godkänns."),
        ("Kommunfullmäktige beslöt vid sammanträde 2031-01-02, § 3, att vänta.", None),
        ("Beslut: Avtalet förlängs till juni.\n\nEva Lund berättade.", "Avtalet förlängs till juni."),
        ("Frågan bordlades.", "Frågan bordlades."),
        ("Eva Lund yrkar att nämnden beslutar om avslag.", None),
        ("Eva Lund berättade om torgen.", None),
        ("Förslag till beslut\nAvtalet godkänns.", None),
        ("Nämndens beslut\n1. Avtalet godkänns.\n2. Chefen skriver under.\nReservation: Eva Lund",
         "1. Avtalet godkänns. 2. Chefen skriver under."),
    ],
)  # fmt: skip
def test_what_was_decided(read: Read, text: str, decision: str | None) -> None:
    (found,) = read(f"§ 12   Avtal om torgen\n\n{text}\n").items
    assert (found.paragraph, found.title, found.decision) == ("12", "Avtal om torgen", decision)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Ks § 12   Dnr KS 2031/0417\n\nAvtal om torgen\n\nText.", [("12", "Avtal om torgen", "KS 2031/0417")]),
        ("§ 12 Avtal om torgen (dnr 2031-027)\nText.", [("12", "Avtal om torgen", "2031-027")]),
        ("§ 12\nAvtal om torgen\nKS/2031:0092\n\nText.", [("12", "Avtal om torgen", "KS/2031:0092")]),
        ("Kf § 12            Ks § 57/2031\n\nAvtal om torgen\n\nText.", [("12", "Avtal om torgen", None)]),
        ("12 §   Avtal om torgen\n\nText.", [("12", "Avtal om torgen", None)]),
        ("§ 12. Ordföranden hälsade välkommen.\n\n§ 13. Nils berättade.", [("12", None, None), ("13", None, None)]),
        ("§ 12 Torgen\n\nText.\n\n§ 12 forts.\n\nMer.", [("12", "Torgen", None)]),
        ("§ 12 Torgen\n§ 13 Parken\n\n§ 12 Torgen\n\nText.\n\n§ 13 Parken\n\nText.",
         [("12", "Torgen", None), ("13", "Parken", None)]),
        ("1. Torgen\nText.\n\n2. Parken\nDetta ska göras:\n1. Klippa gräset.\n2. Måla bänkar.\n\n3. Hamnen\nText.",
         [("1", "Torgen", None), ("2", "Parken", None), ("3", "Hamnen", None)]),
        ("Avtalet nämns i\n§ 12 i stadgarna, och i § 13.", []),
    ],
)  # fmt: skip
def test_items(read: Read, text: str, items: list[tuple[str, str | None, str | None]]) -> None:
    assert [(i.paragraph, i.title, i.diary_number) for i in read(text).items] == items


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Anslaget sätts upp   2031-05-20      Anslaget tas ner   2031-06-11", ("2031-05-20", "2031-06-11")),
        ("Anslag: 2031-05-20 – 2031-06-11", ("2031-05-20", "2031-06-11")),
        ("Protokollet anslogs   2031-05-20\nÖverklagandetid t.o.m.   2031-06-10\nAnslaget får tas ned   2031-06-11",
         ("2031-05-20", "2031-06-11")),
        ("Justeringen har tillkännagivits på kommunens anslagstavla 2031-05-20.", ("2031-05-20", None)),
        ("Anslagsdatum 2031-05-20   Nedtages 2031-06-11", ("2031-05-20", "2031-06-11")),
        ("Anslag för torgen beviljas 2031-05-20.", (None, None)),
    ],
)  # fmt: skip
def test_the_notice_board(read: Read, text: str, days: tuple[str | None, str | None]) -> None:
    found = read(f"1. Torgen\nNils berättade.\n\n2. Parken\nEva berättade.\n\n{text}\n")
    assert (found.posted, found.taken_down) == days


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Samverkansavtal\n\n§ 1 Parter\n\nVikbo kommun och polisen.\n\n§ 2 Tid\n\nEtt år.\n", DocumentKind.AGREEMENT),
        ("Tjänsteskrivelse\n\nFörslag till beslut\nNämnden godkänner avtalet.\n", DocumentKind.MEMO),
        ("Kontaktlista\n\nAnna Berg, rektor\n", DocumentKind.OTHER),
        ("Avtal om protokoll\n\nProtokoll förs av parterna.\n", DocumentKind.AGREEMENT),
    ],
)
def test_what_is_no_minutes(structure: Structure, text: str, kind: DocumentKind) -> None:
    assert minutes_of(structure(text), kind) is None
