"""By which engine a document is read and what that may cost, where nobody says otherwise, and what a person is told of
it: for the options of the stages and of the commands, and for what they show."""

USUAL_ENGINE = "lstm"
"""The OCR engine that needs nothing installed."""
LEAST_INK_READ = 0.9
"""Share of a page's print under words that were read, below which a person is told. Of the scans that the settings of
reading were tried on, all pages have 0.95 and more."""
USUAL_PAGES = 5000
"""Pages of a document; one of more is refused."""
USUAL_PAGE_SECONDS = 120.0
"""Seconds after which the engine gives a page up."""
