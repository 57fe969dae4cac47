"""Why a difference may be the reading's and not the document's."""

import pytest

from avskrift.comparison.ocr_uncertainty import Reading, misreading_in, weakness_of, weighty
from avskrift.models.agreement import Evidence


def test_weak_evidence() -> None:
    weak = Evidence(page=1, bbox=None, text="rektor", raw="rcktor", confidence=0.5)
    assert weakness_of(weak) == ["“rektor” has a confidence of 0.50, read as “rcktor”"]
    assert weakness_of(weak.model_copy(update={"confidence": 0.6})) == [] and weakness_of(None) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("xq ~w3z", "kommunen svarar", "is no text"),
        ("Lindvalla", "Lindvala", "are spelled almost alike"),
        ("bör", "hör", "differ in one letter"),
    ],
)
def test_likely_misreadings(old: str, new: str, reason: str) -> None:
    (told,) = misreading_in(old.split(), new.split())
    assert told.startswith("may be OCR: ") and reason in told


@pytest.mark.parametrize(
    ("old", "new"), [("kommunen", "polisen"), ("2019", "2018"), ("ska", "bör"), ("", "kommunen svarar"), ("två", "tre")]
)
def test_differences_of_the_documents(old: str, new: str) -> None:
    assert misreading_in(old.split(), new.split()) == []


def test_words_in_doubt_and_pages_read_badly() -> None:
    reading = Reading({1: frozenset({"lindvalla"})}, {3: "poor"}, "")
    assert reading.doubts(["i", "Lindvalla"], [1]) == ["the reading of “Lindvalla” is in doubt"]
    assert reading.doubts(["Lindvalla"], [3]) == ["the reading of page 3 is poor"]
    assert reading.doubts([], [3]) == [] and reading.doubts(["annat"], [2]) == []


def test_words_of_a_footnote() -> None:
    note = "Med trygghet avses här den upplevda tryggheten på allmän plats"
    reading = Reading({}, {}, "".join(note.lower().replace("å", "a").replace("ä", "a").split()))
    assert reading.has_note(note.split()) and not reading.has_note(["trygghet"])
    assert not Reading({}, {}, "").has_note(note.split())


def test_words_that_decide_what_a_sentence_means() -> None:
    assert weighty("ska") == {"obligation"} and weighty("inte") == {"negation"} and weighty("tre") == {"number"}
    assert weighty("kommun") == frozenset()
