"""A page read by an OCR engine: the engines, and the road of one page."""
