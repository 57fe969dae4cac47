"""The laws of edits: what is applied can be followed back, whatever else was applied after it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.models.document import Line, Word
from avskrift.models.edits import (
    Edit,
    apply,
    compose,
    invert,
    non_overlapping,
    raw_span,
    shifted,
    text_span,
    text_spans,
    touching,
    without_idle,
)

SIGNS = "abå 3."
texts = st.text(alphabet=SIGNS, max_size=14)


Script = tuple[Edit, ...]


@st.composite
def edits_of(draw: st.DrawFn, raw: str) -> Script:
    """Edits of `raw`, in order: insertions, deletions and such as touch each other among them."""
    bounds = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    found = []
    for number, (start, end) in enumerate(zip(bounds[::2], bounds[1::2], strict=False)):
        new = draw(st.text(alphabet=SIGNS, max_size=4))
        if start < end or new:
            found.append(Edit(start, end, new, f"rule {number}", draw(st.sampled_from([0.5, 0.9]))))
    return tuple(found)


@st.composite
def scripts(draw: st.DrawFn, steps: int) -> tuple[list[str], list[Script]]:
    """A reading, the texts that it becomes step by step, and the edits of each step."""
    stages, edits = [draw(texts)], []
    for _ in range(steps):
        edits.append(draw(edits_of(stages[-1])))
        stages.append(apply(stages[-1], edits[-1]))
    return stages, edits


@given(scripts(1))
def test_edits_lead_to_the_text_and_back(made: tuple[list[str], list[Script]]) -> None:
    (raw, text), (edits,) = made
    assert apply(raw, edits) == text
    assert apply(text, invert(raw, edits)) == raw
    assert invert(text, invert(raw, edits)) == edits
    assert [text[start:end] for start, end in text_spans(edits)] == [e.replacement for e in edits]


@settings(max_examples=400)
@given(scripts(2))
def test_composed_edits_do_what_both_do(made: tuple[list[str], list[Script]]) -> None:
    (raw, middle, text), (first, second) = made
    both = compose(first, second)
    assert apply(raw, both) == text
    assert apply(text, invert(raw, both)) == raw
    assert apply(raw, without_idle(raw, both)) == text
    assert apply(text, compose(invert(middle, second), invert(raw, first))) == raw


@given(scripts(1))
def test_composing_with_nothing_changes_nothing(made: tuple[list[str], list[Script]]) -> None:
    edits = made[1][0]
    assert compose(edits, ()) == edits == compose((), edits)


@given(scripts(1))
def test_what_is_undone_is_no_edit(made: tuple[list[str], list[Script]]) -> None:
    (raw, _), (edits,) = made
    assert without_idle(raw, compose(edits, invert(raw, edits))) == ()


@settings(max_examples=400)
@given(scripts(3))
def test_steps_compose_in_any_grouping(made: tuple[list[str], list[Script]]) -> None:
    (raw, *_, text), (a, b, c) = made
    assert apply(raw, compose(compose(a, b), c)) == text == apply(raw, compose(a, compose(b, c)))


@given(scripts(2), st.data())
def test_a_stretch_that_no_edit_touches_is_found_as_it_was_read(
    made: tuple[list[str], list[Script]], data: st.DataObject
) -> None:
    (raw, _, text), (first, second) = made
    edits = compose(first, second)
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    raw_start, raw_end = raw_span(edits, start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)
    spans = zip(edits, text_spans(edits), strict=True)
    touched = [e for e, (a, b) in spans if (a < end and start < b) or (a, b) == (start, end)]
    assert set(touching(edits, start, end)) <= set(touched)
    assert all(raw_start <= e.raw_start and e.raw_end <= raw_end for e in touched)
    if not touched:
        assert raw[raw_start:raw_end] == text[start:end]
        assert raw_start == raw_end or text_span(edits, raw_start, raw_end) == (start, end)


@given(scripts(2), st.data())
def test_a_part_of_a_stretch_came_from_a_part_of_its_reading(
    made: tuple[list[str], list[Script]], data: st.DataObject
) -> None:
    (raw, _, text), (first, second) = made
    edits = compose(first, second)
    a, b, c, d = sorted(data.draw(st.integers(0, len(text))) for _ in range(4))
    if b < c:
        outer, inner = raw_span(edits, a, d), raw_span(edits, b, c)
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]
    if a < b and c < d:
        earlier, later = raw_span(edits, a, b), raw_span(edits, c, d)
        assert earlier[0] <= later[0] and earlier[1] <= later[1]
    assert Line(1, raw, text, edits=edits).raw_span(0, len(text)) == (0, len(raw))


@given(scripts(1), scripts(1))
def test_shifted_edits_belong_to_a_longer_text(
    one: tuple[list[str], list[Script]], other: tuple[list[str], list[Script]]
) -> None:
    (raw, text), (edits,) = one
    (more, mended), (others,) = other
    assert apply(raw + more, edits + shifted(others, len(raw))) == text + mended


def test_edits_that_meet_become_one() -> None:
    raw = "Plan3 nasta moten"
    first = (Edit(0, 5, "Plan 3", "spaces", 0.9),)
    second = (
        Edit(0, 4, "Plän", "diacritics", 0.6),
        Edit(7, 12, "nästa", "diacritics", 0.8),
        Edit(13, 18, "möten", "diacritics", 0.8),
    )
    edits = compose(first, second)
    text = apply(raw, edits)
    assert text == apply(apply(raw, first), second)
    assert [(raw[e.raw_start : e.raw_end], e.replacement) for e in edits] == [
        ("Plan3", "Plän 3"),
        ("nasta", "nästa"),
        ("moten", "möten"),
    ]
    assert (edits[0].rule, edits[0].confidence) == ("spaces + diacritics", 0.6)
    line = Line(1, raw, text, (Word("Plan3", 0), Word("nasta", 6), Word("moten", 12)), edits=edits)
    place = text.index("nästa")
    assert [w.raw for w in line.words_of(place, place + 5)] == ["nasta"]
    assert [w.raw for w in line.words_of(text.index("3"), text.index("3") + 1)] == ["Plan3"]


def test_what_was_deleted_beside_a_word_is_no_part_of_it() -> None:
    raw = "a ~ ban"
    edits = (Edit(2, 4, "", "signs", 0.9),)
    assert apply(raw, edits) == "a ban" and raw_span(edits, 2, 5) == (4, 7) and raw_span(edits, 0, 1) == (0, 1)
    assert raw_span(edits, 2, 2) == (2, 4)
    assert raw_span(edits, 0, 5) == (0, 7)


@pytest.mark.parametrize("spans", [[(0, 3), (2, 4)], [(3, 4), (0, 1)], [(0, 99)], [(2, 1)]])
def test_edits_that_cannot_be_made_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="edit of"):
        apply("läste", [Edit(a, b, "x", "rule", 0.5) for a, b in spans])


def test_an_edit_that_touches_one_already_taken_is_left_out() -> None:
    taken = [Edit(4, 8, "x", "first", 0.9)]
    proposed = [Edit(0, 4, "a", "second", 0.9), Edit(7, 9, "b", "second", 0.9), Edit(8, 8, "c", "second", 0.9)]
    assert [e.replacement for e in non_overlapping(proposed, taken)] == ["a", "c"]
