"""Bodies as a text tells of them: named by headings, by short lines over labels, by words at the head of a paragraph
and by sentences. What one part of a document says is read block by block.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.candidate import Body, bodies_named, body_of, is_short_for, kind_of_head, same
from avskrift.parsing.fields.groups.chart import fill_box
from avskrift.parsing.fields.groups.labels import label_key, labelled_members, members_by_line, names_a_box
from avskrift.parsing.fields.groups.members import are_members, is_member, members_in, plain_member
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.outline import sentences_of
from avskrift.parsing.structure.sections import Part
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.title_roles import group_kind
from avskrift.parsing.vocabulary import frequency_rules, pattern

_rule = partial(pattern, "groups")
_LONGEST_NAME = 6
"""Words of a body's name at most, where a label gives it."""
_VERB = re.compile(r"\s(?:är|har|ska|skall|[a-zåäö]{3,}(?:ar|er))\b")


def told_of_title(part: Part) -> bool:
    """Whether a part begins by saying who the body of its heading consists of."""
    name, first = part.title_passage, part.blocks[0].passage if part.blocks else None
    if name is None or first is None:
        return False
    told = _members_told(sentences_of(first)[0])
    return told is not None and told.body is not None and same(told.body, Body(name, "other"))


def bodies_in(part: Part) -> list[Body]:
    """The bodies that one part of a document tells of."""
    return _Reader(part).bodies()


