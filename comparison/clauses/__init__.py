"""Clause by clause: sections of two records aligned, their words compared, and what of it is material."""
