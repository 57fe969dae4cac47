"""Letters that a text layer holds twice: bold by double printing, shadows, a page drawn once more over itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """When two letters, or words, are one."""

    apart: float = 0.35  # of a letter's width that its copy stands beside it at most,
    apart_of_height: float = 0.16  # or of its height: the narrowest letters of narrow faces are wider
    above: float = 0.2  # of a letter's height that it stands above or below
    same_height: float = 0.1  # of the height that both differ by at most
    within: float = 0.8  # of the lower letter's height that lies within the other where a copy's font has other heights
    reach: float = 8.0  # points within which a copy is looked for
    shortest: int = 3  # letters of a word that tells of a page with copies
    most_alike: int = 60  # of the words of one text that a word is compared with
    fewest_pairs: int = 3  # letters in a row, each there twice, that tell of a word whose letters are


SETTINGS = Settings()


class PlacedLetter(NamedTuple):
    """A letter and its box, in points."""

    letter: str
    box: BoundingBox


def may_be_doubled(words: Sequence[OcrWord]) -> bool:
    """Whether some word may stand on a copy of itself, or hold each of its letters twice. Quick; it errs on the side of
    yes."""
    return _some_stand_alike(words) or any(_is_paired(word.text) for word in words)


def doubled_in(letters: Sequence[PlacedLetter | None]) -> dict[int, int]:
    """The places of letters that were there before, with the place of the one that they repeat; None is passed over.

    A copy in another font (bold that is made by an outline) may have boxes of other heights: that is told by several
    letters in a row."""
    found = _repeated(letters, _is_same)
    left = [None if place in found else letter for place, letter in enumerate(letters)]
    return found | _in_a_row(left, _repeated(left, _stands_over))


def _repeated(
    letters: Sequence[PlacedLetter | None], is_copy: Callable[[PlacedLetter, PlacedLetter | None], bool]
) -> dict[int, int]:
    found: dict[int, int] = {}
    earlier: dict[tuple[str, int, int], list[int]] = {}
    for place, letter in enumerate(letters):
        if letter is None:
            continue
        first = next((at for at in _near(earlier, letter) if is_copy(letter, letters[at])), None)
        if first is None:
            earlier.setdefault(_key(letter, 0, 0), []).append(place)
        else:
            found[place] = first
    return found


def _in_a_row(letters: Sequence[PlacedLetter | None], copies: Mapping[int, int]) -> dict[int, int]:
    """Those of the `copies` that come several in a row, with nothing between them but what has a copy too."""
    firsts = set(copies.values())
    found: dict[int, int] = {}
    row: dict[int, int] = {}
    for place in (place for place, letter in enumerate(letters) if letter is not None):
        if place in copies:
            row[place] = copies[place]
        elif place not in firsts:
            found |= row if len(row) >= SETTINGS.fewest_pairs else {}
            row = {}
    return found | (row if len(row) >= SETTINGS.fewest_pairs else {})


def _some_stand_alike(words: Sequence[OcrWord]) -> bool:
    """Whether one of the words stands on a copy of itself, or nearly."""
    boxes: dict[str, list[BoundingBox]] = {}
    for word in words:
        text = word.text
        if len(text) < SETTINGS.shortest:
            continue
        before = boxes.get(text)
        if before is None:
            boxes[text] = [word.box]
        elif any(_may_be_same(word.box, other) for other in before[-SETTINGS.most_alike :]):
            return True
        else:
            before.append(word.box)
    return False


def _may_be_same(one: BoundingBox, other: BoundingBox) -> bool:
    height = max(one.height, other.height)
    return abs(one.x0 - other.x0) < SETTINGS.apart * height and abs(one.top - other.top) <= SETTINGS.above * height


def _is_paired(text: str) -> bool:
    """Whether the first letters of a word are all there twice."""
    length = 2 * SETTINGS.fewest_pairs
    once = text[0:length:2]
    return len(text) >= length and once == text[1:length:2] and once.isalnum() and len(set(once)) > 1


def _key(letter: PlacedLetter, across: int, down: int) -> tuple[str, int, int]:
    reach = SETTINGS.reach
    return letter.letter, int(letter.box.x0 // reach) + across, int(letter.box.top // reach) + down


def _near(earlier: dict[tuple[str, int, int], list[int]], letter: PlacedLetter) -> Iterator[int]:
    for across in (0, -1, 1):
        for down in (0, -1, 1):
            yield from earlier.get(_key(letter, across, down), ())


def _is_same(one: PlacedLetter, other: PlacedLetter | None) -> bool:
    if other is None:
        return False
    height = max(one.box.height, other.box.height)
    apart = max(SETTINGS.apart * max(one.box.width, other.box.width), SETTINGS.apart_of_height * height)
    return (
        abs(one.box.x0 - other.box.x0) <= apart
        and abs(one.box.top - other.box.top) <= SETTINGS.above * height
        and abs(one.box.height - other.box.height) <= SETTINGS.same_height * height
    )


def _stands_over(one: PlacedLetter, other: PlacedLetter | None) -> bool:
    """Whether a letter takes the same width of the line as another, and one lies in the height of the other."""
    if other is None:
        return False
    apart = SETTINGS.apart * min(one.box.width, other.box.width)
    return (
        abs(one.box.x0 - other.box.x0) <= apart
        and abs(one.box.x1 - other.box.x1) <= apart
        and one.box.shared_height(other.box) >= SETTINGS.within * min(one.box.height, other.box.height)
    )
