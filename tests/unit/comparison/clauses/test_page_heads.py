"""What a page's head or foot left in the text of a clause."""

from avskrift.comparison.clauses.alignment import ClausePair
from avskrift.comparison.clauses.compared_clause import ComparedClause, compared_clause
from avskrift.comparison.clauses.material_change import Actors
from avskrift.comparison.clauses.page_heads import SETTINGS, is_page_head, recurring_words
from avskrift.comparison.clauses.words import tokens_of
from avskrift.models.agreement import Section
from avskrift.models.comparison import RunKind


def clause(old: str, new: str) -> ComparedClause:
    before, after = ([Section(level=1, page=1, text=text)] for text in (old, new))
    return compared_clause(
        ClausePair((0,), (0,), 1.0), before, after, lambda a, b: a.key == b.key, Actors(frozenset()), ()
    )


def test_words_that_only_one_side_has_in_several_places() -> None:
    head = "Lindvalla kommun"
    some = [
        clause(f"Mötet leds av {head} ordföranden.", "Mötet leds av ordföranden."),
        clause(f"Talan väcks {head} vid tingsrätten.", "Talan väcks vid tingsrätten."),
    ]
    assert recurring_words(some, RunKind.REMOVED) == {"lindvallakommun"}
    assert recurring_words(some, RunKind.ADDED) == frozenset()
    assert recurring_words(some[:1], RunKind.REMOVED) == frozenset()


def test_page_numbers_and_recurring_words_are_heads() -> None:
    assert is_page_head(tokens_of("Granby kommun sida 4"), frozenset())
    assert is_page_head(tokens_of("Lindvalla kommun 3"), frozenset({"lindvallakommun"}))
    assert not is_page_head(tokens_of("ordföranden"), frozenset({"lindvallakommun"}))


def test_a_long_stretch_is_no_head() -> None:
    long = " ".join(["Lindvalla"] * (SETTINGS.most_words + 1))
    assert not is_page_head(tokens_of(long), frozenset({"lindvalla" * (SETTINGS.most_words + 1)}))
