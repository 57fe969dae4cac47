"""What a comparison must never say: that nothing changed where something did, or the other way round."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.comparison import compare
from avskrift.comparison.objects.coverage import coverage_remarks
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import ClauseChangeType
from avskrift.output.sanitise import sanitised

Reader = Callable[[str], Agreement]
AGREEMENT = (Path(__file__).parent / "nasudden-2018.txt").read_text(encoding="utf-8")
CLAUSE = (
    "Parterna ska informera varandra om händelser som har betydelse för samverkan. Sekretess\n"
    "får inte hindra att Parterna möts."
)


def fate(record_of: Reader, old: str, new: str) -> ClauseChangeType:
    """What the clause on information became when its words were first these, then those."""
    a, b = (record_of(AGREEMENT.replace(CLAUSE, text)) for text in (old, new))
    return next(c.fate for c in compare(a, b, patch=False).clauses if c.old and c.old[0].title == "Information")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Polisen får inte kalla. Förvaltningen får kalla.", "Polisen får kalla. Förvaltningen får inte kalla."),
        (
            "Polisen svarar inom tre månader. Förvaltningen svarar.",
            "Polisen svarar. Förvaltningen svarar inom tre månader.",
        ),
        ("Kostnaden är 2,5 miljoner.", "Kostnaden är 25 miljoner."),
        ("Stödet räcker i 2-3 år.", "Stödet räcker i 23 år."),
        ("Svar ges inom trettio dagar.", "Svar ges inom sextio dagar."),
        ("Svar ges före mötet.", "Svar ges efter mötet."),
        ("Svar ska ges skriftligen.", "Svar ska ges muntligen."),
        ("Beslutet är giltigt.", "Beslutet är ogiltigt."),
    ],
)
def test_a_difference_in_substance_is_told(record_of: Reader, old: str, new: str) -> None:
    assert fate(record_of, old, new) is ClauseChangeType.MATERIAL
    assert fate(record_of, new, old) is ClauseChangeType.MATERIAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Den som är berörd svarar.", "Den som är berörd och engagerad svarar."),
        ("Alla ska ingå i arbetet.", "Alla ska vara med och ingå i arbetet."),
    ],
)
def test_a_clause_that_is_only_reworded_is_told_so(record_of: Reader, old: str, new: str) -> None:
    assert fate(record_of, old, new) is ClauseChangeType.REWORDED


def test_meetings_that_changed_are_not_in_doubt(record_of: Reader) -> None:
    other = AGREEMENT.replace("ska träffas två gånger", "ska träffas tre gånger")
    values = [v for o in compare(record_of(AGREEMENT), record_of(other), patch=False).objects for v in o.values]
    assert [v.doubt for v in values if v.field == "meetings_per_year"] == [[]]


def test_words_outside_clauses_are_told(record_of: Reader) -> None:
    record = record_of(AGREEMENT)
    lines = [AGREEMENT.splitlines(), ["Vite ska betalas med hundra kronor för varje dag som går"] * 3]
    (remark,) = coverage_remarks("old", record, lines)
    assert remark.endswith("they are compared only as far as the fields hold them")
    assert coverage_remarks("old", record, []) == []


def test_text_that_steers_is_made_harmless() -> None:
    assert sanitised("a\x1b[2Jb\u202ec\x00\ud800å\n") == "a\ufffd[2Jb\ufffdc\ufffd\ufffdå\n"
