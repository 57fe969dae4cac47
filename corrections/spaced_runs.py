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
    fewest_alone: int = 3
    fewest: int = 5  # tokens of a stretch that is its whole line, and of any other
    single: float = 0.55  # the share of its tokens of letters that are one letter
    digits: float = 0.2  # the share of its tokens that may be digits


SETTINGS = Settings()


def stretches(line: str) -> Iterator[tuple[int, int]]:
    """Runs of at least four tokens of one or two signs, most of them single letters; a whole line of tokens of up
    to four, if most are single."""
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", line)]
    sizes = [b - a for a, b in tokens]
    short = (
        len(tokens) >= SETTINGS.fewest_alone
        and max(sizes) <= SETTINGS.longest_token
        and sum(sizes) <= SETTINGS.mean_token * len(sizes)
    )
    if short and _is_spaced([line[a:b] for a, b in tokens], alone=True):
        yield tokens[0][0], tokens[-1][1]
        return
    run: list[tuple[int, int]] = []
    for at, token in enumerate([*tokens, None]):
        # "kmk ¤ y f t e": a number in the display font may stand before the letters
        if token is not None and token[1] - token[0] <= (SETTINGS.letters if at else SETTINGS.longest_token):
            run.append(token)
            continue
        if _is_spaced([line[a:b] for a, b in run], alone=len(run) == len(tokens)):
            yield run[0][0], run[-1][1]
        run = []


def _is_spaced(texts: Sequence[str], *, alone: bool) -> bool:
    """Whether tokens are the letters of words; `alone` tells that their line holds nothing else."""
    if len(texts) < (SETTINGS.fewest_alone if alone else SETTINGS.fewest):
        return False
    letters = [t for t in texts if t[0].isalpha()]
    singles = sum(len(t) == 1 for t in letters)
    head = next((n for n, t in enumerate(texts) if t[0].isalpha()), 0)  # a number before the heading is no sum
    digits = sum(t.strip(".,)").isdigit() for t in texts[max(1, head) :])
    return len(letters) >= 2 and singles >= SETTINGS.single * len(letters) and digits <= SETTINGS.digits * len(texts)


def words_outside(
    lines: Sequence[str], spaced: Sequence[tuple[int, list[tuple[int, int]]]]
) -> Iterator[tuple[str, bool]]:
    """The words of four letters or more that stand in no letter-spaced stretch, and whether each follows another word
    of its sentence."""
    for at, found in spaced:
        for match in re.finditer(r"(?P<inside>[^\W\d_],? )?\b(?P<word>[^\W\d_]{4,})", lines[at]):
            if not any(start <= match.start("word") < end for start, end in found):
                yield match["word"], match["inside"] is not None
