"""Messages of Outlook (.msg): what is attached to them, and what they say of themselves (MS-OXMSG)."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from avskrift.errors import LimitExceededError
from avskrift.ingest.files.containers.compound_file import Storage, opened_compound
from avskrift.ingest.files.containers.held_file import Held, HeldFile, described, made_unique, safe_name

_ATTACHMENT = "__attach_version1.0_"
_PROPERTIES = "__properties_version1.0"
_SUBJECT, _SENDER, _ADDRESS, _SMTP = "0037", "0C1A", "0C1F", "5D01"
_LONG_NAME, _SHORT_NAME, _DATA, _CONTENT_ID = "3707", "3704", "3701", "3712"
_SENT = 0x00390040
_HIDDEN = 0x7FFE000B
_FLAGS, _SHOWN_IN_TEXT = 0x37140003, 4
_PICTURES = (".gif", ".png", ".jpg", ".jpeg", ".bmp", ".emf", ".wmf")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DEEPEST = 1


def attachments_in_outlook(data: bytes) -> Held:
    """The files that are attached to a message; pictures that its text shows are none. An attached message is gone
    through for its own. Raises `BrokenInputError` or `LimitExceededError`."""
    message = opened_compound(data)
    found = list(_files_in(message, 0))
    names = made_unique([file.name for file in found])
    files = tuple(HeldFile(name, file.data) for name, file in zip(names, found, strict=True))
    return Held(files, described(_text(message, _SUBJECT), _sender_of(message), _date_of(message)))


def _files_in(message: Storage, depth: int) -> Iterator[HeldFile]:
    if depth > _DEEPEST:
        raise LimitExceededError("messages lie in each other deeper than is read")
    for name, attached in sorted(message.storages.items()):
        if not name.startswith(_ATTACHMENT):
            continue
        stated = safe_name(_text(attached, _LONG_NAME) or _text(attached, _SHORT_NAME) or "unnamed")
        inner = attached.storages.get(f"__substg1.0_{_DATA}000D")
        data = attached.streams.get(f"__substg1.0_{_DATA}0102", b"")
        if inner is not None:
            own = safe_name(_text(inner, _SUBJECT) or stated)
            yield from (HeldFile(f"{own}.msg/{file.name}", file.data) for file in _files_in(inner, depth + 1))
        elif data and not _is_shown(attached, stated):
            yield HeldFile(stated, data)


def _is_shown(attached: Storage, name: str) -> bool:
    """Whether an attachment is a picture in the text of its message."""
    properties = _properties(attached, 8)
    shown = bool(properties.get(_FLAGS, 0) & _SHOWN_IN_TEXT) or bool(properties.get(_HIDDEN, 0) & 1)
    return name.lower().endswith(_PICTURES) and shown and bool(_text(attached, _CONTENT_ID))


def _sender_of(message: Storage) -> str:
    name, address = _text(message, _SENDER), _text(message, _SMTP) or _text(message, _ADDRESS)
    return f"{name} <{address}>" if name and "@" in address and address != name else name or address


def _date_of(message: Storage) -> str:
    """The minute at which it was sent, in UTC; empty where it is not stated."""
    ticks = _properties(message, 32).get(_SENT, 0)
    try:
        return (_EPOCH + timedelta(microseconds=ticks // 10)).strftime("%Y-%m-%d %H:%M UTC") if ticks else ""
    except (OverflowError, ValueError):
        return ""


def _text(storage: Storage, name: str) -> str:
    """A property that is text; empty where there is none."""
    wide = storage.streams.get(f"__substg1.0_{name}001F")
    if wide is not None:
        return wide.decode("utf-16-le", "replace").strip("\0 ")
    return storage.streams.get(f"__substg1.0_{name}001E", b"").decode("cp1252", "replace").strip("\0 ")


def _properties(storage: Storage, head: int) -> dict[int, int]:
    """The properties of a fixed length, by their tags, behind a `head` of so many bytes."""
    stored = storage.streams.get(_PROPERTIES, b"")
    rows = (struct.unpack_from("<IIQ", stored, place) for place in range(head, len(stored) - 15, 16))
    return {tag: value for tag, _, value in rows}
