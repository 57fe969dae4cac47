"""What sort of document this is, and its printed title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.models.agreement import DocumentKind, PartyKind
from avskrift.models.document import WIDE_GAP, LineRole
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import organisations_in
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a title stands and what it looks like. Judged on invented covers and those of tests/documents."""

    first_lines: int = 30
    """Lines of the document among which the title stands."""
    after_paragraph_sign: int = 5
    """Lines below "§ 22" of an excerpt among which it stands."""
    lines_of_memo: int = 3
    """Lines of a memo's title at most."""
    shortest_subject: int = 2
    """Words at least of a line that says what an agreement is about."""
    full_line: int = 60
    """Signs from which on a line below another is running text."""
    apart: float = 1.0
    """White space above a line that stands apart from the one before, in line heights."""
    lines_of_one: int = 5
    """Lines below the first one that may go on with it."""
    head: int = 2
    """Number of the line on a page at most that is its very head."""
    far: int = 5
    """Lines below that head after which running text stands, not a title."""
    longest: int = 110
    """Signs of a line of a title at most."""
    longest_of_protocol: int = 300
    """The same for a line that names the parties, or below "§ 22" of an excerpt, where nothing but a title stands."""
    shortest: int = 4
    longest_sentence: int = 9
    """Words of a title at most that ends with a full stop."""
    capitals: float = 0.3
    """What capitals add to a score that is 1 for the largest type."""
    each_line: float = 0.02
    """What each line farther down takes from it."""
    large_type: float = 13.0
    """Type, in points, whose lines go on in the same type, larger than that."""
    same_type: float = 0.12
    """How far apart, as a share, the sizes of one type may be measured, less than that."""
    gap: float = 1.4
    """White space above a line that goes on, in line heights more than above the first."""


SETTINGS = Settings()
_OF_COVERS = frozenset({PartyKind.MUNICIPALITY, PartyKind.POLICE, PartyKind.REGION, PartyKind.COMPANY})
"""What stands on a cover as a party, not as what an agreement is about: *Gemensam högskola*."""


def title_of(structure: DocumentStructure) -> TextSpan | None:
    """The printed title: the line on the cover that names the document, with the lines that go on with it.

    None when the text begins without one.
    """
    vocabulary = structure.vocabulary
    own = _above_proposal(structure) or _title_among(*_title_lines(structure), vocabulary)
    own = None if own is None else _with_subject(own, structure)
    heads = [line for line in structure.margins if line.page == 1 and line.line.role is LineRole.HEADER]
    of_a_form = _around("of a form", vocabulary)
    heads = [line for line in heads if not of_a_form.match(line.text.strip())]
    repeated = _title_among(heads, SETTINGS.longest, vocabulary)
    if repeated is not None:
        repeated = _gone_on(repeated, structure)
    if own is None or repeated is None:
        return own or repeated
    # A title that every page repeats stands at the very head; what names the document farther down is running text.
    far = own.pieces[0].line.number - repeated.pieces[0].line.number
    return repeated if repeated.pieces[0].line.number <= SETTINGS.head and far > SETTINGS.far else own


def _above_proposal(structure: DocumentStructure) -> TextSpan | None:
    """The title of a memo: what stands by itself right above "Förslag till beslut"."""
    lines = structure.lines[: SETTINGS.first_lines]
    asks = _around("asks for a decision", structure.vocabulary)
    place = next((i for i, line in enumerate(lines) if asks.match(line.text.strip())), 0)
    first = place
    while first > 0 and (first == place or not _stands_apart(lines[first])):
        first -= 1
    title = lines[first:place]
    if not title or first == 0 or len(title) > SETTINGS.lines_of_memo:
        return None
    if not _can_be_title(title[0].text.strip(), structure.vocabulary):
        return None
    return TextSpan.join(title).stripped(". ")


def _with_subject(title: TextSpan, structure: DocumentStructure) -> TextSpan:
    """A title of one bare word (AVTAL) with the line below that says what the agreement is about."""
    place = next((i for i, p in enumerate(structure.lines) if p.line is title.pieces[-1].line), None)
    if place is None or not _around("bare word", structure.vocabulary).match(title.text):
        return title
    below = structure.lines[place + 1 : place + 3]
    if not below or _stands_apart(below[0]) or not _is_subject(below[0].text.strip(), structure.vocabulary):
        return title
    heads_text = any(_is_running_text(p.text.strip(), structure.vocabulary) for p in below[1:] if not _stands_apart(p))
    return title if heads_text else between([title, TextSpan.join(below[:1])], " ")


