"""Alternatives with boxes to tick: only what is ticked is read for values.

Alternatives of one question stand side by side or one below the other. Where none or several of them are ticked nobody
knows what holds, so that none is read, and a remark says so. Empty squares before the items of a list that nobody is
asked to tick are bullets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.language.check_marks import CheckMark, check_marks_in, may_be_boxes
from avskrift.models.agreement import Remark
from avskrift.models.document import Document, Line
from avskrift.models.edits import Edit, compose
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Judged on invented forms; none was tuned."""

    same_indent: float = 9.0
    """Points by which signs that may be bullets are set in differently at most: nested lists have two of them."""
    longest: int = 70
    """Signs of an alternative that a remark shows at most."""


SETTINGS = Settings()
RULE = "choices"


@dataclass(frozen=True, slots=True)
class Choices:
    """A document without the words of alternatives that are not ticked, and what they call for; `made` tells that it
    has any."""

    document: Document
    remarks: tuple[Remark, ...] = ()
    made: bool = False


@dataclass(frozen=True, slots=True)
class _Alternative:
    """The words of an alternative with its box (`whole`) and alone (`label`), and its box: where it stands and what
    it is."""

    whole: TextSpan
    label: TextSpan
    box: TextSpan
    mark: CheckMark


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that belong together, with the boxes in them: `lead` is what stands before the first alternative."""

    passage: TextSpan
    lead: TextSpan
    alternatives: tuple[_Alternative, ...]
    indent: float

    @property
    def begins_with_box(self) -> bool:
        return bool(self.alternatives) and not self.lead


@dataclass(frozen=True, slots=True)
class _Question:
    """Alternatives of which one holds; `asked` are the words right above or before them."""

    alternatives: tuple[_Alternative, ...]
    asked: TextSpan


def may_hold_choices(document: Document) -> bool:
    """Whether the lines of a document hold signs that may be boxes."""
    return may_be_boxes(mark for _, line in document.lines() for mark in check_marks_in(line.text))


def choices_of(document: Document, structure: DocumentStructure) -> Choices:
    """A `document` without what its alternatives leave open: the words of those that are not ticked, and of all where
    none or several of one question are. Its `structure` tells which lines belong together."""
    units = list(_units(structure))
    questions = list(_questions(units))
    if not _is_form(units, structure.vocabulary):
        questions = [question for question in questions if not _are_bullets(question, structure.vocabulary)]
    if not questions:
        return Choices(document)
    left_out: list[TextSpan] = []
    remarks: list[Remark] = []
    for question in questions:
        remark = _remark_on(question, structure.vocabulary)
        remarks += [] if remark is None else [remark]
        left_out += _left_out(question, structure.vocabulary, doubtful=remark is not None)
    return Choices(_without(document, left_out), tuple(remarks), made=True)


def _units(structure: DocumentStructure) -> Iterator[_Unit]:
    """The blocks of the text, and each line that stands in none, in reading order."""
    blocks = [block.lines for block in structure.blocks]
    in_blocks = {line.number for lines in blocks for line in lines}
    alone = [(line,) for line in structure.lines if line.number not in in_blocks]
    for lines in sorted((*blocks, *alone), key=lambda lines: lines[0].number):
        yield _unit(lines)


def _unit(lines: Sequence[LocatedLine]) -> _Unit:
    passage = TextSpan.join(lines)
    marks = check_marks_in(passage.text)
    first = lines[0].line
    indent = first.indent if first.bbox is None else first.bbox.x0
    if not marks:
        return _Unit(passage, passage, (), indent)
    text = passage.text
    behind = text[marks[-1].end :].strip(" .") == "" and text[: marks[0].start].strip() != ""
    if behind:  # the boxes stand behind their words
        starts = [0, *(mark.end for mark in marks[:-1])]
        spans = [(start, mark.end, start, mark.start) for start, mark in zip(starts, marks, strict=True)]
    else:
        ends = [*(mark.start for mark in marks[1:]), len(text)]
        spans = [(mark.start, end, mark.end, end) for mark, end in zip(marks, ends, strict=True)]
    alternatives = tuple(
        _Alternative(passage.cut(start, end), passage.cut(label, label_end), passage.cut(mark.start, mark.end), mark)
        for (start, end, label, label_end), mark in zip(spans, marks, strict=True)
    )
    return _Unit(passage, TextSpan("", ()) if behind else passage.cut(0, marks[0].start), alternatives, indent)


def _questions(units: Sequence[_Unit]) -> Iterator[_Question]:
    """The questions: units that begin with a box one below the other, or alternatives within one unit."""
    nothing = TextSpan("", ())
    asked = nothing
    run: list[_Unit] = []
    for unit in units:
        if run and not (unit.begins_with_box and (run[0].begins_with_box or len(run[0].alternatives) == 1)):
            yield from _one_question(run, asked)
            run, asked = [], nothing
        if unit.alternatives:
            asked = unit.lead or asked
            run.append(unit)
        else:
            asked = unit.passage
    yield from _one_question(run, asked)


def _one_question(units: Sequence[_Unit], asked: TextSpan) -> Iterator[_Question]:
    """The question that some units are; none where their signs are no boxes."""
    alternatives = [alternative for unit in units for alternative in unit.alternatives]
    marks = [alternative.mark for alternative in alternatives]
    if not _are_boxes(marks, [unit.indent for unit in units]):
        alternatives = [alternative for alternative in alternatives if alternative.mark.sure]
    if alternatives and not _are_blanks(alternatives, units):
        yield _Question(tuple(alternatives), asked)


def _are_blanks(alternatives: Sequence[_Alternative], units: Sequence[_Unit]) -> bool:
    """Whether brackets without a mark are blanks to be filled in: one alone behind words, or any behind a colon."""
    if units[0].begins_with_box and units[0].alternatives[0].mark.start == 0:
        return False
    bare = [one for one in alternatives if one.box.text[0] in "([" and not one.mark.ticked]
    return len(bare) == len(alternatives) and (
        len(bare) == 1 or any(one.label.text.rstrip().endswith(":") for one in bare)
    )


def _are_boxes(marks: Sequence[CheckMark], indents: Sequence[float]) -> bool:
    """Whether signs are boxes: all can be nothing else, or they prove each other and no nested list explains them."""
    if all(mark.sure for mark in marks):
        return True
    in_one_column = max(indents) - min(indents) <= SETTINGS.same_indent
    if any(mark.sure for mark in marks):
        return in_one_column
    both = len({mark.ticked for mark in marks}) == 2
    return both and in_one_column and len({mark.letter for mark in marks}) == 1


def _is_form(units: Sequence[_Unit], vocabulary: Vocabulary) -> bool:
    """Whether a document asks for ticks, or bears one."""
    asks = vocabulary.pattern("choices", "asks for ticks")
    return any(
        any(one.mark.sure and one.mark.ticked for one in unit.alternatives)
        or asks.search(" ".join(unit.passage.text.split())) is not None
        for unit in units
    )


def _are_bullets(question: _Question, vocabulary: Vocabulary) -> bool:
    """Whether empty boxes are the bullets of a list: one alike before each of several items, of which the words above
    let none be chosen, and none is an answer, a blank or a time for which something holds."""
    alternatives = question.alternatives
    signs = {one.box.text for one in alternatives}
    if len(alternatives) == 1 or len(signs) > 1 or len(min(signs)) > 1:
        return False
    if any(one.mark.ticked or _stands_within(one.box) for one in alternatives):
        return False
    if vocabulary.pattern("choices", "lets choose").search(question.asked.text) is not None:
        return False
    chosen = [vocabulary.pattern("choices", name) for name in ("yes or no", "is chosen")]
    return not any(pattern.search(one.label.text.strip()) for pattern in chosen for one in alternatives)


def _remark_on(question: _Question, vocabulary: Vocabulary) -> Remark | None:
    """What is told of a question of which nobody knows what holds; None where one is ticked, or several may be."""
    ticked = [one for one in question.alternatives if one.mark.ticked]
    if len(ticked) == 1 or len(question.alternatives) == 1:
        return None
    several = vocabulary.pattern("choices", "several may be ticked").search(question.asked.text) is not None
    if ticked and several:
        return None
    named = "; ".join(_shortened(one.label.text) for one in ticked or question.alternatives)
    said = "several boxes are ticked" if ticked else "no box is ticked"
    text = f"{said} where one alternative holds, so that none was read: {named}"
    return record_of(Remark, {}, whole=Value.of(question.alternatives[0].whole, RULE), kind="choices", text=text)


def _shortened(text: str) -> str:
    return text if len(text) <= SETTINGS.longest else f"{text[: SETTINGS.longest - 3]}..."


def _left_out(question: _Question, vocabulary: Vocabulary, *, doubtful: bool) -> Iterator[TextSpan]:
    """The words of a question that give no values, and the boxes within lines."""
    labels = [one.label.text.strip() for one in question.alternatives]
    answers = all(vocabulary.pattern("choices", "yes or no").match(label) for label in labels)
    chosen = [one for one in question.alternatives if one.mark.ticked and not doubtful]
    denied = not chosen or any(vocabulary.pattern("choices", "no").match(one.label.text) for one in chosen)
    if answers and denied and vocabulary.pattern("choices", "asks").search(question.asked.text):
        yield question.asked  # what was asked does not hold
    for one in question.alternatives:
        if answers or one not in chosen:
            yield one.whole
        elif _stands_within(one.box):
            yield one.box


def _stands_within(box: TextSpan) -> bool:
    """Whether words stand before a box on its line: there it is no mark of an item."""
    piece = box.pieces[0]
    return piece.line.text[: piece.line_start].strip() != ""


def _without(document: Document, left_out: Iterable[TextSpan]) -> Document:
    """The document without some passages; lines of which nothing is left are gone."""
    cuts: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for span in left_out:
        for piece in span.pieces:
            place = cuts.setdefault((piece.page, piece.line.number), [])
            place.append((piece.line_start, piece.line_start + piece.length))
    pages = []
    for page in document.pages:
        lines = (
            _cut(line, cuts[page.number, line.number]) if (page.number, line.number) in cuts else line
            for line in page.lines
        )
        pages.append(replace(page, lines=tuple(line for line in lines if line is not None)))
    return replace(document, pages=tuple(pages))


def _cut(line: Line, spans: Sequence[tuple[int, int]]) -> Line | None:
    """A line without some stretches of its text; None where nothing is left."""
    edits = []
    at = 0
    for start, end in sorted(spans):
        begin = max(at, start)
        end += len(line.text[end:]) - len(line.text[end:].lstrip())
        if begin < end:
            edits.append(Edit(begin, end, "", RULE, 1.0))
            at = end
    whole = compose(line.edits, edits)
    text = line.text
    for edit in reversed(edits):
        text = text[: edit.raw_start] + text[edit.raw_end :]
    return replace(line, text=text, edits=whole) if text.strip() else None
