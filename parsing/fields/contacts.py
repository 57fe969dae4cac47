"""Persons to reach: name, role, phone, e-mail."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.models.agreement import Contact, Evidence, Signatory
from avskrift.parsing.fields.entities import Entity, functions_in, is_person_name, organisations_in
from avskrift.parsing.structure.outline import DocumentStructure
from avskrift.parsing.structure.tables import joined_cell
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.vocabulary import pattern

_REACH = 200
"""Signs before an office that may qualify it."""
_NAMESAKES = 100
"""Persons of one name, each with another address, that a further one is compared with."""
_LINES_OF_ONE = 60
"""Lines of one entry that are looked at: no person is told of in more."""


def contacts_of(outline: DocumentStructure, signatories: Sequence[Signatory] = ()) -> list[Contact]:
    """The persons of contact sections, and wherever a phone number or an address stands beside a name.

    Who only signs is no contact.
    """
    signing = tuple(s.name for s in signatories)
    found: list[Contact] = []
    by_name: dict[str | None, list[Contact]] = {}
    for passage, listed in _entries(outline):
        contact = _contact(passage)
        if contact is None or not (listed or contact.role or contact.email):
            continue
        if not (contact.phone or contact.email) and (contact.name or "").startswith(signing):
            continue
        namesakes = by_name.setdefault(contact.name, [])
        if not any(_same_address(contact, other) for other in namesakes[:_NAMESAKES]):
            found.append(contact)
            namesakes.append(contact)
    return found


_rule = partial(pattern, "contacts")


def _entries(outline: DocumentStructure) -> Iterator[tuple[TextSpan, bool]]:
    """Passages that may each be one person, with whether they stand in a section on contacts."""
    regions: list[list[LocatedLine]] = []
    for part in outline.parts:
        if part.has("contacts") or re.search(r"kontakt", part.title, re.IGNORECASE):
            regions.append([p for b in part.blocks for p in b.lines])
    listed = len(regions)
    covered = {p.number for region in regions for p in region}
    reach = [p.number for p in outline.lines if _rule("email").search(p.text) or _rule("phone").search(p.text)]
    near = {at for number in reach for at in range(max(0, number - 3), number + 3)} - covered
    window: list[LocatedLine] = []
    for placed in outline.lines:
        if placed.number in near:
            window.append(placed)
        elif window:
            regions.append(window)
            window = []
    if window:
        regions.append(window)
    for place, region in enumerate(regions):
        yield from ((person, place < listed) for person in _people(region))


def _people(lines: Sequence[LocatedLine]) -> Iterator[TextSpan]:
    """Cuts the lines of a contact list where the next person begins."""
    current: list[LocatedLine] = []
    for placed in lines:
        text = placed.text.strip()
        if current and _begins_person(text, current):
            yield from _columns(current)
            current = []
        current.append(placed)
    if current:
        yield from _columns(current)


def _begins_person(text: str, current: Sequence[LocatedLine]) -> bool:
    so_far = " ".join(p.text for p in current[-_LINES_OF_ONE:])
    complete = _rule("email").search(so_far) is not None or _rule("phone").search(so_far) is not None
    if re.match(rf"(?:\(?\d{{1,2}}[.)]|{BULLET_OR_DASH})\s", text):
        return True
    if _rule("field").match(text) or _rule("email").match(text) or _rule("phone").match(text):
        return _rule("email").search(so_far) is not None and _rule("email").search(text) is not None
    named = _name_in(text)
    if named is None and not complete:
        return False
    own_name = _name_in(so_far)
    head = functions_in(text)
    return (complete and (named is not None or (bool(head) and head[0].start < 3))) or (
        named is not None and own_name is not None
    )


def _columns(lines: Sequence[LocatedLine]) -> Iterator[TextSpan]:
    """A person, or two side by side: columns that all hold a name are read one after the other."""
    split: list[list[TextSpan]] = []
    for placed in lines:
        split.append(columns_of(TextSpan.join([placed])))
    width = max(len(r) for r in split)
    names = [any(len(r) > c and is_person_name(r[c].text) for r in split) for c in range(width)]
    if width >= 2 and len(lines) >= 2 and all(names[:2]):
        for column in range(width):
            yield between([r[column] for r in split if len(r) > column])
        return
    whole = [joined_cell([r[c] for r in split if len(r) > c and r[c]]) for c in range(width)] if width >= 2 else []
    if len(whole) >= 2 and all(
        _name_in(c.text) is not None and (_rule("phone").search(c.text) or _rule("email").search(c.text)) for c in whole
    ):
        yield from whole
        return
    told: list[TextSpan] = [
        person
        for c in range(width)
        if (person := between([r[c] for r in split if len(r) > c], ", "))
        and width >= 2
        and len(lines) >= 2
        and _name_in(person.text) is not None
        and (_rule("phone").search(person.text) or _rule("email").search(person.text))
    ]
    if len(told) == 1 and _is_whole(told[0], lines):
        yield told[0]
    else:
        yield from _one_by_one(between([p for row in split for p in row if p], ", "))


def _is_whole(column: TextSpan, lines: Sequence[LocatedLine]) -> bool:
    """Whether a column holds all that the lines tell of how to reach somebody."""
    text = " ".join(p.text for p in lines)
    return all(len(_rule(r).findall(text)) == len(_rule(r).findall(column.text)) for r in ("phone", "email"))


def _one_by_one(passage: TextSpan) -> Iterator[TextSpan]:
    """Persons named one after the other in running text, each cut off after the last way to reach them."""
    text = passage.text
    reach = sorted(m.end() for r in ("phone", "email") for m in _rule(r).finditer(text))
    start = 0
    for last, following in itertools.pairwise([*reach, len(text)]):
        if _name_in(text[last:following]) is not None and _name_in(text[start:last]) is not None:
            yield passage.cut(start, last)
            start = last
    yield passage.cut(start).stripped(",;. ")


def _name_in(text: str) -> tuple[int, int] | None:
    """Where a person's name stands in `text`: capitalised words that are no office and no organisation."""
    taken = [(e.start, e.end) for e in (*functions_in(text), *organisations_in(text))]
    blocked = list(text)
    for start, end in taken:
        blocked[start:end] = "\n" * (end - start)
    free = "".join(blocked)
    for found_rule in (_rule("email"), _rule("phone"), _rule("field")):
        free = found_rule.sub(lambda m: "\n" * len(m.group()), free)
    for found in _rule("name").finditer(free):
        if is_person_name(found.group()) and not re.search(r"gatan|vägen|torget|gränd|plan\b", found.group()):
            return found.span()
    return None


