"""The one place that imports onnxruntime: networks are loaded here, and onnxruntime is kept from reporting on its user.

The official builds of onnxruntime send facts about the machine and the program to their maker, and leave files in the
temporary folder and in the user's cache. Both are off from here on, in this process and in all that it starts.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

# Read when onnxruntime initialises: without it there is an event, a look-up and a file before any call can be made.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# For a program that imported onnxruntime before it imported us: no further events.
onnxruntime.disable_telemetry_events()


def session(path: Path) -> "InferenceSession":
    """The network in a file, to be run on one thread, so that callers decide what runs beside it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
