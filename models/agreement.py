"""What an agreement says: the types behind the JSON.

Values are the document's own words, in Swedish, with corrected spelling. What was not found is None or an
empty list. Every object can carry `evidence` (where the object as a whole was read) and `evidence_by_field`
(where each of its values was read; items of lists are named `members.0`).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from avskrift.models.evidence import Evidence as Evidence
from avskrift.models.evidence import PartialDate as PartialDate
from avskrift.models.evidence import Probability as Probability
from avskrift.models.evidence import Record as Record
from avskrift.models.evidence import Traced as Traced
from avskrift.models.minutes import Minutes

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class DocumentKind(StrEnum):
    """What a document is: an agreement, its action plan, an excerpt of minutes, a memo about it, or something else."""

    AGREEMENT = "agreement"
    ACTION_PLAN = "action_plan"
    PROTOCOL_EXCERPT = "protocol_excerpt"
    MEMO = "memo"
    OTHER = "other"


class RegistryNumber(Traced):
    """A registry number (diarienummer): the reference of the document in its `holder`'s register."""

    holder: str | None = None
    number: str


class DocumentHead(Traced):
    """What the head of the document says of it: its kind, its printed title, its registry numbers."""

    kind: DocumentKind
    title: str | None = None
    language: str = "sv"
    diary_numbers: list[RegistryNumber] = Field(default_factory=list)


class PageRegion(Record):
    """A part of a page that is no running text, in PDF points as in evidence; `text` is what was read in it, if
    anything. Kinds: logo, chart, picture, signature, handwriting, stamp, drawing, watermark, transmission (the line
    that a fax machine prints), unread (print that no word stands for), comment (a note that lies on the page of a PDF),
    struck_out (words that are crossed out)."""

    page: int
    kind: str
    bbox: tuple[float, float, float, float]
    text: str | None = None


class PageFootnote(Record):
    """A note at the foot of a page, its mark, and the line of the page that bears the mark (null where none was read
    to)."""

    page: int
    mark: str
    text: str
    marked_text: str | None = None


class HiddenWords(Record):
    """Words of a page's text layer that the page does not show, and why: `white`, `invisible`, `covered`,
    `off-page`, or `not drawn` (the page shows nothing in their place); of an office document `deleted` (by a tracked
    change), `struck out` (by a line through it), `hidden`, or `placeholder` (what a field shows until it is filled in).
    They are no part of the text. `bbox` is around them, as in evidence."""

    page: int
    text: str
    bbox: tuple[float, float, float, float] | None = None
    reason: Literal[
        "white", "invisible", "covered", "off-page", "not drawn", "deleted", "struck out", "hidden", "placeholder"
    ]


class DigitalSignature(Record):
    """A digital signature in the file: whose by its certificate, which is not verified, and when by what it says.
    `intact`: the file is what was signed, with nothing but signatures added (null: that cannot be told);
    `covers_whole_file`: nothing at all was added."""

    name: str | None = None
    time: str | None = None
    intact: bool | None = None
    covers_whole_file: bool = False


class DocumentPart(Record):
    """One of several documents that lie in a file: its pages, its kind and its title; `recorded` is the one that the
    record is of."""

    pages: Annotated[list[int], Field(min_length=1)]
    kind: DocumentKind
    title: str | None = None
    recorded: bool = False


class SourceFile(Record):
    """The file that was read. `settings` holds the options and versions that made this record.

    `page_qualities` grades each page that an engine read (null for the others): pages that are `poor` or
    `unreadable` are worth another scan.
    `page_sizes` are width and height of each page as it lies in the file, as a viewer shows it, in PDF points (null in
    plain text and office documents); boxes lie on that page. `page_rotations` tells for each page by how many degrees
    clockwise (0, 90, 180, 270) its picture was turned before it was read, `page_skews` by how many degrees more,
    counter-clockwise, it was straightened about its centre. Records of earlier versions lack `page_sizes`; their boxes
    lie on the upright, straightened page.
    `page_words` tells how many words of each page come from where (`text_layer`, `ocr`, `plain_text`), `page_ink_read`
    what share of its print they account for, rules, drawings and regions aside (null where nothing is known).
    `parts` are the documents that lie in the file, empty where it is one: the record is of the main one, and `pages`
    counts them all.
    """

    file: str
    sha256: str
    pages: int
    page_sources: list[Literal["ocr", "text_layer", "plain_text"]]
    page_confidences: list[Probability] = Field(default_factory=list)
    page_qualities: list[Literal["good", "fair", "poor", "unreadable"] | None] = Field(default_factory=list)
    page_rotations: list[Literal[0, 90, 180, 270]] = Field(default_factory=list)
    page_skews: list[float] = Field(default_factory=list)
    page_sizes: list[tuple[float, float] | None] = Field(default_factory=list)
    page_words: list[dict[str, int]] = Field(default_factory=list)
    page_ink_read: list[Probability | None] = Field(default_factory=list)
    regions: list[PageRegion] = Field(default_factory=list)
    footnotes: list[PageFootnote] = Field(default_factory=list)
    hidden_text: list[HiddenWords] = Field(default_factory=list)
    digital_signatures: list[DigitalSignature] = Field(default_factory=list)
    parts: list[DocumentPart] = Field(default_factory=list)
    engine: str | None = None
    settings: dict[str, object] = Field(default_factory=dict)


