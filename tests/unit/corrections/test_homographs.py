"""Words that only marks tell apart are told apart by the words around them."""

import math

import pytest

from avskrift.corrections.homographs import Context, homographs
from avskrift.corrections.lines import corrected_lines
from avskrift.language.lexicon import lexicon
from avskrift.models.options import CorrectingOptions


def chances(line: str, word: str) -> dict[str, float]:
    known = lexicon()
    features = Context([line]).features(0, line.index(word))
    assert features is not None
    return homographs(known).log_probabilities(known.forms_of(word), features)


@pytest.mark.parametrize(
    ("line", "word", "printed"),
    [
        ("Parterna traffas tva ganger per ar och foljer upp arbetet", "ar ", "år"),
        ("Kommunen ar en part i overenskommelsen", "ar ", "är"),
        ("Motet halls fyra ganger/ar med start i maj", "ar ", "år"),
        ("Kommunen har ansvar for lokalerna", "har", "har"),
        ("Den har overenskommelsen galler tills vidare", "har", "här"),
    ],
)
def test_surroundings_decide(line: str, word: str, printed: str) -> None:
    found = chances(line, word.strip()) if word.strip() != "ar" else _at(line, line.rindex(word), "ar")
    assert max(found, key=lambda form: found[form]) == printed


def _at(line: str, start: int, word: str) -> dict[str, float]:
    known = lexicon()
    features = Context([line]).features(0, start)
    assert features is not None
    return homographs(known).log_probabilities(known.forms_of(word), features)


def test_chances_are_probabilities() -> None:
    assert sum(math.exp(told) for told in chances("De har varit har", "har").values()) == pytest.approx(1.0)


def test_surroundings_are_the_same_before_and_after_correction() -> None:
    bare, whole = Context(["Hur star det till har i ar?"]), Context(["Hur står det till här i år?"])
    assert bare.features(0, 18) == whole.features(0, 18) and bare.features(0, 1) is None


def test_labels_before_a_colon() -> None:
    text = [
        "Parterna ar overens om att folja upp arbetet med trygghet i omradet varje ar.",
        "Polisens statistik visar fler anmalda brott, och invanarna kanner sig mindre trygga.",
        "Anmalda brott i ar. Kalla: Polisens statistik",
    ]
    assert corrected_lines(text, CorrectingOptions()).lines[2].text == "Anmälda brott i år. Källa: Polisens statistik"
