"""From records and comparisons to files and terminals; nothing is found out here.

Here belongs what shows something: `record` (one document), `archive` (a batch), `comparison` (versions); and what
they share: `atomic_write` (files written whole or not at all), `sanitise` and `csv_cells` (text that steers nothing),
`html` (templates), `table` and `terminal_table`, `terminal` (lines for people).
"""
