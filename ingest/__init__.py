"""From a file to a `Document`: opening files, judging text layers, preparing pages, OCR, layout and tables.

What belongs here turns a file into lines with their places on the page, and nothing that needs to know what they mean.
`reader` reads a document, by way of `page_scheduler` and `cached_pages`. `files` opens it and gives `opened_pages`;
`text_layer` judges what a PDF says of itself; `image` prepares pictures of pages, `ocr` has an engine read them;
`layout` puts the words in order; `failed_pages` are those that cannot be read.
"""

from avskrift.ingest.cached_pages import keep_pages, pages_waiting
from avskrift.ingest.files.document_file import DocumentFile
from avskrift.ingest.files.open_document import open_document, opened
from avskrift.ingest.reader import read

__all__ = ["DocumentFile", "keep_pages", "open_document", "opened", "pages_waiting", "read"]
