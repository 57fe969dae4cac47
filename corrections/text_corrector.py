"""The correction of one text, line for line: what is letter-spaced, then numbers, signs, words, and lone signs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from avskrift.corrections.candidates import Candidates
from avskrift.corrections.decoder import Decoder
from avskrift.corrections.homographs import Context
from avskrift.corrections.letter_spacing import LetterSpacing
from avskrift.corrections.names import names_of
from avskrift.corrections.numbers import corrected_numbers
from avskrift.corrections.parallel_readings import ParallelReadings
from avskrift.corrections.punctuation import RUNS_ON, lone_signs
from avskrift.corrections.signs import corrected_signs, domains_in
from avskrift.corrections.text_analysis import TextAnalysis, parallel_reading, tagged
from avskrift.corrections.tokens import tokenize
from avskrift.corrections.word_lattice import Evidence
from avskrift.language.sentences import ends_sentence
from avskrift.models.edits import CorrectedLine, Edit, non_overlapping, text_span

_SIGNS_AROUND = re.compile(r"(?P<before>[^\w\s]*)(?:.*[\w\s])?(?P<after>[^\w\s]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities from 0 to 1; lengths in signs."""

    unsure_word: float = 0.8
    unsure_length: int = 6
    """Where only unsure words are looked at, an edit less sure, or of a shorter word, is only a suggestion."""
    parallel: float = 0.97  # that a letter-spaced stretch is what a parallel reading shows
    parallel_word: int = 3  # signs of a word that such a reading must show


SETTINGS = Settings()


