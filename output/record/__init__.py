"""One record, for people and programs: JSON, text, Markdown, a summary."""
