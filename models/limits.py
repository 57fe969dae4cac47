"""By which engine a document is read and what that may cost, where nobody says otherwise: for the options of the stages
and of the commands."""

USUAL_ENGINE = "lstm"
"""The OCR engine that needs nothing installed."""
USUAL_PAGES = 5000
"""Pages of a document; one of more is refused."""
USUAL_PAGE_SECONDS = 120.0
"""Seconds after which the engine gives a page up."""
