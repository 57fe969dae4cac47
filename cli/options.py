"""Options that several commands share, each with its help."""

import typer

ENGINE = typer.Option("--engine", help="The OCR engine: tesseract, or none.")
PAGE_TIMEOUT = typer.Option("--page-timeout", min=1.0, help="Seconds after which the engine gives a page up.")
VOCABULARY = typer.Option("--vocabulary", help="A folder of vocabulary files of your own (docs/parsing.md).")
GLOSSARY = typer.Option("--glossary", help="A file of words and names of your own district, one a line.")
MIN_CONFIDENCE = typer.Option(
    "--min-confidence", min=0.0, max=1.0, help="Corrections less sure than this are not made but listed as doubtful."
)
TIMEOUT = typer.Option("--timeout", min=1.0, help="Seconds that one document may take.")
MEMORY = typer.Option(
    "--memory",
    min=128,
    help="Mebibytes of memory that reading may use; 1024 if not given, and 512 for each more --jobs.",
)
MAX_PAGES = typer.Option("--max-pages", min=1, help="Documents of more pages are refused.")
LOG = typer.Option("--log", help="Add what goes wrong within, with where, to this file.")
PASSWORD = typer.Option("--password", help="Opens encrypted PDFs.", envvar="AVSKRIFT_PASSWORD")
