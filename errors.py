"""Everything that can go wrong on purpose, as one tree.

Each class carries the exit status that the command line ends with; the message is one line that says what is
wrong and, where there is one, the way out.

    AvskriftError                    1
    ├── UsageError                   2   an option or argument that cannot be meant
    ├── InputError                   1   the document cannot be read
    │   ├── MissingInputError            no such file
    │   ├── EmptyInputError              a file of no bytes, or no page
    │   ├── UnsupportedFormatError       no PDF, image or text
    │   ├── BrokenInputError             a PDF or image that ends too early or is damaged
    │   ├── EncryptedInputError          a PDF that asks for a password
    │   └── LimitExceededError           more time, memory, pages, pixels or text than a document may take
    ├── EngineError                  1   the OCR engine
    │   ├── EngineMissingError           Tesseract or its Swedish data are not installed
    │   └── EngineFailedError            the engine crashed, hung or answered rubbish
    ├── OutputError                  1   a file that cannot be written
    ├── BatchStoppedError            3   a batch that cannot go on; the same command resumes it
    └── BatchInterruptedError      130   a batch that a person stopped; the same command resumes it
"""

__all__ = [
    "AvskriftError",
    "BatchInterruptedError",
    "BatchStoppedError",
    "BrokenInputError",
    "EmptyInputError",
    "EncryptedInputError",
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
    exit_status = 2


class InputError(AvskriftError):
    pass


class MissingInputError(InputError):
    pass


class EmptyInputError(InputError):
    pass


class UnsupportedFormatError(InputError):
    pass


class BrokenInputError(InputError):
    pass


class EncryptedInputError(InputError):
    pass


class LimitExceededError(InputError):
    pass


class EngineError(AvskriftError):
    pass


class EngineMissingError(EngineError):
    pass


class EngineFailedError(EngineError):
    pass


class OutputError(AvskriftError):
    pass


class BatchStoppedError(AvskriftError):
    exit_status = 3


class BatchInterruptedError(AvskriftError):
    exit_status = 130
