"""An agreement of a fictional district, as text, and the records made of what tests make of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.models.agreement import Agreement
from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
from avskrift.pipeline import parse_file

Reader = Callable[[str], Agreement]

OPTIONS = PipelineOptions(reading=ReadingOptions(engine="none"), parsing=ParsingOptions(learned=False))

AGREEMENT = (Path(__file__).parent / "nasudden-2018.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def record_of(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Reads a text by the rules alone, which know this district; each text once."""
    folder: Path = tmp_path_factory.mktemp("versions")
    held: dict[str, Agreement] = {}

    def read(text: str) -> Agreement:
        if text not in held:
            path = folder / f"{len(held)}.txt"
            path.write_text(text, encoding="utf-8")
            held[text] = parse_file(
                path, PipelineOptions(reading=ReadingOptions(engine="none"), parsing=ParsingOptions(learned=False))
            )
        return held[text]

    return read


@pytest.fixture
def agreement() -> str:
    """The text that tests change."""
    return AGREEMENT
