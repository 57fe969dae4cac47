"""An archive with verified records, and what it taught the reader, made once."""

from pathlib import Path

import pytest
from verified_archive import OPTIONS, TAUGHT, verified, write_documents

from avskrift.adaptation import Training, VerifiedDocument, trained


class Lines:
    """Hears what people would be told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def document(self, name: str) -> None:
        """Nothing is shown of it."""

    def pages(self, done: int, known: int) -> None:
        """Nothing is shown of it."""

    def read(self) -> None:
        """Nothing is shown of it."""

    def line(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_documents(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def archive(documents: list[Path]) -> list[VerifiedDocument]:
    return [VerifiedDocument(f"avtal-{n}.json", documents[n], verified(documents[n], n)) for n in TAUGHT]


@pytest.fixture
def watcher() -> Lines:
    return Lines()


@pytest.fixture(scope="session")
def training(archive: list[VerifiedDocument]) -> Training:
    return trained(archive, OPTIONS, Lines())
