"""Avskrift reads scanned Swedish cooperation agreements into structured, traceable JSON."""

__version__ = "0.1.0"
