"""How probably a page begins another document of its file: by its head, its numbers, and the pages before it.

A logistic regression over what a reader looks at, fitted on invented documents put one behind the other
(`training/reader/fit_first_pages.py`).
"""

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.language.page_numbers import number_of_page
from avskrift.models.document import Page
from avskrift.parsing.fields.document_kind import names_document
from avskrift.parsing.parts.openings import municipalities_in, of_openings
from avskrift.parsing.sheets.page_counts import number_on
from avskrift.parsing.vocabulary import Vocabulary

NAMES = (
    "number 1",
    "higher number",
    "number goes on",
    "names a document",
    "names it at the top",
    "form of a document",
    "annex",
    "named annex behind a form",
    "named behind a form",
    "between parties",
    "numbering begins anew",
    "numbering goes on",
    "signed before",
    "space left before",
    "begins within a sentence",
    "head of the page before",
    "foot of the page before",
    "another head",
    "diary number",
    "named before",
    "length of the name",
    "name in capitals",
    "other parties",
    "signatures end the page before",
    "named behind signatures",
)
"""The features, in the order of the weights."""

_HEAD, _FOOT, _TOP = 8, 2, 3
"""Lines with text at the top of a page among which its document's name stands; at its end, and at its top, where pages
of one document say the same."""
_OPENING = 14
"""Lines in which an agreement says between whom it is."""
_BEFORE = 4
"""Pages before that are looked at."""
_LONGEST = 90
"""Signs of a line that names a document, of a numbered heading, or that may be a title spoken of before."""
_BY_CHANCE = 0.75
"""How alike (0 to 1) a name and some line are that have nothing to do with each other."""
_BARE_NUMBER = 30
"""Signs of a line that tells a diary number and little else."""
_SHORTEST = 5
"""Signs of a line that two pages share."""
_DIGITS = re.compile(r"\d+")
_WITHIN = re.compile(r"[a-zåäö•–-]")


