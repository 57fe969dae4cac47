"""From a path to a `Document`: opening files, judging text layers, preparing pages, OCR, layout and tables.

`reader` takes a file as a whole; `files` opens it; `text_layer` judges what a PDF says of itself; `image` prepares
pictures of pages, `ocr` has an engine read them; `layout` puts the words in order.
"""

from avskrift.ingest.reader import keep_pages, pages_waiting, read

__all__ = ["keep_pages", "pages_waiting", "read"]
