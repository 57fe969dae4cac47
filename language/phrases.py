"""Wordings that tell what a line is, whatever the document: fax headers, statutes, web addresses."""

import re
from functools import cache

from avskrift.language.data_files import load
from avskrift.language.rules import compiled


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The pattern of the rule `name` in data/phrases.toml. Raises `KeyError` where there is none."""
    return {rule.name: rule.pattern for rule in compiled(load("phrases"))}[name]
