"""What was compared, for people and programs: JSON with its schemas, Markdown, pages, tables, terminals.

`page` is put together of `sentence` (what matters), `page_text` (words with their signs) and `page_panel` (where on the
pages they were read).
"""
