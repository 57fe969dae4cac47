"""What differs between two agreements: the types behind `compare`.

Each change says what stood in the old and in the new document, where it was read, and, where a reading is weak, why the
difference may be no difference (`doubt`).
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from avskrift.models.agreement import DocumentKind, Evidence, PartialDate, Probability, Record

COMPARISON_SCHEMA_VERSION: Literal["1.0"] = "1.0"


class ObjectName(StrEnum):
    """What a change is of; `document` and `period` are one each."""

    DOCUMENT = "document"
    PARTY = "party"
    PERIOD = "period"
    DATE = "date"
    GROUP = "group"
    FOCUS_AREA = "focus_area"
    ANNEX = "annex"
    SIGNATORY = "signatory"
    CONTACT = "contact"


class ObjectChangeType(StrEnum):
    """What became of an object. `replaced`: another holds the same place (a party's role, a signatory's office)."""

    KEPT = "kept"
    CHANGED = "changed"
    RENAMED = "renamed"
    REPLACED = "replaced"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


class ValueChangeType(StrEnum):
    """What became of a value. `reworded`: the words differ, not what they say (as far as numbers, dates, names,
    duties and negations tell)."""

    CHANGED = "changed"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"


class Side(Record):
    """An object on one side: its name, its JSON Pointer (RFC 6901) in that record, where it was read."""

    name: str
    path: str
    evidence: Evidence | None = None


class ValueChange(Record):
    """A value that differs. `direction` tells of frequencies; of a list, each item that came or went is a change."""

    field: str
    fate: ValueChangeType
    old: str | None = None
    new: str | None = None
    direction: Literal["up", "down"] | None = None
    old_path: str | None = None
    new_path: str | None = None
    old_evidence: Evidence | None = None
    new_evidence: Evidence | None = None
    doubt: list[str] = Field(default_factory=list)


class ObjectChange(Record):
    """An object on both sides, or on one. `score` (0 to 1) says how surely they belong together, `because` why."""

    object: ObjectName
    fate: ObjectChangeType
    old: list[Side] = Field(default_factory=list)
    new: list[Side] = Field(default_factory=list)
    score: Probability | None = None
    because: list[str] = Field(default_factory=list)
    values: list[ValueChange] = Field(default_factory=list)
    doubt: list[str] = Field(default_factory=list)


class MaterialKind(StrEnum):
    """What makes a difference one in substance."""

    NUMBER = "number"
    DATE = "date"
    PARTY = "party"
    OBLIGATION = "obligation"
    NEGATION = "negation"


class MaterialChange(Record):
    """What stands only in the old words, and only in the new, of one kind."""

    kind: MaterialKind
    old: list[str] = Field(default_factory=list)
    new: list[str] = Field(default_factory=list)


class RunKind(StrEnum):
    """`same_reading`: spelled otherwise, but only as OCR, hyphens, signs and renumbering make it."""

    EQUAL = "equal"
    SAME_READING = "same_reading"
    REPLACED = "replaced"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


class WordRun(Record):
    """Words in a row of one kind; `old` and `new` as printed, empty on the side where nothing stands."""

    kind: RunKind
    old: str
    new: str
    substance: list[MaterialChange] = Field(default_factory=list)
    doubt: list[str] = Field(default_factory=list)


class ClauseChangeType(StrEnum):
    """What became of a clause; the value of `MATERIAL` is `substance`."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    MATERIAL = "substance"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class ClauseSide(Record):
    """A section on one side; `path` is its JSON Pointer in that record."""

    number: str | None
    title: str | None
    page: int
    path: str
    evidence: Evidence | None = None


class ClauseChange(Record):
    """A clause (a headed section, or several that are one on the other side), word by word.

    `fate` is the gravest change of any of its words; `moved` tells that it stands in another order, whatever else
    changed (`fate` is `moved` when that is all). `doubt`: why a difference may be the reading's.
    """

    fate: ClauseChangeType
    moved: bool = False
    renumbered: bool = False
    old: list[ClauseSide] = Field(default_factory=list)
    new: list[ClauseSide] = Field(default_factory=list)
    score: Probability | None = None
    substance: list[MaterialChange] = Field(default_factory=list)
    runs: list[WordRun] = Field(default_factory=list)
    doubt: list[str] = Field(default_factory=list)


