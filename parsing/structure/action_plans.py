"""Action plans: tables of a label and its content, from ruled cells or from lines that begin with a label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from avskrift.language.bullets import SIGNS
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between
from avskrift.parsing.vocabulary import fold, load, remembered


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key in the record, its label as printed, its content line by line.

    `named` is the text that stands beside or right under a numbered activity label: the activity's name.
    """

    key: str
    label: str
    content: tuple[TextSpan, ...]
    gaps: tuple[float, ...] = ()

    @property
    def passage(self) -> TextSpan:
        return between(self.content)


@dataclass(frozen=True, slots=True)
class Plan:
    """One table: the title printed over it, and its rows."""

    title: TextSpan | None
    rows: tuple[Row, ...]


@remembered
def _labels() -> tuple[tuple[str, str], ...]:
    """Every label, folded, with its row's key; the longest first."""
    data = load("action_plan")
    found: list[tuple[str, str]] = []
    for row in data["row"]:
        for label in row["labels"]:
            name = next((n for n in ("body", "who") if f"{{{n}}}" in label), None)
            filled = [label.replace(f"{{{name}}}", word) for word in data[name]] if name is not None else [label]
            found.extend((fold(text), row["key"]) for text in filled)
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _unnumbered(label: str) -> str:
    """An activity's label without its number: `aktivitet 1 2` is `aktivitet`."""
    return re.sub(r"^(aktivitet(?: metod)?|atgard|insats) \d{1,2}(?: \d{1,2})?$", r"\1", label)


@remembered
def label_at(text: str) -> tuple[str, int] | None:
    """The key of the label that `text` begins with and the label's length in `text`; None without one.

    After the label must come the end, a colon, or a word that starts a content of its own (upper case, digit
    or bullet): "Mål Minska", not "Mål och medel".
    """
    words = list(re.finditer(r"\S+", text))
    for count in range(min(4, len(words)), 0, -1):
        end = words[count - 1].end()
        head = _unnumbered(fold(text[:end]))
        rest = text[end:].strip()
        begins = not rest or rest[0].isupper() or rest[0].isdigit() or rest[0] in f"{SIGNS}-–("
        if not begins and text[end - 1] != ":":
            continue
        for label, key in _labels():
            if abs(len(label) - len(head)) > 2:
                continue
            if head == label or (len(label) >= 7 and fuzz.ratio(head, label) >= 90):
                return key, end
    return None


def plan_lines(lines: Sequence[LocatedLine]) -> set[int]:
    """The numbers of the lines that belong to action plans.

    A plan is a run of labels: at least four lines that begin with one, three of them of different rows, each
    within twenty-five lines of the next. The run ends with the last label's content.
    """
    marks = [
        (i, found[0])
        for i, placed in enumerate(lines)
        if (found := label_at(_joined_label(lines, i))) is not None and not re.match(r"\d", placed.text.strip())
    ]
    runs: list[list[tuple[int, str]]] = []
    for mark in marks:
        if runs and mark[0] - runs[-1][-1][0] <= 25 and _one_table(lines, runs[-1][-1][0], mark[0]):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    covered: set[int] = set()
    for run in runs:
        keys = {key for _, key in run}
        telling = keys - {
            "goal",
            "purpose",
            "communication",
            "follow_up",
            "situation",
            "activity",
            "duration",
            "funding",
        }
        if len(run) >= 4 and len(keys) >= 4 and len(telling) >= 2 and any(_of_a_plan(key) for key in keys):
            first, last = run[0][0], run[-1][0]
            covered.update(range(first, min(len(lines), last + 1 + _tail(lines, last))))
    return {lines[i].number for i in covered}


def _of_a_plan(key: str) -> bool:
    """Whether only action plans have such a row; bodies have conveners and meetings too."""
    return key == "activity" or key.startswith(("police_", "district_", "other_"))


