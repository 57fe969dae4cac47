"""Text layers of PDF pages: their words, whether they can be trusted, and what of them nobody can see.

`pdfium_words` and `pdfplumber_pages` give the words, `quality` judges them by `letter_statistics`, `hidden_text` finds
what the page does not show. Boxes are in points from the top left of the page as it is shown (`page_geometry`).
"""
