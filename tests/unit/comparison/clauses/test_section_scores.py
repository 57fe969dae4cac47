"""How surely two sections are one clause."""

import numpy as np

from avskrift.comparison.clauses.letter_sequences import sequences_of
from avskrift.comparison.clauses.section_scores import SETTINGS, scores_of, weigh_parents
from avskrift.models.agreement import Section

_TEXT = "Polisen och kommunen träffas varje månad för att gå igenom vad som har hänt i Tallviken."


def section(title: str | None, text: str, level: int = 1) -> Section:
    return Section(title=title, level=level, page=1, text=text)


def score(old: Section, new: Section) -> float:
    grams = [sequences_of([one], []) for one in (old, new)]
    return float(scores_of([old], [new], *grams)[0, 0])


def test_the_same_section_scores_one() -> None:
    assert score(section("Möten", _TEXT), section("Möten", _TEXT)) == 1.0


def test_one_title_weighs_where_words_are_others() -> None:
    other = "Ordföranden kallar skriftligen minst två veckor i förväg och för protokoll."
    named, unnamed = (
        score(section("Möten", _TEXT), section("Möten", other)),
        score(section("A", _TEXT), section("B", other)),
    )
    assert named >= SETTINGS.same_title_base > unnamed


def test_a_title_alone_counts_where_there_is_no_text() -> None:
    assert score(section("Möten", ""), section("Möten", "")) > 0.8
    assert score(section("Möten", ""), section("Ekonomi", "")) == 0.0
    assert score(section(None, ""), section(None, "")) == 0.0


def test_no_sections_no_scores() -> None:
    assert scores_of([], [section("A", "")], [], sequences_of([section("A", "")], [])).shape == (0, 1)


def test_clauses_of_one_title_belong_under_the_headings_that_belong_together() -> None:
    """Each area has its own Mål."""
    document = [
        section("Belysning", ""),
        section("Mål", _TEXT, 2),
        section("Skolan", ""),
        section("Mål", _TEXT, 2),
    ]
    scores = np.full((4, 4), 0.7, dtype=np.float32)
    weigh_parents(scores, document, document, {0: 0, 2: 2})
    assert scores[1, 1] > 0.7 > scores[1, 3] and scores[3, 3] > 0.7 > scores[3, 1]
    assert scores[0, 2] == np.float32(0.7)  # a title that stands once is left as it is