class _Reader:
    """Reads one part block by block; `current` is the body that "den" and "gruppen" mean."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._found: list[Body] = []
        self._current: Body | None = None
        self._collecting = False

    def bodies(self) -> list[Body]:
        part, name = self._part, self._part.title_passage
        if part.group_kind is not None and name is not None:
            defined = _defined_name(part)
            kind = part.group_kind if defined is None else group_kind(defined.text) or part.group_kind
            task = _rule("task of").fullmatch(name.text)
            name = name if task is None else name.cut(*task.span("body"))
            before = re.match(r"\w+ nivå\s*[:–-]\s*", name.text)
            name = name if before is None else name.cut(before.end())
            level = re.search(r"(?<!\s)\s*\([^)]{0,500}nivå\)$", name.text)
            name = name if level is None else name.cut(0, level.start())
            self._open(Body(defined or name, kind, (part.title,), headed=True))
        elif name is not None and part.annex is None and labelled_members(part.blocks):
            self._open(Body(name, kind_of_head(name.text) or "other", headed=True))
        elif name is not None and part.annex is None and _told_below(name, part.blocks):
            self._open(Body(name, group_kind(name.text.replace(" ", "")) or "other", (part.title,), headed=True))
        blocks = part.blocks
        if self._current is not None and blocks and fill_box(self._current, blocks[0]):
            blocks = blocks[1:]
        self._collecting = self._current is not None and _lists_members(blocks)
        for place, block in enumerate(blocks):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            self._block(block, following)
        for body in self._found:
            body.settle()
        return [b for b in self._found if b.told or (b.headed and b.purpose is not None)]

    def _open(self, body: Body) -> None:
        self._found.append(body)
        self._current, self._collecting = body, False

    def _block(self, block: Block, following: Block | None) -> None:
        label = _rule("label").match(block.text)
        if label is not None:
            self._label(label, block)
        elif block.kind is BlockKind.COLUMNS:
            self._collecting = False
        elif block.kind is BlockKind.ITEM and self._collecting:
            self._member(block.passage)
        elif names_a_box(block, following, known=self._part.annex is not None):
            name = block.passage.stripped(":. ")
            kind_told = kind_of_head(name.text)
            self._open(Body(name, kind_told or "other", headed=kind_told is not None))
        elif block.kind is BlockKind.ITEM and (named := _first_line_names(block, following)) is not None:
            self._open(Body(named, group_kind(named.text) or "other", headed=True))
            rest = block.passage.cut(block.text.index(named.text) + len(named.text))
            if rest:
                self._text(Block(block.kind, rest, block.lines))
        elif self._collecting and _is_subheading(block):
            return  # "Föredragande" between members
        else:
            self._collecting = False
            self._text(block)

    def _label(self, label: re.Match[str], block: Block) -> None:
        content, word = block.passage.cut(label.end()), label["label"].lower()
        key = label_key(word)
        body = self._current
        self._collecting = False
        if key == "name":
            self._current = None
            if content and len(content.text.split()) <= _LONGEST_NAME:
                kind = kind_of_head(content.text)
                self._open(Body(content.stripped(". "), kind or "other", headed=kind is not None))
            return
        if body is None or key is None:
            return
        if key in body.labels:  # the next box of an organisation chart, whose name was not seen
            self._current = None
            return
        body.labels.add(key)
        if key == "members":
            if body.chair is not None and not body.members and word.startswith("ledam"):
                body.members.append(body.chair)  # "Ordförande: ...", "Ledamöter: ..."
            body.members.extend(members_by_line(block, label.end()) or (members_in(content) if content else []))
            self._collecting = not content
        elif key == "frequency":
            found = frequency_in(content.text, frequency_rules())
            if found is not None or len(content.text) < 60:
                body.frequency = content.stripped(". ")
                body.per_year = None if found is None else found.per_year
        elif content:
            if key == "purpose" and body.purpose is not None:
                return
            setattr(body, key, content.stripped(". ") if key != "purpose" else content)

    def _member(self, item: TextSpan) -> None:
        member = plain_member(item)
        if member is not None and self._current is not None:
            self._current.members.append(member)

    def _text(self, block: Block) -> None:
        passage = block.passage
        head = _rule("run-in heading").match(passage.text)
        if head is not None and _is_run_in(head, passage.text):
            name = passage.cut(*head.span("body"))
            self._open(Body(name, kind_of_head(name.text) or "other", headed=True))
            passage = passage.cut(head.end())
        sentences = sentences_of(passage)
        self._purpose(sentences)
        for place, sentence in enumerate(sentences):
            self._sentence(sentence, first=head is not None and place == 0)

    def _purpose(self, sentences: Sequence[TextSpan]) -> None:
        """What a headed body is for: the sentences that tell it, up to those on members and meetings."""
        body = self._current
        if body is None or not body.headed or body.purpose is not None:
            return
        telling: list[TextSpan] = []
        for sentence in sentences:
            other = (
                _members_told(sentence) is not None or _frequency(sentence) is not None or _lists_functions(sentence)
            )
            if other or sentence.text.endswith(":") or _rule("introduces members").search(sentence.text):
                if telling:
                    break
            elif not telling and _rule("appoints").search(sentence.text):
                continue
            elif telling or any(_rule(r).search(_as_it(sentence, body)) for r in ("tells purpose", "speaks of it")):
                telling.append(sentence)
        if telling:
            body.purpose = between(telling)

    def _sentence(self, sentence: TextSpan, *, first: bool) -> None:
        text = sentence.text
        told = _members_told(sentence)
        if told is None and first and self._current is not None and _lists_functions(sentence):
            told = _Told(None, members_in(sentence))  # "Styrgrupp: stadsdelsdirektör, polischef och vd."
        subject = self._subject(sentence, told)
        if subject is None:
            return
        self._current = subject
        subject.leads = subject.leads or _rule("leads").search(text) is not None
        subject.decides = subject.decides or _rule("decides").search(text) is not None
        if told is not None and not subject.members:
            subject.members = told.members
        if _rule("introduces members").search(text) and not subject.members:
            self._collecting = True
        found = _frequency(sentence)
        if found is not None and (subject.frequency is None or (subject.per_year is None and found[1] is not None)):
            subject.frequency, subject.per_year = found
        if subject.purpose is None:
            subject.purpose = _task(sentence, meets=found is not None, other=told is not None)
        for key, rule in (("chair", "tells chair"), ("chair", "names the chair"), ("convener", "tells convener")):
            person = _rule(rule).search(text)
            if person is not None and getattr(subject, key) is None:
                setattr(subject, key, sentence.cut(*person.span("who")))
        if subject.chair is not None and _rule("others").search(text) and subject.chair not in subject.members:
            subject.members.insert(0, subject.chair)
        if subject.told and subject not in self._found:
            self._found.append(subject)

    def _subject(self, sentence: TextSpan, told: "_Told | None") -> Body | None:
        """The body that a sentence is about: one that it names, or the last one."""
        current = self._current
        if told is not None and told.body is None and current is not None:
            return current
        named = [told.body] if told is not None and told.body is not None else bodies_named(sentence)
        for body in named:
            known = next(
                (b for b in [*self._found, *([current] if current else [])] if same(b, body) or is_short_for(body, b)),
                None,
            )
            if known is not None:
                return known
        if named and (current is None or not current.headed or _begins_with(sentence, named[0])):
            return named[0]
        return current


@dataclass(frozen=True, slots=True)
class _Told:
    """The members that a sentence gives, and the body it names (None: the one spoken of)."""

    body: Body | None
    members: list[TextSpan]


def _task(sentence: TextSpan, *, meets: bool, other: bool) -> TextSpan | None:
    """What a sentence on a body says it is for: all of it, or why it meets."""
    if meets:
        why = _rule("meets in order to").search(sentence.text)
        return None if why is None else sentence.cut(*why.span("task")).stripped(". ")
    if other or sentence.text.endswith(":") or _rule("tells its task").match(sentence.text) is None:
        return None
    return sentence.stripped(". ")


def _members_told(sentence: TextSpan) -> _Told | None:
    for name in (
        "in body sit",
        "body where",
        "consists of",
        "members are",
        "these are",
        "take part",
        "they meet",
        "body with",
    ):
        for found in _rule(name).finditer(sentence.text):
            listed = _without_aside(sentence.cut(*found.span("members")))
            if sentence.text[found.end("members") :].lstrip().startswith(":"):
                continue  # "består av följande personer:", and a list
            stop = _rule("members end").search(listed.text)
            members = members_in(listed.cut(0, stop.start()) if stop is not None else listed)
            if not members or (name not in ("in body sit", "consists of") and not are_members(members)):
                continue
            if name in ("these are", "take part", "they meet") and len(members) < 2:
                continue
            if len(members) == 1 and not is_member(members[0].text):
                continue
            named = found["body"]
            if not named or _rule("stands for a body").fullmatch(named.strip()):
                article = sentence.cut(found.start("body"), found.start("members")) if named else None
                meant = bodies_named(article) if article and len(named) <= len("denna") else []
                return _Told(meant[0] if meant else None, members)  # "Den operativa gruppen består av ..."
            between_them = bodies_named(sentence.cut(found.start("body"), found.start("members")))
            if name == "consists of" and len(between_them) > 1:
                return _Told(between_them[-1], members)  # "Styrgruppen biträds av en arbetsgrupp, som består av ..."
            body = body_of(sentence.cut(*found.span("body")))
            if body is not None:
                return _Told(body, members)
    return None


def _without_aside(listed: TextSpan) -> TextSpan:
    """A list without what it says of one of its members: "kommunchefen, som också är ordförande, och ..."."""
    aside = _rule("aside").search(listed.text)
    return listed if aside is None else between([listed.cut(0, aside.start()), listed.cut(aside.end())], "")


def _begins_with(sentence: TextSpan, body: Body) -> bool:
    """Whether a body is a sentence's subject, or is brought up by it: "leds av en styrgrupp"."""
    place = sentence.text.find(body.name.text)
    return place <= 5 or _rule("brings up").search(sentence.text[:place]) is not None


