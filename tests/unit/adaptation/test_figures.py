"""How well a record is read: value by value, each in its object."""

from avskrift.adaptation.figures import figures_of, sum_of, total_of
from avskrift.models.agreement import (
    Activity,
    Agreement,
    DocumentHead,
    DocumentKind,
    FocusArea,
    Group,
    GroupKind,
    Period,
    SourceFile,
)
from avskrift.models.training import Counts


def record(*groups: Group, areas: tuple[FocusArea, ...] = (), valid_from: str | None = None) -> Agreement:
    return Agreement(
        document=DocumentHead(kind=DocumentKind.AGREEMENT),
        source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"]),
        period=Period(valid_from=valid_from),
        groups=list(groups),
        focus_areas=list(areas),
    )


def group(name: str, *members: str) -> Group:
    return Group(name=name, kind=GroupKind.OTHER, members=list(members))


def test_values_are_right_where_they_are_spelt_alike_in_an_object_that_is_called_alike() -> None:
    truth = record(group("Styrgruppen", "kommunchefen", "polischefen"), group("Arbetsgruppen", "rektorn"))
    read = record(group("Styrgruppen.", "Kommunchefen", "rektorn"))
    assert figures_of(truth, read) == {"groups": Counts(right=2, wrong=1, missed=3)}


def test_days_are_the_same_or_not_at_all() -> None:
    found = figures_of(record(valid_from="2031-03-01"), record(valid_from="2031-03-02"))
    assert found == {"period": Counts(right=0, wrong=1, missed=1)}


def test_activities_belong_to_the_areas() -> None:
    area = FocusArea(name="Trafik", activities=[Activity(name="Mäta farten")])
    assert figures_of(record(areas=(area,)), record(areas=(area,))) == {"focus_areas": Counts(right=2)}


def test_figures_add_up() -> None:
    truth, read = record(group("A-gruppen"), valid_from="2031"), record(valid_from="2031")
    both = total_of([figures_of(truth, read), figures_of(truth, truth)])
    assert both == {"groups": Counts(right=1, missed=1), "period": Counts(right=2)}
    whole = sum_of(both)
    assert (whole.precision, whole.recall, whole.f1) == (1.0, 0.75, 6 / 7)
    assert Counts().f1 == Counts().precision == Counts().recall == 0.0
