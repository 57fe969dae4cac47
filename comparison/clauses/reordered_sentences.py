"""Sentences that were turned and say the same: what went in one place of them came in another."""

import re
from collections import Counter
from collections.abc import Sequence

from avskrift.comparison.clauses.material_change import sense_of
from avskrift.models.comparison import RunKind, Substance, SubstanceKind, WordRun


def without_turned(runs: Sequence[WordRun]) -> list[WordRun]:
    """Runs without the substance that went in one place of a sentence and came in another: the sentence was turned.

    What one word became another by (ska: bör) stays as it is.
    """
    sentence = 0
    sentences: list[int] = []
    for run in runs:
        sentences.append(sentence)
        if run.kind in (RunKind.EQUAL, RunKind.SAME_READING) and re.search(r"[.!?](?:\s|$)", run.new):
            sentence += 1
    found = list(runs)
    by_sentence: dict[int, list[int]] = {}
    for k, at in enumerate(sentences):
        by_sentence.setdefault(at, []).append(k)
    for places in by_sentence.values():
        for k, settled in zip(places, _turned_about([runs[k] for k in places]), strict=True):
            found[k] = settled
    return found


def _turned_about(runs: Sequence[WordRun]) -> list[WordRun]:
    went: dict[SubstanceKind, list[str]] = {}
    came: dict[SubstanceKind, list[str]] = {}
    for run in runs:
        for one in run.substance:
            if not (one.old and one.new):
                went.setdefault(one.kind, []).extend(map(sense_of, one.old))
                came.setdefault(one.kind, []).extend(map(sense_of, one.new))
    both = {kind: Counter(went[kind]) & Counter(came[kind]) for kind in went}
    left = {side: {kind: both[kind].copy() for kind in both} for side in ("old", "new")}
    found = []
    for run in runs:
        substance = []
        for one in run.substance:
            if not (one.old and one.new):
                kept = {s: _unspent(getattr(one, s), left[s].get(one.kind, Counter())) for s in ("old", "new")}
                one = Substance(kind=one.kind, old=kept["old"], new=kept["new"])
            if one.old or one.new:
                substance.append(one)
        found.append(run.model_copy(update={"substance": substance}))
    return found


def _unspent(words: Sequence[str], spent: Counter[str]) -> list[str]:
    found = []
    for word in words:
        if spent[sense_of(word)]:
            spent[sense_of(word)] -= 1
        else:
            found.append(word)
    return found