def begins_document(pages: Sequence[Page], at: int, start: int, vocabulary: Vocabulary) -> float:
    """How probably (0 to 1) page `at` of a file's `pages`, counted from 0, begins a document; `start` is the page that
    the document before begins with, `vocabulary` tells what documents are called."""
    features = features_of(pages, at, start, vocabulary)
    if features is None:
        return 0.0
    bias, weights, _ = _fitted()
    total = bias + sum(w * f for w, f in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def likely() -> float:
    """How probable it is at least where a file is cut."""
    return _fitted()[2]


@cache
def _fitted() -> tuple[float, tuple[float, ...], float]:
    found = json.loads(files(__package__).joinpath("first_pages.json").read_text(encoding="utf-8"))
    return float(found["bias"]), tuple(found["weights"]), float(found["threshold"])


def features_of(pages: Sequence[Page], at: int, start: int, vocabulary: Vocabulary) -> tuple[float, ...] | None:
    """What speaks for page `at` of some `pages` beginning a document, where the one before begins with page `start`;
    None where it is empty, or all pages of the document so far. `vocabulary` tells what documents are called.

    Empty pages, the backs of scanned sheets, are passed over.
    """
    here = lines_of(pages[at])
    written = [page for page in pages[max(start, at - 2 * _BEFORE) : at] if lines_of(page)][-_BEFORE:]
    if not here or not written:
        return None
    before = [lines_of(page) for page in written]
    # minutes and memos name what lies behind them and is no part of them; an agreement names its annexes
    first = lines_of(pages[start])
    behind_form = any(_of_a_form(text, vocabulary) for text in first[:_HEAD])
    of_name = _of_the_name(here, before, vocabulary, behind_form=behind_form)
    named = bool(of_name["names a document"])
    found = {
        **_of_page_numbers(page_number(pages[at]), page_number(written[-1])),
        **of_name,
        "named behind a form": named and behind_form,
        **of_openings(here, [*first, *chain.from_iterable(before)], before[-1], vocabulary, named=named),
        **_of_annexes(here, vocabulary, behind_form=behind_form),
        **_of_headings(here, before, vocabulary),
        **_of_the_pages(here, before, vocabulary),
    }
    return tuple(float(found[name]) for name in NAMES)


def _of_page_numbers(own: int | None, previous: int | None) -> dict[str, float]:
    return {
        "number 1": own == 1,
        "higher number": own is not None and own > 1,
        "number goes on": own is not None and previous is not None and own == previous + 1,
    }


def _of_the_name(
    here: Sequence[str], before: Sequence[Sequence[str]], vocabulary: Vocabulary, *, behind_form: bool
) -> dict[str, float]:
    """What the head of a page names, and whether the pages before spoke of it."""
    on_last_head = {_same(text) for text in before[-1][:_HEAD]}
    names = [i for i, text in enumerate(here[:_HEAD]) if names_own_document(text, vocabulary)]
    new = [i for i in names if _same(here[i]) not in on_last_head]
    spoken = max((_spoken_of(here[i], before, vocabulary) for i in new), default=0.0)
    return {
        "names a document": bool(new),
        "names it at the top": bool(new) and new[0] < _TOP,
        "form of a document": any(_of_a_form(text, vocabulary) for text in here[:_HEAD]),
        "named before": 0.0 if behind_form else spoken,
        "length of the name": min((len(here[i]) / _LONGEST for i in new), default=0.0),
        "name in capitals": any(here[i].isupper() for i in new),
    }


def _of_annexes(here: Sequence[str], vocabulary: Vocabulary, *, behind_form: bool) -> dict[str, float]:
    annex = any(_is_annex(text, vocabulary) for text in here[: _TOP + 1])
    named = annex and behind_form and any(names_own_document(text, vocabulary) for text in here[:_HEAD])
    return {"annex": annex and not behind_form, "named annex behind a form": named}


def _of_headings(here: Sequence[str], before: Sequence[Sequence[str]], vocabulary: Vocabulary) -> dict[str, float]:
    """Whether the numbers of headings go on or begin anew."""
    numbers, earlier = _numbers(here, vocabulary), _numbers([t for page in before for t in page], vocabulary)
    both = bool(numbers and earlier)
    return {
        "numbering begins anew": both and numbers[0] == 1 and max(earlier[-3:]) > 1,
        "numbering goes on": both and numbers[0] > 1 and 0 <= numbers[0] - earlier[-1] <= 2,
    }


def _of_the_pages(here: Sequence[str], before: Sequence[Sequence[str]], vocabulary: Vocabulary) -> dict[str, float]:
    """What the page and those before it hold besides: signatures, white space, heads and feet that they share."""
    last = before[-1]
    return {
        "between parties": any(_says(text, "parties", "between", vocabulary, "around") for text in here[:_OPENING]),
        "signed before": math.log1p(sum(_tells_of_signing(text, vocabulary) for page in before for text in page)),
        "space left before": 1 - len(last) / max(len(here), *map(len, before)),
        "begins within a sentence": _WITHIN.match(here[0]) is not None,
        "head of the page before": _share(_without_numbers(here[:_TOP], vocabulary), last[:_HEAD]),
        "foot of the page before": _share(here[-_FOOT:], last[-_FOOT:]),
        "another head": _has_lost_head(here, before),
        "diary number": any(_says(text, "diary_numbers", "label", vocabulary) for text in here[: _HEAD + 2]),
    }


def _says(text: str, file: str, name: str, vocabulary: Vocabulary, table: str = "rule") -> bool:
    return vocabulary.pattern(file, name, table).search(text) is not None


def lines_of(page: Page) -> list[str]:
    """The lines of a page that hold text."""
    return [text for line in page.lines if (text := line.text.strip())]


def page_number(page: Page) -> int | None:
    """The number that a page bears in its head or its foot."""
    printed = number_on(page)
    if printed is not None and not printed.bare:
        return printed.number
    texts = lines_of(page)
    return next((n for text in [*texts[:_HEAD], *texts[-_FOOT:]] if (n := number_of_page(text)) is not None), None)


def names_own_document(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line at a page's head names the document that begins there, and not only the form that it has."""
    if _of_a_form(text, vocabulary):
        return True
    form = vocabulary.pattern("document_kind", "of a form", "around").match(text)
    return not form and len(text) <= _LONGEST and names_document(text, vocabulary)


def names_itself(page: Page, vocabulary: Vocabulary) -> bool:
    """Whether a page names a document at its top, and is no annex and not numbered as a later one."""
    top, number = lines_of(page)[:_TOP], page_number(page)
    named = any(names_own_document(text, vocabulary) for text in top)
    return named and (number or 1) == 1 and not any(_is_annex(text, vocabulary) for text in top)


def _of_a_form(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.pattern("document_kind", "begins a document", "around").match(text) is not None


def _is_annex(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.pattern("headings", "annex", "line").match(text) is not None


def _numbers(texts: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """The numbers of headings, without those of their parts: 1, 2 and 3 of "1 Parter", "§ 2 Syfte", "3. Mål"."""
    pattern = vocabulary.pattern("headings", "numbered", "line")
    found = (pattern.match(text) for text in texts if len(text) <= _LONGEST)
    digits = (_DIGITS.findall(match["number"]) for match in found if match)
    return [int(numbers[0]) for numbers in digits if len(numbers) == 1]


def _tells_of_signing(text: str, vocabulary: Vocabulary) -> bool:
    label = vocabulary.pattern("signing", "label", "within").match(text)
    return label is not None or any(rule.pattern.search(text) for rule in vocabulary.rules("signing"))


def _same(text: str) -> str:
    """A line without what differs from page to page."""
    return _DIGITS.sub("0", fold(text))


def _without_numbers(texts: Sequence[str], vocabulary: Vocabulary) -> Sequence[str]:
    """The lines without those that tell a diary number: documents of one registry all have such a line."""
    return [text for text in texts if not _says(text, "diary_numbers", "label", vocabulary) or len(text) > _BARE_NUMBER]


def _share(some: Sequence[str], others: Sequence[str]) -> bool:
    there = {_same(text) for text in others}
    return any(len(text) >= _SHORTEST and _same(text) in there for text in some)


def _has_lost_head(here: Sequence[str], before: Sequence[Sequence[str]]) -> bool:
    """Whether the two pages before begin alike and this one does not."""
    if len(before) < 2:
        return False
    tops = [{_same(text) for text in page[:_TOP]} for page in (*before[-2:], here)]
    shared = tops[0] & tops[1]
    return bool(shared) and not shared & tops[2]


def _spoken_of(name: str, before: Sequence[Sequence[str]], vocabulary: Vocabulary) -> float:
    """How alike (0 to 1) a document's name is to some line of the pages before: an annex is named before it comes. A
    line that names another municipality speaks of another document."""
    own, folded = municipalities_in([name], vocabulary), fold(name)
    best = 0.0
    for text in (text for page in before for text in page if _SHORTEST < len(text) <= _LONGEST):
        alike = fuzz.partial_ratio(folded, fold(text)) / 100
        if alike > best and not (own and _names_others(own, municipalities_in([text], vocabulary))):
            best = alike
    return max(0.0, best - _BY_CHANCE) / (1 - _BY_CHANCE)


def _names_others(own: frozenset[str], others: frozenset[str]) -> bool:
    return bool(others) and not own & others