class TextCorrector:
    """Corrects the lines of one text."""

    def __init__(
        self,
        analysis: TextAnalysis,
        min_confidence: float,
        others: Sequence[Sequence[str]] = (),
        corrected_other: Callable[[int, int], CorrectedLine] | None = None,
    ) -> None:
        """`analysis` is of the text; less probable edits than `min_confidence` are only suggested. `others` are other
        readings of the same document, and `corrected_other` gives a line of one of them as it is corrected by itself,
        by the number of the reading and that of the line."""
        self._text, self._min_confidence, self._corrected_other = analysis, min_confidence, corrected_other
        given = [parallel_reading(other, analysis.lexicon, analysis.compounds) for other in others]
        parallel = ParallelReadings(analysis.tokens, analysis.lines, given)
        self.unlike = len(others) - len(parallel.used)
        """Of the other readings, how many are none of this document."""
        self._parallel = parallel if parallel.used else None
        self._reads_words = self._parallel is not None or not analysis.damage.intact
        lattices = tagged(analysis.lines, analysis.damage) if self._reads_words else []
        vocabulary = analysis.vocabulary() if self._reads_words or analysis.has_spaced_stretches() else {}
        words = (analysis.lexicon, analysis.compounds, analysis.damage, vocabulary)
        self._spacing = LetterSpacing(*words, analysis.lines)
        self._candidates = Candidates(*words, other_readings=self._parallel is not None)
        self._numbers = corrected_numbers(analysis.lines)
        self._domains = domains_in([line for reading in (analysis.lines, *others) for line in reading])
        self._lattices = lattices
        self._decoder = Decoder(self._evidence()) if self._reads_words else None

    def _evidence(self) -> Evidence:
        text = self._text
        names = names_of(text.unknown_names(self._lattices), text.lexicon.knows)
        context, capitalised = Context(text.lines), text.capitalised()
        return Evidence(self._candidates, text.lexicon, self._parallel, names, context, capitalised, text.terms())

    def lines(self) -> Iterator[CorrectedLine]:
        """The corrected lines, in order: a sentence may run on from the line before."""
        before: str | None = "."
        for index in range(len(self._text.lines)):
            line, before = self._line(index, before)
            yield line

    def _line(self, index: int, before: str | None) -> tuple[CorrectedLine, str | None]:
        """A line as it is corrected behind the word `before`, and the word that the next line follows."""
        line = self._text.lines[index]
        if index in self._text.foreign:
            return CorrectedLine(line), "."
        edits = [self._beside_parallel(index, edit) for edit in self._spacing.joined_in(line)]
        edits += non_overlapping(self._numbers.get(index, ()), edits)
        others = self._parallel.whole_line(index, len(line)) if self._parallel is not None else []
        signs = corrected_signs(line, self._domains, others)
        suggestions = non_overlapping(signs.suggestions, edits)
        edits += non_overlapping(signs.edits, edits)
        decoded, before = self._words(index, edits, before)
        for edit in decoded:
            (edits if self._may_be_made(line, edit) else suggestions).append(edit)
        if self._text.glyphs_damaged:
            lone = lone_signs(self._text.lines, index, self._text.lexicon, self._text.compounds)
            edits += non_overlapping(lone, edits)
        return _decided(line, edits, suggestions, self._min_confidence), before

    def _words(self, index: int, taken: Sequence[Edit], before: str | None) -> tuple[list[Edit], str | None]:
        """The edits to the words of a line that no edit has `taken`, behind the word `before`, and the word that the
        next line follows."""
        if self._decoder is None:
            return [], before
        line = self._text.lines[index]
        free = non_overlapping(self._text.tokens[index], taken)
        follows = None if before == "." and line.lstrip()[:1].islower() else before
        edits, last = self._decoder.decode(index, free, self._lattices[index], follows)
        return edits, last if RUNS_ON.search(line) else "." if ends_sentence(line) or not line.strip() else None

    def _may_be_made(self, line: str, edit: Edit) -> bool:
        """Whether an edit may be made; in a text without damage a short word may well be an abbreviation."""
        if not self._text.only_unsure:
            return True
        word = line[edit.raw_start : edit.raw_end]
        return edit.confidence >= SETTINGS.unsure_word and len(word) >= SETTINGS.unsure_length and word.isalpha()

    def _beside_parallel(self, index: int, edit: Edit) -> Edit:
        """A letter-spaced stretch; another reading that is not letter-spaced there knows better."""
        for shown in self._shown_in_parallel(index, edit):
            if _letters(shown) == _letters(edit.replacement):
                sure = max(SETTINGS.parallel, edit.confidence)
                return Edit(edit.raw_start, edit.raw_end, edit.replacement, edit.rule, sure)
            longest = max(map(len, shown.split()), default=0)
            if longest >= SETTINGS.parallel_word and self._knows_all(shown):
                around = _SIGNS_AROUND.fullmatch(edit.replacement)
                text = around["before"] + shown + around["after"] if around is not None else shown
                return Edit(edit.raw_start, edit.raw_end, text, "witness", SETTINGS.parallel)
        return edit

    def _shown_in_parallel(self, index: int, edit: Edit) -> Iterator[str]:
        """What other readings, each corrected by itself, show in the place of an edit."""
        inside = [t for t in self._text.tokens[index] if edit.raw_start <= t.start and t.end <= edit.raw_end]
        if self._parallel is None or self._corrected_other is None or not inside:
            return
        for number, place in self._parallel.places_of(index, inside):
            other = self._corrected_other(number, place.line)
            yield other.text[slice(*text_span(other.edits, place.start, place.end))]

    def _knows_all(self, text: str) -> bool:
        return all(self._candidates.as_read(t.text).known for t in tokenize(text) if not t.fixed)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _decided(line: str, edits: Sequence[Edit], suggestions: Sequence[Edit], least: float) -> CorrectedLine:
    """The line with its edits, those apart that are less probable than `least`, and the suggestions."""
    made: list[Edit] = []
    left: list[Edit] = []
    for edit in sorted((*suggestions, *edits), key=lambda e: e.raw_start):
        end = made[-1].raw_end if made else 0
        if edit.raw_start >= end and line[edit.raw_start : edit.raw_end] != edit.replacement:
            (left if edit.confidence < least or edit in suggestions else made).append(edit)
    return CorrectedLine(line, tuple(made), tuple(left))
