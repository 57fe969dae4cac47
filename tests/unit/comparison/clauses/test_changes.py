"""Clauses of two records: what each became."""

from typing import Any

from avskrift.comparison.clauses.changes import clauses_of
from avskrift.models.agreement import (
    Agreement,
    Annex,
    DocumentHead,
    DocumentKind,
    Evidence,
    Period,
    Section,
    SourceFile,
)
from avskrift.models.comparison import ClauseChange, ClauseChangeType, MaterialKind, RunKind

_MEETINGS = "Parterna ska träffas fyra gånger om året. Kommunen kallar till mötena och för protokoll över dem."
_COSTS = "Var och en svarar för sina kostnader. Lokaler lånas ut av kommunen utan ersättning under dagtid."


def record(*sections: tuple[str, str, str], annexes: tuple[Annex, ...] = (), **source: Any) -> Agreement:
    """A record of sections: number, title, text."""
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"], **source),
        period=Period(),
        annexes=list(annexes),
        sections=[
            Section(id=f"s{n}", number=number, title=title, level=1, page=1, text=text)
            for n, (number, title, text) in enumerate(sections)
        ],
    )


def clauses(old: Agreement, new: Agreement) -> list[ClauseChange]:
    remarks: list[str] = []
    found = clauses_of(old, new, [], remarks)
    assert not remarks
    return found


def test_a_number_that_differs_is_material() -> None:
    old = record(("1", "Möten", _MEETINGS), ("2", "Kostnader", _COSTS))
    new = record(("1", "Möten", _MEETINGS.replace("fyra", "sex")), ("2", "Kostnader", _COSTS))
    first, second = clauses(old, new)
    assert first.fate is ClauseChangeType.MATERIAL and second.fate is ClauseChangeType.UNCHANGED
    assert [(c.kind, c.old, c.new) for c in first.substance] == [(MaterialKind.NUMBER, ["fyra"], ["sex"])]


def test_another_word_is_reworded() -> None:
    (one,) = clauses(record(("1", "Möten", _MEETINGS)), record(("1", "Möten", _MEETINGS.replace("över dem", "därvid"))))
    assert one.fate is ClauseChangeType.REWORDED and not one.substance


def test_a_clause_with_another_number_is_renumbered_and_unchanged() -> None:
    old = record(("1", "Möten", _MEETINGS), ("2", "Kostnader", f"{_COSTS} Se punkten 1."))
    new = record(("1", "Syfte", "Trygghet."), ("2", "Möten", _MEETINGS), ("3", "Kostnader", f"{_COSTS} Se punkten 2."))
    added, meetings, costs = clauses(old, new)
    assert added.fate is ClauseChangeType.ADDED and added.old == []
    assert meetings.renumbered and meetings.fate is ClauseChangeType.UNCHANGED
    assert costs.fate is ClauseChangeType.UNCHANGED, "the clause that it points to has that number now"
    assert costs.new[0].path == "/sections/2"


def test_a_sentence_that_went_and_came_elsewhere_has_moved() -> None:
    moved = "Kommunen bjuder in alla boende till ett öppet möte varje höst."
    old = record(("1", "Möten", f"{_MEETINGS} {moved}"), ("2", "Kostnader", _COSTS))
    new = record(("1", "Möten", _MEETINGS), ("2", "Kostnader", f"{_COSTS} {moved}"))
    first, second = clauses(old, new)
    assert first.fate is second.fate is ClauseChangeType.MOVED
    assert [run.old for run in first.runs if run.kind is RunKind.MOVED] == [moved]
    assert [run.new for run in second.runs if run.kind is RunKind.MOVED] == [moved]


def test_a_difference_on_a_badly_read_page_is_in_doubt() -> None:
    new = record(("1", "Möten", _MEETINGS.replace("fyra", "sex")), page_qualities=["poor"])
    (one,) = clauses(record(("1", "Möten", _MEETINGS)), new)
    assert one.fate is ClauseChangeType.MATERIAL and "the reading of page 1 is poor" in one.doubt


def test_evidence_of_a_section_is_handed_on() -> None:
    place = Evidence(page=1, line=3, bbox=None, text="Möten", raw="Möten", confidence=1.0)
    old = record(("1", "Möten", _MEETINGS))
    old = old.model_copy(update={"sections": [old.sections[0].model_copy(update={"evidence": place})]})
    (one,) = clauses(old, record(("1", "Möten", _MEETINGS)))
    assert one.old[0].evidence == place and one.new[0].evidence is None
