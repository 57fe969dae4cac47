"""Minutes and excerpts of them: which body met, when, where, who was there, and what was decided on each item."""
