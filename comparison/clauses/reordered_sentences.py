"""Sentences whose parts were reordered and say the same: what went in one place of them came in another."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, groupby

from avskrift.comparison.clauses.material_change import sense_of
from avskrift.language.sentences import has_sentence_end
from avskrift.models.comparison import MaterialChange, MaterialKind, RunKind, WordRun


def without_reordered(runs: Sequence[WordRun]) -> list[WordRun]:
    """Runs without the material change that went in one place of a sentence and came in another of it.

    What one word became another by (ska: bör) stays as it is.
    """
    ended = [run.kind in (RunKind.EQUAL, RunKind.SAME_READING) and has_sentence_end(run.new) for run in runs]
    numbers = accumulate(ended[:-1], initial=False)
    by_sentence = groupby(zip(numbers, runs, strict=True), key=lambda pair: int(pair[0]))
    return [run for _, some in by_sentence for run in _without_moved_words([run for _, run in some])] if runs else []


def _without_moved_words(runs: Sequence[WordRun]) -> list[WordRun]:
    """The runs of one sentence without the words that both went and came in it."""
    went: Counter[tuple[MaterialKind, str]] = Counter()
    came: Counter[tuple[MaterialKind, str]] = Counter()
    for one in (one for run in runs for one in run.substance if not (one.old and one.new)):
        went.update((one.kind, sense_of(word)) for word in one.old)
        came.update((one.kind, sense_of(word)) for word in one.new)
    left = went & came, went & came
    return [
        run.model_copy(update={"substance": [c for one in run.substance if (c := _unspent(one, *left)) is not None]})
        for run in runs
    ]


def _unspent(
    change: MaterialChange, went: Counter[tuple[MaterialKind, str]], came: Counter[tuple[MaterialKind, str]]
) -> MaterialChange | None:
    """A change of one side without the words that `went` and `came` hold, which are taken from there; None if none is
    left. A change of both sides stays."""
    if change.old and change.new:
        return change
    old, new = _left(change.kind, change.old, went), _left(change.kind, change.new, came)
    return MaterialChange(kind=change.kind, old=old, new=new) if old or new else None


def _left(kind: MaterialKind, words: Sequence[str], spent: Counter[tuple[MaterialKind, str]]) -> list[str]:
    found = []
    for word in words:
        if spent[kind, sense_of(word)]:
            spent[kind, sense_of(word)] -= 1
        else:
            found.append(word)
    return found
