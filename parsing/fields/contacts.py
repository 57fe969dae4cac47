"""Persons to reach: name, role, phone, e-mail."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.language.fold import fold
from avskrift.models.agreement import Contact, Signatory
from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import Entity, functions_in, is_person_name
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.tables import joined_cell
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary

_REACH = 200
"""Signs before an office that may qualify it."""
_NAMESAKES = 100
"""Persons of one name, each with another address, that a further one is compared with."""
_LINES_OF_ONE = 60
"""Lines of one entry that are looked at: no person takes more."""
_NEAR = range(-3, 3)
"""Lines around a phone number or an address among which the person stands."""
_LONGEST_ROLE = 80
"""Signs of an office before a name, less than that."""
_WAYS = ("phone", "email")
"""The rules of how a person is reached."""


def contacts_of(structure: DocumentStructure, signatories: Sequence[Signatory] = ()) -> list[Contact]:
    """The persons of contact sections, and wherever a phone number or an address stands next to a name.

    Who only signs is no contact.
    """
    signing = tuple(s.name for s in signatories)
    found: list[Contact] = []
    by_name: dict[str | None, list[Contact]] = {}
    for passage, listed in _entries(structure):
        contact = _contact(passage, structure.vocabulary)
        if contact is None or not (listed or contact.role or contact.email):
            continue
        if not (contact.phone or contact.email) and (contact.name or "").startswith(signing):
            continue
        namesakes = by_name.setdefault(contact.name, [])
        if not any(_same_address(contact, other) for other in namesakes[:_NAMESAKES]):
            found.append(contact)
            namesakes.append(contact)
    return found


def _rule(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return vocabulary.pattern("contacts", name)


def _has_way(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text holds a phone number or an e-mail address."""
    return any(_rule(way, vocabulary).search(text) for way in _WAYS)


def _entries(structure: DocumentStructure) -> Iterator[tuple[TextSpan, bool]]:
    """Passages that may each be one person, with whether they stand in a list of contacts."""
    listed = [region for part in structure.sections for region in _lists_in(part, structure)]
    covered = {line.number for region in listed for line in region}
    for region in listed:
        yield from ((person, True) for person in _people(region, structure.vocabulary))
    for region in _regions_near_ways(structure, covered):
        yield from ((person, False) for person in _people(region, structure.vocabulary))


def _lists_in(part: DocumentSection, structure: DocumentStructure) -> Iterator[list[LocatedLine]]:
    """The lines of a section on contacts, or of the lists of persons below labels in another."""
    if part.has("contacts") or re.search(r"kontakt", part.title, re.IGNORECASE):
        yield [line for block in part.blocks for line in block.lines]
    elif part.annex is None:
        yield from _labelled(part, structure)


def _labelled(part: DocumentSection, structure: DocumentStructure) -> Iterator[list[LocatedLine]]:
    """The lines of lists of persons below a line that is a label, and after one: "Kontaktpersoner:"."""
    vocabulary = structure.vocabulary
    for i, block in enumerate(part.blocks):
        label = _rule("begins a list", vocabulary).match(block.text)
        if label is not None and block.text[label.end() :]:
            yield list(block.lines)
        elif label is not None:
            following = itertools.takewhile(lambda b: _may_be_listed(b, vocabulary), part.blocks[i + 1 :])
            yield [line for listed in following for line in listed.lines]


