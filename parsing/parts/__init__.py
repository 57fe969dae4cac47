"""The documents that lie in one file: where each begins, which one a record is of, on which pages it stands."""
