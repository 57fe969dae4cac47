"""What Swedish is and what OCR does to it, each piece of it in one place. Below every other room but `models`.

Words: `lexicon`, `compounds`, `languages`. Letters: `fold` (marks, case, signs), `confusions` (what OCR reads for what
was printed). Text: `sentences`, `bullets`, `page_numbers`, `phrases`. Figures: `numbers`, `dates`, `frequency`,
`organisation_number`. What people read and change lies in `data/`; `rules` compiles the patterns there.
"""
