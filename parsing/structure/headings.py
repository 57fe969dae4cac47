"""Which lines are headings, and what they are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz

from avskrift.models.document import WIDE_GAP
from avskrift.parsing.fields.entities import organisations_in
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import closest, fold, folded, load, pattern, remembered

line_rule = partial(pattern, "headings", table="line")
"""How a line that heads a section looks, by the name of its rule in [[line]] of headings.toml."""

_LONGEST = 95
_LONG_TITLE = 60
"""Letters from which a numbered line with a verb is a numbered sentence rather than a heading."""


def label_of(text: str) -> re.Match[str] | None:
    """The label that a line begins with, and that content follows: "Deltagare: kommunchef", "Hur ofta? Varje vecka"."""
    found = pattern("groups", "label").match(text)
    if found is not None and (found.group().rstrip().endswith(":") or text[found.end() :].strip()):
        return found
    return line_rule("labelled").match(text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over `line_count` lines. `number` as printed, without full stop; `level` is a first guess."""

    number: str | None
    title: str
    level: int
    line_count: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineContext:
    """What stands around a line: white space above, the text that is still open before it, usual measures.

    `last_number` is that of the last heading, where no numbered list has begun since; `in_annexes` tells of the lines
    right below a heading on annexes.
    """

    space_before: bool
    open_text: str
    width: float
    body_size: float | None
    usual_gap: float
    listing: bool
    last_number: str = ""
    in_annexes: bool = False


@remembered
def roles_of(title: str) -> tuple[str, ...]:
    """What a heading is about: names of roles, `group:KIND` for bodies, best first; empty when unknown."""
    if line_rule("numbered area").match(title):
        return ()  # one area, not the section on all of them
    plain = re.sub(r"(?:\b(?:för|under|åren|perioden)\s+){0,8}(?:\b(?:19|20)\d\d\b|\b\d+\b)", "", title)
    found: list[tuple[float, str]] = []
    for entry in load("headings")["role"]:
        hit = (
            closest(plain, entry["terms"], 86.0)
            or _named_first(plain, entry["terms"])
            or _contained(plain, entry["terms"])
        )
        if hit is not None:
            found.append((hit[1], entry["name"]))
    if found and max(found)[0] >= 95:
        found = [pair for pair in found if pair[0] > 85]
    kind = group_kind(title)
    if kind is not None:
        found.append((95.0, f"group:{kind}"))
    return tuple(name for _, name in sorted(found, key=lambda pair: -pair[0]))


def _named_first(title: str, terms: Sequence[str]) -> tuple[str, float] | None:
    """A term that is the first of several things that a title names: "Parter och avtalets räckvidd"."""
    first, *others = re.split(r"\s(?:och|samt)\s", title, maxsplit=1)
    hit = closest(first, terms, 95.0) if others else None
    return None if hit is None else (hit[0], 90.0)


def _contained(title: str, terms: Sequence[str]) -> tuple[str, float] | None:
    """A term of two words or one long word that stands whole in a short title."""
    words = fold(title).split()
    if len(words) > 6:
        return None
    for term, plain in zip(terms, folded(tuple(terms)), strict=True):
        parts = plain.split()
        if len(" ".join(parts)) >= 9 and any(
            fuzz.ratio(" ".join(words[i : i + len(parts)]), " ".join(parts)) >= 92
            for i in range(len(words) - len(parts) + 1)
        ):
            return term, 85.0
    return None


_AREA_WORD = re.compile(r"omrade(?:t|n|na)?$")  # "området" ends like "rådet"


@remembered
def group_kind(title: str) -> str | None:
    """The kind of body a short title names (steering, working ...), or None."""
    head = re.split(r" (?:av|till|mot|i|kring|om|för|på|vid|från|som|utan) ", title)[0]
    by_head = _kind_by_term(head) or _kind_by_ending(head)
    whole = _kind_by_term(title)
    return whole if by_head is not None and whole is not None else _kind_by_ending(head)


def _kind_by_ending(title: str) -> str | None:
    """The kind that the last word's ending tells: `platsgrupper`, `SSPF-team`, `byaråd`."""
    words = re.sub(r"(?<!\s)\s*\([^)]{0,500}\)$", "", title.strip()).split()
    if not words or len(words) > 5:
        return None
    last = words[-1].strip(".:,").lower()
    for entry in load("headings")["group_ending"]:
        if re.fullmatch(entry["pattern"], last):
            none = _AREA_WORD.search(fold(last)) or last in load("headings")["no_group"]["words"]
            return None if none else str(entry["kind"])
    return None


def _kind_by_term(title: str) -> str | None:
    title = re.sub(r"(?<!\s)\s*\([^)]{0,500}\)$", "", title)
    if title.split()[-1:] and title.split()[-1].lower().strip(".:,") in load("headings")["no_group"]["words"]:
        return None
    words = fold(title).split()
    if not words or len(words) > 6:
        return None
    for entry in load("headings")["group"]:
        for term in folded(tuple(entry["terms"])):
            parts = term.split()
            tail, head = " ".join(words[-len(parts) :]), " ".join(words[: len(parts)])
            joined = " ".join(parts)
            if fuzz.ratio(tail, joined) >= 90 or (len(joined) >= 9 and fuzz.ratio(head, joined) >= 92):
                return str(entry["kind"])
            if len(joined) >= 5 and len(words) <= 5 and words[-1].endswith(joined) and not _AREA_WORD.search(words[-1]):
                return str(entry["kind"])
    return None


