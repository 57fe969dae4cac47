"""Tables for a terminal."""

from io import StringIO

from rich.console import Console

from avskrift.output.terminal_table import terminal_table


def shown(*arguments: object) -> str:
    text = StringIO()
    Console(file=text, width=60).print(terminal_table(*arguments))  # type: ignore[arg-type]
    return text.getvalue()


def test_with_and_without_a_head() -> None:
    text = shown("Parties", ("Name", "Role"), [("Ekby", None)])
    assert "Parties" in text and "Name" in text and "Ekby" in text
    bare = shown("Parties", (), [("Ekby", "a"), ("Alby",)])
    assert "Alby" in bare and bare.count("┃") == 0


def test_no_sign_steers_the_terminal() -> None:
    assert "\x1b" not in shown("Parties", ("Na\x1bme",), [("[bold]a\x1b[2J",)])
