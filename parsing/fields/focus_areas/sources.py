"""The places of a document where its focus areas may be named, the most telling first."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from avskrift.parsing.fields.focus_areas.area import (
    OTHER_LABELS,
    Area,
    can_be_area,
    labelled,
    own_blocks,
    plain_name,
)
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.running_lists import split_list
from avskrift.parsing.structure.sections import DocumentSection, subsections
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What names an area. Judged on invented agreements; none was tuned."""

    longest_head: int = 8
    """Words of a name at most, where a paragraph begins with it."""
    longest_item: int = 110
    """Signs of an item at most that is nothing but a name."""
    longest_introduction: int = 60
    """Signs of a sentence, less than that, below a heading on areas that introduces a list without a colon."""
    longest_first_block: int = 250
    """Signs of the block in which it stands, less than that."""


SETTINGS = Settings()
_SENTENCE_RULES = (
    "names areas",
    "names areas after a sign",
    "has areas",
    "names areas freely",
    "names areas under their heading",
)
_NO_HEADS = ("label", *OTHER_LABELS, "begins a sentence")
"""Rules of what a paragraph begins with that is no area's name."""


def from_headings(structure: DocumentStructure) -> list[Area]:
    """The sections right below "Prioriterade områden", in the agreement or in its annexes."""
    best: list[Area] = []
    for i, part in enumerate(structure.sections):
        if part.has("focus_areas"):
            below = [p for p in subsections(structure.sections, i) if p.level == part.level + 1 and not p.roles]
            names = [p.title_passage for p in below if p.title_passage is not None]
            if len(names) >= 2 and len(names) > len(best):
                best = [Area(plain_name(name, structure.vocabulary)) for name in names if name]
    return best


def from_alike(structure: DocumentStructure) -> list[Area]:
    """Two or more sections that each have a goal and a situation: they are areas, whatever they are called."""
    found = []
    for i, part in enumerate(structure.sections):
        if part.title_passage is not None and not part.roles:
            labels = labelled(own_blocks(structure.sections, i, structure.vocabulary), structure.vocabulary)
            if "situation" in labels and "goal" in labels:
                found.append(Area(plain_name(part.title_passage, structure.vocabulary)))
    return found if len(found) >= 2 else []


def from_tables(structure: DocumentStructure) -> list[Area]:
    """The rows of a table whose head is `Område` and what is to be reached there."""
    keys = ("area", "goal", "situation")
    for table in structure.tables:
        columns = {k: table.column(structure.vocabulary.pattern("focus_areas", f"column {k}")) for k in keys}
        place = columns["area"]
        if place is None or len(table.rows) < 2:
            continue
        places = {key: at for key, at in columns.items() if key != "area" and at is not None and at != place}
        names = ((row[place], {key: row[at] for key, at in places.items()}) for row in table.rows)
        return [Area(name, goal=c.get("goal"), situation=c.get("situation")) for name, c in names if name]
    return []


@dataclass(frozen=True, slots=True)
class _Introduction:
    """What introduces a list: a sentence on prioritised areas (`says_so`), the heading above (`headed`), or a promise
    of the parties (`pledges`)."""

    says_so: bool
    headed: bool
    pledges: bool

    def __bool__(self) -> bool:
        return self.says_so or self.headed or self.pledges


def from_lists(structure: DocumentStructure) -> list[Area]:
    """The list that a sentence on prioritised areas, or a heading on them, introduces."""
    best: list[Area] = []
    for part in structure.sections:
        for i in _list_starts(part.blocks):
            introduction = _introduction(part, i, structure.vocabulary)
            if introduction and (introduction.says_so or not best):
                areas = _listed(part.blocks[i:], structure.vocabulary, bare=not introduction.pledges)
                best = areas if len(areas) > len(best) else best
    return best


