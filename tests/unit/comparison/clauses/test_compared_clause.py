"""One clause of both documents: its words, and which stretches have moved."""

from avskrift.comparison.clauses.alignment import ClausePair
from avskrift.comparison.clauses.compared_clause import ComparedClause, compared_clause, marked_moves
from avskrift.comparison.clauses.material_change import Actors
from avskrift.comparison.clauses.words import printed
from avskrift.models.agreement import Section
from avskrift.models.comparison import RunKind

_BEGIN = "Parterna i Granhult arbetar tillsammans."
_MOVED = "Kommunen svarar för belysningen i parken."


def clause(old: str, new: str, *signed: str, roles: tuple[str, ...] = ()) -> ComparedClause:
    before, after = ([Section(title="Ansvar", level=1, page=1, roles=list(roles), text=text)] for text in (old, new))
    pair = ClausePair((0,), (0,), 1.0)
    return compared_clause(pair, before, after, lambda a, b: a.key == b.key, Actors(frozenset()), signed)


def test_titles_are_words_of_a_clause() -> None:
    one = clause(_BEGIN, _BEGIN)
    assert printed(one.old) == f"Ansvar {_BEGIN}" and [s.kind for s in one.stretches] == [RunKind.EQUAL]
    assert one.material == [[]] and one.on_both_sides


def test_a_whole_sentence_that_stands_elsewhere_has_moved() -> None:
    here, there = clause(f"{_BEGIN} {_MOVED}", _BEGIN), clause(_BEGIN, f"{_BEGIN} {_MOVED}")
    marked_moves([here, there])
    assert [printed(here.gone(here.stretches[at])) for at in here.moved] == [_MOVED]
    assert [printed(there.came(there.stretches[at])) for at in there.moved] == [_MOVED]


def test_part_of_a_sentence_has_not_moved() -> None:
    here, there = (
        clause("Kommunen svarar för belysningen i parken.", "Kommunen svarar."),
        clause("Ja", "Ja för belysningen i parken och mer"),
    )
    marked_moves([here, there])
    assert not here.moved and not there.moved


def test_a_sentence_that_came_once_is_moved_once() -> None:
    twice = [clause(f"{_BEGIN} {_MOVED}", _BEGIN) for _ in range(2)]
    came = clause(_BEGIN, f"{_BEGIN} {_MOVED}")
    marked_moves([*twice, came])
    assert [len(one.moved) for one in (*twice, came)] == [1, 0, 1]


def test_names_below_a_clause_are_of_its_signatures_unless_it_is_about_signing() -> None:
    text = f"{_BEGIN}\nRut Granlöf"
    assert [t.signs for t in clause(text, text, "rutgranlof").old if t.word in ("Rut", "tillsammans")] == [False, True]
    about = clause(text, text, "rutgranlof", roles=("signatures",))
    assert not any(t.signs for t in about.old)
