"""A comparison as Markdown, and for people at a terminal."""

from io import StringIO

import pytest
from rich.console import Console

from avskrift.comparison import compare
from avskrift.models.agreement import Agreement, Section
from avskrift.models.comparison import Comparison
from avskrift.output.comparison.markdown import comparison_markdown
from avskrift.output.comparison.summary import comparison_summary, counts_in_words, titles_in_words


@pytest.fixture
def compared(record: Agreement) -> Comparison:
    texts = ("Gruppen möts två gånger om året.", "Gruppen möts tre gånger om året.")
    old, new = (
        record.model_copy(update={"sections": [Section(number="1", title="Möten *", level=1, page=1, text=text)]})
        for text in texts
    )
    group = new.groups[0].model_copy(update={"meetings_per_year": 3.0})
    return compare(old, new.model_copy(update={"groups": [group]}))


def test_markdown_strikes_what_went_and_marks_what_came(compared: Comparison) -> None:
    page = comparison_markdown(compared)
    assert "### 1 Möten \\*: changed in substance" in page
    assert "- number: två → tre" in page and "~~två~~ **tre**" in page
    assert "| group: Styrgruppen | meetings per year changed ↑ | 2 | 3 |" in page


def test_the_same_is_only_counted(record: Agreement) -> None:
    page = comparison_markdown(compare(record, record))
    assert "## Fields" not in page and "## Clauses" not in page


def test_a_terminal_gets_both_tables(compared: Comparison) -> None:
    text = StringIO()
    Console(file=text, width=140).print(comparison_summary(compared))
    assert "meetings per year changed ↑" in text.getvalue() and "number: två → tre" in text.getvalue()
    assert counts_in_words(compared) == "1 objects and 1 values differ; clauses: 1 changed in substance"
    assert titles_in_words(compared.clauses[0].old) == "1 Möten *"