def _is_subject(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line can say what an agreement is about: words, none of them an organisation's name."""
    words = len(text.split()) >= SETTINGS.shortest_subject and not any(c.isdigit() for c in text)
    named = any(e.label in _OF_COVERS for e in organisations_in(text, vocabulary))
    return words and not text.endswith((".", ":")) and _can_be_title(text, vocabulary) and not named


def _is_running_text(text: str, vocabulary: Vocabulary) -> bool:
    named = sum(e.end - e.start for e in organisations_in(text, vocabulary))
    return len(text) > SETTINGS.full_line or (text.endswith(".") and 2 * named < len(text))


def _stands_apart(line: LocatedLine) -> bool:
    """Whether there is white space above a line."""
    return line.line.space_before >= SETTINGS.apart


def _gone_on(title: TextSpan, structure: DocumentStructure) -> TextSpan:
    """A title that later pages repeat on one line, with the lines below it that go on with it on the first."""
    last = title.pieces[-1].line.number
    below = [line for line in structure.lines[:5] if line.page == 1 and line.line.number == last + 1]
    goes_on = below and any(f"{title.text} {below[0].text.strip()}" in line.text for line in structure.margins)
    if not goes_on:
        return title
    return between([title, TextSpan.join(_whole_title(below, 0, structure.vocabulary))], " ").stripped(". ")


def _around(name: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return vocabulary.pattern("document_kind", name, "around")


def names_document(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line holds a word that documents are called by."""
    return any(rule.pattern.search(text) for rule in vocabulary.rules("document_kind", "title"))


def _title_among(lines: Sequence[LocatedLine], longest: int, vocabulary: Vocabulary) -> TextSpan | None:
    """The line, of `longest` signs at most, that names the document and stands out most, with those that go on with
    it."""
    largest = max((line.line.font_size or 0.0 for line in lines), default=0.0)
    best: tuple[float, int] | None = None
    for i, line in enumerate(lines):
        text = line.text.strip()
        if not _can_be_title(text, vocabulary, longest) or not names_document(text, vocabulary):
            continue
        size = (line.line.font_size or 0.0) / largest if largest else 1.0
        score = size + (SETTINGS.capitals if text.isupper() else 0.0) - SETTINGS.each_line * i
        if best is None or score > best[0]:
            best = (score, i)
    return None if best is None else TextSpan.join(_whole_title(lines, best[1], vocabulary)).stripped(". ")


def _title_lines(structure: DocumentStructure) -> tuple[list[LocatedLine], int]:
    """The lines among which the title stands, in a protocol excerpt those after its "§ 22", and how long it may be."""
    lines = list(structure.lines[: SETTINGS.first_lines])
    for i, line in enumerate(lines):
        if _around("paragraph of a protocol", structure.vocabulary).match(line.text.strip()):
            return lines[i + 1 : i + 1 + SETTINGS.after_paragraph_sign], SETTINGS.longest_of_protocol
    first = next((p.heading for p in structure.sections if _is_section(p, structure.vocabulary)), None)
    stop = SETTINGS.first_lines if first is None else min(first.lines[0].number, SETTINGS.first_lines)
    return [line for line in lines if line.number < stop], SETTINGS.longest


def _is_section(part: DocumentSection, vocabulary: Vocabulary) -> bool:
    """Whether a part has a heading of a section, not one that names the document."""
    heading = None if part.heading is None else part.heading.heading
    headed = heading is not None and (bool(heading.roles) or bool(part.number))
    return headed and not names_document(part.title, vocabulary)


def _can_be_title(text: str, vocabulary: Vocabulary, longest: int = SETTINGS.longest) -> bool:
    longest = SETTINGS.longest_of_protocol if _around("names the parties", vocabulary).match(text) else longest
    if not SETTINGS.shortest <= len(text) <= longest or WIDE_GAP in text:
        return False
    if not text[0].isupper() or text.endswith((",", ";", ":", "?")):
        return False
    if _around("sentence", vocabulary).search(text) or text.startswith("Om "):
        return False
    return not text.endswith(".") or len(text.split()) <= SETTINGS.longest_sentence


def _whole_title(lines: Sequence[LocatedLine], index: int, vocabulary: Vocabulary) -> list[LocatedLine]:
    """The title line and those that go on with it: lower case, after a hyphen, or in the same large type."""
    whole = [lines[index]]
    for line in lines[index + 1 : index + 1 + SETTINGS.lines_of_one]:
        if not _goes_on(whole, line, vocabulary):
            break
        whole.append(line)
        if line.text.strip().endswith("."):
            break
    return whole


def _goes_on(title: Sequence[LocatedLine], line: LocatedLine, vocabulary: Vocabulary) -> bool:
    """Whether a line goes on with the lines of a title."""
    first, text, before = title[0].line, line.text.strip(), title[-1].text.strip()
    if line.line.space_before > first.space_before + SETTINGS.gap or len(text) > SETTINGS.longest:
        return False
    if _around("begins a number", vocabulary).match(text):
        return False
    open_end = _around("open end", vocabulary).search(before) is not None
    return text[0].islower() or open_end or (_in_same_type(title[0], line) and not before.endswith("."))


def _in_same_type(first: LocatedLine, line: LocatedLine) -> bool:
    """Whether a line is set in the same large type as the first of a title."""
    large, size = first.line.font_size or 0.0, line.line.font_size or 0.0
    return bool(size) and large > SETTINGS.large_type and abs(large - size) < SETTINGS.same_type * large


def kind_of(structure: DocumentStructure, title: TextSpan | None) -> DocumentKind:
    """The kind, by the first rule of vocabulary/document_kind.toml that fits the title or the text."""
    texts = {
        "title": "" if title is None else title.text,
        "opening": "\n".join(line.text.strip() for line in (*structure.margins[:12], *structure.lines[:40])),
        "text": "\n".join(line.text.strip() for line in structure.lines[:400]),
    }
    for rule in structure.vocabulary.rules("document_kind", "kind"):
        name, where = rule.name.rsplit(" ", 1)
        if rule.pattern.search(texts[where]):
            return DocumentKind(name)
    return DocumentKind.OTHER
