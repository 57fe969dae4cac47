"""Options and arguments that several commands share, each once: its type, its names and its help."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from avskrift.models.options import ReadingOptions

EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        help="The OCR engine: lstm (built in), lstm+second (asks a second reader about unsure words of bad pages), "
        "tesseract (must be installed), or none (text layers alone).",
    ),
]
PageTimeout = Annotated[
    float, typer.Option("--page-timeout", min=1.0, help="Seconds after which the engine gives a page up.")
]
PageJobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Pages read at the same time.")]
VocabularyFolder = Annotated[
    Path | None, typer.Option("--vocabulary", help="A folder of vocabulary files of your own (docs/parsing.md).")
]
NoCorrections = Annotated[bool, typer.Option("--no-corrections", help="Leave the reading as it came.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read every page anew, and keep none for the next time.")]
ReaderFile = Annotated[
    Path | None,
    typer.Option("--reader", help="A reader that records of your own archive have taught (docs/learned_reader.md)."),
]
GlossaryFile = Annotated[
    Path | None, typer.Option("--glossary", help="A file of words and names of your own district, one a line.")
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        help="Corrections less sure than this are not made but listed as doubtful.",
    ),
]
DocumentTimeout = Annotated[float, typer.Option("--timeout", min=1.0, help="Seconds that one document may take.")]
Memory = Annotated[
    int | None,
    typer.Option(
        "--memory",
        min=128,
        help="Mebibytes of memory that reading may use; 1536 if not given, and 768 for each more --jobs.",
    ),
]
MaxPages = Annotated[int, typer.Option("--max-pages", min=1, help="Documents of more pages are refused.")]
LogFile = Annotated[Path | None, typer.Option("--log", help="Add what goes wrong within, with where, to this file.")]
Password = Annotated[str | None, typer.Option("--password", help="Opens encrypted PDFs.", envvar="AVSKRIFT_PASSWORD")]
Unpack = Annotated[bool, typer.Option("--unpack", help="Read the documents in zip archives, too.")]
ResultsFolder = Annotated[Path, typer.Argument(help="The folder of results of a batch.", show_default=False)]
BatchFolder = Annotated[Path, typer.Option("-o", "--output", help="The folder of results.", show_default=False)]


def files_in(vocabulary: Path | None) -> tuple[Path, ...]:
    """The files of a user's own vocabulary, which no output may take the place of."""
    return tuple(vocabulary.glob("*")) if vocabulary is not None else ()


def check_vocabulary(folder: Path | None) -> None:
    """Raises `UsageError` for a user's own vocabulary that cannot be used, before anything is read."""
    from avskrift.parsing.vocabulary import Vocabulary

    Vocabulary.from_folder(folder)


def check_reader(file: Path | None) -> None:
    """Raises `UsageError` for a reader that cannot be used: one that `avskrift train` did not write, or wrote for
    another version."""
    from avskrift.parsing.learned.network import adapter_in

    if file is not None:
        adapter_in(file)


def reading_options(
    engine: str,
    page_timeout: float,
    max_pages: int,
    jobs: int,
    password: str | None,
    *,
    cached: bool = True,
    unpack: bool = False,
) -> "ReadingOptions":
    """How one document is read, as the options of the same names say; `cached`: pages are kept for the next time."""
    from platformdirs import user_cache_path
    from pydantic import SecretStr

    from avskrift.models.options import ReadingOptions

    return ReadingOptions(
        engine=engine,
        jobs=jobs,
        password=SecretStr(password) if password else None,
        page_timeout_seconds=page_timeout,
        max_pages=max_pages,
        unpack=unpack,
        cache_folder=user_cache_path("avskrift") / "pages" if cached else None,
    )
