"""Avskrift reads scanned Swedish cooperation agreements into structured, traceable JSON.

    from avskrift import parse_file
    agreement = parse_file(Path("agreement.pdf"))

`parse_file` goes the whole road; `read`, `correct` and `parse` are its stages; `compare` tells what changed from one
record to another. `frame_of` and `upright_box` give the boxes of evidence on upright pages. All are
imported when first used.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from avskrift.comparison import compare
    from avskrift.corrections import correct
    from avskrift.ingest import read
    from avskrift.output.evidence_boxes import frame_of, upright_box
    from avskrift.parsing import parse
    from avskrift.pipeline import parse_file

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "correct", "frame_of", "parse", "parse_file", "read", "upright_box"]

logging.getLogger(__name__).addHandler(logging.NullHandler())

_HOMES = {
    "compare": "avskrift.comparison",
    "read": "avskrift.ingest",
    "frame_of": "avskrift.output.evidence_boxes",
    "upright_box": "avskrift.output.evidence_boxes",
    "correct": "avskrift.corrections",
    "parse": "avskrift.parsing",
    "parse_file": "avskrift.pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'avskrift' has no attribute {name!r}")
