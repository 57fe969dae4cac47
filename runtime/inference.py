"""The one place that imports onnxruntime: networks are loaded here, and onnxruntime is kept from reporting on its user.

The official builds of onnxruntime send facts about the machine and the program to their maker, and leave files in the
temporary folder and in the user's cache. Both are off once this module is imported.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """Sets a variable of the environment for a while; whoever imports us finds it afterwards as it was."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


# Read when onnxruntime initialises: without it there is an event, a look-up and a file before any call can be made.
with _variable("ORT_DISABLE_TELEMETRY", "1"):
    import onnxruntime

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# For a program that imported onnxruntime before it imported us: no further events.
onnxruntime.disable_telemetry_events()


__all__ = ["InferenceSession", "session"]


def session(model: Path | bytes, *, keep_memory: bool = True) -> "InferenceSession":
    """The network in a file or in bytes, to be run on one thread: callers decide what runs at the same time.

    Without `keep_memory` the memory of a run is given back when it ends, not kept for a next one.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = keep_memory
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
