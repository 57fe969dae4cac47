"""An archive teaches the learned reader: verified records are matched with their documents, what they say of each word
is learned, and documents that were left out show whether it helps. What is learned itself is in `parsing/learned/`."""

from avskrift.adaptation.documents import VerifiedDocument, documents_of
from avskrift.adaptation.training import LEAST_DOCUMENTS, Training, trained

__all__ = ["LEAST_DOCUMENTS", "Training", "VerifiedDocument", "documents_of", "trained"]
