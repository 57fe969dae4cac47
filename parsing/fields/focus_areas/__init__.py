"""Focus areas: from headings, lists and sentences, with what is said of them elsewhere."""
