"""Field by field: objects of two records matched, and their values compared."""
