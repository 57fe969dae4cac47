"""From words with boxes to lines in reading order: rows, cells, columns, headers and footers."""
