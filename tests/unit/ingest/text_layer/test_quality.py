"""Which text layers are trusted."""

from avskrift.ingest.text_layer.quality import quality_of_layer
from avskrift.ingest.text_layer.word_text import composed

WHOLE = (
    "Överenskommelsen gäller från och med den första mars och löper tills vidare. Styrgruppen ska sammanträda minst "
    "två gånger per år och följa upp arbetet. Kommunen och polisen är överens om att minska brottsligheten på orten "
    "och att öka tryggheten för alla som bor, arbetar och går i skolan här. Lägesbilden uppdateras varje höst."
)


def test_swedish_is_trusted() -> None:
    assert quality_of_layer(WHOLE, invisible=False, picture_share=0.0).trusted


def test_swedish_without_marks_is_not() -> None:
    lost = WHOLE.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    verdict = quality_of_layer(lost, invisible=False, picture_share=0.0)
    assert not verdict.trusted and "å ä ö" in verdict.reason


def test_shifted_encodings_are_not() -> None:
    shifted = "".join(chr(ord(c) - 29) if 65 <= ord(c) < 123 else c for c in WHOLE)
    assert not quality_of_layer(shifted, invisible=False, picture_share=0.0).trusted


def test_signs_without_a_meaning_are_not() -> None:
    assert not quality_of_layer("(cid:12)(cid:33)" * 60 + WHOLE, invisible=False, picture_share=0.0).trusted


def test_a_few_letters_over_a_picture_are_not() -> None:
    assert not quality_of_layer("Sida 1 av 3", invisible=False, picture_share=0.9).trusted
    assert quality_of_layer("Sida 1 av 3", invisible=False, picture_share=0.0).trusted


def test_english_without_marks_is_trusted() -> None:
    english = "The parties agree to cooperate and to share what they know about crime in the district. " * 6
    assert quality_of_layer(english, invisible=False, picture_share=0.0).trusted


def test_marks_that_stand_as_signs_are_composed() -> None:
    assert composed("Revisionsbera\u0308ttelse") == "Revisionsberättelse"
    assert composed("bero¨ra") == "beröra"
