"""What a user may choose, one frozen model for each stage; made once in the command line and passed on."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.models.limits import USUAL_ENGINE, USUAL_PAGE_SECONDS, USUAL_PAGES

MOST_SIGNS = 20_000_000
"""Signs of a document's text that are taken at all: some seven thousand pages; a thick book has two million."""


class Options(BaseModel):
    """Options are frozen, and none is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadingOptions(Options):
    """`engine` names an OCR engine; `password` opens an encrypted PDF and is never written anywhere.

    `jobs` pages are read at the same time; a page that takes longer than `page_timeout_seconds` is given up. A document
    of more than `max_pages` pages is refused (`LimitExceededError`).
    `unpack` has the one document in a zip archive read.
    `cache_folder` keeps pages that were read, so that they need not be read again (None: nothing is kept; pages of
    encrypted files never are), `cache_bytes` of them at most (None: all).
    """

    engine: str = USUAL_ENGINE
    password: SecretStr | None = None
    jobs: Annotated[int, Field(ge=1)] = 1
    page_timeout_seconds: Annotated[float, Field(gt=0)] = USUAL_PAGE_SECONDS
    max_pages: Annotated[int, Field(ge=1)] = USUAL_PAGES
    unpack: bool = False
    cache_folder: Path | None = None
    cache_bytes: int | None = 1 << 30


class CorrectingOptions(Options):
    """`enabled=False` leaves the reading as it came. Changes less sure than `min_confidence` are not made but
    listed as doubtful. `glossary` holds words and names of the user's own district, as they are printed."""

    enabled: bool = True
    min_confidence: Annotated[float, Field(ge=0.0, le=1.0)] = DEFAULT_MIN_CONFIDENCE
    glossary: tuple[str, ...] = ()


class ParsingOptions(Options):
    """`vocabulary` is a folder of the user's own vocabulary files, which add to those of the package. Without
    `learned` the rules alone read; `reader` is a file of `avskrift train`, by which the learned reader knows the user's
    own archive."""

    vocabulary: Path | None = None
    learned: bool = True
    reader: Path | None = None


class PipelineOptions(Options):
    """The options of all stages."""

    reading: ReadingOptions = ReadingOptions()
    correcting: CorrectingOptions = CorrectingOptions()
    parsing: ParsingOptions = ParsingOptions()
