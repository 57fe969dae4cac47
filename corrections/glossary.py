"""A user's own words and names: one a line; what follows a # is a remark."""


def words_of(text: str) -> tuple[str, ...]:
    """The words and names in a glossary file's text, in order, each once."""
    rows = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(dict.fromkeys(row for row in rows if row))
