"""The text of one paragraph as its runs come, with how most of it is set, its notes, and what it does not show."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from avskrift.ingest.files.office.changes import STRUCK_OUT
from avskrift.ingest.files.office.flow import PAGE_BREAK, Note, Paragraph
from avskrift.models.document import HiddenText


class SetAs(Protocol):
    """How a paragraph is placed: distances in points."""

    @property
    def indent(self) -> float:
        """From the margin."""

    @property
    def before(self) -> float:
        """White space above."""

    @property
    def after(self) -> float:
        """White space below."""

    @property
    def tab_stops(self) -> tuple[float, ...]:
        """From the margin, in their order."""


@dataclass(slots=True)
class SetText:
    """Text so far. Sizes are in points, None where they are not stated."""

    pieces: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    _sizes: Counter[float | None] = field(default_factory=Counter)
    _bold: int = 0
    _hidden_at: int = -1

    def add(self, text: str, size: float | None, *, bold: bool) -> None:
        """Takes a run."""
        self.pieces.append(text)
        signs = len(text.strip())
        self._sizes[size] += signs
        self._bold += signs * bold

    def hide(self, text: str, reason: str) -> None:
        """Keeps words that are not shown: as one with those right before them that are hidden for the same reason."""
        between = "".join(self.pieces[self._hidden_at :]) if self._hidden_at >= 0 else ""
        if self.hidden and self.hidden[-1].reason == reason and not between.strip():
            text = f"{self.hidden.pop().text} {text}"
        if text.strip():
            self.hidden.append(HiddenText(" ".join(text.split()), reason))
        self._hidden_at = len(self.pieces)

    @property
    def is_struck_out(self) -> bool:
        """Whether words of it are struck out: an item of a list counts even where nothing of it is left."""
        return any(hidden.reason == STRUCK_OUT for hidden in self.hidden)

    @property
    def text(self) -> str:
        """What is shown."""
        return "".join(self.pieces)

    @property
    def size(self) -> float | None:
        """The size of most of its signs."""
        return max(self._sizes, key=lambda size: self._sizes[size], default=None)

    @property
    def is_bold(self) -> bool:
        """Whether most of its signs are bold."""
        return 2 * self._bold > sum(self._sizes.values())

    def paragraph(self, set_as: SetAs, size: float | None, marker: str, outline: int | None) -> Paragraph:
        """The paragraph of this text behind the `marker` of a list, placed as `set_as` says: a heading of level
        `outline`, if any, and of `size` where its runs state none."""
        return Paragraph(
            self.after(marker),
            heading_level=outline,
            font_size=size if self.size is None else self.size,
            bold=self.is_bold,
            indent=set_as.indent,
            before=set_as.before,
            after=set_as.after,
            tab_stops=set_as.tab_stops,
            notes=tuple(self.notes),
            hidden=tuple(self.hidden),
        )

    def after(self, marker: str) -> str:
        """The text behind the marker of a list, which stands behind a break of the page."""
        text = self.text
        if not marker:
            return text
        breaks = len(text) - len(text.lstrip(PAGE_BREAK))
        return f"{text[:breaks]}{marker} {text[breaks:].lstrip()}"
