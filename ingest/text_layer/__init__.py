"""Text layers of PDF pages: their words, whether they can be trusted, and what of them nobody can see."""