def _contact(passage: TextSpan) -> Contact | None:
    text = passage.text
    email = _rule("email").search(text)
    phone = _rule("phone").search(text)
    name = _name_in(text)
    if name is None or (email is None and phone is None and not functions_in(text)):
        return None
    evidence: dict[str, Evidence] = {"name": passage.cut(*name).evidence("contacts.name")}
    role = _role(passage, name)
    if role is not None:
        evidence["role"] = role.evidence("contacts.role")
    if phone is not None:
        evidence["phone"] = passage.cut(*phone.span("phone")).evidence("contacts.phone")
    if email is not None:
        evidence["email"] = passage.cut(*email.span()).evidence("contacts.email")
    return Contact(
        name=text[slice(*name)],
        role=None if role is None else role.text,
        phone=None if phone is None else phone["phone"].strip(),
        email=None if email is None else email.group(),
        evidence=evidence["name"],
        evidence_by_field=evidence,
    )


def _role(passage: TextSpan, name: tuple[int, int]) -> TextSpan | None:
    """The office nearest the name: the words before it from the last break, or right after it."""
    text = passage.text
    before = text[: name[0]]
    start = max([m.end() for m in re.finditer(r"[;\n]|(?:^|\s)\d[.)]\s|\.\s|:\s(?=.*:)", before)], default=0)
    head = _office(passage.cut(start, name[0]).stripped(":,–-•. "))
    if head and len(head.text) < 80:
        return head
    after = re.match(
        r"\s*[,(–-]?\s*(?:(?:roll|titel|funktion|befattning)\s*:\s*)?(?P<role>[^,;()\d@]{3,60})",
        text[name[1] :],
        re.IGNORECASE,
    )
    if after is not None and functions_in(after["role"]):
        tail = passage.cut(name[1] + after.start("role"), name[1] + after.end("role"))
        label = _rule("field").search(tail.text)
        return (tail.cut(0, label.start()) if label is not None else tail).stripped(":,. ") or None
    return None


def _office(passage: TextSpan) -> TextSpan | None:
    """What of the words before a name is an office: "Frågor besvaras av: kommunikatör" → kommunikatör."""
    functions = functions_in(passage.text)
    if not functions:
        return None
    start = _first_joined(passage.text, functions)
    qualified = _rule("qualifies an office").search(passage.text, max(0, start - _REACH), start)
    return passage.cut(start if qualified is None else qualified.start("words"))


def _first_joined(text: str, functions: Sequence[Entity]) -> int:
    """Where the run of offices begins that ends with the last one: "Enhetschef och kommunpolis"."""
    start = functions[-1].start
    for function in reversed(functions[:-1]):
        if not re.fullmatch(r"[\s,/]*+(?:(?:och|tillika)\s*)?", text[function.end : start]):
            break
        start = function.start
    return start


def _same_address(one: Contact, other: Contact) -> bool:
    return one.email == other.email or not one.email or not other.email
