"""Field by field: objects of two records matched, and their values compared.

`record` is the way through all kinds of objects; `people` and `groups` say how each kind is matched, `matching` does
it, `changes` and `values` compare.
"""
