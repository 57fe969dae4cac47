"""A page as a picture: prepared for an engine, and what on it is not set in letters."""