def _list_starts(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of items that begin a list; an item that ends with a colon is none, and the one after it is."""
    for i, block in enumerate(blocks):
        follows = i > 0 and blocks[i - 1].kind is BlockKind.ITEM and not blocks[i - 1].text.endswith(":")
        if block.kind is BlockKind.ITEM and not block.text.endswith(":") and not follows:
            yield i


def _introduction(part: DocumentSection, i: int, vocabulary: Vocabulary) -> _Introduction:
    """What introduces the list that begins at a block of a part."""
    before = sentences_of(part.blocks[i - 1].passage)[-1].text if i else part.title
    before = vocabulary.pattern("focus_areas", "aside").sub("", before).rstrip(".")

    def says(name: str) -> bool:
        return vocabulary.pattern("focus_areas", name).search(before) is not None

    other = says("introduces other") or says("tells opinions")
    short = len(before) < SETTINGS.longest_introduction or before.endswith(":")
    near = i == 0 or (i == 1 and short and len(part.blocks[0].text) < SETTINGS.longest_first_block)
    return _Introduction(
        says_so=says("introduces areas") and not other,
        headed=part.has("focus_areas") and near and not other,
        pledges=says("pledges") and part.annex is None,
    )


def _listed(blocks: Sequence[Block], vocabulary: Vocabulary, *, bare: bool) -> list[Area]:
    """The areas of the list that blocks begin with; none where more than one of its items is no area."""
    items = list(itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, blocks))
    names = ((_name_of(item, vocabulary, bare=bare), item.passage) for item in items)
    areas = [Area(name).with_goal_of(item, vocabulary) for name, item in names if name is not None]
    return areas if len(areas) >= max(2, len(items) - 1) else []


def _name_of(item: Block, vocabulary: Vocabulary, *, bare: bool) -> TextSpan | None:
    """The name that an item is or begins with, `bare` telling that it may be nothing but one: of an item whose first
    line stands over text of its own, that line."""
    first, *others = (TextSpan.join([line]) for line in item.lines)
    if bare and others and others[0].text[:1].isupper() and len(first.text.split()) <= SETTINGS.longest_head:
        return item_name(
            item.passage.cut(0, len(first.text) - first.text.index(item.passage.text[:1])), vocabulary, bare=bare
        )
    return item_name(item.passage, vocabulary, bare=bare)


def item_name(passage: TextSpan, vocabulary: Vocabulary, *, bare: bool) -> TextSpan | None:
    """The name at the head of an item: all of it, or what stands before a full stop, colon or dash.

    With `bare` False an item without such a head is a promise, not a name.
    """
    head = vocabulary.pattern("focus_areas", "head of an item").match(passage.text)
    if head is not None:
        return passage.cut(*head.span("name")).stripped(".,;: ")
    is_sentence = vocabulary.pattern("focus_areas", "is a sentence")
    if not bare or len(passage.text) > SETTINGS.longest_item or is_sentence.search(passage.text):
        return None
    joint = vocabulary.pattern("focus_areas", "joint at the end")
    return passage.cut(0, len(joint.sub("", passage.text))).stripped(".,;: ")


def from_paragraphs(structure: DocumentStructure) -> list[Area]:
    """Paragraphs that each begin with an area's name, after a sentence that says how many areas there are or, under
    a heading on them, that they follow: "Parterna samlar sig kring två frågor.", "Narkotika. Färre ska pröva."
    """
    for part in structure.main_sections:
        for i, block in enumerate(part.blocks):
            if block.kind is BlockKind.PARAGRAPH:
                found = _heads_after(part, i, structure.vocabulary)
                if found:
                    return found
    return _headings_counted(structure.main_sections, structure.vocabulary)


def _headings_counted(parts: Sequence[DocumentSection], vocabulary: Vocabulary) -> list[Area]:
    """The headings that follow a sentence at the end of a section that says how many areas there are, if they are as
    many before one of another kind."""
    for i, part in enumerate(parts):
        number = _number_of_areas(part.blocks[-1].passage, vocabulary) if part.blocks else None
        if number is None:
            continue
        following = list(itertools.takewhile(lambda p: not p.roles, parts[i + 1 :]))
        levels = {p.level for p in following}
        if len(following) == number >= 2 and len(levels) == 1:
            return [Area(plain_name(title, vocabulary)) for p in following if (title := p.title_passage) is not None]
    return []


def _number_of_areas(passage: TextSpan, vocabulary: Vocabulary) -> int | None:
    """How many areas a sentence of a passage says that there are; None where none does."""
    counts = vocabulary.pattern("focus_areas", "counts areas")
    counted = next((m for s in sentences_of(passage) if (m := counts.search(s.text)) is not None), None)
    return None if counted is None else vocabulary.numbers().value(counted["n"])


def _heads_after(part: DocumentSection, i: int, vocabulary: Vocabulary) -> list[Area]:
    """The areas with whose names the blocks after a block begin, if it says that there are as many, or introduces
    areas under a heading on them."""
    number = _number_of_areas(part.blocks[i].passage, vocabulary)
    last = sentences_of(part.blocks[i].passage)[-1].text.rstrip(".")
    introduces = vocabulary.pattern("focus_areas", "introduces areas").search(last) is not None
    introduced = part.has("focus_areas") and introduces
    if number is None and not introduced:
        return []
    heads = list(_heads(part.blocks[i + 1 :], vocabulary))
    if len(heads) < 2 or number not in (len(heads), None):
        return []
    return [Area(name).with_goal_of(passage, vocabulary) for name, passage in heads]


def _heads(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[tuple[TextSpan, TextSpan]]:
    """The names with which blocks begin and the blocks' passages: of paragraphs, or of items that text may follow."""
    listed = bool(blocks) and blocks[0].kind is BlockKind.ITEM
    for block in blocks:
        if listed and block.kind is not BlockKind.ITEM:
            continue  # the text of the item above
        name = _name_of(block, vocabulary, bare=True) if listed else _head_name(block, vocabulary)
        if name is None:
            return
        yield name, block.passage


def _head_name(block: Block, vocabulary: Vocabulary) -> TextSpan | None:
    """The name that a paragraph begins with, and that text on it follows."""
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    if any(vocabulary.pattern("focus_areas", name).match(block.text) for name in _NO_HEADS):
        return None
    name = item_name(block.passage, vocabulary, bare=False)
    fit = name is not None and can_be_area(name.text, vocabulary)
    return name if name is not None and fit and len(name.text.split()) <= SETTINGS.longest_head else None


def from_sentences(structure: DocumentStructure) -> list[Area]:
    """Areas named in running text: "särskilt prioriterade områden är ungdomar, brottsoffer och narkotika"."""
    for rule in _SENTENCE_RULES:
        for part in structure.sections:
            if not _may_name(rule, part):
                continue
            sentences = (s for passage in _with_open_ends(part.blocks) for s in sentences_of(passage))
            found = next(filter(None, (_named_in(s, rule, part, structure.vocabulary) for s in sentences)), None)
            if found:
                return found
    return []


def _may_name(rule: str, part: DocumentSection) -> bool:
    """Whether a rule of sentences is believed in a part: those that say little only in the agreement itself."""
    if rule in ("names areas", "names areas after a sign"):
        return True
    return part.annex is None and (rule != "names areas under their heading" or part.has("focus_areas"))


def _named_in(sentence: TextSpan, rule: str, part: DocumentSection, vocabulary: Vocabulary) -> list[Area]:
    """The areas that a sentence names by a rule; none where it names fewer than two."""
    found = vocabulary.pattern("focus_areas", rule).search(sentence.text)
    if found is None:
        return []
    if rule == "names areas freely" and not part.has("focus_areas"):
        about = vocabulary.pattern("focus_areas", "about the agreement")
        if not about.search(sentence.text[: found.start("areas")]):
            return []
    names = split_list(sentence.cut(*found.span("areas")))
    named = len(names) >= 2 and all(can_be_area(n.text, vocabulary) for n in names)
    return [Area(name) for name in names] if named else []


def _with_open_ends(blocks: Sequence[Block]) -> list[TextSpan]:
    """The passages of blocks; those that end with a semicolon or comma go on in the next."""
    joined: list[TextSpan] = []
    for block in blocks:
        if joined and joined[-1].text.endswith((";", ",")) and block.kind is BlockKind.PARAGRAPH:
            joined[-1] = between([joined[-1], block.passage])
        else:
            joined.append(block.passage)
    return joined


def from_numbered(structure: DocumentStructure) -> list[Area]:
    """Headings that call themselves areas: "Fokusområde 1: Trygga miljöer"."""
    numbered = structure.vocabulary.pattern("focus_areas", "numbered area")
    titles = (part.title_passage for part in structure.sections if part.title_passage is not None)
    return [Area(plain_name(title, structure.vocabulary)) for title in titles if numbered.match(title.text)]


SOURCES: tuple[Callable[[DocumentStructure], list[Area]], ...] = (
    from_headings,
    from_alike,
    from_tables,
    from_lists,
    from_paragraphs,
    from_sentences,
    from_numbered,
)
"""In the order in which they are believed."""