def _one_table(lines: Sequence[LocatedLine], first: int, second: int) -> bool:
    """Whether two labels can stand in one table: the same manner (with or without colon), no annex between."""
    activity = any(
        (found := label_at(p.text.strip())) is not None and found[0] == "activity"
        for p in (lines[first], lines[second])
    )
    if not activity and _with_colon(lines[first]) != _with_colon(lines[second]):
        return False
    if _in_capitals(lines[first]) != _in_capitals(lines[second]):
        return False  # a heading that reads like a label
    between_them = [p.text.strip() for p in lines[first + 1 : second]]
    return not any(_ANNEX_BEGINS.match(text) or _SECTION_BEGINS.match(text) for text in between_them)


_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,8}\.?\s+(?=[A-ZÅÄÖ])")
_ANNEX_BEGINS = re.compile(r"bilaga\s+(?:\d{1,2}|[A-H])\b", re.IGNORECASE)
_SECTION_BEGINS = re.compile(
    r"(?:§+\s?\d{1,2}|Artikel\s+\w+|Kapitel\s+\d|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?:[–-]\s*)?[A-ZÅÄÖ][^.]{2,60}$"
)


def _in_capitals(placed: LocatedLine) -> bool:
    found = label_at(placed.text.strip())
    return found is not None and placed.text.strip()[: found[1]].isupper()


def _with_colon(placed: LocatedLine) -> bool:
    found = label_at(placed.text.strip())
    return found is not None and (
        placed.text.strip()[: found[1]].endswith(":") or placed.text.strip()[found[1] :].startswith(":")
    )


def _joined_label(lines: Sequence[LocatedLine], index: int) -> str:
    """The line's text; with the next line's where a label is broken over the line end."""
    text = lines[index].text.strip()
    if (
        len(text.split()) == 1
        and index + 1 < len(lines)
        and text.lower().rstrip(":").endswith("s")
        and text[0].isupper()
    ):
        following = lines[index + 1].text.strip()
        if following[:1].islower():
            return f"{text} {following}"
    return text


def _tail(lines: Sequence[LocatedLine], last: int) -> int:
    """How many lines after the last label still belong to its content."""
    usual = lines[last].line.space_before
    count = 0
    for placed in lines[last + 1 : last + 25]:
        line = placed.line
        if placed.page != lines[last].page or (line.space_before > max(usual, 1.0) + 0.4 and line.cell is None):
            break
        if line.cell is None and lines[last].line.cell is not None:
            break
        if _SECTION_BEGINS.match(placed.text.strip()):
            break
        count += 1
    return count


def plans_of(lines: Sequence[LocatedLine], members: set[int]) -> list[Plan]:
    """The plans among `lines`; `members` is what `plan_lines` found."""
    plans: list[Plan] = []
    title: list[LocatedLine] = []
    rows: list[Row] = []
    spans = _spans(lines, members)
    for first, last in spans:
        title, rows = _title_before(lines, first), []
        for kind, value in _walk(lines, first, last):
            if kind == "title":
                assert isinstance(value, list)
                if rows:
                    plans.append(Plan(_name_of(title), tuple(rows)))
                title, rows = value, []
            else:
                assert isinstance(value, Row)
                rows.append(value)
        if rows:
            plans.append(Plan(_name_of(title), tuple(rows)))
    return plans


