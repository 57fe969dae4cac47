"""Files opened: what kind each is, its pages one after the other, and the pages kept on disk between runs.

`open_document` gives a `DocumentFile`, whatever the kind; `pdf`, `images`, `plain_text`, `office` and `recognised`
are the kinds, `containers` what holds documents. Nothing else in `ingest` opens a file.
"""
