"""From tagged spans to records: which term belongs to which party, which office to which name, which member to which
group.

The same for spans that the network found and for those that a person marked, so that both can be compared.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from avskrift.language.dates import dates_in
from avskrift.language.fold import fold
from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import (
    Activity,
    Annex,
    Contact,
    FocusArea,
    Group,
    GroupKind,
    Party,
    Period,
    RegistryNumber,
    Signatory,
)
from avskrift.parsing.learned.parties import RULE, parties_of, value_of
from avskrift.parsing.learned.registry_numbers import registry_numbers_of
from avskrift.parsing.learned.spans import TaggedSpan
from avskrift.parsing.structure.group_names import group_key
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_SAME = 90.0
_NEAR_LINES = 4
"""Lines between a name and what belongs to it at most, in blocks of particulars."""


@dataclass(frozen=True, slots=True)
class LearnedRecords:
    """The records that tagged spans make, in the order of the document."""

    title: Value[str] | None = None
    parties: list[Party] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    focus_areas: list[FocusArea] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    diary_numbers: list[RegistryNumber] = field(default_factory=list)
    period: Period = field(default_factory=Period)


def records_of(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> LearnedRecords:
    """The records of tagged spans, which are in the order of the document."""
    titles = [s for s in spans if s.tag == "TITLE"]
    return LearnedRecords(
        title=value_of(titles[0]) if titles else None,
        parties=parties_of(spans, vocabulary),
        groups=_groups(spans, vocabulary),
        focus_areas=_focus_areas(spans),
        annexes=_annexes(spans),
        signatories=_signatories(spans),
        contacts=_contacts(spans),
        diary_numbers=registry_numbers_of(spans),
        period=_period(spans, vocabulary),
    )


def _capital(span: TaggedSpan) -> Value[str]:
    text = span.text
    words = text[0].upper() + text[1:]
    return Value(words, span.span, RULE, "" if words == text else "its first letter a capital")


# --- groups


@dataclass(slots=True)
class _GroupMentions:
    name: TaggedSpan
    members: list[TaggedSpan] = field(default_factory=list)
    values: dict[str, TaggedSpan] = field(default_factory=dict)


def _groups(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> list[Group]:
    """The groups: members, chair, meetings and task belong to the group named last before them."""
    found: list[_GroupMentions] = []
    last: _GroupMentions | None = None
    fields = {"CHAIR": "chair", "FREQ": "meeting_frequency", "TASK": "purpose"}
    for span in spans:
        if span.tag == "GROUP":
            last = next((g for g in found if is_same_group(g.name.text, span.text, vocabulary)), None)
            if last is None:
                last = _GroupMentions(span)
                found.append(last)
        elif span.tag == "MEMBER" and last is not None:
            if not any(fold(m.text) == fold(span.text) for m in last.members):
                last.members.append(span)
        elif span.tag in fields and last is not None:
            last.values.setdefault(fields[span.tag], span)
    return [_group(g, vocabulary) for g in found]


def is_same_group(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether two names are of one group, by the words that the `vocabulary` knows for groups."""
    return fuzz.ratio(group_key(one, vocabulary), group_key(other, vocabulary)) >= _SAME


def _group(group: _GroupMentions, vocabulary: Vocabulary) -> Group:
    frequency = group.values.get("meeting_frequency")
    found = None if frequency is None else frequency_in(frequency.text, vocabulary.frequency_rules())
    return record_of(
        Group,
        {
            "name": _capital(group.name),
            "members": [value_of(m) for m in group.members],
            **{name: value_of(span) for name, span in group.values.items()},
        },
        kind=GroupKind(group_kind(group.name.text, vocabulary) or "other"),
        meetings_per_year=None if found is None else found.per_year,
    )


# --- focus areas


@dataclass(slots=True)
class _AreaMentions:
    name: TaggedSpan
    values: dict[str, TaggedSpan] = field(default_factory=dict)
    activities: list[dict[str, TaggedSpan]] = field(default_factory=list)


_OF_AREAS = {"GOAL": "goal", "PURPOSE": "purpose", "SITUATION": "situation"}
_OF_ACTIVITIES = {"WHEN": "duration", "FOLLOWUP": "follow_up"}


def _focus_areas(spans: Sequence[TaggedSpan]) -> list[FocusArea]:
    """The areas: goal, situation, purpose and activities belong to the area named last, in the same part of the
    text."""
    found: list[_AreaMentions] = []
    last: _AreaMentions | None = None
    run = 0
    for number, span in enumerate(spans):
        if span.tag == "AREA":
            last = next((a for a in found if _same_name(a.name.text, span.text)), None)
            if last is None:
                last = _AreaMentions(span)
                found.append(last)
            run = number
        elif span.tag in ("GROUP", "SIGNER", "TITLE", "ANNEXNO"):
            last = None
        elif last is None:
            continue
        elif span.tag in _OF_AREAS and not _is_listed(spans, run):
            last.values.setdefault(_OF_AREAS[span.tag], span)
        elif span.tag == "ACTIVITY":
            last.activities.append({"name": span})
        elif span.tag in _OF_ACTIVITIES and last.activities:
            last.activities[-1].setdefault(_OF_ACTIVITIES[span.tag], span)
    return [_area(a) for a in found]


