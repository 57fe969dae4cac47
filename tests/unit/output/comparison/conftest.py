"""Two versions of a short agreement, compared."""

import pytest

from avskrift.comparison import compare
from avskrift.models.agreement import Agreement, Section
from avskrift.models.comparison import Comparison


@pytest.fixture
def compared(record: Agreement) -> Comparison:
    texts = ("Gruppen möts två gånger om året.", "Gruppen möts tre gånger om året.")
    old, new = (
        record.model_copy(update={"sections": [Section(number="1", title="Möten *", level=1, page=1, text=text)]})
        for text in texts
    )
    group = new.groups[0].model_copy(update={"meetings_per_year": 3.0})
    return compare(old, new.model_copy(update={"groups": [group]}))
