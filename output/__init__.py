"""From an `Agreement` to files and terminals: JSON, its schema, plain text, a summary for people."""
