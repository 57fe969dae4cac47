"""Groups as a text tells of them: named by headings, by short lines over labels, by words at the head of a paragraph
and by sentences. What one part of a document says is read block by block.
"""

import itertools
import re
from collections.abc import Sequence

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.candidate import GroupCandidate, groups_named, is_short_for, same
from avskrift.parsing.fields.groups.chart import fill_box
from avskrift.parsing.fields.groups.labels import (
    label_in,
    label_key,
    labelled_members,
    members_by_line,
    names_a_box,
)
from avskrift.parsing.fields.groups.members import are_members, members_in, plain_member
from avskrift.parsing.fields.groups.sentences import (
    Membership,
    begins_with,
    frequency_of,
    is_described_below,
    lists_functions,
    membership_in,
    purpose_in,
    rule,
    task_in,
)
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.group_names import kind_of_head, without_purpose
from avskrift.parsing.structure.sections import DocumentSection
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST_NAME = 6
"""Words of a group's name at most, where a label gives it."""
_LONGEST_ITEM_NAME = 4
"""Words of a name at most that an item of a list begins with."""
_LONGEST_HEAD = 3
"""Words of a name, before what it is for, and of a heading between members at most."""
_LONGEST_FREQUENCY = 60
"""Signs after a label on meetings, less than that, that are believed though they give no number."""
_SUBJECT_NEAR = 12
"""Signs before the name of the group that a sentence is about, less than that."""
_IS = re.compile(r"\s(?:är|utgör|heter|kallas)\s")
_VERB = re.compile(r"\s(?:är|har|ska|skall|[a-zåäö]{3,}(?:ar|er))\b")


def groups_in(part: DocumentSection, vocabulary: Vocabulary) -> list[GroupCandidate]:
    """The groups that one part of a document tells of."""
    return _Reader(part, vocabulary).groups()


