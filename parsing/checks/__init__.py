"""What is looked at once a record stands: contradictions, gaps and their reasons, where it came from."""
