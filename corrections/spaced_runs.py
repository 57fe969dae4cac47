"""Where the letter-spaced stretches of lines stand, and what stands beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a letter-spaced stretch looks like; sizes in signs and tokens."""

    mean_token: float = 1.75  # the mean size of the tokens of a line that is one stretch
    longest_token: int = 4  # the longest token of such a line, and of a number before the letters of a stretch
    letters: int = 2  # the longest token of a stretch beside other words
    fewest_alone: int = 3  # tokens of a stretch that is its whole line
    fewest: int = 5  # tokens of any other
    single: float = 0.55  # the share of its tokens of letters that are one letter
    digits: float = 0.2  # the share of its tokens that may be digits


SETTINGS = Settings()


Spans = Sequence[tuple[int, int]]
"""Start and end of each of several tokens of a line."""


def stretches(line: str) -> Iterator[tuple[int, int]]:
    """Runs of at least four tokens of one or two signs, most of them single letters; a whole line of tokens of up
    to four, if most are single."""
    tokens = [match.span() for match in re.finditer(r"\S+", line)]
    runs = [tokens] if _is_one_run(tokens) and _is_spaced(line, tokens, alone=True) else _runs(tokens)
    for run in runs:
        if _is_spaced(line, run, alone=len(run) == len(tokens)):
            yield run[0][0], run[-1][1]


def _is_one_run(tokens: Spans) -> bool:
    """Whether all tokens of a line are short."""
    sizes = [end - start for start, end in tokens]
    if len(sizes) < SETTINGS.fewest_alone or max(sizes) > SETTINGS.longest_token:
        return False
    return sum(sizes) <= SETTINGS.mean_token * len(sizes)


def _runs(tokens: Spans) -> list[Spans]:
    """The runs of tokens of one letter or two."""
    runs: list[list[tuple[int, int]]] = [[]]
    for at, (start, end) in enumerate(tokens):
        # "kmk ¤ y f t e": a number in the display font may stand before the letters
        if end - start <= (SETTINGS.letters if at else SETTINGS.longest_token):
            runs[-1].append((start, end))
        else:
            runs.append([])
    return [run for run in runs if run]


def _is_spaced(line: str, tokens: Spans, *, alone: bool) -> bool:
    """Whether tokens are the letters of words; `alone` tells that the line holds nothing else."""
    if len(tokens) < (SETTINGS.fewest_alone if alone else SETTINGS.fewest):
        return False
    texts = [line[start:end] for start, end in tokens]
    lettered = [at for at, text in enumerate(texts) if text[0].isalpha()]
    if len(lettered) < SETTINGS.letters:
        return False
    singles = sum(len(texts[at]) == 1 for at in lettered)
    # a number before the heading is no sum
    digits = sum(text.strip(".,)").isdigit() for text in texts[max(1, lettered[0]) :])
    return singles >= SETTINGS.single * len(lettered) and digits <= SETTINGS.digits * len(texts)


def words_outside(
    lines: Sequence[str], spaced: Sequence[tuple[int, list[tuple[int, int]]]]
) -> Iterator[tuple[str, bool]]:
    """The words of four letters or more that stand in no letter-spaced stretch, and whether each follows another word
    of its sentence."""
    for at, found in spaced:
        for match in re.finditer(r"(?P<inside>[^\W\d_],? )?\b(?P<word>[^\W\d_]{4,})", lines[at]):
            if not any(start <= match.start("word") < end for start, end in found):
                yield match["word"], match["inside"] is not None
