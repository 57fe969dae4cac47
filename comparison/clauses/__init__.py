"""Clause by clause: sections of two records aligned, their words compared, and what of it is material or in doubt.

`changes` is the way through: `alignment` pairs sections, `compared_clause` and `word_diff` compare their words,
`material_change` says what of that counts.
"""
