"""What Swedish is and what OCR does to it: words, compounds, numbers, dates. Below everything but `models`."""