def _lists_functions(sentence: TextSpan) -> bool:
    members = members_in(sentence)
    return len(members) >= 2 and are_members(members) and _frequency(sentence) is None


def _is_run_in(head: re.Match[str], text: str) -> bool:
    if kind_of_head(head["body"]) is None:
        return False
    if head["joint"] in (":", "–", "-"):
        return True
    return (
        len(re.split(r" (?:för|i|om|mot) ", head["body"])[0].split()) <= 3
        and _VERB.search(head["body"]) is None
        and _rule("goes on about it").match(text[head.end() :]) is not None
    )


def _told_below(name: TextSpan, blocks: Sequence[Block]) -> bool:
    """Whether a heading that ends in a bare "teamet" or "gruppen" names a body: the text below says of it who sits in
    it, or when it meets."""
    bare = _rule("bare body").fullmatch(name.text)
    if bare is None:
        return False
    meant = re.compile(rf"\b{bare['it']}(?:et|en)\b", re.IGNORECASE)
    sentences = [s for block in blocks for s in sentences_of(block.passage) if meant.search(s.text)]
    return any(
        _members_told(s) is not None or _frequency(s) is not None or _rule("introduces members").search(s.text)
        for s in sentences
    )


def _as_it(sentence: TextSpan, body: Body) -> str:
    """A sentence with "Gruppen" for the name of the body, where it begins with that."""
    name, text = body.name.text, sentence.text
    return "Gruppen" + text[len(name) :] if text.lower().startswith(name.lower() + " ") else text


def _lists_members(blocks: Sequence[Block]) -> bool:
    """Whether the first blocks are a list of members under the body's name."""
    items = list(itertools.takewhile(lambda b: b.kind is BlockKind.ITEM, blocks))
    return len(items) >= 2 and are_members([b.passage for b in items])


def _first_line_names(block: Block, following: Block | None) -> TextSpan | None:
    """The body that the first line of an item names and nothing else: "a) Styrgrupp", and below it what it is."""
    if len(block.lines) < 2 and (following is None or following.kind is not BlockKind.PARAGRAPH):
        return None
    first = TextSpan.join(block.lines[:1])
    start = first.text.find(block.marker) + len(block.marker) if block.marker else 0
    name = first.cut(start).stripped(":. ")
    return name if name and len(name.text.split()) <= 4 and group_kind(name.text) is not None else None


def _is_subheading(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text.split()) <= 3
        and not block.text.endswith(".")
        and group_kind(block.text) is None
    )


def _defined_name(part: Part) -> TextSpan | None:
    """The term in quotes that the part gives the body: ett forum ..., ”Chefsrådet”."""
    for block in part.blocks[:4]:
        for found in _rule("defined").finditer(block.text):
            if group_kind(found["term"]) is not None:
                return block.passage.cut(*found.span("term"))
    return None


def _frequency(sentence: TextSpan) -> tuple[TextSpan, float | None] | None:
    """The words on how often the body meets, if the sentence is about its meetings."""
    meets = _rule("meets").search(sentence.text)
    found = frequency_in(sentence.text, frequency_rules())
    if meets is None or found is None or _rule("no member").search(sentence.text):
        return None
    if _rule("follows up").search(sentence.text[: found.start]) and not _rule("meets").search(
        sentence.text[: found.start]
    ):
        return None
    start = found.start
    if found.per_year is None:
        start = min(meets.start("how") if "how" in meets.groupdict() and meets["how"] else found.start, found.start)
    rest = sentence.text[found.end :]
    tail = _rule("frequency ends").search(rest)
    end = found.end + (tail.start() if tail is not None else len(rest))
    return sentence.cut(start, end).stripped(".,; "), found.per_year
