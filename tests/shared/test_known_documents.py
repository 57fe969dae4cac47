"""No rule, example or page of documentation leans on a word, sentence or number of one of the documents that are known.

Looked for in everything but what is trained: what the known documents hold and neither our lexicon nor the invented
documents beside them do. A hit is replaced by what generalises, with an invented example; what has to stay is listed
below with the reason.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KNOWN = ("documents/*.txt", "gold/*.txt", "scans/*.gold.txt")
INVENTED = ("documents/*/*.txt", "annotated/**/*.txt", "annotated/**/*.json*")
SEARCHED = {".py", ".toml", ".md", ".j2", ".txt", ".json", ".sh"}
NOT_SEARCHED = {
    *("tests/shared", "corrections/weights"),
    *(
        "training/agreements",
        "training/second_marks",
        "training/held_back",
    ),  # by writers who saw none of these documents
}

RARE = 14.0
"""The cost (negative natural logarithm of a probability) from which a word of the lexicon counts as rare."""
RARE_SEQUENCE, LEAST_LETTERS = 36.5, 12
"""The same for the costs of four words together, and the letters they have at least: letter-spaced words have few."""
ALLOWED = {
    "a leap day": ["20200229"],
    "plain compounds for what such agreements have": [
        *("samverkansoverenskommelser", "samverkansorganisation", "samverkansforum", "samverkansform", "samordnarna"),
        *("arbetsgrupperna", "chefssamrad", "aktivitetsansvarig", "uppfoljningsplan", "preventionssamordnare"),
        *("stadsdelsforvaltningens", "stadsdelsomrade", "lokalpolisomradets", "brandforsvar", "trygghets", "lunden"),
    ],
    "the commonest misreading of print, m as rn, in two words that every agreement has": [
        *("overenskornmelsen", "samverkansoverenskornmelsen", "ornradet"),
    ],
}
"""What may stand, by the reason."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "documents").exists(), reason="the shared documents are not here"),
    pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the repository"),
]


def words_of(text: str) -> list[str]:
    """The words in small letters without marks: a document that lost them is known as well."""
    return [without_marks(word).lower() for word in re.findall(r"[^\W_]+", text)]


def sequences_of(text: str) -> Iterator[str]:
    """Four words in a row, none of them over the end of a quotation or of an alternative."""
    for piece in re.split(r'["|”]', text):
        words = words_of(piece)
        yield from (" ".join(words[i : i + 4]) for i in range(len(words) - 3))


def numbers_of(text: str) -> set[str]:
    """Numbers of five digits or more, whatever stands between the digits; round ones tell nothing."""
    found = (re.sub(r"\D", "", number) for number in re.findall(r"\d[\d \-/.:]{3,}\d", text))
    return {number for number in found if len(number) >= 5 and len(number.rstrip("0")) > 2}


def texts_of(patterns: tuple[str, ...]) -> list[str]:
    paths = [path for pattern in patterns for path in sorted(SHARED.glob(pattern))]
    return [re.sub(r"-\n\s*", "", path.read_text(encoding="utf-8")) for path in paths]


def rare_things() -> set[str]:
    lexicon = Lexicon()

    def cost(word: str) -> float:
        return min((lexicon.cost(form) for form in (word, *lexicon.forms_of(word))), default=20.0)

    words, sequences, numbers = set[str](), set[str](), set[str]()
    for text in texts_of(KNOWN):
        words |= {word for word in words_of(text) if len(word) >= 5 and word.isalpha()}
        sequences |= set(sequences_of(text))
        numbers |= numbers_of(text)
    for text in texts_of(INVENTED):
        words -= set(words_of(text))
        sequences -= set(sequences_of(text))
        numbers -= numbers_of(text)
    rare_words = {word for word in words if cost(word) >= RARE}
    rare_sequences = {s for s in sequences if len(s) >= LEAST_LETTERS + 3 and not re.search(r"\d", s)}
    rare_sequences = {s for s in rare_sequences if sum(map(cost, s.split())) >= RARE_SEQUENCE}
    return rare_words | rare_sequences | numbers


def searched_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT)
        if path.suffix not in SEARCHED or any(part.startswith(".") for part in place.parts):
            continue
        if place.parts[0] not in {"build", "dist"} and not any(str(place).startswith(skip) for skip in NOT_SEARCHED):
            yield path


def test_nothing_leans_on_one_document() -> None:
    rare = rare_things()
    assert len(rare) > 1_000
    rare -= {thing for things in ALLOWED.values() for thing in things}
    found = defaultdict(list)
    for path in searched_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for thing in {*words_of(line), *sequences_of(line), *numbers_of(line)} & rare:
                found[thing].append(f"{path.relative_to(ROOT)}:{number}")
    assert not found, "\n".join(f"{thing}: {' '.join(places)}" for thing, places in sorted(found.items()))


def test_what_is_allowed_is_still_needed() -> None:
    everything = "\n".join(path.read_text(encoding="utf-8") for path in searched_files())
    held = {*words_of(everything), *numbers_of(everything)}
    assert {thing for things in ALLOWED.values() for thing in things} <= held & rare_things()
