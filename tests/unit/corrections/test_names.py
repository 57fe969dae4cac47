"""A document's readings of one name vote."""

from avskrift.corrections.lines import corrected_lines
from avskrift.corrections.names import Occurrence, as_read, name_key, names_of


def test_readings_of_one_name_share_a_key() -> None:
    assert len({name_key(n) for n in ("Fjardvik", "Flardvik", "Fiardvik", "Fjärdvik", "Fjärdviks")}) == 1
    assert name_key("Fjardvik") != name_key("Fjordvik")


def test_the_likeliest_over_all_occurrences_wins() -> None:
    seen = [
        Occurrence("Fjardvik", (("Fjärdvik", -0.1), ("Fjardvik", -2.5))),
        Occurrence("Flardvik", (("Flardvik", -0.4), ("Fjärdvik", -1.2))),
        Occurrence("Fjärdviks", (("Fjärdviks", -0.05),)),
    ]
    assert names_of(seen, lambda low: False) == {name_key("Fjärdvik"): "Fjärdvik"}
    assert names_of(seen[:1], lambda low: False) == {}
    assert as_read("Fjärdvik", "Flardviks") == "Fjärdviks"
    assert as_read("Fjärdvik", "FLARDVIKS") == "FJÄRDVIKS"


def test_a_name_is_read_as_the_rest_of_the_document_reads_it() -> None:
    lines = [
        "Overenskommelsen galler mellan Fjardviks kommun och polisen i Fjardvik.",
        "Fjardviks kommun ansvarar for styrgruppen och foljer upp arbetet varje ar.",
        "Samordnaren i Flardvik larnnar en rapport till kommunstyrelsen i Fjardvik.",
    ]
    mended = [row.text for row in corrected_lines(lines).lines]
    assert "Flardvik" not in " ".join(mended)
    assert len({w.strip(".").removesuffix("s") for row in mended for w in row.split() if w.startswith("Fj")}) == 1
