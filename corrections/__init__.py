"""From a reading to what was printed: spacing, glyph confusions and diacritics, each change recorded."""
