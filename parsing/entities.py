"""Who is named in a text: organisations by kind, and functions, found by spaCy with our own span rules.

The pipeline is blank Swedish: no model is downloaded, nothing is guessed from statistics.
"""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avskrift.models.agreement import PartyKind
from avskrift.parsing.vocabulary import load, remembered

if TYPE_CHECKING:
    from spacy.language import Language

_ORGANISATIONS = frozenset(kind.value for kind in PartyKind)


@dataclass(frozen=True, slots=True)
class Entity:
    """text[start:end] names an organisation (`label` is its kind) or a function (`label` "function")."""

    start: int
    end: int
    label: str
    text: str


@remembered
def _pipeline() -> "Language":
    import re

    import spacy
    from spacy.tokenizer import Tokenizer

    nlp = spacy.blank("sv")
    # Hyphenated and slashed names stay whole: only signs at a word's ends are cut off.
    nlp.max_length = sys.maxsize  # the limit is for models; tokens and rules take a hundred bytes a letter
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=re.compile(r"""^[("'”“»«\[<=|*~_•-]""").search,
        suffix_search=re.compile(r"""(?:[,.;:!?)"'”“»\]>])$""").search,
        token_match=re.compile(r"^(?:t\.f\.|tf\.|m\.fl\.|bitr\.|vik\.)$", re.IGNORECASE).match,
    )
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "named", "overwrite": True})
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": entry["label"], "pattern": pattern}
            for entry in load("entities")["entity"]
            for pattern in entry["patterns"]
        ]
    )
    return nlp


@remembered
def entities_in(text: str) -> tuple[Entity, ...]:
    """Every organisation and function named in `text`, in order; of overlapping ones the longest."""
    doc = _pipeline()(text)
    found = sorted(doc.spans["named"], key=lambda s: (-(s.end_char - s.start_char), s.start_char))
    kept: list[Entity] = []
    for span in found:
        name = _trimmed(span.text) if span.label_ in _ORGANISATIONS else span.text
        start = span.start_char + span.text.index(name)
        if all(start + len(name) <= k.start or start >= k.end for k in kept):
            kept.append(Entity(start, start + len(name), span.label_, name))
    return tuple(sorted(kept, key=lambda e: e.start))


def _trimmed(name: str) -> str:
    """An organisation's name without capitalised words beside it: another's name before, an address after."""
    words = name.split(" ")
    data = load("entities")["no_names"]
    stop = next((i for i, w in enumerate(words) if i and w.lower().rstrip(".:") in data["after_a_name"]), len(words))
    start = 0
    while stop - start > 2 and words[start].lower() in data["before_a_name"] and words[start + 1][:1].isupper():
        if words[start + 1].upper() == "I":  # POLISMYNDIGHETEN I VIKBO
            break
        start += 1
    return " ".join(words[start:stop])


def organisations_in(text: str) -> tuple[Entity, ...]:
    """The organisations among the entities."""
    return tuple(e for e in entities_in(text) if e.label in _ORGANISATIONS)


def functions_in(text: str) -> tuple[Entity, ...]:
    """The functions (titles, offices) among the entities."""
    return tuple(e for e in entities_in(text) if e.label == "function")


def is_person_name(text: str) -> bool:
    """Whether `text` looks like a person's name: two to four capitalised words, no office, no organisation."""
    words = text.replace(".", " ").split()
    if not 2 <= len(words) <= 4 or any(c.isdigit() for c in text):
        return False
    if words[0].lower() in load("entities")["no_names"]["words"]:
        return False
    particles = {"af", "av", "de", "von", "van", "der"}
    if not all(
        (w[:1].isupper() and any(c.islower() for c in w[1:])) or w.lower() in particles or len(w) == 1 for w in words
    ):
        return False
    if any(not (c.isalpha() or c in " .-'’´") for c in text):
        return False
    return not entities_in(text)