def _is_contents_entry(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line and one beside it end in a column of page numbers: "3.1 Avtalstid   2"."""
    ends = [
        0 <= i < len(lines) and re.search(rf"(?<! ){WIDE_GAP}\s{{0,99}}\d{{1,3}}$", lines[i].text.rstrip()) is not None
        for i in (index - 1, index, index + 1)
    ]
    return ends[1] and (ends[0] or ends[2])


def heading_of(lines: Sequence[LocatedLine], index: int, around: LineContext) -> Heading | None:
    """The heading that begins at lines[index], or None."""
    placed = lines[index]
    text = placed.text.strip()
    if WIDE_GAP in text:
        if _is_contents_entry(lines, index):
            return None
        head, _, tail = text.partition(WIDE_GAP)
        if line_rule("annex").fullmatch(head) is not None and tail.strip().isdigit():
            text = head  # the annex and the number of the page
        elif (
            re.fullmatch(r"[A-N]", head)
            and text.count(WIDE_GAP) == 1
            and around.space_before
            and not _roman(lines, index)
        ):
            text = f"{head}. {tail}"
        elif line_rule("numbered").match(text) is None or len(text) > _LONGEST or text.count(WIDE_GAP) > 1:
            return None
        text = text.replace(WIDE_GAP, " ")
    if len(text) > _LONGEST or len(text) < 3 or placed.line.cell is not None:
        return None
    if label_of(text):
        return None
    alone = line_rule("paragraph sign alone").match(text)
    if alone is not None:
        return Heading(alone["number"], text, 1, 1, ())
    apart = line_rule("number alone").match(text)
    if apart is not None and index + 1 < len(lines):
        title = lines[index + 1].text.strip()
        if _fit_title(title) and len(title) <= 70 and WIDE_GAP not in title:
            return Heading(apart["number"], title, 1, 2, roles_of(title))
    annex = line_rule("annex").fullmatch(text)
    if annex is not None:
        return _annex_heading(annex, lines, index, around)
    numbered = line_rule("numbered").fullmatch(text)
    if numbered is not None:
        return _numbered_heading(numbered, lines, index, around)
    return _plain_heading(text, lines, index, around)


def _roman(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line that begins with `I` is the first of a list numbered in Roman numerals."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return lines[index].text.strip().startswith("I ") and following.strip().startswith("II ")


def _annex_heading(
    annex: re.Match[str], lines: Sequence[LocatedLine], index: int, around: LineContext
) -> Heading | None:
    title = annex["title"].strip()
    if annex["number"] is None or title.endswith((".", ",")) or (title and not title[0].isupper()):
        return None
    following = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    if around.listing or line_rule("annex").match(following) or line_rule("annex").match(around.open_text):
        return None
    if not (around.space_before or not around.open_text):
        return None
    return Heading(annex["number"].strip(), title or f"Bilaga {annex['number']}", 1, 1, ("annex",))


def _numbered_heading(
    numbered: re.Match[str], lines: Sequence[LocatedLine], index: int, around: LineContext
) -> Heading | None:
    number = re.sub(r"[^\w.]|Artikel|Kapitel|Avsnitt|Punkt|Mom(?:ent)?", "", numbered["number"]).strip(".")
    title = numbered["title"].strip()
    explicit = not numbered["number"][0].isdigit() or "." in number
    goes_on = number.isdigit() and around.last_number == str(int(number) - 1) and around.space_before
    if (
        (around.listing and not goes_on)
        or not _fit_title(title)
        or (len(title) > _LONG_TITLE and line_rule("tells").search(title))
    ):
        return None
    following = lines[index + 1] if index + 1 < len(lines) else None
    line_count = 1
    if following is not None and following.line.space_before <= around.usual_gap + 0.4:
        rest = following.text.strip()
        if rest and (rest[0].islower() or rest[0] == "("):
            if rest.endswith((".", ",")) or len(rest) > 60 or following.line.cell is not None:
                return None
            title, line_count = f"{title} {rest}", 2
            following = lines[index + 2] if index + 2 < len(lines) else None
    roles = roles_of(title)
    if not explicit and not roles and (not around.space_before or ("," in title and len(title) > 50)):
        return None
    if not explicit and not goes_on and around.open_text.endswith((":", ";")):
        return None
    if not explicit and (_listed_with(lines, index, number) or (following is None)):
        return None
    depth = number.count(".") + 1
    named = any(entry.startswith("group:") for entry in roles) and group_kind(title.split()[-1]) is None
    if named and not explicit and depth == 1 and _is_person(title):
        return None
    return Heading(number, title, depth, line_count, roles)


def _listed_with(lines: Sequence[LocatedLine], index: int, number: str) -> bool:
    """Whether the next or the last line is the neighbouring item of a numbered list."""
    if not number.isdigit():
        return False
    value = int(number)
    for step in (1, -1):
        place = index + step
        if 0 <= place < len(lines):
            neighbour = re.match(r"\s*(\d{1,2})[.)]?\s+\S", lines[place].text)
            if neighbour is not None and int(neighbour[1]) == value + step:
                return not (
                    lines[max(place, index)].line.space_before > 0.4 and roles_of(_title_part(lines[index].text)) != ()
                )
    return False


def _title_part(text: str) -> str:
    numbered = line_rule("numbered").fullmatch(text.strip())
    return numbered["title"] if numbered is not None else text.strip()


def _fit_title(title: str) -> bool:
    letters = sum(c.isalpha() or c.isspace() for c in title)
    return (
        len(title) >= 3
        and title[0].isupper()
        and not title.endswith((".", ",", ";", ":", "-"))
        and letters >= 0.75 * len(title)
        and not re.search(
            r"@|^(?!Vilka|Vad|Vem|Hur|Var|Så\b).*\bär$|\borg\.?\s?nr|\d{3}[ -]\d{2}|[a-zåäö]\. [A-ZÅÄÖ]", title
        )
    )


def _is_person(text: str) -> bool:
    return line_rule("person").match(text) is not None and not text.isupper()


def _introduces_list(text: str, after: str) -> bool:
    """Whether a line is the head of a sentence that a list goes on with: "Under perioden prioriterar vi"."""
    listed = re.match(r"(?:[•▪●◦*–-]|\(?[a-d1-4][.)])\s", after)
    return listed is not None and line_rule("goes on with a list").search(text) is not None


def _is_organisation(text: str) -> bool:
    """Whether a line is nothing but the name of an organisation, or of two parted by a comma: a party's."""
    named = organisations_in(text)
    return bool(named) and sum(e.end - e.start for e in named) >= len(text) - 3


def _plain_heading(text: str, lines: Sequence[LocatedLine], index: int, around: LineContext) -> Heading | None:
    placed = lines[index]
    roles = roles_of(text.rstrip(":"))
    bare = text.rstrip(":") if roles else text
    if not _fit_title(bare) or around.listing or (len(bare) > 80 and not roles):
        return None
    following = lines[index + 1] if index + 1 < len(lines) else None
    after = following.text.strip() if following is not None else ""
    of_body = any(r.startswith("group:") for r in roles)
    boxed = of_body and label_of(after) is not None
    starts_fresh = (
        boxed or around.space_before or not around.open_text or around.open_text.endswith((".", "!", "?", ".”"))
    )
    if not starts_fresh:
        return None
    big = bool(around.body_size and placed.line.font_size and placed.line.font_size >= 1.1 * around.body_size)
    loud = placed.line.bold or (bare.isupper() and len(bare) >= 4)
    if (text.endswith(":") or (around.in_annexes and not roles)) and not (big or loud):
        return None
    alone = bool(roles) and following is not None and following.line.space_before > around.usual_gap + 0.4
    if (_introduces_list(bare, after) and not (alone and len(bare.split()) <= 3)) or (
        any(r.startswith("group:") for r in roles) and line_rule("tells").search(bare)
    ):
        return None
    if not roles and not big and (_is_person(bare) or _is_organisation(bare)):
        return None
    if line_rule("title of a person").search(bare.split()[-1]) and not roles and not big and not loud:
        return None
    line_count, title = 1, bare
    if following is not None and after and following.line.space_before <= around.usual_gap + 0.4:
        joins = after[0].islower() or after[0] == "("
        if joins and len(after) <= 60 and not after.endswith((".", ",", ";")) and len(bare) > 25:
            line_count, title = 2, f"{bare} {after}"
            if not _fit_title(title):
                return None
            following = lines[index + 2] if index + 2 < len(lines) else None
            after = following.text.strip() if following is not None else ""
            roles = roles or roles_of(title)
        elif joins:
            return None
    if following is None and not (roles and around.space_before):
        return None
    if roles or big or loud or line_rule("numbered area").match(title):
        return Heading(None, title, 1, line_count, roles)
    if around.space_before and _followed_by_text(bare, after, following, around):
        return Heading(None, title, 1, line_count, roles)
    return None


def _followed_by_text(title: str, after: str, following: LocatedLine | None, around: LineContext) -> bool:
    """Whether a full line of prose follows close by: what makes a short line alone a heading."""
    if following is None or following.line.space_before > around.usual_gap + 1.2:
        return False
    labelled = label_of(after) is not None
    if (
        not after[0].isupper()
        or WIDE_GAP in after
        or len(title.split()) > (14 if labelled else 12 if title.endswith("?") else 8)
    ):
        return False
    long = labelled or len(after) >= max(1.2 * len(title), 30.0 if after.endswith(":") else 45.0)
    return len(title) <= 60 and not title.endswith(")") and long
