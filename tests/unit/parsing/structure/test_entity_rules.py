"""Token patterns are matched as spaCy's span ruler matches them."""

import re
from pathlib import Path

import pytest
import spacy
from spacy.tokenizer import Tokenizer

from avskrift.parsing.structure import entity_tokens
from avskrift.parsing.structure.entity_rules import EntityRules
from avskrift.parsing.vocabulary import Vocabulary

AGREEMENTS = Path(__file__).parents[3] / "documents" / "agreements"
OWN = """
[[entity]]
label = "company"
patterns = ["Norra Hamnen", [{ LIKE_NUM = true }, { LOWER = "torg" }], [{ LOWER = "bolaget" }]]
"""


@pytest.fixture
def own_vocabulary(tmp_path: Path) -> Vocabulary:
    """Patterns of a user's own: a phrase, and one that asks whether a word is a Swedish number."""
    (tmp_path / "entities.toml").write_text(OWN, encoding="utf-8")
    return Vocabulary.from_folder(tmp_path)


def spans_of_ruler(text: str, vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    nlp = spacy.blank("sv")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=re.compile(f"^[{re.escape(entity_tokens.BEFORE_A_WORD)}]").search,
        infix_finditer=entity_tokens.OFFICES_IN_ONE_WORD.finditer,
        suffix_search=re.compile(f"[{re.escape(entity_tokens.AFTER_A_WORD)}]$").search,
        token_match=entity_tokens.ABBREVIATION.match,
    )
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "named", "overwrite": True})
    entities = vocabulary.table("entities")["entity"]
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": e["label"], "pattern": pattern} for e in entities for pattern in e["patterns"]]
    )
    doc = nlp(text)
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans["named"]]


@pytest.mark.parametrize("name", ["alvestad-2020.txt", "other-news.txt", "mortforsa-ks2022.txt"])
def test_a_document_gives_the_same_spans(name: str, vocabulary: Vocabulary) -> None:
    text = (AGREEMENTS / name).read_text(encoding="utf-8")
    assert EntityRules(vocabulary).found_in(text) == spans_of_ruler(text, vocabulary) != []


def test_patterns_of_a_user_may_ask_for_all_that_spacy_knows(own_vocabulary: Vocabulary) -> None:
    text = "Norra Hamnen och bolaget vid tre torg"
    found = EntityRules(own_vocabulary).found_in(text)
    assert [(text[start:end], label) for start, end, label in found if label == "company"] == [
        ("Norra Hamnen", "company"),
        ("bolaget", "company"),
        ("tre torg", "company"),
    ]
    assert found == spans_of_ruler(text, own_vocabulary)
