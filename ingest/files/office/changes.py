"""What an office document holds beside its text, as it is told to people: tracked changes, comments, hidden words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.models.document import HiddenText


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is told of each."""

    most_quoted: int = 4
    longest: int = 60
    """Signs of a quotation."""


SETTINGS = Settings()
DELETED, STRUCK_OUT, HIDDEN, PLACEHOLDER = "deleted", "struck out", "hidden", "placeholder"
"""Why words of an office document are no text of it."""


@dataclass(slots=True)
class LeftOut:
    """What a document holds beside its text, in its order. `changes` are tracked changes: what was done, and the words
    (empty for a format or an empty paragraph)."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    pictures: int = 0
    embedded: int = 0

    def warnings(self) -> tuple[str, ...]:
        """What a person should know, a line for each kind."""
        return tuple(
            line
            for line in (
                _counted(len(self.changes), "tracked change", _of_changes(self.changes), "read as accepted"),
                _counted(len(self.comments), "comment", _quoted(self.comments), "no part of the text"),
                self._of_hidden(STRUCK_OUT, "struck-out passage", "no part of the text"),
                self._of_hidden(HIDDEN, "hidden passage", "no part of the text"),
                self._of_hidden(PLACEHOLDER, "field", "not filled in"),
                _counted(self.pictures, "picture", "", "not read; save the document as PDF if they show text"),
                _counted(self.embedded, "embedded document", "", "not read"),
            )
            if line
        )

    def _of_hidden(self, reason: str, noun: str, what: str) -> str:
        found = [hidden.text for hidden in self.hidden if hidden.reason == reason]
        return _counted(len(found), noun, _quoted(found), what)


def _counted(count: int, noun: str, quoted: str, what: str) -> str:
    """`3 tracked changes, read as accepted: ...`; empty for none."""
    if not count:
        return ""
    head = f"{count} {noun}{'s' * (count > 1)}, {what}"
    return f"{head}: {quoted}" if quoted else head


def _of_changes(changes: Sequence[tuple[str, str]]) -> str:
    quoted = [f"{done} {_short(words)}" for done, words in changes if words.strip()]
    return _listed(quoted)


def _quoted(texts: Sequence[str]) -> str:
    return _listed([_short(text) for text in texts if text.strip()])


def _listed(quoted: Sequence[str]) -> str:
    more = len(quoted) - SETTINGS.most_quoted
    return ", ".join([*quoted[: SETTINGS.most_quoted], *([f"and {more} more"] if more > 0 else [])])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f'"{words}"' if len(words) <= SETTINGS.longest else f'"{words[: SETTINGS.longest].rstrip()} ..."'
