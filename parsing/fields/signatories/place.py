"""Where a document is signed: the lines from where signing begins to where something else does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from avskrift.parsing.fields.signatories.cells import CellKind, cells_of, is_title
from avskrift.parsing.structure.blocks import BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.entities import organisations_in
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.structure.title_roles import group_kind, roles_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where signatures are looked for. Judged on invented agreements; none was tuned."""

    late: float = 0.4
    """Share of the agreement's lines after which what begins signing is believed first."""
    last_lines: int = 8
    """Lines at the end that are looked at where nothing begins signing."""
    longest_list: int = 12
    """Lines of a list of other people at most."""
    apart: float = 1.0
    """Line heights of white space above what is no longer of such a list."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """The lines where people sign; `surely` tells that the document says so."""

    lines: tuple[LocatedLine, ...]
    surely: bool


def signing_place(structure: DocumentStructure) -> SigningPlace:
    """Where signing begins, to where contacts or annexes begin, without lists of others and headings of sections,
    offices aside."""
    main = _before_annexes(structure)
    if not main:
        return SigningPlace((), surely=False)
    named = _heading_numbers(structure.sections_with("signatures"))
    begin = named[0] if named else _begin(main, structure.vocabulary)
    start = _last_lines_from(main) if begin is None else begin
    end = next((n for n in _heading_numbers(structure.sections_with("contacts")) if n > start), main[-1].number + 1)
    following = (line for line in main if start <= line.number < end)
    signing = list(_without_lists_of_others(following, structure.vocabulary))
    titles = _titles(structure)
    if begin is None:
        signing = _below_last_title(signing, titles, structure.vocabulary)
    kept = (p for p in signing if p.number not in titles or _holds_titles(p, structure.vocabulary))
    return SigningPlace(tuple(kept), begin is not None)


def _titles(structure: DocumentStructure) -> set[int]:
    """The numbers of the lines that head a section that is about something."""
    headings = (part.heading for part in structure.sections if part.roles and part.heading is not None)
    return {line.number for heading in headings for line in heading.lines}


def _before_annexes(structure: DocumentStructure) -> list[LocatedLine]:
    """The lines of the agreement itself."""
    annexes = _heading_numbers([p for p in structure.sections if p.annex is not None])
    stop = min(annexes, default=None)
    return [line for line in structure.lines if stop is None or line.number < stop]


def _heading_numbers(parts: Sequence[DocumentSection]) -> list[int]:
    """The numbers of the lines on which the headings of parts begin."""
    return [part.heading.lines[0].number for part in parts if part.heading is not None]


def _begin(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> int | None:
    """The number of the line on which signing begins: the first late one that says so, else the last that does.

    An office right above it belongs to it: "Ordförande" over a line to write on.
    """
    begins = [at for at, line in enumerate(lines) if _says_signing(line, vocabulary)]
    chosen = [*(at for at in begins if at >= SETTINGS.late * len(lines)), *begins[-1:]]
    if not chosen:
        return None
    at = chosen[0]
    return lines[at - 1 if at and _holds_titles(lines[at - 1], vocabulary) else at].number


def _holds_titles(line: LocatedLine, vocabulary: Vocabulary) -> bool:
    return all(cell.kind is CellKind.TITLE for cell in cells_of(line, vocabulary))


def _says_signing(line: LocatedLine, vocabulary: Vocabulary, *, again: bool = False) -> bool:
    """Whether a line says that signatures follow; with `again` whether they do after something else: lists of others
    name parties too."""
    rules = (rule for rule in vocabulary.rules("signing") if not (again and rule.name == "on behalf of"))
    return any(rule.pattern.search(line.text) for rule in rules)


def _last_lines_from(lines: Sequence[LocatedLine]) -> int:
    """The number of the first of the last lines, of a short document the late ones of them."""
    late = int(SETTINGS.late * len(lines))
    last = lines[max(late, len(lines) - SETTINGS.last_lines) :]
    return last[0].number if last else 0


def _without_lists_of_others(lines: Iterable[LocatedLine], vocabulary: Vocabulary) -> Iterator[LocatedLine]:
    """The lines without those from one that begins something else than signatures to the next that says signing."""
    others = False
    for line in lines:
        others = not _says_signing(line, vocabulary, again=True) if others else _introduces_others(line, vocabulary)
        if not others:
            yield line


def lists_of_others(structure: DocumentStructure) -> Iterator[TextSpan]:
    """The lines below one, anywhere in the document, that says by its words that other people follow than those who
    sign, and ends with a colon."""
    headings = {line.number for b in structure.blocks if b.kind is BlockKind.HEADING for line in b.lines}
    left = 0
    for line in structure.lines:
        apart = line.line.space_before >= SETTINGS.apart and left < SETTINGS.longest_list
        if apart or line.number in headings or _says_signing(line, structure.vocabulary, again=True):
            left = 0
        if left:
            left -= 1
            yield TextSpan.join([line])
        if _names_others(line, structure.vocabulary):
            left = SETTINGS.longest_list


def _names_others(line: LocatedLine, vocabulary: Vocabulary) -> bool:
    """Whether the words of a line with a colon at its end name other people than those who sign."""
    text = line.text.strip()
    if vocabulary.pattern("signing", "tells of signing", "within").search(text):
        return False
    return vocabulary.pattern("signing", "introduces others", "within").match(text) is not None


def _below_last_title(lines: list[LocatedLine], titles: set[int], vocabulary: Vocabulary) -> list[LocatedLine]:
    """The lines below the last that heads a section or names a group, where text stands below that; else none: who is
    listed right under such a title does not sign."""
    heads = [i for i, p in enumerate(lines) if p.number in titles or group_kind(p.text.strip(), vocabulary) is not None]
    below = lines[heads[-1] + 1 :] if heads else lines
    first = {cell.kind for line in below[:1] for cell in cells_of(line, vocabulary)}
    return [] if heads and first & {CellKind.NAME, CellKind.SIGNERS} else below


def _introduces_others(line: LocatedLine, vocabulary: Vocabulary) -> bool:
    """Whether a line begins something else than signatures: by its words, or by a colon at its end that introduces
    neither a signature nor a party."""
    text = line.text.strip()
    if vocabulary.pattern("signing", "ends signing", "within").match(text):
        return True
    if "contacts" in roles_of(text.rstrip(":"), vocabulary):
        return True
    if not text.endswith(":") or _says_signing(line, vocabulary):
        return False
    if vocabulary.pattern("signing", "tells of signing", "within").search(text):
        return False
    label = vocabulary.pattern("signing", "label", "within").match(text)
    office = is_title(text.rstrip(": "), vocabulary)
    return label is None and not office and not organisations_in(text, vocabulary)
