"""A network that has no code of a sign takes it for some letter, and does not keep others from reading it."""

import numpy as np

from avskrift.ingest.ocr.lstm.candidates import likely_texts, scores_of, text_scores
from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.recogniser import recogniser

SWEDISH = recogniser("swe")


def frames_of(text: str) -> FloatImage:
    """Frames that are sure of a text."""
    frames = np.full((2 * len(text), len(SWEDISH.letters)), 1e-4, np.float32)
    for number, letter in enumerate(text):
        frames[2 * number, SWEDISH.letters.index(letter)] = frames[2 * number + 1, SWEDISH.blank] = 0.99
    return frames


def test_a_sign_is_likelier_than_a_wrong_letter_and_less_so_than_the_one_it_looks_like() -> None:
    assert not any(sign in SWEDISH.letters for sign in "§%")
    scores = scores_of(SWEDISH, frames_of("kap. 5 8"))
    looks_like, sign, wrong = text_scores(SWEDISH, scores, ["kap. 5 8", "kap. 5 §", "kap. 5 k"])
    assert looks_like > sign > wrong


def test_a_network_proposes_no_sign_that_it_has_no_code_of() -> None:
    assert likely_texts(SWEDISH, scores_of(SWEDISH, frames_of("75 94")), 4)[0] == "75 94"
