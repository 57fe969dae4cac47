"""The invented documents that the learned reader is trained on, and what is made of them."""

import random
from pathlib import Path

import pytest
from check import faults_of_file, unmarked
from marked import MarkedText, document_of, labels_of, read_all
from variation import Variation, edited

from avskrift.language.lexicon import Lexicon
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.parsing.learned.tokens import tokenized

TRAINING = Path(__file__).parents[3] / "training"
FOLDER = TRAINING / "agreements"
LEXICON = Lexicon()


def test_all_marks_are_possible() -> None:
    paths = sorted(path for name in ("agreements", "held_back") for path in (TRAINING / name).glob("*/*.txt"))
    assert len(paths) >= 400
    assert {path: faults for path in paths if (faults := faults_of_file(path)[0])} == {}


def test_nothing_learns_from_writers_who_are_held_back() -> None:
    hands = [
        {path.name for path in (TRAINING / name).iterdir() if path.is_dir()} for name in ("agreements", "held_back")
    ]
    assert hands[1] and not hands[0] & hands[1]


@pytest.mark.parametrize(
    ("marked", "fault"),
    [
        ("<PARTY>Vikbo", "is not closed"),
        ("<PARTY>Vikbo <TERM>kommunen</TERM></PARTY>", "lies inside"),
        ("<PLACE>Vikbo</PLACE>", "no such tag"),
        ("Vikbo</PARTY>", "closes nothing"),
    ],
)
def test_impossible_marks_are_refused(marked: str, fault: str) -> None:
    assert fault in unmarked(marked)[2][0]


def test_marks_move_with_the_words_that_they_stand_around() -> None:
    text, marks, _ = unmarked("mellan <PARTY>Vikbo kommun</PARTY> och <PARTY>polisen</PARTY>")
    new, moved = edited(text, marks, [(0, 6, "Avtal mellan"), (marks[0].start, marks[0].end, "Ekeby")])
    assert [new[m.start : m.end] for m in moved] == ["Ekeby", "polisen"]


def test_a_variation_has_the_same_values_in_the_same_order() -> None:
    rng = random.Random(3)
    documents = rng.sample(read_all(FOLDER), 40)
    variation = Variation(documents, LEXICON, rng)
    for one in documents:
        made, _ = variation.of(one)
        values, _ = labels_of(made, tokenized(document_of(made), LEXICON))
        tags = [VALUE_TAGS[(v - 1) // 2] for v in values if v > 0 and v % 2 == 1]
        assert tags == [m.tag for m in one.marks if m.tag in VALUE_TAGS], one.name


def test_labels_are_refused_that_do_not_fit_the_text() -> None:
    one = MarkedText("a", "a", "other", "Viken", ())
    other = tokenized(document_of(MarkedText("b", "b", "other", "Viken och Ån", ())), LEXICON)
    with pytest.raises(ValueError, match="signs were read"):
        labels_of(one, other)
