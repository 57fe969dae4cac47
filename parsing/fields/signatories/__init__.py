"""Who signs: names with the titles printed around them, or named where a text tells of the signing."""
