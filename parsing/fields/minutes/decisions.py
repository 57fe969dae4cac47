"""What was decided on an item of minutes: below a heading, behind a label, in a list, or told in a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.language.sentences import ends_sentence, sentence_spans
from avskrift.parsing.fields.minutes.items import Item
from avskrift.parsing.fields.minutes.rows import Row, joined, value_of
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST_HEADING = 70
"""Signs of a heading of a part of an item at most."""
_SHORT = 50
"""Signs of a line that may head a part whose name is not known, at most."""
_MOST_ROWS = 100
"""Rows of a paragraph that are looked at together."""
_COLUMNS = 3
"""Cells of a row of a table at least."""
_SMALL_MARK = re.compile(r"att\b|[a-zåäö(–•*-]|\d")
_LIST_FOLLOWS = re.compile(r":\s*(?:\(?\w[.)]|[–•-])?$")
"""The end of a sentence that a list goes on with."""
_LETTERED = re.compile(r"\(?[a-h]\)")
_ENDING = re.compile(r"(?:et|en|n)$")
"""The ending of a body's name that another form of it lacks."""


def decision_of(item: Item, body: str | None, vocabulary: Vocabulary) -> Value[str] | None:
    """The words of the decision on an item; `body` is the body whose minutes they are, where it is known."""
    reader = _Reader(item.rows, body, vocabulary)
    found: list[TextSpan] = []
    if item.title is not None and reader.is_heading(item.title.text):
        found = [reader.passage(reader.until_next_part(0))]
    found = found or list(reader.below_headings()) or list(reader.below_leads())
    if any(found):
        return value_of(between(found), "minutes.items.decision")
    sentences = list(reader.sentences())
    return value_of(between(sentences), "minutes.items.decision, told in a sentence") if sentences else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """The rows of an item."""

    rows: Sequence[Row]
    body: str | None
    vocabulary: Vocabulary

    def _rule(self, name: str, table: str = "decision") -> re.Pattern[str]:
        return self.vocabulary.pattern("minutes", name, table)

    def is_heading(self, text: str) -> bool:
        """Whether words head a decision of this body."""
        bare = text.strip()
        if len(bare) > _LONGEST_HEADING or self._rule("no heading").search(bare):
            return False
        if self._rule("heading").match(bare):
            return True
        own = self._rule("proposal of this body").match(bare)
        return own is not None and self._is_own(own["body"])

    def is_part(self, place: int) -> bool:
        """Whether a row begins a part of the item that is not what was decided."""
        text = self.rows[place].text
        if any(self._rule(name, "part").match(text) for name in ("closes the minutes", "distribution")):
            return True
        found = self._rule("heading", "part").match(text)
        if found is None:
            return False
        label = text.find(":", 0, _LONGEST_HEADING)
        short = len(text) <= _LONGEST_HEADING and not text.endswith((".", ",")) and ". " not in text
        return label > 0 or short

    def until_next_part(self, start: int) -> list[Row]:
        """The rows from one on that tell what was decided."""
        found: list[Row] = []
        for place in range(start, len(self.rows)):
            if self.is_part(place) or self.is_heading(self.rows[place].text):
                break
            if found and self._heads_unknown_part(place):
                break
            found.append(self.rows[place])
        return found

    def _heads_unknown_part(self, place: int) -> bool:
        """Whether a short line that stands apart, and is neither sentence nor item, heads a part."""
        row = self.rows[place]
        text = row.text
        if not row.apart or len(text) > _SHORT or _SMALL_MARK.match(text) or text.endswith((".", ",", ";", ":")):
            return False
        return place + 1 < len(self.rows)

    def passage(self, rows: Sequence[Row]) -> TextSpan:
        """The words of some rows up to a sentence that is no part of a decision: who reserves himself against it."""
        if len(rows) > 1 and self._is_lead(rows[0]) and self._rule("listed").match(rows[1].text):
            rows = rows[1:]
        whole = joined([row.span for row in rows])
        ends = self._rule("sentence", "part")
        for start, end in sentence_spans(whole.text):
            if ends.search(whole.text[start:end].strip()):
                return whole.cut(0, start)
        return whole

    def below_headings(self) -> Iterator[TextSpan]:
        """What stands below the headings of decisions, or behind their label."""
        for place, row in enumerate(self.rows):
            if self.is_heading(row.text):
                found = self.passage(self.until_next_part(place + 1))
                if found:
                    yield found
                continue
            label = self._rule("label").match(row.text)
            if label is not None and not self._rule("no heading").search(row.text):
                yield joined([row.span.cut(label.end()), *(r.span for r in self._paragraph(place))])

    def _paragraph(self, place: int) -> list[Row]:
        """The rows that go on with the one at a place."""
        found = []
        for at in range(place + 1, len(self.rows)):
            row = self.rows[at]
            if row.apart or self.is_part(at) or self.is_heading(row.text) or self._rule("label").match(row.text):
                break
            found.append(self.rows[at])
        return found

    def _is_lead(self, row: Row) -> bool:
        """Whether a row lets a list of what this body decides follow, or proposes to another."""
        if self._rule("lead").search(row.text) and not self._is_others(row.text):
            return True
        own = self._rule("lead of a proposal").match(row.text)
        return own is not None and self._is_own(own["body"])

    def _is_own(self, name: str) -> bool:
        """Whether a name is that of the body whose minutes they are."""
        return _ENDING.sub("", name.lower()) in (self.body or "").lower()

    def below_leads(self) -> Iterator[TextSpan]:
        """The lists behind "Kommunstyrelsen beslutar"."""
        taken = 0
        for place in range(len(self.rows) - 1):
            if place < taken or not self._is_lead(self.rows[place]):
                continue
            listed = self._list(place + 1)
            if not listed and self._rule("decides").match(self.rows[place].text):
                listed = [self.rows[place + 1], *self._paragraph(place + 1)]
            if listed:
                taken = place + 1 + len(listed)
                yield self.passage(listed)

    def _is_others(self, text: str) -> bool:
        return self._rule("not told").search(text) is not None

    def _list(self, start: int) -> list[Row]:
        """The rows of a list that begins with one."""
        marker = self._rule("listed")
        if not marker.match(self.rows[start].text):
            return []
        found = [self.rows[start]]
        for place in range(start + 1, len(self.rows)):
            row = self.rows[place]
            begins = marker.match(row.text) is not None
            ended = ends_sentence(found[-1].text)
            if self.is_part(place) or (row.apart and not begins and (ended or not row.text[:1].islower())):
                break
            goes_on = row.text[:1].islower() or row.start > found[0].start or not found[-1].text.endswith((".", ";"))
            if not begins and not goes_on:
                break
            found.append(row)
        return found

    def sentences(self) -> Iterator[TextSpan]:
        """The sentences that tell what was decided."""
        label, decides = self._rule("label"), self._rule("told")
        for paragraph in self._paragraphs():
            passage = joined([row.span for row in paragraph])
            for start, end in sentence_spans(passage.text):
                sentence = passage.cut(start, end)
                if not decides.search(sentence.text) or self._is_others(sentence.text):
                    continue
                if _LIST_FOLLOWS.search(sentence.text):
                    yield passage.cut(start)
                    break
                begin = label.match(sentence.text)
                yield sentence if begin is None else sentence.cut(begin.end())

    def _paragraphs(self) -> Iterator[list[Row]]:
        """The paragraphs that may tell of a decision: none of a table, of reservations, proposals or grounds."""
        found: list[Row] = []
        skipping = False
        for place, row in enumerate(self.rows):
            headed = self.is_part(place)
            in_columns = len(row.cells) >= _COLUMNS
            long = len(found) >= _MOST_ROWS
            if found and (headed or in_columns or long or self._begins_paragraph(row, found[-1])):
                yield found
                found = []
            if headed:
                skipping = ":" not in row.text or row.text.endswith(":")
            elif not (skipping or in_columns):
                found.append(row)
        if found:
            yield found

    def _begins_paragraph(self, row: Row, before: Row) -> bool:
        """Whether a row begins a paragraph: it stands apart, or is an item behind a sentence."""
        listed = self._rule("listed").match(row.text) is not None
        lettered = _LETTERED.match(row.text) is not None
        return (row.apart and not listed) or (lettered and ends_sentence(before.text))
