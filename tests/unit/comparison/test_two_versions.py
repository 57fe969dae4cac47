"""What changed between two versions of one agreement, each change by itself."""

from collections.abc import Callable
from pathlib import Path

import jsonpatch
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avskrift.comparison import compare
from avskrift.comparison.clauses.unchanged_text import UNCHANGED_TEXT
from avskrift.models.agreement import Agreement, Evidence, Group, GroupKind, Section
from avskrift.models.comparison import (
    NOT_HELD,
    ClauseChangeType,
    Comparison,
    MaterialKind,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    ValueChange,
    ValueChangeType,
)

Reader = Callable[[str], Agreement]
AGREEMENT = (Path(__file__).parent / "nasudden-2018.txt").read_text(encoding="utf-8")


def test_an_agreement_is_as_it_was(record_of: Reader, agreement: str) -> None:
    record = record_of(agreement)
    compared = compare(record, record)
    assert compared.patch == []
    assert {one.fate for one in compared.objects} == {ObjectChangeType.KEPT}
    assert {clause.fate for clause in compared.clauses} == {ClauseChangeType.UNCHANGED}
    assert not any(one.values for one in compared.objects)
    assert len(compared.clauses) == len(record.sections) == 8


def changed(record_of: Reader, old: str, new: str, text: str = AGREEMENT) -> Comparison:
    assert text.count(old) == 1, old
    return compare(record_of(text), record_of(text.replace(old, new)))


def differing(compared: Comparison) -> dict[str, tuple[ClauseChangeType, set[MaterialKind]]]:
    return {
        (clause.old or clause.new)[0].title or "": (clause.fate, {s.kind for s in clause.substance})
        for clause in compared.clauses
        if clause.fate is not ClauseChangeType.UNCHANGED
    }


def values_of(compared: Comparison, what: ObjectName) -> dict[str, ValueChange]:
    return {value.field: value for one in compared.objects if one.object is what for value in one.values}


def object_of(compared: Comparison, what: ObjectName, fate: ObjectChangeType) -> ObjectChange:
    return next(one for one in compared.objects if one.object is what and one.fate is fate)


@pytest.mark.parametrize(
    ("old", "new", "clause", "kind"),
    [
        ("ska träffas två gånger per år", "ska träffas tre gånger per år", "Styrgrupp", MaterialKind.NUMBER),
        ("ska träffas två gånger per år", "ska träffas två gånger per halvår", "Styrgrupp", MaterialKind.NUMBER),
        ("Parterna ska informera", "Parterna bör informera", "Information", MaterialKind.OBLIGATION),
        ("till och med 2020-01-31", "till och med 2021-01-31", "Tid", MaterialKind.DATE),
        ("att Parterna möts", "att Polisen möts", "Information", MaterialKind.PARTY),
        ("Den kan\nförlängas", "Den kan inte\nförlängas", "Tid", MaterialKind.NEGATION),
        ("tre månaders uppsägningstid", "sex månaders uppsägningstid", "Uppsägning", MaterialKind.NUMBER),
    ],
)
def test_a_change_in_substance(record_of: Reader, old: str, new: str, clause: str, kind: MaterialKind) -> None:
    compared = changed(record_of, old, new)
    assert differing(compared) == {clause: (ClauseChangeType.MATERIAL, {kind})}


def test_a_clause_that_is_only_reworded(record_of: Reader) -> None:
    compared = changed(record_of, "händelser som har betydelse för", "sådant som påverkar deras")
    assert differing(compared) == {"Information": (ClauseChangeType.REWORDED, set())}


def test_skall_is_ska_and_a_sentence_that_was_turned_says_the_same(record_of: Reader) -> None:
    assert differing(changed(record_of, "Parterna ska informera", "Parterna skall informera"))["Information"] == (
        ClauseChangeType.REWORDED,
        set(),
    )
    turned = changed(
        record_of, "Parterna ska informera varandra om händelser", "Om händelser ska Parterna informera varandra"
    )
    assert differing(turned) == {"Information": (ClauseChangeType.REWORDED, set())}


def test_as_often_in_other_words_is_no_other_number(record_of: Reader) -> None:
    compared = changed(record_of, "ska träffas två gånger per år", "ska träffas en gång varje halvår")
    assert differing(compared) == {"Styrgrupp": (ClauseChangeType.REWORDED, set())}
    assert values_of(compared, ObjectName.GROUP)["meeting_frequency"].fate is ValueChangeType.REWORDED


