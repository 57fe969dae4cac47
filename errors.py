"""Everything that can go wrong on purpose, as one tree.

Each class carries the exit status that the command line ends with; the message is one line that says what is
wrong and, where there is one, the way out.

    AvskriftError                    1
    ├── UsageError                   2
    ├── InputError                   1
    │   ├── MissingInputError
    │   ├── EmptyInputError
    │   ├── UnsupportedFormatError
    │   ├── BrokenInputError
    │   ├── EncryptedInputError
    │   └── LimitExceededError
    ├── EngineError                  1
    │   ├── EngineMissingError
    │   ├── EngineDataError
    │   └── EngineFailedError
    ├── OutputError                  1
    ├── BatchStoppedError            3
    └── BatchInterruptedError      130
"""

__all__ = [
    "AvskriftError",
    "BatchInterruptedError",
    "BatchStoppedError",
    "BrokenInputError",
    "EmptyInputError",
    "EncryptedInputError",
    "EngineDataError",
    "EngineError",
    "EngineFailedError",
    "EngineMissingError",
    "InputError",
    "LimitExceededError",
    "MissingInputError",
    "OutputError",
    "UnsupportedFormatError",
    "UsageError",
]


class AvskriftError(Exception):
    """The root of the tree; `exit_status` is what the command line ends with."""

    exit_status = 1


class UsageError(AvskriftError):
    """An option or argument that cannot be meant."""

    exit_status = 2


class InputError(AvskriftError):
    """The document cannot be read."""


class MissingInputError(InputError):
    """There is no such file."""


class EmptyInputError(InputError):
    """A file of no bytes, or one without a page."""


class UnsupportedFormatError(InputError):
    """A kind of file that is not read, or one that holds no document or several."""


class BrokenInputError(InputError):
    """A file that ends too early or is damaged."""


class EncryptedInputError(InputError):
    """A document that asks for a password."""


class LimitExceededError(InputError):
    """More time, memory, pages, pixels or text than a document may take."""


class EngineError(AvskriftError):
    """Something is wrong with the OCR engine."""


class EngineMissingError(EngineError):
    """Tesseract, its Swedish data, or the second reader is not installed."""


class EngineDataError(EngineError):
    """A file of an engine's data is missing, damaged, cut off, or holds what is not supported."""


class EngineFailedError(EngineError):
    """The engine crashed, hung or answered with no table of words."""


class OutputError(AvskriftError):
    """A file cannot be written."""


class BatchStoppedError(AvskriftError):
    """A batch cannot go on; the same command resumes it."""

    exit_status = 3


class BatchInterruptedError(AvskriftError):
    """A person stopped a batch; the same command resumes it."""

    exit_status = 130
