"""The correction of a text file's content, line for line, or with its paragraphs joined."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from avskrift.corrections.lines import CorrectedLine, mend
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.finding import Finding
from avskrift.models.options import CorrectingOptions


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """The mended text, what was changed or only doubted, by place, and what a person should know."""

    text: str
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]

    @property
    def doubtful(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if not f.made)


def corrected_text(
    text: str,
    options: CorrectingOptions | None = None,
    *,
    witnesses: Sequence[str] = (),
    reflow: bool = False,
) -> CorrectedText:
    """`text` mended: as many lines as before, form feeds and the white space around lines kept.

    `witnesses` are other readings of the same document. With `reflow` the lines of a paragraph are joined, words
    hyphenated over a line or page end made whole.
    """
    chosen = options or CorrectingOptions()
    ending = "\n" if text.endswith("\n") else ""
    rows = text[: len(text) - len(ending)].split("\n")
    mending = mend(rows, chosen, [other.rstrip("\n").split("\n") for other in witnesses])
    mended = [row.text for row in mending.lines]
    if reflow:
        known, made = lexicon(chosen.glossary), compounds(chosen.glossary)
        mended = reflowed(mended, lambda w: known.knows(w.lower()) or made.best(w.lower(), True) is not None)
    return CorrectedText("\n".join(mended) + ending, _findings(rows, mending.lines), mending.warnings)


def _findings(rows: Sequence[str], mended: Sequence[CorrectedLine]) -> tuple[Finding, ...]:
    found = []
    for number, (raw, row) in enumerate(zip(rows, mended, strict=True), 1):
        for e in row.edits:
            was, now = raw[e.raw_start : e.raw_end], row.text[e.start : e.end]
            found.append(Finding(number, e.raw_start + 1, was, now, e.rule, e.confidence, True))
        for d in row.doubts:
            was = raw[d.raw_start : d.raw_end]
            found.append(Finding(number, d.raw_start + 1, was, d.proposed, d.rule, d.confidence, False))
    return tuple(sorted(found, key=lambda f: (f.line, f.column)))


_FRESH = re.compile(r"\s*(?:[•▪–*-]|\d{1,2}[.)]|[a-zåäö]\))\s")
_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad]$")
_HANGING = re.compile(r"\s*(?:och|eller|samt|respektive)\b")


def reflowed(rows: Sequence[str], is_word: Callable[[str], bool]) -> list[str]:
    """The rows with those of one paragraph joined, over page breaks too.

    A hyphen at a line end goes when the two parts make a word (`samverkans-` `avtal`), stays when they do not
    (`Mälardals-` `Östersjön`) or when it hangs (`kommun-` `och regionnivå`).
    """
    joined: list[str] = []
    for row in rows:
        last, at = _open_row(joined, row)
        if at is None:
            joined.append(row)
            continue
        page = row.startswith("\f")
        text = row.strip()
        cut = _CUT.search(last)
        if cut is not None and not _HANGING.match(text):
            head, *rest = text.split(" ", 1)
            core = re.match(r"[^\W\d_]+", head)
            whole = cut[1] + core[0] if core is not None else cut[1]
            last = last[: cut.start(1)] + cut[1] + ("" if is_word(whole) or text[:1].islower() else "-")
            if page:
                joined[at] = last + head
                joined.append("\f" + (rest[0] if rest else ""))
            else:
                joined[at] = last + text
        elif page:
            joined.append(row)  # a paragraph may run over a page, but pages stay pages
        else:
            joined[at] = f"{last} {text}"
    return joined


def _open_row(joined: Sequence[str], row: str) -> tuple[str, int | None]:
    """The last row and its place, where `row` goes on with its paragraph."""
    at = len(joined) - 1
    page = row.startswith("\f")
    while page and at >= 0 and not joined[at].strip():
        at -= 1
    last = joined[at].rstrip() if at >= 0 else ""
    text = row.strip()
    goes_on = bool(last) and bool(text) and not last.endswith((".", ":", ";", "!", "?"))
    fresh = _FRESH.match(row.lstrip("\f")) is not None
    if goes_on and not fresh and (text[:1].islower() or _CUT.search(last) is not None):
        return last, at
    return last, None