def test_the_period_field_by_field(record_of: Reader) -> None:
    compared = changed(
        record_of,
        "till och med 2020-01-31. Den kan\nförlängas med ett (1) år i taget efter samråd mellan Parterna.",
        "tills vidare.",
    )
    values = values_of(compared, ObjectName.PERIOD)
    assert (values["valid_to"].fate, values["valid_to"].old) == (ValueChangeType.REMOVED, "2020-01-31")
    assert (values["until_further_notice"].old, values["until_further_notice"].new) == ("no", "yes")
    assert values["extension"].fate is ValueChangeType.REMOVED
    told = values["valid_to"]
    assert told.old_path == "/period/valid_to" and told.old_evidence is not None and told.old_evidence.page == 1


def test_notice_is_compared_too(record_of: Reader) -> None:
    compared = changed(record_of, "tre månaders", "sex månaders")
    notice = values_of(compared, ObjectName.PERIOD)["notice"]
    assert notice.fate is ValueChangeType.CHANGED and notice.old_path == "/period/notice"


def test_members_and_meetings(record_of: Reader) -> None:
    text = AGREEMENT.replace("• Fältassistent", "• Skolkurator").replace(
        "träffas varje månad", "träffas varannan månad"
    )
    compared = compare(record_of(AGREEMENT), record_of(text))
    group = next(o for o in compared.objects if o.object is ObjectName.GROUP and o.fate is ObjectChangeType.CHANGED)
    told = {(v.field, v.fate.value, v.old, v.new, v.direction) for v in group.values if v.field != "meeting_frequency"}
    assert told == {
        ("meetings_per_year", "changed", "12", "6", "down"),
        ("members", "removed", "Fältassistent", None, None),
        ("members", "added", None, "Skolkurator", None),
    }


def test_a_group_under_another_name_is_known_by_its_members(record_of: Reader) -> None:
    text = AGREEMENT.replace("Arbetsgruppen", "Verkställande rådet").replace("5. Arbetsgrupp", "5. Verkställande rådet")
    compared = compare(record_of(AGREEMENT), record_of(text))
    group = object_of(compared, ObjectName.GROUP, ObjectChangeType.RENAMED)
    assert (group.old[0].name, group.new[0].name) == ("Arbetsgrupp", "Verkställande rådet")
    assert group.score is not None and group.score > 0.45
    assert "3 of 3 members are the same" in group.because


def test_an_area_that_was_split(record_of: Reader) -> None:
    compared = changed(record_of, "• Ungdomar och narkotika", "• Ungdomar\n• Narkotika")
    area = object_of(compared, ObjectName.FOCUS_AREA, ObjectChangeType.SPLIT)
    assert [side.name for side in area.old] == ["Ungdomar och narkotika"]
    assert {side.name for side in area.new} == {"Ungdomar", "Narkotika"}
    back = compare(
        record_of(AGREEMENT.replace("• Ungdomar och narkotika", "• Ungdomar\n• Narkotika")), record_of(AGREEMENT)
    )
    assert object_of(back, ObjectName.FOCUS_AREA, ObjectChangeType.MERGED).new[0].name == "Ungdomar och narkotika"


def test_another_holds_the_office(record_of: Reader) -> None:
    compared = changed(record_of, "Greta Alnäs  ", "Ivar Mossberg")
    signatory = object_of(compared, ObjectName.SIGNATORY, ObjectChangeType.REPLACED)
    assert (signatory.old[0].name, signatory.new[0].name) == ("Greta Alnäs", "Ivar Mossberg")
    assert signatory.because == ["the same office"]


def test_another_district_is_another_party(record_of: Reader) -> None:
    compared = compare(record_of(AGREEMENT), record_of(AGREEMENT.replace("Näsudden", "Holmviken")))
    party = object_of(compared, ObjectName.PARTY, ObjectChangeType.REPLACED)
    assert party.new[0].name == "Holmvikens stadsdelsförvaltning"
    assert "both are called Förvaltningen" in party.because


