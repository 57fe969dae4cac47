"""What became of the objects of one kind."""

from avskrift.comparison.objects.changes import ComparisonRules, Records, changes_of, located, name_evidence, same_name
from avskrift.comparison.objects.groups import ANNEXES
from avskrift.comparison.objects.people import SIGNATORIES
from avskrift.models.agreement import (
    Agreement,
    Annex,
    DocumentHead,
    DocumentKind,
    Evidence,
    Period,
    Section,
    Signatory,
    SourceFile,
)
from avskrift.models.comparison import NOT_HELD, ObjectChange, ObjectChangeType


def place(page: int, confidence: float = 1.0) -> Evidence:
    return Evidence(page=page, line=1, bbox=None, text="x", raw="x", confidence=confidence)


def record(*annexes: Annex, sections: tuple[Section, ...] = (), signed: tuple[Signatory, ...] = ()) -> Agreement:
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file="a.txt", sha256="0" * 64, pages=3, page_sources=["plain_text"] * 3),
        period=Period(),
        annexes=list(annexes),
        sections=list(sections),
        signatories=list(signed),
    )


def annexes(old: Agreement, new: Agreement) -> list[ObjectChange]:
    records = Records.of(old, new, [])
    return changes_of(ANNEXES, located("/annexes", old.annexes), located("/annexes", new.annexes), records)


def types(found: list[ObjectChange]) -> list[tuple[ObjectChangeType, list[str], list[str]]]:
    return [(one.fate, [s.path for s in one.old], [s.path for s in one.new]) for one in found]


def test_kept_changed_added_and_removed() -> None:
    old = record(
        Annex(number="1", title="Karta"), Annex(number="2", title="Budget"), Annex(number="3", title="Lägesbild")
    )
    new = record(
        Annex(number="1", title="Lägesbild"), Annex(number="2", title="Karta"), Annex(number="3", title="Telefonlista")
    )
    assert types(annexes(old, new)) == [
        (ObjectChangeType.CHANGED, ["/annexes/2"], ["/annexes/0"]),
        (ObjectChangeType.CHANGED, ["/annexes/0"], ["/annexes/1"]),
        (ObjectChangeType.ADDED, [], ["/annexes/2"]),
        (ObjectChangeType.REMOVED, ["/annexes/1"], []),
    ]
    assert {one.fate for one in annexes(old, old)} == {ObjectChangeType.KEPT}


def test_an_annex_with_another_title_is_renamed() -> None:
    old, new = record(Annex(number="1", title="Åtgärdsplan")), record(Annex(number="1", title="Åtgärdsplan för skolan"))
    (one,) = annexes(old, new)
    assert one.fate is ObjectChangeType.RENAMED and one.score is not None


def test_a_signatory_in_the_same_office_replaces_another() -> None:
    old, new = (
        record(signed=(Signatory(name=name, title="Kommunchef", evidence=place(1, 0.3)),)) for name in ("A Ek", "B Al")
    )
    found = changes_of(
        SIGNATORIES,
        located("/signatories", old.signatories),
        located("/signatories", new.signatories),
        Records.of(old, new, []),
    )
    assert [one.fate for one in found] == [ObjectChangeType.REPLACED]
    assert found[0].doubt == ["“x” has a confidence of 0.30"]


def test_what_stands_below_the_signatures_that_the_other_file_ends_with() -> None:
    signed = (Signatory(name="A Ek", evidence=place(1)),)
    below = Section(level=1, page=2, evidence=place(2), text="")
    held = Annex(number="2", title="Budget", evidence=place(2))
    old, new = record(held, sections=(below,), signed=signed), record(Annex(number="1", title="Karta"), signed=signed)
    removed = next(one for one in annexes(old, new) if one.fate is ObjectChangeType.REMOVED)
    assert NOT_HELD in removed.doubt


def test_where_a_name_was_read() -> None:
    fields = {"title": place(2), "number": place(3)}
    assert name_evidence(Annex(title="Karta", evidence=place(1), evidence_by_field=fields)) == place(2)
    assert name_evidence(Annex(title="Karta", evidence=place(1))) == place(1)
    assert name_evidence(Annex(title="Karta")) is None


def test_names_that_differ_in_their_endings() -> None:
    assert same_name("Styrgruppen", "Styrgrupp") and same_name("Lokala rådet", "lokala råd")
    assert not same_name("Styrgruppen", "Arbetsgruppen") and not same_name("Råd", "Lokalt råd")


def test_kinds_are_renamed_unless_told_otherwise() -> None:
    kind: ComparisonRules[Annex] = ComparisonRules(ANNEXES.object, ANNEXES.name, ANNEXES.score, 0.5)
    assert kind.renamed(Annex(title="A"), Annex(title="B")) is ObjectChangeType.RENAMED
