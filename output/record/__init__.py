"""One record, for people and programs: JSON with its schema, text, Markdown, a summary, what was corrected."""