class _Reader:
    """Reads one part block by block.

    `_current` is the group that "den" and "gruppen" mean, `_collecting` whether a list of its members goes on.
    """

    def __init__(self, part: DocumentSection, vocabulary: Vocabulary) -> None:
        self._part = part
        self._vocabulary = vocabulary
        self._found: list[GroupCandidate] = []
        self._current: GroupCandidate | None = None
        self._collecting = False

    def groups(self) -> list[GroupCandidate]:
        """The groups in the order in which they are named."""
        headed = _of_heading(self._part, self._vocabulary)
        if headed is not None:
            self._open(headed)
        blocks = self._part.blocks
        if self._current is not None and blocks and fill_box(self._current, blocks[0], self._vocabulary):
            blocks = blocks[1:]
        self._collecting = self._current is not None and _lists_members(blocks, self._vocabulary)
        for place, block in enumerate(blocks):
            self._block(block, blocks[place + 1 :])
        for group in self._found:
            group.settle(self._vocabulary)
        return [g for g in self._found if g.is_known or (g.headed and g.purpose is not None)]

    def _open(self, group: GroupCandidate) -> None:
        self._found.append(group)
        self._current, self._collecting = group, False

    def _open_called(self, name: TextSpan, *, headed: bool = False) -> None:
        """Opens a group of the kind that the head of its name tells; with `headed` though it tells none."""
        kind = kind_of_head(name.text, self._vocabulary)
        self._open(GroupCandidate(name, kind or "other", headed=headed or kind is not None))

    def _block(self, block: Block, below: Sequence[Block]) -> None:
        following = below[0] if below else None
        label = label_in(block.text, self._vocabulary)
        if label is not None:
            self._label(label, block)
        elif block.kind is BlockKind.COLUMNS:
            self._collecting = False
        elif block.kind is BlockKind.ITEM and self._collecting:
            self._member(block.passage)
        elif names_a_box(block, following, self._vocabulary, known=self._part.annex is not None):
            self._open_called(block.passage.stripped(":. "))
        elif (named := _first_line_names(block, following, self._vocabulary)) is not None:
            self._item(named, block)
        elif not (self._collecting and _is_subheading(block, self._vocabulary)):  # "Föredragande" between members
            self._collecting = False
            self._text(block.passage)
            if (
                block.text.endswith(":")
                and self._is_subject_of(block.passage)
                and _lists_members(below, self._vocabulary)
            ):
                self._collecting = True

    def _is_subject_of(self, passage: TextSpan) -> bool:
        """Whether the group spoken of, whose members are not known yet, is what the last sentence is about."""
        group = self._current
        last = sentences_of(passage)[-1]
        return group is not None and not group.members and _SUBJECT_NEAR > last.text.find(group.name.text) >= 0

    def _item(self, name: TextSpan, block: Block) -> None:
        """A group that an item of a list names, and what the rest of the item says of it."""
        self._open(GroupCandidate(name, group_kind(name.text, self._vocabulary) or "other", headed=True))
        rest = block.passage.cut(block.text.index(name.text) + len(name.text))
        if rest:
            self._text(rest)

    def _label(self, label: re.Match[str], block: Block) -> None:
        """What a label and the text after it tell of a group."""
        content = block.passage.cut(label.end())
        key = label_key(label["label"], self._vocabulary)
        self._collecting = False
        if key == "name":
            self._current = None
            if content and len(content.text.split()) <= _LONGEST_NAME:
                self._open_called(content.stripped(". "))
        elif key is not None and self._current is not None and key in self._current.labels:
            self._current = None  # the next box of an organisation chart, whose name was not read
        elif key is not None and self._current is not None:
            self._current.labels.add(key)
            self._labelled(self._current, key, content, block, label)

    def _labelled(self, group: GroupCandidate, key: str, content: TextSpan, block: Block, label: re.Match[str]) -> None:
        """Takes the `content` after a label of a block, and what `key` says it is, for the group's."""
        if key == "members":
            if group.chair is not None and not group.members and label["label"].lower().startswith("ledam"):
                group.members.append(group.chair)  # "Ordförande: ...", "Ledamöter: ..."
            by_line = members_by_line(block, label.end(), self._vocabulary)
            group.members.extend(by_line or (members_in(content, self._vocabulary) if content else []))
            self._collecting = not content
        elif key == "frequency":
            found = frequency_in(content.text, self._vocabulary.frequency_rules())
            if found is not None or len(content.text) < _LONGEST_FREQUENCY:
                group.frequency = content.stripped(". ")
                group.per_year = None if found is None else found.per_year
        elif content and key == "purpose":
            group.purpose = content if group.purpose is None else group.purpose
        elif content:
            setattr(group, key, content.stripped(". "))

    def _member(self, item: TextSpan) -> None:
        member = plain_member(item, self._vocabulary)
        if member is not None and self._current is not None:
            self._current.members.append(member)
            if self._current not in self._found:
                self._found.append(self._current)

    def _text(self, passage: TextSpan) -> None:
        """Reads running text: a name at its head, what a headed group is for, then sentence by sentence."""
        head = rule("run-in heading", self._vocabulary).match(passage.text)
        if head is not None and _is_run_in(head, passage.text, self._vocabulary):
            self._open_called(passage.cut(*head.span("body")), headed=True)
            passage = passage.cut(head.end())
        sentences = sentences_of(passage)
        group = self._current
        if group is not None and group.headed and group.purpose is None:
            group.purpose = purpose_in(sentences, group, self._vocabulary)
        for place, sentence in enumerate(sentences):
            self._sentence(sentence, first=head is not None and place == 0)

    def _sentence(self, sentence: TextSpan, *, first: bool) -> None:
        """Takes from a sentence what it says of a group; `first` tells that its paragraph begins with a head."""
        vocabulary = self._vocabulary
        membership = membership_in(sentence, vocabulary)
        if membership is None and first and self._current is not None and lists_functions(sentence, vocabulary):
            membership = Membership(None, members_in(sentence, vocabulary))  # "Styrgrupp: polischef och vd."
        subject = self._subject(sentence, membership)
        if subject is None:
            return
        self._current = subject
        if membership is not None and not subject.members:
            subject.members = membership.members
        if rule("introduces members", vocabulary).search(sentence.text) and not subject.members:
            self._collecting = True
        self._meetings_and_task(subject, sentence, other=membership is not None)
        self._offices(subject, sentence)
        if subject.is_known and subject not in self._found:
            self._found.append(subject)

    def _meetings_and_task(self, subject: GroupCandidate, sentence: TextSpan, *, other: bool) -> None:
        """Takes from a sentence how often a group meets and what it is for; `other` tells that it names members."""
        found = frequency_of(sentence, self._vocabulary)
        if found is not None and (subject.frequency is None or (subject.per_year is None and found[1] is not None)):
            subject.frequency, subject.per_year = found
        if subject.purpose is None:
            subject.purpose = task_in(sentence, self._vocabulary, meets=found is not None, other=other)

    def _offices(self, subject: GroupCandidate, sentence: TextSpan) -> None:
        """Takes from a sentence who leads a group and who calls it, and whether it leads the cooperation itself."""
        text = sentence.text
        subject.leads = subject.leads or rule("leads", self._vocabulary).search(text) is not None
        subject.decides = subject.decides or rule("decides", self._vocabulary).search(text) is not None
        for key, name in (("chair", "tells chair"), ("chair", "names the chair"), ("convener", "tells convener")):
            person = rule(name, self._vocabulary).search(text)
            if person is not None and getattr(subject, key) is None:
                setattr(subject, key, sentence.cut(*person.span("who")))
        others = rule("others", self._vocabulary).search(text) is not None
        if others and subject.chair is not None and subject.chair not in subject.members:
            subject.members.insert(0, subject.chair)

    def _subject(self, sentence: TextSpan, membership: Membership | None) -> GroupCandidate | None:
        """The group that a sentence is about: one that it names, or the last one."""
        current = self._current
        given = None if membership is None else membership.group
        if membership is not None and given is None and current is not None:
            return current
        named = groups_named(sentence, self._vocabulary) if given is None else [given]
        known = next((old for group in named if (old := self._known(group)) is not None), None)
        if known is not None:
            return known
        if named and (current is None or not current.headed or begins_with(sentence, named[0], self._vocabulary)):
            return named[0]
        return current

    def _known(self, group: GroupCandidate) -> GroupCandidate | None:
        """The group that was opened before under this name, or a longer one."""
        candidates = [*self._found, *([] if self._current is None else [self._current])]
        vocabulary = self._vocabulary
        return next((g for g in candidates if same(g, group, vocabulary) or is_short_for(group, g, vocabulary)), None)


