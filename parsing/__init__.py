"""From a `Document` to an `Agreement`: what a corrected text says, each value with where it stands.

`structure/` cuts the document into lines, blocks, sections, tables and action plans; each module in `fields/` is given
that structure and finds the values of one field; `checks/` looks at the record as a whole. Words and patterns are the
TOML files in `vocabulary/`. A field, a step of the structure or a check that fails costs only itself.
"""

from avskrift.parsing.record import explain_lines, parse, parse_parts, parse_with
from avskrift.parsing.structure.explanation import LineExplanation
from avskrift.parsing.structure.older_records import completed

__all__ = ["LineExplanation", "completed", "explain_lines", "parse", "parse_parts", "parse_with"]
