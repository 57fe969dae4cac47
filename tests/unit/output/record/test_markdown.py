"""A record as a page of Markdown."""

from collections.abc import Callable
from dataclasses import replace

from avskrift.models.agreement import DigitalSignature, Party
from avskrift.models.finished import FinishedDocument
from avskrift.models.minutes import Minutes, MinutesItem
from avskrift.output.record.markdown import escaped, markdown_of

Make = Callable[..., FinishedDocument]


def test_markdown_takes_no_value_for_markup(document: Make) -> None:
    party = Party(name="<b>Vikbo</b> | [kommun](x) `a` \n# nej", kind="other")  # type: ignore[arg-type]
    page = markdown_of(document(parties=[party]))
    assert r"&lt;b&gt;Vikbo&lt;/b&gt; \| \[kommun\](x) \`a\` \# nej" in page


def test_tables_without_rows_are_left_out(document: Make) -> None:
    page = markdown_of(document(parties=[], groups=[], warnings=[]))
    assert "## Period" in page and "## Parties" not in page and "## Groups" not in page and "## To look at" not in page
    assert "| From | To | Until further notice |" in page


def test_minutes_are_tables(document: Make) -> None:
    item = MinutesItem(paragraph="12", title="Torgen", decision="Avtalet godkänns.")
    minutes = Minutes(body="Kommunstyrelsen", adjusters=["Nils Alm"], items=[item])
    page = markdown_of(document(minutes=minutes))
    assert "| Kommunstyrelsen |  |  | Nils Alm |" in page
    assert "| 12 | Torgen |  | Avtalet godkänns. |" in page
    assert "## Present" not in page and "## Minutes" not in markdown_of(document())


def test_digital_signatures_are_one_line(document: Make) -> None:
    signed = document()
    found = [DigitalSignature(name="<b>", intact=True)]
    source = signed.agreement.source.model_copy(update={"digital_signatures": found})
    page = markdown_of(replace(signed, agreement=signed.agreement.model_copy(update={"source": source})))
    assert "pages  \nSigned digitally: &lt;b&gt; (intact)\n" in page
    assert "Signed digitally" not in markdown_of(document())


def test_warnings_are_listed(document: Make) -> None:
    assert markdown_of(document(warnings=["page *2* is blank"])).endswith(
        "## To look at\n\n- page \\*2\\* is blank\n\n"
    )


def test_text_on_one_line() -> None:
    assert escaped(None) == "" and escaped("a\n b") == "a b" and escaped(3) == "3"
