"""The bodies that run the cooperation: name, kind, members, chair, how often they meet, what they are for.

What a text tells of one in different places (`bodies`), in tables and in action plans is one entry.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from avskrift.language.frequency import frequency_in
from avskrift.models.agreement import DocumentKind, Evidence, Group, GroupKind
from avskrift.parsing.fields.groups.candidate import Body, plain_key, same
from avskrift.parsing.fields.groups.chart import bodies_of_charts
from avskrift.parsing.fields.groups.labels import lists_bodies
from avskrift.parsing.fields.groups.members import are_members, members_in
from avskrift.parsing.fields.groups.reader import bodies_in, told_of_title
from avskrift.parsing.structure.action_plans import Plan
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.sections import Part
from avskrift.parsing.structure.tables import Table
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import frequency_rules, pattern

_rule = partial(pattern, "groups")
_NO_GROUPS = ("contacts", "annex", "annexes", "revision", "plan", "signatures", "parties")


def groups_of(outline: DocumentStructure, kind: DocumentKind) -> list[Group]:
    """The groups in the order of the document. A text of another kind has none that cooperate."""
    if kind is DocumentKind.OTHER:
        return []
    bodies: list[Body] = []
    for part in outline.parts:
        if _may_tell(part):
            bodies.extend(bodies_in(part))
    for table in outline.tables:
        bodies.extend(_from_table(table))
    bodies.extend(bodies_of_charts(outline.lines))
    bodies.extend(body for plan in outline.plans if (body := _from_plan(plan)) is not None)
    binding = kind in (DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN)
    return [_record(b) for b in _merged(bodies) if binding or _surely_told(b)]


def _surely_told(body: Body) -> bool:
    """Whether a body that minutes or a memo mention is told of as an agreement would: with offices, or meetings."""
    return body.frequency is not None or (len(body.members) > 1 and are_members(body.members))


def _may_tell(part: Part) -> bool:
    if part.group_kind is not None:
        if part.roles[0] in _NO_GROUPS or not part.blocks:
            return False
        return part.annex is None or _labelled(part) or told_of_title(part)
    if part.annex is not None:
        return lists_bodies(part.blocks)
    return not any(part.has(role) for role in ("contacts", "signatures", "annexes", "parties"))


def _labelled(part: Part) -> bool:
    """Whether the part is one box of an organisation chart: Uppdrag, Deltagare, Mötesfrekvens."""
    return sum(_rule("label").match(b.text) is not None for b in part.blocks) >= 2


def _from_table(table: Table) -> Iterable[Body]:
    """The rows of a table whose head is `Grupp`, `Deltagare`, `Möten`."""
    columns = {key: table.column(_rule(f"column {key}")) for key in ("name", "members", "frequency", "purpose")}
    if columns["name"] is None or columns["members"] is None:
        return
    for row in table.rows:
        cells = {key: row[place] if place is not None else None for key, place in columns.items()}
        name = cells["name"]
        if not name:
            continue
        body = Body(name, group_kind(name.text) or "other", headed=True)
        if cells["members"]:
            body.members = members_in(cells["members"])
        if cells["frequency"]:
            found = frequency_in(cells["frequency"].text, frequency_rules())
            body.frequency, body.per_year = cells["frequency"], None if found is None else found.per_year
        body.purpose = cells["purpose"]
        yield body


def _from_plan(plan: Plan) -> Body | None:
    """An action plan under a body's name tells when that body meets."""
    if plan.title is None or group_kind(plan.title.text) is None:
        return None
    rows = {row.key: row.passage for row in plan.rows if row.content}
    frequency = rows.get("meeting_frequency")
    found = None if frequency is None else frequency_in(frequency.text, frequency_rules())
    return Body(
        plan.title,
        group_kind(plan.title.text) or "other",
        frequency=frequency,
        per_year=None if found is None else found.per_year,
        purpose=rows.get("purpose"),
    )


def _merged(bodies: Sequence[Body]) -> list[Body]:
    """One body for each name; what the first mention lacks is taken from later ones."""
    kept: list[Body] = []
    for body in bodies:
        old = next((k for k in kept if same(k, body)), None)
        if old is None:
            kept.append(body)
            continue
        old.members = old.members or body.members
        if old.frequency is None:
            old.frequency, old.per_year = body.frequency, body.per_year
        for key in ("purpose", "chair", "convener", "reports_to"):
            if getattr(old, key) is None:
                setattr(old, key, getattr(body, key))
        old.leads, old.decides = old.leads or body.leads, old.decides or body.decides
    return kept


def _kind(body: Body) -> str:
    """A council or forum that leads the cooperation, or in which heads decide, is its steering group."""
    heads = sum(_rule("a head").search(m.text) is not None for m in body.members)
    if body.kind in ("forum", "other", "working") and body.leads:
        return "steering"
    if (
        body.kind in ("forum", "other")
        and body.decides
        and heads >= 2
        and "bra" not in plain_key(body.name.text).split()
    ):
        return "steering"
    return body.kind


def _record(body: Body) -> Group:
    evidence: dict[str, Evidence] = {"name": body.name.evidence("groups.name")}
    for i, member in enumerate(body.members):
        evidence[f"members.{i}"] = member.evidence("groups.members")
    values: dict[str, str] = {}
    for key, passage in (
        ("meeting_frequency", body.frequency),
        ("purpose", body.purpose),
        ("chair", body.chair),
        ("convener", body.convener),
        ("reports_to", body.reports_to),
    ):
        if passage:
            evidence[key] = passage.evidence(f"groups.{key}")
            values[key] = passage.text
    name = body.name.text
    return Group(
        name=name[0].upper() + name[1:],
        kind=GroupKind(_kind(body)),
        members=[m.text for m in body.members],
        meetings_per_year=body.per_year,
        evidence=evidence["name"],
        evidence_by_field=evidence,
        **values,
    )
