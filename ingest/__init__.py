"""From a path to a `Document`: opening files, judging text layers, preparing pages, OCR, layout and tables."""
