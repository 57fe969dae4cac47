"""Vocabularies are objects: a user's additions count in the one that was made with them, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from avskrift.errors import UsageError
from avskrift.ingest.files import plain_text
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse
from avskrift.parsing.vocabulary import Vocabulary

TEXT = """Samverkansöverenskommelse mellan Almvik kommun och Polismyndigheten

1 Det vi brinner för

• Lugna kvällar
• Torgets handel

2 Giltighet

Överenskommelsen gäller från och med den 1 januari 2031.
"""
ROLE = '[[role]]\nname = "focus_areas"\nterms = ["{}"]\n'


def with_role(folder: Path, term: str) -> Vocabulary:
    folder.mkdir(exist_ok=True)
    (folder / "headings.toml").write_text(ROLE.format(term), encoding="utf-8")
    return Vocabulary.from_folder(folder)


def terms(vocabulary: Vocabulary) -> list[str]:
    return next(e["terms"] for e in vocabulary.table("headings")["role"] if e["name"] == "focus_areas")


def areas(folder: Path | None) -> list[str]:
    document = Document("invented.txt", "0" * 64, plain_text.pages_of(TEXT), None)
    return [a.name for a in parse(document, ParsingOptions(vocabulary=folder, learned=False)).focus_areas]


def test_ours_alone_is_one_object() -> None:
    assert Vocabulary.from_folder(None) is Vocabulary.shipped()
    with pytest.raises(AttributeError):
        Vocabulary.shipped().tables = {}  # type: ignore[misc]


def test_two_stand_side_by_side(tmp_path: Path) -> None:
    one = with_role(tmp_path / "one", "Det vi brinner för")
    two = with_role(tmp_path / "two", "Vårt gemensamma arbete")
    assert terms(one)[-1] == "Det vi brinner för"
    assert terms(two)[-1] == "Vårt gemensamma arbete"
    assert terms(Vocabulary.shipped()) == terms(one)[:-1] == terms(two)[:-1]


def test_two_parse_at_once_in_threads(tmp_path: Path) -> None:
    with_role(tmp_path / "one", "Det vi brinner för")
    with_role(tmp_path / "two", "Vårt gemensamma arbete")
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(areas, [tmp_path / "one", tmp_path / "two", None] * 4))
    assert found == [["Lugna kvällar", "Torgets handel"], [], []] * 4


def test_an_edited_file_counts_the_next_time(tmp_path: Path) -> None:
    with_role(tmp_path, "Vårt gemensamma arbete")
    assert areas(tmp_path) == []
    with_role(tmp_path, "Det vi brinner för")
    assert areas(tmp_path) == ["Lugna kvällar", "Torgets handel"]


def test_equal_files_are_compiled_once(tmp_path: Path) -> None:
    assert with_role(tmp_path, "Det vi brinner för") is with_role(tmp_path, "Det vi brinner för")


def test_a_rule_of_the_same_name_replaces_ours_and_a_new_one_comes_first(tmp_path: Path) -> None:
    ours = [r.name for r in Vocabulary.shipped().rules("period")]
    rule = '[[rule]]\nname = "{}"\npattern = "varar i evighet"\n'
    (tmp_path / "period.toml").write_text(rule.format("for ever") + rule.format(ours[1]), encoding="utf-8")
    rules = Vocabulary.from_folder(tmp_path).rules("period")
    assert [r.name for r in rules] == ["for ever", *ours]
    assert rules[0].pattern.pattern == rules[2].pattern.pattern == "varar i evighet"


def test_of_two_rules_with_one_name_the_first_counts(tmp_path: Path) -> None:
    rule = '[[rule]]\nname = "for ever"\npattern = "{}"\n'
    (tmp_path / "period.toml").write_text(rule.format("evigt") + rule.format("alltid"), encoding="utf-8")
    assert Vocabulary.from_folder(tmp_path).pattern("period", "for ever").pattern == "evigt"


def test_ours_stays_one_object_whatever_others_are_made(tmp_path: Path) -> None:
    ours = Vocabulary.shipped()
    for n in range(6):
        with_role(tmp_path / str(n), f"Vårt uppdrag {n}")
    assert Vocabulary.shipped() is ours


def test_words_of_ones_own_fill_our_patterns(tmp_path: Path) -> None:
    used = next(iter(Vocabulary.shipped().table("groups")["words"]))
    (tmp_path / "groups.toml").write_text(f'[words]\n{used} = ["xyzzy"]\n', encoding="utf-8")
    patterns = [r.pattern.pattern for r in Vocabulary.from_folder(tmp_path).rules("groups")]
    assert any("xyzzy" in p for p in patterns)
    assert not any("xyzzy" in r.pattern.pattern for r in Vocabulary.shipped().rules("groups"))


def test_what_is_derived_is_made_once_for_each_vocabulary(tmp_path: Path) -> None:
    made: list[Vocabulary] = []

    def count(vocabulary: Vocabulary) -> int:
        made.append(vocabulary)
        return len(made)

    own = with_role(tmp_path, "Det vi brinner för")
    assert [own.derived(count), own.derived(count), Vocabulary.shipped().derived(count)] == [1, 1, 2]


def test_what_is_not_there() -> None:
    with pytest.raises(KeyError):
        Vocabulary.shipped().table("heads")
    with pytest.raises(KeyError):
        Vocabulary.shipped().pattern("period", "no such rule")


def test_a_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        Vocabulary.from_folder(tmp_path / "missing")
    with pytest.raises(UsageError, match="no vocabulary file"):
        Vocabulary.from_folder(tmp_path)
