"""From lines to a document's structure: blocks, headings, sections, tables and action plans."""
