"""Messages (.eml): what is attached to them, and what they say of themselves."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.containers.held_file import Held, HeldFile, described, made_unique, safe_name

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a message may be."""

    most_bytes: int = 256 << 20
    most_parts: int = 1_000
    longest_header: int = 4_000
    """Signs of a header that are looked at."""


SETTINGS = Settings()
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/tiff": ".tiff",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "message/rfc822": ".eml",
}
"""What names of attachments end with that have none."""


def attachments_of(data: bytes) -> Held:
    """The files that are attached to a message; pictures that its text shows are none. Raises `BrokenInputError` or
    `LimitExceededError`."""
    if len(data) > SETTINGS.most_bytes:
        raise LimitExceededError(f"the message is larger than {SETTINGS.most_bytes >> 20} MiB")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = [(_name_of(part), _bytes_of(part)) for part in _attached(message)]
        names = made_unique([name for name, _ in parts])
        files = [HeldFile(name, content) for name, (_, content) in zip(names, parts, strict=True) if content]
        return Held(tuple(files), described(*(_header(message, name) for name in ("Subject", "From", "Date"))))
    except (LimitExceededError, MemoryError):
        raise
    except Exception:  # the standard library raises what it stumbles on (LookupError, TypeError, RecursionError ...)
        _LOG.info("a message cannot be read", exc_info=True)
        raise BrokenInputError("the message is damaged") from None


def _attached(message: Message) -> Iterator[Message]:
    """The parts that are files. An attached message is one: what is attached to it lies deeper."""
    waiting, count = [(message, False)], 0
    while waiting:
        part, shown = waiting.pop()
        count += 1
        if count > SETTINGS.most_parts:
            raise LimitExceededError(f"the message has more than {SETTINGS.most_parts:,} parts")
        if part.get_content_type() == "message/rfc822" and part is not message:
            yield part
        elif part.is_multipart():
            below = part.get_payload()
            inside = [each for each in below if isinstance(each, Message)] if isinstance(below, list) else []
            related = part.get_content_type() == "multipart/related"
            waiting += [(each, related) for each in reversed(inside)]
        elif _is_file(part, shown=shown):
            yield part


def _is_file(part: Message, *, shown: bool) -> bool:
    """Whether a part is attached, and neither the text of the message nor a picture in it; `shown` are parts that the
    text refers to."""
    disposition = part.get_content_disposition()
    if part.get_content_maintype() == "image" and part.get("Content-ID") and (shown or disposition != "attachment"):
        return False
    return disposition == "attachment" or bool(part.get_filename()) or part.get_content_maintype() == "application"


def _name_of(part: Message) -> str:
    stated = _decoded(part.get_filename() or "")
    ending = _ENDINGS.get(part.get_content_type(), "")
    if not stated and part.get_content_type() == "message/rfc822":
        below = part.get_payload()
        stated = _header(below[0], "Subject") if isinstance(below, list) and below else ""
    name = safe_name(stated or "unnamed")
    return name if not ending or name.lower().endswith((ending, ".tif", ".jpeg")) else name + ending


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        below = part.get_payload()
        return below[0].as_bytes() if isinstance(below, list) and below and isinstance(below[0], Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _header(message: object, name: str) -> str:
    stated = message.get(name, "") if isinstance(message, Message) else ""
    return " ".join(_decoded(str(stated)).split())


def _decoded(stated: str) -> str:
    """A header's text, whatever it was encoded as."""
    stated = stated[: SETTINGS.longest_header]
    try:
        return str(make_header(decode_header(stated))).encode("utf-8", "replace").decode("utf-8")
    except (ValueError, LookupError):
        return stated.encode("utf-8", "replace").decode("utf-8")
