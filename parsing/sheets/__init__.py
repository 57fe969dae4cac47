"""Sheets of a file that are not read as text: pages scanned twice, pages that a service for signing adds; and what the
printed numbers of pages tell of sheets that lack or lie in another order."""