def _spans(lines: Sequence[LocatedLine], members: set[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for i, placed in enumerate(lines):
        if placed.number in members:
            if spans and spans[-1][1] == i:
                spans[-1] = (spans[-1][0], i + 1)
            else:
                spans.append((i, i + 1))
    return spans


def _title_before(lines: Sequence[LocatedLine], first: int) -> list[LocatedLine]:
    title: list[LocatedLine] = []
    for placed in reversed(lines[max(0, first - 2) : first]):
        if _is_title(placed) and placed.page == lines[first].page:
            title.insert(0, placed)
        break
    return title


def _name_of(title: Sequence[LocatedLine]) -> TextSpan | None:
    """A plan's title without the number of its heading."""
    if not title:
        return None
    passage = TextSpan.join(title)
    number = _NUMBER.match(passage.text)
    return passage if number is None else passage.cut(number.end())


def _is_title(placed: LocatedLine) -> bool:
    text = _NUMBER.sub("", placed.text.strip())
    return (
        4 <= len(text) <= 80
        and text[0].isupper()
        and not text.endswith((".", ",", ";", ":"))
        and placed.line.cell is None
        and not re.match(r"bilaga\b", text, re.IGNORECASE)
        and label_at(text) is None
    )


def _walk(lines: Sequence[LocatedLine], first: int, last: int) -> list[tuple[str, "list[LocatedLine] | Row"]]:
    """Titles and rows between two lines, in order."""
    out: list[tuple[str, list[LocatedLine] | Row]] = []
    key, label = "", ""
    content: list[tuple[TextSpan, float]] = []

    def close() -> None:
        nonlocal key, content
        if key:
            out.append(("row", Row(key, label, tuple(p for p, _ in content if p), tuple(g for p, g in content if p))))
        key, content = "", []

    i = first
    while i < last:
        placed = lines[i]
        if placed.line.cell is not None:
            close()
            i = _ruled_row(lines, i, last, out)
            continue
        joined = _joined_label(lines, i)
        found = label_at(joined)
        whole = TextSpan.join([placed])
        if found is not None and (key != "" or found[0]):
            broken = joined != placed.text.strip()
            close()
            key, label = found[0], joined[: found[1]].rstrip(":")
            if not broken:
                rest = whole.cut(found[1]).stripped(":")
                content = [(rest, 0.0)] if rest else []
                i += 1
            else:
                taken = found[1] - len(placed.text.strip()) - 1
                rest = TextSpan.join([lines[i + 1]]).cut(max(0, taken)).stripped(":")
                content = [(rest, 0.0)] if rest else []
                i += 2
            if label and "(" in (rest.text if rest else "") and ")" not in rest.text and rest.text.startswith("("):
                i, content = _after_bracket(lines, i, last)
            continue
        if key and _starts_new_plan(lines, i, last):
            close()
            out.append(("title", [placed]))
            i += 1
            continue
        content.append((whole, placed.line.space_before))
        i += 1
    close()
    return out


def _after_bracket(lines: Sequence[LocatedLine], i: int, last: int) -> tuple[int, list[tuple[TextSpan, float]]]:
    """Skips the rest of a label's bracket that runs over several lines."""
    for j in range(i, min(last, i + 8)):
        place = lines[j].text.find(")")
        if place >= 0:
            rest = TextSpan.join([lines[j]]).cut(place + 1)
            return j + 1, [(rest, 0.0)] if rest else []
    return i, []


def _starts_new_plan(lines: Sequence[LocatedLine], i: int, last: int) -> bool:
    """A title: alone, and the next line begins with the label that opens a plan."""
    if not _is_title(lines[i]) or i + 1 >= last:
        return False
    found = label_at(_joined_label(lines, i + 1))
    fresh = lines[i].line.space_before > lines[i - 1].line.space_before or lines[i].page != lines[i - 1].page
    opening = ("goal", "goal_and_purpose", "purpose", "situation", "activity")
    return found is not None and found[0] in opening and fresh


def _ruled_row(
    lines: Sequence[LocatedLine], first: int, last: int, out: list[tuple[str, "list[LocatedLine] | Row"]]
) -> int:
    """One row of a ruled table: the first column is the label, the rest the content."""
    cell = lines[first].line.cell
    assert cell is not None
    i = first
    label: list[LocatedLine] = []
    content: list[LocatedLine] = []
    while i < last:
        own = lines[i].line.cell
        if own is None or own.table != cell.table or own.row != cell.row or lines[i].page != lines[first].page:
            break
        (label if own.column == 0 else content).append(lines[i])
        i += 1
    name = TextSpan.join(label)
    found = label_at(name.text) if name else None
    passages = tuple(TextSpan.join([p]) for p in content)
    gaps = tuple(p.line.space_before for p in content)
    if found is not None:
        rest = name.cut(found[1]).stripped(":")
        joined = (rest, *passages) if rest and not rest.text.startswith("(") else passages
        out.append(
            (
                "row",
                Row(found[0], name.text[: found[1]], joined, gaps if joined is passages else (0.0, *gaps)),
            )
        )
    elif not label and out and isinstance(out[-1][1], Row):
        row = out[-1][1]
        out[-1] = ("row", Row(row.key, row.label, (*row.content, *passages), (*row.gaps, *gaps)))
    elif label and not content:
        out.append(("title", label))
    return i
