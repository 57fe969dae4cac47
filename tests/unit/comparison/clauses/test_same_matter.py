"""Sections of both documents that are about one matter."""

from avskrift.comparison.clauses.same_matter import sections_of_one_matter
from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Evidence, Period, Section, SourceFile
from avskrift.models.comparison import ObjectChange, ObjectChangeType, ObjectName, Side


def record(*sections: tuple[str, tuple[str, ...], int]) -> Agreement:
    """A record of sections: title, roles, line."""
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"]),
        period=Period(),
        sections=[
            Section(title=title, roles=list(roles), level=1, page=1, text="", evidence=place(line))
            for title, roles, line in sections
        ],
    )


def place(line: int) -> Evidence:
    return Evidence(page=1, line=line, bbox=None, text="x", raw="x", confidence=1.0)


def group(old: Side, new: Side) -> ObjectChange:
    return ObjectChange(object=ObjectName.GROUP, fate=ObjectChangeType.RENAMED, old=[old], new=[new])


def test_a_role_that_one_section_has_in_each_document() -> None:
    old = record(("Tid", ("period",), 1), ("Syfte", ("purpose",), 5))
    new = record(("Bakgrund", ("purpose",), 1), ("Avtalstid", ("period",), 4))
    assert sections_of_one_matter([], old, new) == {(0, 1), (1, 0)}
    twice = record(("Tid", ("period",), 1), ("Avtalstid", ("period",), 4))
    assert sections_of_one_matter([], old, twice) == frozenset()


def test_titles_that_name_a_group_found_in_both() -> None:
    old, new = record(("Styrgrupp", (), 1), ("Övrigt", (), 9)), record(("Övrigt", (), 1), ("Ledningsråd", (), 9))
    matched = group(Side(name="Lokal styrgrupp", path="/groups/0"), Side(name="Ledningsråd", path="/groups/0"))
    assert sections_of_one_matter([matched], old, new) == {(0, 1)}


def test_a_name_stands_in_the_section_that_began_before_it() -> None:
    old, new = record(("Organisation", (), 1), ("Tid", (), 9)), record(("Arbetssätt", (), 2), ("Tid", (), 9))
    sides = [Side(name="Trygghetsrådet", path="/groups/0", evidence=place(line)) for line in (4, 7)]
    assert sections_of_one_matter([group(*sides)], old, new) == {(0, 0)}
