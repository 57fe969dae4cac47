"""Kinds of files: what a file is, how it is opened, and what of it is kept for the next time."""
