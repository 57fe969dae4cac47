"""Two wordings, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.comparison.clauses.word_diff import SETTINGS, stretches_of
from avskrift.comparison.clauses.words import Token, printed, tokens_of
from avskrift.models.comparison import RunKind


def same_number(old: Token, new: Token) -> bool:
    return old.key == new.key


def kinds(old: str, new: str) -> list[tuple[str, str, str]]:
    a, b = tokens_of(old), tokens_of(new)
    return [
        (s.kind.value, printed(a[s.old_start : s.old_end]), printed(b[s.new_start : s.new_end]))
        for s in stretches_of(a, b, same_number)
    ]


def test_line_breaks_hyphens_and_signs_are_no_difference() -> None:
    old = "Parterna ska upprätta samverkansöverenskommelser, jämte bilagor."
    new = "Parterna ska upp-\nrätta samverkans överenskommelser jämte bilagor"
    assert {kind for kind, _, _ in kinds(old, new)} <= {"equal", "same_reading"}


def test_a_word_that_changed_stands_alone() -> None:
    found = kinds("Gruppen ska träffas två gånger per år.", "Gruppen bör träffas tre gånger per år.")
    assert [f for f in found if f[0] not in ("equal", "same_reading")] == [
        ("replaced", "ska", "bör"),
        ("replaced", "två", "tre"),
    ]


LINE = st.lists(
    st.sampled_from(
        ["ska", "bör", "polisen", "kommunen", "två", "tre", "möte", "per", "år", "inte", "enligt", "bilaga", "3"]
    ),
    max_size=60,
)


@given(LINE, LINE)
def test_stretches_cover_both_wordings(old: list[str], new: list[str]) -> None:
    a, b = tokens_of(" ".join(old)), tokens_of(" ".join(new))
    found = stretches_of(a, b, same_number)
    assert [i for s in found for i in range(s.old_start, s.old_end)] == list(range(len(a)))
    assert [j for s in found for j in range(s.new_start, s.new_end)] == list(range(len(b)))
    for s in found:
        if s.kind is RunKind.EQUAL:
            assert [t.key for t in a[s.old_start : s.old_end]] == [t.key for t in b[s.new_start : s.new_end]]


def test_long_texts_are_cut_at_what_stands_once() -> None:
    old = [f"ord{i}" for i in range(3000)]
    new = [w for i, w in enumerate(old) if i % 500] + ["slut"]
    found = kinds(" ".join(old), " ".join(new))
    assert [f for f in found if f[0] == "removed"] == [("removed", f"ord{i}", "") for i in range(0, 3000, 500)]
    assert found[-1] == ("added", "", "slut")


def runs(old: str, new: str) -> list[tuple[RunKind, str, str]]:
    """The stretches as kinds and words; together they cover both texts."""
    a, b = tokens_of(old), tokens_of(new)
    found = stretches_of(a, b, same_number)
    assert [t for s in found for t in a[s.old_start : s.old_end]] == a
    assert [t for s in found for t in b[s.new_start : s.new_end]] == b
    return [(s.kind, printed(a[s.old_start : s.old_end]), printed(b[s.new_start : s.new_end])) for s in found]


def test_words_that_came_went_and_were_replaced() -> None:
    assert runs("Gruppen möts fyra gånger om året", "Gruppen möts sex gånger om året") == [
        (RunKind.EQUAL, "Gruppen möts", "Gruppen möts"),
        (RunKind.REPLACED, "fyra", "sex"),
        (RunKind.EQUAL, "gånger om året", "gånger om året"),
    ]
    assert [kind for kind, _, _ in runs("Parterna möts", "Parterna möts årligen")] == [RunKind.EQUAL, RunKind.ADDED]
    assert [kind for kind, _, _ in runs("Parterna möts årligen", "Parterna möts")] == [RunKind.EQUAL, RunKind.REMOVED]


def test_a_word_that_was_split_or_misread_is_one_reading() -> None:
    kinds = {kind for kind, _, _ in runs("Lokal samverkan sker", "Lokal sam verkan sker")}
    assert kinds == {RunKind.EQUAL, RunKind.SAME_READING}
    assert (RunKind.SAME_READING, "kommunen", "komrnunen") in runs(
        "Här är kommunen ansvarig", "Här är komrnunen ansvarig"
    )


def test_numbers_are_never_joined() -> None:
    assert RunKind.SAME_READING not in {kind for kind, _, _ in runs("sedan 1 2 dagar", "sedan 1 3 dagar")}


def test_small_words_between_two_differences_are_no_island() -> None:
    found = runs("Ordföranden kallar till möte och leder det", "Sekreteraren bjuder in dem och skriver brev")
    assert [kind for kind, _, _ in found] == [RunKind.REPLACED]


def test_long_texts_are_aligned_between_anchors() -> None:
    words = [f"ord{n}x" for n in range(SETTINGS.least_for_anchors + 50)]
    changed = [*words[:200], "insatt", *words[200:]]
    assert [(kind, new) for kind, _, new in runs(" ".join(words), " ".join(changed)) if kind is not RunKind.EQUAL] == [
        (RunKind.ADDED, "insatt")
    ]
