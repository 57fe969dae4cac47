"""From words with boxes to lines in reading order: rows, cells of tables, columns, notes, headers and footers.

Whether an engine or a text layer gave the words makes no difference here.
"""
