"""Versions made of little."""

from collections.abc import Callable
from typing import Any

import pytest

from avskrift.comparison.reports.version_chain import Version
from avskrift.models.agreement import (
    Agreement,
    DatedMention,
    DateRole,
    DocumentHead,
    DocumentKind,
    Party,
    PartyKind,
    Period,
    SourceFile,
)


@pytest.fixture
def version() -> Callable[..., Version]:
    """Makes a version: its name, its parties with their kinds (a municipality if none), fields of its period."""
    return _version


def _version(
    name: str,
    *parties: tuple[str, PartyKind],
    kind: DocumentKind = DocumentKind.AGREEMENT,
    signed: str = "",
    **period: Any,
) -> Version:
    record = Agreement(
        document=DocumentHead(kind=kind),
        source=SourceFile(file=name, sha256=f"{len(name):064}", pages=1, page_sources=["plain_text"]),
        period=Period(**period),
        parties=[Party(name=party, kind=what) for party, what in parties or (("Ekby kommun", PartyKind.MUNICIPALITY),)],
        dates=[DatedMention(role=DateRole.SIGNED, date=signed, text=signed)] if signed else [],
    )
    return Version(name, record)
