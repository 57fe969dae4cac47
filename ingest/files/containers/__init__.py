"""Files that hold documents and are none: messages with attachments (`mail`), archives (`archive`).

`held_documents` goes through what one holds; `only_document` is what `open_document` asks.
"""
