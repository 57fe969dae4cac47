"""What reading a document may cost where nobody says otherwise: for the options of the stages and of the commands."""

USUAL_PAGES = 5000
"""Pages of a document; one of more is refused."""
USUAL_PAGE_SECONDS = 120.0
"""Seconds after which the engine gives a page up."""
