"""The documents that lie in one file: where each begins, which one a record is of, and on which pages its values stand."""