class PartyKind(StrEnum):
    """What sort of organisation a party is."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    REGION = "region"
    COMPANY = "company"
    ASSOCIATION = "association"
    OTHER = "other"


class Party(Traced):
    """One who agrees. `defined_term` is what the text calls it from then on, without quotes."""

    id: str | None = None
    name: str
    kind: PartyKind
    defined_term: str | None = None
    organisation_number: str | None = None
    organisation_number_valid: bool | None = None
    address: str | None = None


class Period(Traced):
    """From when to when the agreement is valid. `notice` are the sentences that say how a party can end it before."""

    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    until_further_notice: bool = False
    extension: str | None = None
    revision: str | None = None
    notice: str | None = None


class DateRole(StrEnum):
    """What happens on a date, the most telling role first."""

    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    SIGNED = "signed"
    DECIDED = "decided"
    MEETING = "meeting"
    OTHER = "other"


class DatedMention(Traced):
    """A date in the document; `text` is how it is written there."""

    date: PartialDate
    role: DateRole
    text: str


class GroupKind(StrEnum):
    """What a group does in the cooperation."""

    STEERING = "steering"
    PREPARATION = "preparation"
    WORKING = "working"
    FORUM = "forum"
    COORDINATORS = "coordinators"
    OTHER = "other"


class Group(Traced):
    """A group that runs the cooperation. `meetings_per_year` is the least that the words promise. `chair` leads its
    meetings, `convener` calls them, `reports_to` is whom it answers to."""

    id: str | None = None
    name: str
    kind: GroupKind
    members: list[str] = Field(default_factory=list)
    meeting_frequency: str | None = None
    meetings_per_year: float | None = None
    purpose: str | None = None
    chair: str | None = None
    convener: str | None = None
    reports_to: str | None = None


class Activity(Traced):
    """One activity of a focus area; the fields are the rows of the action plan's table."""

    name: str | None = None
    description: str | None = None
    goal: str | None = None
    purpose: str | None = None
    situation: str | None = None
    duration: str | None = None
    meeting_frequency: str | None = None
    convener: str | None = None
    police_contact: str | None = None
    police_participants: str | None = None
    police_commitments: str | None = None
    district_contact: str | None = None
    district_participants: str | None = None
    district_commitments: str | None = None
    other_participants: str | None = None
    funding: str | None = None
    communication: str | None = None
    follow_up: str | None = None


class FocusArea(Traced):
    """A prioritised area of cooperation."""

    id: str | None = None
    name: str
    goal: str | None = None
    purpose: str | None = None
    situation: str | None = None
    activities: list[Activity] = Field(default_factory=list)


class Annex(Traced):
    """An annex that the document lists, names or holds."""

    id: str | None = None
    number: str | None = None
    title: str | None = None


class Signatory(Traced):
    """Who signs, with the office printed at the name."""

    name: str
    title: str | None = None


class Contact(Traced):
    """A person to reach, with the office and the ways to do so."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None


class Section(Traced):
    """A headed part of the text. `level` is 1 for the outermost; `text` is the body without its subsections.

    `roles` is what the title means in the terms of the vocabulary, best first (`period`, `group:steering`).
    `annex` is the number of the annex that the section stands in, "" for one without a number, null in the agreement
    itself. Records of earlier versions tell neither.
    """

    id: str | None = None
    number: str | None = None
    title: str | None = None
    level: Annotated[int, Field(ge=1)]
    page: Annotated[int, Field(ge=1)]
    roles: list[str] = Field(default_factory=list)
    annex: str | None = None
    text: str


class Reference(Traced):
    """Words that point to something else in the document: `targets` are ids of parties, groups, annexes or sections,
    empty where the document does not hold what they name. `section` is the id of the section they stand in."""

    text: str
    section: str | None = None
    targets: list[str] = Field(default_factory=list)


RemarkKind = Literal[
    "organisation_number",
    "parties",
    "period",
    "groups",
    "focus_areas",
    "annexes",
    "diary_numbers",
    "signatories",
    "contents",
    "parts",
    "pages",
    "choices",
    "two_readings",
    "status",
    "reading",
]


class Remark(Traced):
    """Something a registrar should look at."""

    kind: RemarkKind
    text: str


class Correction(Record):
    """One corrected reading. `line` counts from 1 on the page."""

    page: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)]
    raw: str
    corrected: str
    rule: str
    confidence: Probability


class DoubtfulReading(Record):
    """A reading that was left although it may be another. `line` counts from 1 on the page."""

    page: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)]
    raw: str
    proposed: str
    rule: str
    confidence: Probability


class Agreement(Record):
    """The whole record of one document.

    `absent` tells of values that are null or empty why, by the path of the field; every remark is among `warnings` too.
    `minutes` is null where the document is no minutes nor an excerpt of them; records of earlier versions lack it.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    document: DocumentHead
    source: SourceFile
    parties: list[Party] = Field(default_factory=list)
    period: Period = Field(default_factory=Period)
    dates: list[DatedMention] = Field(default_factory=list)
    groups: list[Group] = Field(default_factory=list)
    focus_areas: list[FocusArea] = Field(default_factory=list)
    annexes: list[Annex] = Field(default_factory=list)
    signatories: list[Signatory] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    minutes: Minutes | None = None
    sections: list[Section] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    absent: dict[str, str] = Field(default_factory=dict)
    remarks: list[Remark] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    doubtful: list[DoubtfulReading] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