def _is_listed(spans: Sequence[TaggedSpan], at: int) -> bool:
    """Whether an area stands in a list of areas: what follows the list tells of all of them, not of the last."""
    before = spans[at - 1] if at else None
    return before is not None and before.tag == "AREA" and spans[at].line - before.last_line <= 1


def _same_name(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= _SAME


def _area(area: _AreaMentions) -> FocusArea:
    return record_of(
        FocusArea,
        {"name": _capital(area.name), **{name: value_of(span) for name, span in area.values.items()}},
        activities=[
            record_of(Activity, {name: value_of(span) for name, span in rows.items()}) for rows in area.activities
        ],
    )


# --- annexes, signatures, contacts, numbers, period


def _annexes(spans: Sequence[TaggedSpan]) -> list[Annex]:
    """The annexes: a number belongs to the title that follows it close by."""
    found: list[tuple[TaggedSpan | None, TaggedSpan | None]] = []
    waiting: TaggedSpan | None = None
    for span in spans:
        if span.tag == "ANNEXNO":
            if waiting is not None:
                found.append((waiting, None))
            waiting = span
        elif span.tag == "ANNEX":
            near = waiting is not None and span.line - waiting.last_line <= 2
            if waiting is not None and not near:
                found.append((waiting, None))
            found.append((waiting if near else None, span))
            waiting = None
    if waiting is not None:
        found.append((waiting, None))
    return [_annex(number, title) for number, title in _distinct_annexes(found)]


def _distinct_annexes(
    found: Sequence[tuple[TaggedSpan | None, TaggedSpan | None]],
) -> list[tuple[TaggedSpan | None, TaggedSpan | None]]:
    kept: list[tuple[TaggedSpan | None, TaggedSpan | None]] = []
    for number, title in found:
        same = [
            i
            for i, (n, t) in enumerate(kept)
            if (number and n and fold(number.text) == fold(n.text)) or (title and t and _same_name(title.text, t.text))
        ]
        if not same:
            kept.append((number, title))
        elif kept[same[0]][1] is None:
            kept[same[0]] = (kept[same[0]][0] or number, title)
    return kept


def _annex(number: TaggedSpan | None, title: TaggedSpan | None) -> Annex:
    whole = title or number
    if whole is None:
        raise ValueError("an annex without number and title")
    return record_of(
        Annex,
        {},
        whole=value_of(whole),
        number=None if number is None else number.text.strip(" .:"),
        title=None if title is None else title.text,
    )


def _signatories(spans: Sequence[TaggedSpan]) -> list[Signatory]:
    """The signatories with their offices, each name once."""
    paired = _paired(spans, "SIGNER", "OFFICE")
    kept: dict[str, tuple[TaggedSpan, TaggedSpan | None]] = {}
    for name, office in paired:
        key = fold(name.text)
        if key not in kept or (kept[key][1] is None and office is not None):
            kept[key] = (name, office)
    return [
        record_of(Signatory, {"name": value_of(name), "title": None if office is None else value_of(office)})
        for name, office in kept.values()
    ]


def _paired(spans: Sequence[TaggedSpan], name: str, office: str) -> list[tuple[TaggedSpan, TaggedSpan | None]]:
    """Each name with the office that stands nearest in its column: on its line, below or above it.

    In one document offices stand on one side of the names: the side on which more of them have one is tried first.
    """
    names = [s for s in spans if s.tag == name]
    offices = [s for s in spans if s.tag == office]
    below, above = (_assigned(names, offices, down=down) for down in (True, False))
    chosen = below if len(below) >= len(above) else above
    return [(n, offices[chosen[i]] if i in chosen else None) for i, n in enumerate(names)]


def _lines_that_begin_with_one(names: Sequence[TaggedSpan], offices: Sequence[TaggedSpan]) -> set[int]:
    """The lines on which an office stands before the first name: there the others stand before theirs too."""
    first = {line: min(n.column for n in names if n.line == line) for line in {n.line for n in names}}
    return {o.line for o in offices if o.line in first and o.column < first[o.line]}


def _assigned(names: Sequence[TaggedSpan], offices: Sequence[TaggedSpan], *, down: bool) -> dict[int, int]:
    """The number of the office of each name: nearest first, on the same line or (`down`) below, else above."""
    pairs = []
    before = _lines_that_begin_with_one(names, offices)
    for i, n in enumerate(names):
        for j, o in enumerate(offices):
            lines = o.line - n.last_line if o.line >= n.last_line else -(n.line - o.last_line)
            if lines == 0 or o.line == n.line:
                distance = 0.0 if (o.column < n.column) == (o.line in before) else 0.5
                aside = abs(o.column - n.column) / 200
            elif (lines > 0) == down and abs(lines) <= 3:
                distance = float(abs(lines))
                aside = abs(o.column - n.column) / 20
            else:
                continue
            pairs.append((distance + aside, i, j))
    taken_names: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in taken_names and j not in taken:
            taken_names[i] = j
            taken.add(j)
    return taken_names


def _contacts(spans: Sequence[TaggedSpan]) -> list[Contact]:
    """The contacts: role, phone and address belong to the nearest name, on its line or below it, else above."""
    names = [s for s in spans if s.tag == "CONTACT"]
    parts = {tag: dict(_owners(names, [s for s in spans if s.tag == tag])) for tag in ("ROLE", "PHONE", "EMAIL")}
    found: list[Contact] = []
    for i, name in enumerate(names):
        ways = {"role": parts["ROLE"].get(i), "phone": parts["PHONE"].get(i), "email": parts["EMAIL"].get(i)}
        values = {"name": value_of(name), **{k: None if s is None else value_of(s) for k, s in ways.items()}}
        same = next((k for k, c in enumerate(found) if fold(c.name or "") == fold(name.text)), None)
        if same is None:
            found.append(record_of(Contact, values))
    return found


def _owners(names: Sequence[TaggedSpan], parts: Sequence[TaggedSpan]) -> Iterator[tuple[int, TaggedSpan]]:
    given: set[int] = set()
    for part in parts:
        options = []
        for i, name in enumerate(names):
            lines = part.line - name.last_line
            if -2 <= lines <= _NEAR_LINES + 1 and i not in given:
                same_line = part.line == name.line
                aside = 0.0 if same_line else min(1.5, abs(part.column - name.column) / 20)
                cost = (0.0 if same_line else abs(lines)) + (2.0 if lines < 0 else 0.0) + aside
                if same_line and part.column < name.column:
                    cost += 0.5 + (name.column - part.column) / 100
                elif same_line:
                    cost += (part.column - name.column) / 200
                options.append((cost, i))
        if options:
            chosen = min(options)[1]
            given.add(chosen)
            yield chosen, part


def _period(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> Period:
    def first(tag: str, make: Callable[[TaggedSpan], Value[str] | None]) -> Value[str] | None:
        return next((v for s in spans if s.tag == tag and (v := make(s)) is not None), None)

    def day(span: TaggedSpan, *, last: bool = False) -> Value[str] | None:
        dates = dates_in(span.text, vocabulary.date_rules(), compact=True)
        if dates:
            return Value(dates[-1 if last else 0].iso, span.span, RULE, "in ISO 8601")
        year = re.fullmatch(r"\D*((?:19|20)\d\d)\D*", span.text)
        return Value(year[1], span.span, RULE, "its year") if year else None

    first_day, last_day = first("FROM", day), first("TO", lambda s: day(s, last=True))
    if first_day is None and last_day is None:
        first_day, last_day = _years_of_title(spans, vocabulary)
    if last_day is None and first_day is not None and _is_whole_year(spans):
        last_day = first_day
    clause: Mapping[str, str] = {"EXTENSION": "extension", "REVISION": "revision", "NOTICE": "notice"}
    until = next((s for s in spans if s.tag == "UNTIL"), None)
    return record_of(
        Period,
        {
            "valid_from": first_day,
            "valid_to": last_day,
            "until_further_notice": None if until is None else Value(True, until.span, RULE, "it says so"),
            **{name: first(tag, value_of) for tag, name in clause.items()},
        },
    )


def _years_of_title(spans: Sequence[TaggedSpan], vocabulary: Vocabulary) -> tuple[Value[str] | None, Value[str] | None]:
    """The years that a title tells a document is for: the first and the last, or one that is both."""
    title = next((s.span for s in spans if s.tag == "TITLE"), None)
    if title is None:
        return None, None
    years = vocabulary.pattern("period", "years").search(title.text)
    if years is not None:
        first, last = (title.cut(*years.span(name)) for name in ("from", "to"))
        century = years["from"][: 4 - len(years["to"])]
        return Value(years["from"], first, RULE), Value(century + years["to"], last, RULE, "the year in full")
    one = vocabulary.pattern("period", "is for one year").search(title.text)
    if one is None or any(s.tag == "UNTIL" for s in spans):
        return None, None
    year = Value(one["year"], title.cut(*one.span("year")), RULE)
    return year, year


_SINCE = re.compile(
    r"(?:från|fr\.?\s?o\.?\s?m\.?|sedan|med början|efter)(?:\s+och\s+med)?(?:\s+år)?\s*$", re.IGNORECASE
)


def _is_whole_year(spans: Sequence[TaggedSpan]) -> bool:
    """Whether a year alone tells the validity: "gäller 2021", but not "från 2021" nor "2021 och tills vidare"."""
    found = next((s for s in spans if s.tag == "FROM"), None)
    if found is None or not re.fullmatch(r"(?:19|20)\d\d", found.text) or any(s.tag == "UNTIL" for s in spans):
        return False
    piece = found.span.pieces[0]
    return _SINCE.search(piece.line.text[: piece.line_start]) is None
