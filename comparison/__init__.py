"""Two records or more: what changed from one to the next, field by field and clause by clause.

Here belongs what needs two records: `objects` matches parties, groups, areas, annexes and people and compares their
values; `clauses` aligns sections and compares their words; `reports` answers questions to many records;
`ocr_equivalence` says when two spellings are one reading, `name_similarity` how like two names are, `ocr_uncertainty`
where a difference may be the reading's. What one document says by itself belongs in `parsing`.
"""

from avskrift.comparison.two_versions import compare, version_head

__all__ = ["compare", "version_head"]
