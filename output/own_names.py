"""The names that the program's own files and folders have in a folder of results, beside the results themselves."""

import os
import re

EXPORTS = {"jsonl": ".jsonl", "csv": "-csv", "parquet": "-parquet", "sqlite": ".sqlite", "markdown": "-markdown"}
"""What the name of an export in a folder of results ends with, by its form."""
REPORT = "report.html"
PAGES = ".pages"
"""The folder of pages that were read."""
MEMBERS = ".members"
"""The folder of documents that lay in messages and archives."""
SEARCH_INDEX = ".search.sqlite"

_OWN = re.compile(
    r"manifest[.-].*|export[.-].*|report\.html|\.pages|\.members|\.search\.sqlite.*|\.manifest.*|\.avskrift.*", re.S
)


def export_name(form: str) -> str:
    """What an export in a folder of results is called: `export.jsonl`, `export-csv`."""
    return f"export{EXPORTS[form]}"


def is_own_name(name: bytes | str) -> bool:
    """Whether a name in a folder of results is one of the program's own, so that no result may have it.

    Large and small letters are the same, as they are on some file systems. Underscores at the end count for nothing:
    who sets a name apart by one underscore more never meets a name that had one.
    """
    return _OWN.fullmatch(os.fsdecode(name).rstrip("_").lower()) is not None
