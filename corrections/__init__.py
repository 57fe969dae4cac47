"""From a reading to what was printed: spacing, glyph confusions and diacritics, each correction an `Edit`.

Here belongs whatever decides from text alone what a print said; what looks at the picture belongs in `ingest`.
`document` corrects the pages of a `Document`, `text` the content of a text file, `lines` what both are made of. The
text is judged first (`text_analysis`, `damage`): what is intact is left alone. Then `text_corrector` goes line by line:
`tokens` cuts lines into words, `candidates` proposes what each may have been printed as (from the lexicon in
`language`, `confusions` and the network in `tagger`), `word_lattice` weighs these, `decoder` picks the likeliest line.
Letter-spaced headings (`letter_spacing`), `numbers`, `signs` and `punctuation` have rules of their own. The data are in
`rules/` (read and changed by people) and `weights/` (counted from running text).
"""

from avskrift.corrections.document import correct
from avskrift.corrections.lines import correct_lines

__all__ = ["correct", "correct_lines"]