def test_clauses_that_came_and_went(record_of: Reader) -> None:
    added = changed(
        record_of, "7. Information", "7. Kostnader\n\nVardera Parten bär sina egna kostnader.\n\n8. Information"
    )
    assert differing(added) == {"Kostnader": (ClauseChangeType.ADDED, set())}
    assert [c.renumbered for c in added.clauses if c.new and c.new[0].title == "Information"] == [True]
    removed = compare(
        record_of(
            AGREEMENT.replace(
                "7. Information", "7. Kostnader\n\nVardera Parten bär sina egna kostnader.\n\n8. Information"
            )
        ),
        record_of(AGREEMENT),
    )
    assert differing(removed) == {"Kostnader": (ClauseChangeType.REMOVED, set())}


def test_renumbered_clauses_and_what_points_to_them_are_as_they_were(record_of: Reader) -> None:
    text = AGREEMENT
    for number in range(8, 0, -1):
        text = text.replace(f"\n{number}. ", f"\n{number + 1}. ")
    text = text.replace("enligt punkten 4", "enligt punkten 5")
    compared = compare(record_of(AGREEMENT), record_of(text))
    assert {clause.fate for clause in compared.clauses} == {ClauseChangeType.UNCHANGED}
    assert all(clause.renumbered for clause in compared.clauses)
    wrong = compare(record_of(AGREEMENT), record_of(text.replace("enligt punkten 5", "enligt punkten 6")))
    assert differing(wrong) == {"Arbetsgrupp": (ClauseChangeType.MATERIAL, {MaterialKind.NUMBER})}


def test_a_clause_that_moved(record_of: Reader) -> None:
    start, end = AGREEMENT.index("7. Information"), AGREEMENT.index("8. Uppsägning")
    clause = AGREEMENT[start:end]
    text = AGREEMENT[:start] + AGREEMENT[end:]
    text = text.replace("2. Parter\n", clause + "2. Parter\n", 1)
    compared = compare(record_of(AGREEMENT), record_of(text))
    assert differing(compared) == {"Information": (ClauseChangeType.MOVED, set())}


def test_a_lost_heading_costs_no_clause(record_of: Reader) -> None:
    compared = changed(record_of, "8. Uppsägning\n\n", "")
    assert {c.fate for c in compared.clauses} <= {ClauseChangeType.UNCHANGED, ClauseChangeType.REWORDED}
    joined = next(c for c in compared.clauses if len(c.old) == 2)
    assert [side.title for side in joined.old] == ["Information", "Uppsägning"]


def test_the_same_text_cut_otherwise_is_in_doubt(record_of: Reader) -> None:
    record = record_of(AGREEMENT)
    without = record.model_copy(update={"groups": record.groups[:1]})
    group = object_of(compare(record, without), ObjectName.GROUP, ObjectChangeType.REMOVED)
    assert UNCHANGED_TEXT in group.doubt


def test_a_weak_reading_says_so(record_of: Reader) -> None:
    record = record_of(AGREEMENT)
    weak = Evidence(page=1, bbox=None, text="2020-01-37", raw="2020-O1-37", confidence=0.3)
    period = record.period.model_copy(
        update={"valid_to": "2020-01-17", "evidence_by_field": {**record.period.evidence_by_field, "valid_to": weak}}
    )
    compared = compare(record, record.model_copy(update={"period": period}))
    told = values_of(compared, ObjectName.PERIOD)["valid_to"]
    assert any("confidence of 0.30" in reason for reason in told.doubt)
    assert compared.counts.doubtful >= 1


def test_a_pages_head_within_a_sentence_is_no_difference(record_of: Reader) -> None:
    compared = changed(
        record_of, "betydelse för samverkan", "betydelse för Näsuddens stadsdelsförvaltning 3 (6) samverkan"
    )
    clause = next(c for c in compared.clauses if any(run.doubt for run in c.runs))
    assert clause.fate is ClauseChangeType.UNCHANGED
    assert clause.doubt == ["a page's head or foot within the text"]


def test_a_heading_set_letter_by_letter_is_the_same(record_of: Reader) -> None:
    record = record_of(AGREEMENT)
    spaced = [s.model_copy(update={"title": " ".join(s.title or "")}) for s in record.sections]
    compared = compare(record, record.model_copy(update={"sections": spaced}))
    assert {clause.fate for clause in compared.clauses} == {ClauseChangeType.UNCHANGED}


