"""A document of an archive whose record stands: what exports are made of."""

from dataclasses import dataclass

from avskrift.models.agreement import Agreement


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """`name` is the document's path in the archive, unique there; `same_as` names the document whose bytes it shares.
    `text` is the corrected text, pages parted by form feeds, empty where it was not written."""

    name: str
    status: str
    same_as: str | None
    agreement: Agreement
    text: str
