"""Imports without looks for garbage in between: nearly all that an import makes stays, and each look costs more."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected_imports() -> Iterator[None]:
    """For `with`, around imports: the collector of cyclic garbage rests, and afterwards does as it did before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
