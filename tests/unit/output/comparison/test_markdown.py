"""A comparison as Markdown."""

from avskrift.comparison import compare
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import Comparison
from avskrift.output.comparison.markdown import comparison_markdown


def test_markdown_strikes_what_went_and_marks_what_came(compared: Comparison) -> None:
    page = comparison_markdown(compared)
    assert "### 1 Möten \\*: changed in substance" in page
    assert "- number: två → tre" in page and "~~två~~ **tre**" in page
    assert "| group: Styrgruppen | meetings per year changed ↑ | 2 | 3 |" in page


def test_the_same_is_only_counted(record: Agreement) -> None:
    page = comparison_markdown(compare(record, record))
    assert "## Fields" not in page and "## Clauses" not in page