NOT_HELD = "it stands in an annex, and the other file holds none of its annexes"
"""The doubt of what only one file can tell of."""


class VersionHead(Record):
    """Which document a side is."""

    file: str
    sha256: str
    kind: DocumentKind
    title: str | None
    pages: int
    parties: list[str]
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    until_further_notice: bool


class Counts(Record):
    """How many objects and clauses changed in each way; `values` of objects that differ, and those of all that are in
    doubt."""

    objects: dict[str, int]
    values: int
    clauses: dict[str, int]
    doubtful: int


class Comparison(Record):
    """Two versions, field by field and clause by clause. `remarks` tell what was not compared; `patch` (RFC 6902) turns
    the old record into the new."""

    schema_version: Literal["1.0"] = COMPARISON_SCHEMA_VERSION
    old: VersionHead
    new: VersionHead
    counts: Counts
    objects: list[ObjectChange] = Field(default_factory=list)
    clauses: list[ClauseChange] = Field(default_factory=list)
    remarks: list[str] = Field(default_factory=list)
    patch: list[dict[str, Any]] = Field(default_factory=list)


class InForce(StrEnum):
    """`perhaps`: the words leave it open (an extension, a missing date, a day at the edge of a known month)."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class InForceStatus(Record):
    """Whether an agreement was in force on a day: why, and the clause that says so, with its page."""

    name: str
    line: Annotated[int, Field(ge=1)]
    in_force: InForce
    because: str
    clause: str | None = None
    evidence: Evidence | None = None
    notice: str | None = None


class InForceReport(Record):
    """What was in force on a day: agreements that were, then those that perhaps were, then the others."""

    schema_version: Literal["1.0"] = COMPARISON_SCHEMA_VERSION
    day: PartialDate
    agreements: list[InForceStatus]


class Gap(Record):
    """Days between the end of a version and the beginning of the next; negative days: they overlap."""

    after: str
    before: str
    from_day: str
    to_day: str
    days: int


class VersionChain(Record):
    """Versions of one agreement: the same parties and area, in order of time; `names` are those of the documents."""

    parties: list[str]
    names: list[str]
    gaps: list[Gap] = Field(default_factory=list)
    remarks: list[str] = Field(default_factory=list)


class TimelineCell(Record):
    """What one version says of an object: its name there and the value shown; both None where it is not there."""

    name: str | None = None
    value: str | None = None
    evidence: Evidence | None = None


class TimelineRow(Record):
    """One object through the versions, one cell for each."""

    object: ObjectName
    name: str
    cells: list[TimelineCell]


class Timeline(Record):
    """Versions in order of time, what each has of every object, and what changed from each to the next."""

    schema_version: Literal["1.0"] = COMPARISON_SCHEMA_VERSION
    versions: list[VersionHead]
    lines: list[VersionChain]
    rows: list[TimelineRow]
    steps: list[Comparison]


class MatrixCell(Record):
    """What a document has in a column: the name it uses, and meetings a year where known."""

    name: str
    meetings_per_year: float | None = None
    evidence: Evidence | None = None


class MatrixColumn(Record):
    """A group or a focus area, as most documents call it, and how many documents have it."""

    object: ObjectName
    name: str
    documents: int


class MatrixRow(Record):
    """A document, and its cells by number of column (from 0)."""

    document: str
    district: str
    valid_from: PartialDate | None
    cells: dict[int, MatrixCell]


class Matrix(Record):
    """Which documents have which groups and focus areas; columns in order of how many have them."""

    schema_version: Literal["1.0"] = COMPARISON_SCHEMA_VERSION
    columns: list[MatrixColumn]
    rows: list[MatrixRow]
