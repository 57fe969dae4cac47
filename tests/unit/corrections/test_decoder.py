"""The decoder: the cheapest path through the readings of a line, by tagger, table, neighbours and the document."""

import pytest

from avskrift.corrections.candidates import Candidates
from avskrift.corrections.damage import TextDamage
from avskrift.corrections.decoder import Decoder
from avskrift.corrections.homographs import Context
from avskrift.corrections.names import name_key
from avskrift.corrections.tagger import tagger
from avskrift.corrections.tokens import tokenize
from avskrift.corrections.word_lattice import SETTINGS, Evidence, WordLattice
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.edits import Edit, apply

DAMAGED = TextDamage((0.95, 0.95, 0.95), 0.1)


def evidence(lines: list[str], **more: object) -> Evidence:
    candidates = Candidates(lexicon(), compounds(), DAMAGED, {})
    return Evidence(candidates, lexicon(), context=Context(lines), **more)  # type: ignore[arg-type]


def decoded(line: str, before: str | None = ".", **more: object) -> tuple[list[Edit], str | None]:
    lattice = tagger().tagged([line], DAMAGED)[0]
    return Decoder(evidence([line], **more)).decode(0, tokenize(line), lattice, before)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Parterna foljer upp sarnverkan varje ar", "Parterna följer upp samverkan varje år"),
        ("Avtalet galler fran och med i ar", "Avtalet gäller från och med i år"),
        ("Vi ar har for att folja upp", "Vi är här för att följa upp"),
        ("Styrgruppen ska traffas varje manad", "Styrgruppen ska träffas varje månad"),
    ],
)
def test_a_line_is_read_in_the_company_of_its_words(read: str, printed: str) -> None:
    edits, last = decoded(read)
    assert apply(read, edits) == printed
    assert last == printed.split()[-1].lower()


def test_edits_are_whole_words_with_rule_and_probability() -> None:
    edits, _ = decoded("Parterna foljer upp sarnverkan")
    assert [(e.raw_start, e.raw_end, e.replacement, e.rule) for e in edits] == [
        (9, 15, "följer", "diacritics"),
        (20, 30, "samverkan", "glyphs"),
    ]
    assert all(0.5 < e.confidence < 1.0 for e in edits)


def test_a_name_that_the_document_agrees_on() -> None:
    edits, _ = decoded("Polisen i Flardvik traffas", names={name_key("Flardvik"): "Fjärdvik"})
    assert ("Fjärdvik", "document") in [(e.replacement, e.rule) for e in edits]


def test_fixed_tokens_are_context_only() -> None:
    line = "Dnr KS 2021/12 galler"
    edits, _ = decoded(line)
    assert [e.replacement for e in edits] == ["gäller"]


def test_nothing_to_decode() -> None:
    assert decoded("", "och") == ([], "och")


def test_settled_tokens_have_one_edge_and_others_the_reading_as_it_came() -> None:
    line = "Parterna foljer xqzzyk"
    tokens = tokenize(line)
    lattice = WordLattice(evidence([line]))
    row = lattice.line(0, tokens, tagger().tagged([line], DAMAGED)[0])
    settled = [edge.candidate.text if edge is not None else None for edge in row.settled]
    assert settled[1:] == ["följer", None]
    edges = lattice.edges(row, 2, 3)
    assert 1 <= len(edges) <= SETTINGS.most_readings + 1
    assert any(not edge.candidate.rule for edge in edges)
    assert [(edge.first, edge.last) for edge in lattice.edges(row, 1, 3)] == [(1, 2)]


def test_stray_spaces_make_one_edge_of_several_tokens() -> None:
    line = "Den nati one lla planen galler"
    lattice = WordLattice(evidence([line]))
    row = lattice.line(0, tokenize(line), tagger().tagged([line], DAMAGED)[0])
    merged = [(e.first, e.last, e.candidate.text) for e in lattice.edges(row, 1, 4) if e.last > 2]
    assert (1, 4, "nationella") in merged


def test_labels_before_a_colon_are_likelier_than_common_words() -> None:
    edits, _ = decoded("Mal: farre brott")
    assert apply("Mal: farre brott", edits).startswith("Mål:")


def test_an_abbreviation_among_small_letters_stays_in_capitals() -> None:
    edits, _ = decoded("Ansvarig ar BRA och ordningsvakter")
    assert "BRA" in apply("Ansvarig ar BRA och ordningsvakter", edits).upper()
