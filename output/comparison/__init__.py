"""What was compared, for people and programs: JSON, Markdown, pages, terminals."""
