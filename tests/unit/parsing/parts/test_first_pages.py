"""What speaks for a page beginning another document, and what against it."""

from dataclasses import replace

import pytest

from avskrift.ingest.files import plain_text
from avskrift.parsing.parts.first_pages import NAMES, begins_document, features_of, likely
from avskrift.parsing.vocabulary import Vocabulary

FIRST = """Avtal om nattvandring
mellan Vikbo kommun och Föreningen Norra Viken

1 Syfte
Fler vuxna ska vandra om natten.

2 Tid
Avtalet gäller i två år.

Vikbo den 3 maj 2031
För Vikbo kommun
Anna Ek
"""
SECOND = """Dnr KS 2032/0417
Överenskommelse om trygga badplatser
mellan Vikbo kommun och Polismyndigheten

1 Bakgrund
Sommaren 2031 var orolig.
"""


def share(*pages: str) -> float:
    made = plain_text.pages_of("\f".join(pages))
    return begins_document(made, len(made) - 1, 0, Vocabulary.shipped())


def said(*pages: str) -> dict[str, float]:
    """The features that are not 0."""
    made = plain_text.pages_of("\f".join(pages))
    features = features_of(made, len(made) - 1, 0, Vocabulary.shipped())
    assert features is not None
    return {name: value for name, value in zip(NAMES, features, strict=True) if value}


def test_an_agreement_behind_another_begins_with_its_page() -> None:
    assert share(FIRST, SECOND) > likely()


@pytest.mark.parametrize(
    "page",
    [
        "3 Tvist\nTvister löses i samråd.\n",
        "och därefter gäller vad parterna skriver.\n",
        "Bilaga 1 Karta över torget\nKartan visar torget.\n",
        "Sida 2 (2)\nAvtal om nattvandring\nTvister löses i samråd.\n",
    ],
)
def test_a_page_that_goes_on_begins_nothing(page: str) -> None:
    assert share(FIRST, page) < 0.5


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("Sida 1 (4)\nTorgen\n", "number 1"),
        ("3 (4)\nTorgen\n", "higher number"),
        ("Dnr KS 2032/0417\nTorgen\n", "diary number"),
        ("Bilaga 2: Karta\n", "annex"),
        ("3 Tvist\nTvister löses.\n", "numbering goes on"),
        ("1 Bakgrund\nSommaren var orolig.\n", "numbering begins anew"),
        ("PROTOKOLLSUTDRAG\n", "form of a document"),
        ("till den som vandrar.\n", "begins within a sentence"),
        ("Avtal om nattvandring\nTvist\n", "head of the page before"),
    ],
)
def test_what_is_looked_at(page: str, name: str) -> None:
    assert said(FIRST, page)[name] == 1.0
    assert name not in said(FIRST, "Torgen är lugna.\n")


def test_an_empty_page_begins_nothing_and_hides_nothing() -> None:
    first, second = plain_text.pages_of(f"{FIRST}\f{SECOND}")
    blank = replace(first, number=2, lines=())
    assert begins_document((first, blank), 1, 0, Vocabulary.shipped()) == 0.0
    assert begins_document((first, blank, second), 2, 0, Vocabulary.shipped()) > likely()


def test_a_name_that_was_spoken_of_before_is_less_telling() -> None:
    spoken = f"{FIRST}Till avtalet hör Överenskommelse om trygga badplatser.\n"
    assert said(spoken, SECOND)["named before"] > said(FIRST, SECOND).get("named before", 0)
    assert share(spoken, SECOND) < share(FIRST, SECOND)


def test_minutes_speak_of_what_lies_behind_them() -> None:
    excerpt = "PROTOKOLLSUTDRAG\n§ 4 Överenskommelse om trygga badplatser\nKommunstyrelsen godkänner den.\n"
    assert "named before" not in said(excerpt, SECOND)
    assert share(excerpt, f"Bilaga till § 4\n{SECOND}") > share(FIRST, f"Bilaga till § 4\n{SECOND}")


UNNUMBERED = """Överenskommelse om samverkan mellan Vikbo kommun och
Lokalpolisområde Norra Viken

§ 1 Parter
Vikbo kommun och Lokalpolisområde Norra Viken har kommit överens.

§ 2 Undertecknande
Vikbo den 3 maj 2031

Anna Ek
Kommunchef

Bo Alm
Lokalpolisområdeschef
"""
OTHERS = """Samverkansavtal mellan Holmby kommun och
Lokalpolisområde Södra Holmen

Avtalsparter
Detta avtal har träffats mellan Holmby kommun och Lokalpolisområde Södra Holmen.
"""


def test_a_title_of_other_parties_behind_signatures_begins_a_document() -> None:
    assert share(UNNUMBERED, OTHERS) > likely()
    told = said(UNNUMBERED, OTHERS)
    assert told["other parties"] == told["signatures end the page before"] == told["named behind signatures"] == 1


def test_the_parties_of_the_document_itself_are_no_others() -> None:
    own = OTHERS.replace("Holmby", "Vikbo")
    assert "other parties" not in said(UNNUMBERED, own)
    assert "other parties" not in said("Vikbo och Holmby samverkar\nDalby kommun deltar.\n", OTHERS)
    assert "other parties" not in said("Dalby kommun samverkar med Holmbys poliser.\n", OTHERS)


def test_a_running_head_with_a_page_number_in_a_column_goes_on() -> None:
    assert said(UNNUMBERED, "Polismyndigheten   Överenskommelse   Sida 2\nFormer\n")["higher number"] == 1