def test_a_clause_written_anew_is_known_by_heading_and_neighbours(record_of: Reader) -> None:
    start, end = AGREEMENT.index("3. Tid"), AGREEMENT.index("4. Styrgrupp")
    text = AGREEMENT[:start] + "3. Avtalstid\n\nFrån årsskiftet 2021 gäller detta tills vidare.\n\n" + AGREEMENT[end:]
    clause = next(
        c for c in compare(record_of(AGREEMENT), record_of(text)).clauses if c.old and c.old[0].title == "Tid"
    )
    assert [side.title for side in clause.new] == ["Avtalstid"] and clause.fate is ClauseChangeType.MATERIAL


def test_what_ocr_breaks_is_told_as_such(record_of: Reader) -> None:
    compared = changed(record_of, "Sekretess\nfår inte hindra", "Sekretess\nfår inte hindra ]l ;4c Z")
    clause = next(c for c in compared.clauses if c.fate is not ClauseChangeType.UNCHANGED)
    assert clause.fate is ClauseChangeType.REWORDED and clause.doubt[0].startswith("may be OCR")


def test_annexes_that_a_file_lacks_are_not_gone(record_of: Reader) -> None:
    annexes = "7. Bilagor\n\nTill överenskommelsen hör följande bilagor:\n\nBilaga 1 Lägesbild\nBilaga 2 Plan\n\n"
    listed = AGREEMENT.replace("7. Information", f"{annexes}8. Information")
    whole = listed + "\f\n Bilaga 1 Lägesbild\n\n1. Inledning\n\nBrotten vid torget har blivit färre sedan 2016.\n"
    compared = compare(record_of(whole), record_of(listed))
    gone = [c for c in compared.clauses if c.fate is ClauseChangeType.REMOVED]
    assert gone and all(NOT_HELD in c.doubt for c in gone)


def test_the_patch_turns_the_old_record_into_the_new(record_of: Reader) -> None:
    compared = changed(record_of, "• Fältassistent", "• Skolkurator\n• Rektor")
    old = record_of(AGREEMENT).model_dump(mode="json")
    new = record_of(AGREEMENT.replace("• Fältassistent", "• Skolkurator\n• Rektor")).model_dump(mode="json")
    assert jsonpatch.apply_patch(old, compared.patch) == new


def test_the_json_fits_its_schema(record_of: Reader) -> None:
    import json

    from avskrift.output.comparison.json_file import comparison_json, comparison_schema_text

    told = json.loads(comparison_json(changed(record_of, "• Fältassistent", "• Skolkurator")))
    jsonschema.validate(told, json.loads(comparison_schema_text("comparison")), cls=jsonschema.Draft202012Validator)


NAMES = st.sampled_from(["Styrgrupp", "Arbetsgrupp", "Samordningsgrupp", "Byaråd", "Trygghetsforum", "Beredningsgrupp"])
GROUPS = st.lists(NAMES, max_size=5, unique=True)
SENTENCES = st.lists(
    st.sampled_from(["Parterna ska mötas.", "Polisen kan kalla.", "Två gånger per år.", "Inte i juli."]), max_size=4
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GROUPS, GROUPS, SENTENCES, SENTENCES)
def test_every_object_and_section_is_told_once_and_back_is_the_mirror(
    record_of: Reader, old: list[str], new: list[str], before: list[str], after: list[str]
) -> None:
    base = record_of(AGREEMENT)

    def version(names: list[str], sentences: list[str]) -> Agreement:
        groups = [Group(name=name, kind=GroupKind.OTHER) for name in names]
        sections = [Section(title=f"Del {i}", level=1, page=1, text=s) for i, s in enumerate(sentences)]
        return base.model_copy(update={"groups": groups, "sections": sections})

    a, b = version(old, before), version(new, after)
    there, back = compare(a, b), compare(b, a)
    for compared, one, other in ((there, a, b), (back, b, a)):
        told = [o for o in compared.objects if o.object is ObjectName.GROUP]
        assert sorted(s.path for o in told for s in o.old) == sorted(f"/groups/{i}" for i in range(len(one.groups)))
        assert sorted(s.path for o in told for s in o.new) == sorted(f"/groups/{i}" for i in range(len(other.groups)))
        assert sorted(s.path for c in compared.clauses for s in c.old) == sorted(
            f"/sections/{i}" for i in range(len(one.sections))
        )
        assert jsonpatch.apply_patch(one.model_dump(mode="json"), compared.patch) == other.model_dump(mode="json")
    kept = {o.old[0].name for o in there.objects if o.object is ObjectName.GROUP and o.fate is ObjectChangeType.KEPT}
    assert kept == set(old) & set(new)