def _of_heading(part: DocumentSection, vocabulary: Vocabulary) -> GroupCandidate | None:
    """The group that the heading of a part names, by itself or by what the text below says."""
    name = part.title_passage
    if name is None:
        return None
    if part.group_kind is not None:
        defined = _defined_name(part, vocabulary)
        kind = part.group_kind if defined is None else group_kind(defined.text, vocabulary) or part.group_kind
        return GroupCandidate(defined or _bare_name(name, vocabulary), kind, (part.title,), headed=True)
    if part.annex is not None:
        return None
    if labelled_members(part.blocks, vocabulary):
        return GroupCandidate(name, kind_of_head(name.text, vocabulary) or "other", headed=True)
    if is_described_below(name, part.blocks, vocabulary):
        kind = group_kind(name.text.replace(" ", ""), vocabulary) or "other"
        return GroupCandidate(name, kind, (part.title,), headed=True)
    return None


def _bare_name(name: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A heading without "uppdrag" after the name, or its level before it."""
    task = rule("task of", vocabulary).fullmatch(name.text)
    name = name if task is None else name.cut(*task.span("body"))
    before = rule("level before it", vocabulary).match(name.text)
    return name if before is None else name.cut(before.end())


def _is_run_in(head: re.Match[str], text: str, vocabulary: Vocabulary) -> bool:
    """Whether what a paragraph begins with is the name of a group that the rest tells of."""
    if rule("consists of", vocabulary).match(text) is not None:
        return False  # a sentence: "Styrgruppen består av: rektorn och polischefen"
    if kind_of_head(head["body"], vocabulary) is None or _IS.search(head["body"]) is not None:
        return False
    if head["joint"] in (":", "–", "-"):
        return True
    short = len(without_purpose(head["body"]).split()) <= _LONGEST_HEAD and _VERB.search(head["body"]) is None
    return short and rule("goes on about it", vocabulary).match(text[head.end() :]) is not None


def _lists_members(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the first blocks are a list of members under the group's name."""
    items = list(itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, blocks))
    return len(items) >= 2 and are_members([b.passage for b in items], vocabulary)


def _first_line_names(block: Block, following: Block | None, vocabulary: Vocabulary) -> TextSpan | None:
    """The group that the first line of an item names and nothing else: "a) Styrgrupp", and below it what it is."""
    text_below = len(block.lines) > 1 or (following is not None and following.kind is BlockKind.PARAGRAPH)
    if block.kind is not BlockKind.ITEM or not text_below:
        return None
    first = TextSpan.join(block.lines[:1])
    start = first.text.find(block.marker) + len(block.marker) if block.marker else 0
    name = first.cut(start).stripped(":. ")
    short = bool(name) and len(name.text.split()) <= _LONGEST_ITEM_NAME
    return name if short and group_kind(name.text, vocabulary) is not None else None


def _is_subheading(block: Block, vocabulary: Vocabulary) -> bool:
    short = block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= _LONGEST_HEAD
    return short and not block.text.endswith(".") and group_kind(block.text, vocabulary) is None


def _defined_name(part: DocumentSection, vocabulary: Vocabulary) -> TextSpan | None:
    """The term in quotes that the part gives the group: ett forum ..., ”Chefsrådet”."""
    for block in part.blocks[:4]:
        for found in rule("defined", vocabulary).finditer(block.text):
            if group_kind(found["term"], vocabulary) is not None:
                return block.passage.cut(*found.span("term"))
    return None
