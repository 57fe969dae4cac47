"""What minutes, and excerpts of them, tell of a meeting."""

from pydantic import Field

from avskrift.models.evidence import PartialDate, Traced


class Attendee(Traced):
    """A person present at a meeting. `role` is the part taken in it (ordförande, ledamot, ersättare, sekreterare), else
    the office told with the name; `political_party` are the letters in brackets."""

    name: str
    role: str | None = None
    political_party: str | None = None


class MinutesItem(Traced):
    """A numbered item of minutes: its number without the sign, its heading, the case it belongs to, and the words of
    what was decided."""

    paragraph: str | None = None
    title: str | None = None
    diary_number: str | None = None
    decision: str | None = None


class Minutes(Traced):
    """What minutes, or an excerpt of them, tell of a meeting. `adjusters` are who was chosen to approve them besides
    the chair; `posted` and `taken_down` are the days of the notice board."""

    body: str | None = None
    date: PartialDate | None = None
    place: str | None = None
    present: list[Attendee] = Field(default_factory=list)
    adjusters: list[str] = Field(default_factory=list)
    items: list[MinutesItem] = Field(default_factory=list)
    posted: PartialDate | None = None
    taken_down: PartialDate | None = None
