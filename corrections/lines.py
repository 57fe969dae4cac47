"""The correction of lines as one text of one damage: very long lines and texts cut first, and put together again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from avskrift.corrections.text_analysis import analysed
from avskrift.corrections.text_corrector import TextCorrector
from avskrift.errors import LimitExceededError
from avskrift.language.languages import name_of
from avskrift.models.edits import CorrectedLine, Edit, shifted
from avskrift.models.options import MOST_SIGNS, CorrectingOptions


@dataclass(frozen=True, slots=True)
class Settings:
    """What is corrected together, so that time and memory stay linear."""

    longest_piece: int = 1_500  # signs of a line that are corrected together
    together: int = 2_000_000
    """Signs of a text that are judged and corrected as one; what is known of each word takes a hundred times its
    length."""


SETTINGS = Settings()
_OTHERS_KEPT = 8
"""Other readings whose corrections are kept."""


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """The corrected lines, one for each line given, and what a person should know."""

    lines: tuple[CorrectedLine, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line, and the place of its line."""

    text: str
    line: int


def correct_lines(lines: Sequence[str], options: CorrectingOptions | None = None) -> list[CorrectedLine]:
    """The lines corrected, exactly one for each line given; taken together as one text of one damage.

    Raises `LimitExceededError` for too long a text.
    """
    if options is not None and not options.enabled:
        return [CorrectedLine(line) for line in lines]
    return list(corrected_lines(lines, options).lines)


def corrected_lines(
    lines: Sequence[str],
    options: CorrectingOptions | None = None,
    others: Sequence[Sequence[str]] = (),
    unsure: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> CorrectionResult:
    """The `lines` corrected, taken as one text of one damage.

    `options` are the user's; `others` are other readings of the same document. `unsure` gives, by the place of a line,
    the spans that an engine read unsurely: they are corrected in a text that is else left alone. A text of more than
    two million signs is taken as several. Raises `LimitExceededError` for one of more than `MOST_SIGNS`.
    """
    for reading in (lines, *others):
        _check_length(sum(map(len, reading)) + len(reading))
    chosen = options or CorrectingOptions()
    pieces = _pieces(lines)
    spans = unsure if unsure is not None and len(pieces) == len(lines) else {}
    readings = [[piece.text for piece in _pieces(other)] for other in others]
    corrected: list[CorrectedLine] = []
    warnings: dict[str, None] = {}
    for first, last in [(0, len(pieces))] if readings else _blocks(pieces):
        own = {place - first: spans[place] for place in spans if first <= place < last}
        result = _corrected_block(pieces[first:last], chosen, readings, own)
        corrected += result.lines
        warnings |= dict.fromkeys(result.warnings)
    by_line = groupby(zip(pieces, corrected, strict=True), lambda pair: pair[0].line)
    return CorrectionResult(tuple(_joined([line for _, line in pairs]) for _, pairs in by_line), tuple(warnings))


def _check_length(signs: int) -> None:
    """Raises `LimitExceededError` for a text of more than `MOST_SIGNS` signs."""
    if signs > MOST_SIGNS:
        raise LimitExceededError(f"the text is too long ({signs:,} signs; {MOST_SIGNS:,} at most)")


def _blocks(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The spans of pieces that are taken together: all, or blocks of some size, so that memory is bounded."""
    first = signs = 0
    for place, piece in enumerate(pieces):
        if signs > SETTINGS.together:
            yield first, place
            first, signs = place, 0
        signs += len(piece.text) + 1
    yield first, len(pieces)


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """The lines, very long ones cut after spaces."""
    pieces: list[_Piece] = []
    for number, line in enumerate(lines):
        start = 0
        while len(line) - start > SETTINGS.longest_piece:
            end = line.rfind(" ", start, start + SETTINGS.longest_piece) + 1
            end = end if end > start else start + SETTINGS.longest_piece
            pieces.append(_Piece(line[start:end], number))
            start = end
        pieces.append(_Piece(line[start:], number))
    return pieces


def _joined(pieces: Sequence[CorrectedLine]) -> CorrectedLine:
    """A line from its pieces."""
    if len(pieces) == 1:
        return pieces[0]
    edits: list[Edit] = []
    suggestions: list[Edit] = []
    at = 0
    for piece in pieces:
        edits += shifted(piece.edits, at)
        suggestions += shifted(piece.suggestions, at)
        at += len(piece.raw)
    return CorrectedLine("".join(piece.raw for piece in pieces), tuple(edits), tuple(suggestions))


def _corrected_block(
    pieces: Sequence[_Piece],
    options: CorrectingOptions,
    others: Sequence[Sequence[str]],
    unsure: Mapping[int, Sequence[tuple[int, int]]],
) -> CorrectionResult:
    """The pieces of lines corrected as one text; the rest as in `corrected_lines`."""

    @lru_cache(maxsize=_OTHERS_KEPT)
    def other(number: int) -> CorrectionResult:
        return corrected_lines(others[number], options.model_copy(update={"min_confidence": 0.0}))

    analysis = analysed([piece.text for piece in pieces], options.glossary, unsure)
    corrector = TextCorrector(analysis, options.min_confidence, others, lambda number, line: other(number).lines[line])
    corrected = tuple(corrector.lines())
    places = {pieces[index].line + 1: code for index, code in analysis.foreign.items()}
    warnings = list(_foreign_warnings(places))
    if corrector.unlike:
        warnings.append("another reading was given that shares too few words with this one; it was not used")
    return CorrectionResult(corrected, tuple(warnings))


def _foreign_warnings(languages: Mapping[int, str]) -> Iterator[str]:
    """What is said of the lines, by their numbers from 1, that are in other languages, by their codes."""
    for code in dict.fromkeys(languages.values()):
        rows = sorted(row for row, c in languages.items() if c == code)
        where = f"line {rows[0]}" if len(rows) == 1 else f"{len(rows)} lines from line {rows[0]}"
        yield f"{where} seem to be {name_of(code)}; they were left as they are"
