"""A file that lies in another one, and the name that it has there."""

import re
from collections import Counter
from dataclasses import dataclass

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MOST_DESCRIBED = 120
"""Signs of a subject or a sender."""
_LONGEST = 180
"""Bytes of a name: file systems allow 255, and results bear longer ones."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file in another one: its name with the folders above it, parted by `/`, and its bytes. The name leads nowhere
    else: no part is empty, `.` or `..`."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in a file, and what the file says of itself (`the message "..." of ...`)."""

    files: tuple[HeldFile, ...]
    about: str = ""


def described(subject: str, sender: str, date: str) -> str:
    """What a message is called, who sent it and when, as far as it says so; on one line."""
    words = [" ".join(_UNPRINTABLE.sub(" ", part).split()) for part in (subject, sender, date)]
    subject, sender, date = (w if len(w) <= _MOST_DESCRIBED else f"{w[:_MOST_DESCRIBED].rstrip()} ..." for w in words)
    parts = [f'"{subject}"' if subject else "", f"from {sender}" if sender else "", f"of {date}" if date else ""]
    return " ".join(["the message", *filter(None, parts)])


def safe_name(name: str) -> str:
    """One part of a name that may stand on disk and on a terminal: without folders, signs that steer, or too many
    letters; `unnamed` where nothing is left."""
    own = re.split(r"[/\\]", _UNPRINTABLE.sub(" ", name))[-1].strip()
    stem, dot, ending = own.rpartition(".")
    if len(own.encode()) > _LONGEST:
        ending = ending[:12] if dot else ""
        stem = own.encode()[: _LONGEST - 20].decode("utf-8", "ignore")
        own = f"{stem}.{ending}" if ending else stem
    return own if own.strip(". ") else "unnamed"


def made_unique(names: list[str]) -> list[str]:
    """The names, those that come again with a number before their ending: a file system may not know large letters from
    small ones."""
    taken: Counter[str] = Counter()
    apart: list[str] = []
    for name in names:
        folder, slash, own = name.rpartition("/")
        stem, dot, ending = own.rpartition(".")
        unique = name
        while taken[unique.lower()]:
            taken[name.lower()] += 1
            number = taken[name.lower()]
            own_numbered = f"{stem}-{number}.{ending}" if dot and stem else f"{own}-{number}"
            unique = f"{folder}{slash}{own_numbered}"
        taken[unique.lower()] += 1
        apart.append(unique)
    return apart