def _may_be_listed(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a block names a person, or tells how one is reached, and is no sentence."""
    text = block.text
    if _has_way(text, vocabulary):
        return True
    return not text.endswith(".") and (_name_in(text, vocabulary) is not None or functions_in(text, vocabulary) != ())


def _regions_near_ways(structure: DocumentStructure, covered: set[int]) -> Iterator[list[LocatedLine]]:
    """Runs of lines around phone numbers and addresses, those left out that are `covered` already."""
    reached = [line.number for line in structure.lines if _has_way(line.text, structure.vocabulary)]
    near = {max(0, number + step) for number in reached for step in _NEAR} - covered
    for is_near, run in itertools.groupby(structure.lines, lambda line: line.number in near):
        if is_near:
            yield list(run)


def _people(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> Iterator[TextSpan]:
    """Cuts the lines of a contact list where the next person begins."""
    current: list[LocatedLine] = []
    for line in lines:
        if current and _begins_person(line.text.strip(), current, vocabulary):
            yield from _side_by_side(current, vocabulary)
            current = []
        current.append(line)
    if current:
        yield from _side_by_side(current, vocabulary)


def _begins_person(text: str, current: Sequence[LocatedLine], vocabulary: Vocabulary) -> bool:
    """Whether a line begins the next person after the lines of the `current` one."""
    if re.match(rf"(?:\(?\d{{1,2}}[.)]|{BULLET_OR_DASH})\s", text):
        return True
    so_far = " ".join(line.text for line in current[-_LINES_OF_ONE:])
    if any(_rule(name, vocabulary).match(text) for name in ("field", *_WAYS)):
        email = _rule("email", vocabulary)
        return email.search(so_far) is not None and email.search(text) is not None
    named, complete = _name_in(text, vocabulary) is not None, _has_way(so_far, vocabulary)
    if not complete:
        return named and _name_in(so_far, vocabulary) is not None
    head = functions_in(text, vocabulary)
    return named or (bool(head) and head[0].start < 3)


def _side_by_side(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> Iterable[TextSpan]:
    """The persons of some lines: columns that each hold one, read one after the other, else the lines as they run."""
    rows = [columns_of(TextSpan.join([line])) for line in lines]
    columns = [[row[c] for row in rows if len(row) > c] for c in range(max(len(row) for row in rows))]
    found = _in_columns(columns, lines, vocabulary) if len(columns) >= 2 else []
    return found or _one_by_one(between([cell for row in rows for cell in row if cell], ", "), vocabulary)


def _in_columns(
    columns: Sequence[Sequence[TextSpan]], lines: Sequence[LocatedLine], vocabulary: Vocabulary
) -> list[TextSpan]:
    """The persons of `columns` that each hold one, or the one who alone is reached; none where they run across."""
    several = len(lines) >= 2
    if several and all(_holds_name(column, vocabulary) for column in columns[:2]):
        return [between(column) for column in columns]
    joined = [joined_cell(list(filter(None, column)), vocabulary) for column in columns]
    if all(_is_reachable(person.text, vocabulary) for person in joined):
        return joined
    persons = [between(column, ", ") for column in columns] if several else []
    reachable = [person for person in persons if _is_reachable(person.text, vocabulary)]
    return reachable if len(reachable) == 1 and _holds_all_ways(reachable[0], lines, vocabulary) else []


def _holds_name(column: Sequence[TextSpan], vocabulary: Vocabulary) -> bool:
    return any(is_person_name(cell.text, vocabulary) for cell in column)


def _is_reachable(text: str, vocabulary: Vocabulary) -> bool:
    return _has_way(text, vocabulary) and _name_in(text, vocabulary) is not None


def _holds_all_ways(column: TextSpan, lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> bool:
    """Whether a column holds all that the lines tell of how to reach somebody."""
    text = " ".join(line.text for line in lines)
    rules = (_rule(way, vocabulary) for way in _WAYS)
    return all(len(rule.findall(text)) == len(rule.findall(column.text)) for rule in rules)


def _one_by_one(passage: TextSpan, vocabulary: Vocabulary) -> Iterator[TextSpan]:
    """Persons named one after the other in running text, each cut off after the last way to reach them."""
    text = passage.text
    reach = sorted(m.end() for way in _WAYS for m in _rule(way, vocabulary).finditer(text))
    start = 0
    for last, following in itertools.pairwise([*reach, len(text)]):
        if (
            _name_in(text[last:following], vocabulary) is not None
            and _name_in(text[start:last], vocabulary) is not None
        ):
            yield passage.cut(start, last)
            start = last
    yield passage.cut(start).stripped(",;. ")


def _name_in(text: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where the name stands in `text` of the person to reach: the one that the address spells, else the first that is
    no heading to the others, as what ends in a colon is."""
    free = text
    for name in ("email", "phone", "field"):
        free = _rule(name, vocabulary).sub(lambda m: "\n" * len(m.group()), free)
    names = person_names_in(free, vocabulary)
    email = _rule("email", vocabulary).search(text)
    spelled = (n for n in names if email is not None and _spells(email.group(), text[slice(*n)]))
    heads = (n for n in names if not text.startswith(":", n[1]))
    return next(itertools.chain(spelled, heads, names), None)


def _spells(email: str, name: str) -> bool:
    """Whether an address holds the first and the last word of a name."""
    local, words = fold(email.partition("@")[0]), fold(name).split()
    return words[0] in local and words[-1] in local


def _contact(passage: TextSpan, vocabulary: Vocabulary) -> Contact | None:
    """The person of an entry; None where none is named, or nothing but a name."""
    text = passage.text
    name, phone = _name_in(text, vocabulary), _rule("phone", vocabulary).search(text)
    email = _rule("email", vocabulary).search(text)
    if name is None or not (email or phone or functions_in(text, vocabulary)):
        return None
    spans = {
        "name": passage.cut(*name),
        "role": _role(passage, name, vocabulary),
        "phone": None if phone is None else passage.cut(*phone.span("phone")),
        "email": None if email is None else passage.cut(*email.span()),
    }
    return record_of(Contact, {field: Value.of_any(span, f"contacts.{field}") for field, span in spans.items()})


def _role(passage: TextSpan, name: tuple[int, int], vocabulary: Vocabulary) -> TextSpan | None:
    """The office nearest the name: the words before it from the last break, or right after it."""
    text = passage.text
    breaks = re.finditer(r"[;\n]|(?:^|\s)\d[.)]\s|\.\s|:\s(?=.*:)", text[: name[0]])
    before = passage.cut(max((m.end() for m in breaks), default=0), name[0]).stripped(":,–-•. ")
    head = _office(before, vocabulary)
    if head and len(head.text) < _LONGEST_ROLE:
        return head
    after = _rule("office after a name", vocabulary).match(text[name[1] :])
    if after is None or not functions_in(after["role"], vocabulary):
        return None
    tail = passage.cut(name[1] + after.start("role"), name[1] + after.end("role"))
    label = _rule("field", vocabulary).search(tail.text)
    return (tail if label is None else tail.cut(0, label.start())).stripped(":,. ") or None


def _office(passage: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """What of the words before a name is an office: "Frågor besvaras av: kommunikatör" → kommunikatör."""
    functions = functions_in(passage.text, vocabulary)
    if not functions:
        return None
    start = _first_joined(passage.text, functions)
    qualified = _rule("qualifies an office", vocabulary).search(passage.text, max(0, start - _REACH), start)
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
