"""The types of both halves: what a page is (`document`) and what an agreement is (`agreement`)."""
