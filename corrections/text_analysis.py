"""What is found out once about all the lines of a text: its tokens, its damage, its names and terms."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from avskrift.corrections.damage import TextDamage, damage_of, document_vocabulary
from avskrift.corrections.names import Occurrence
from avskrift.corrections.parallel_readings import ParallelReading
from avskrift.corrections.spaced_runs import stretches
from avskrift.corrections.tag_lattice import TagLattice
from avskrift.corrections.tokens import Token, tokenize
from avskrift.language.compounds import Compounds, compounds
from avskrift.language.languages import foreign_lines
from avskrift.language.lexicon import Lexicon, lexicon


@dataclass(frozen=True, slots=True)
class Settings:
    """How texts are judged."""

    unsure_lost: float = 0.03
    unsure_glyphs: float = 0.05
    """What is taken for the damage of the words that an engine read unsurely in a text that is intact otherwise: the
    share of each of å ä ö that is lost, and of words with a wrong glyph."""
    term: int = 3  # times that a word stands capitalised inside sentences to be one that the document always writes so


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """A text, its tokens by line, and how damaged it is.

    `foreign` has the lines in other languages with their codes; they have no tokens. `glyphs_damaged` tells that the
    text as a whole has wrong glyphs, `only_unsure` that it is intact and only the words that an engine read unsurely
    are looked at: the others are `fixed`, and `damage` is that of the unsure ones.
    """

    lines: Sequence[str]
    lexicon: Lexicon
    compounds: Compounds
    foreign: Mapping[int, str]
    tokens: Sequence[Sequence[Token]]
    damage: TextDamage
    glyphs_damaged: bool
    only_unsure: bool

    def all_tokens(self) -> Iterator[Token]:
        """The tokens of all lines, in order."""
        for row in self.tokens:
            yield from row

    def has_spaced_stretches(self) -> bool:
        """Whether a line holds letter-spaced words."""
        return any(True for line in self.lines for _ in stretches(line))

    def vocabulary(self) -> dict[str, int]:
        """The words that the text shows readable again and again, with how often."""
        return document_vocabulary(self.all_tokens(), self.lexicon, self.compounds, marks_lost=self.damage.marks_lost)

    def capitalised(self) -> frozenset[str]:
        """The strings that stand capitalised inside sentences somewhere, other than in capitals."""
        return frozenset(t.text for t in self._inside() if t.text[0].isupper() and not t.text.isupper())

    def terms(self) -> frozenset[str]:
        """Known words that stand capitalised inside sentences again and again, and hardly otherwise: *Parterna*."""
        inside = Counter(t.text for t in self._inside() if not t.fixed)
        often = {text for text, times in inside.items() if times >= SETTINGS.term and times > inside[text.lower()]}
        return frozenset(t for t in often if t.istitle() and t[0] != "I" and self.lexicon.knows(t.lower()))

    def _inside(self) -> Iterator[Token]:
        """The tokens that begin no sentence."""
        return (t for t in self.all_tokens() if not t.fresh)

    def unknown_names(self, lattices: Sequence[TagLattice]) -> Iterator[Occurrence]:
        """The capitalised words that the lexicon does not know, with what the tagger reads there."""
        for index, row in enumerate(self.tokens):
            for t in row:
                named = t.text[0].isupper() and t.text.isalpha() and not t.fixed
                if named and not self.lexicon.knows(t.text.lower()):  # lattices are made when they are asked for
                    yield Occurrence(t.text, tuple(lattices[index].readings(t.start, t.end)))


def analysed(
    lines: Sequence[str], glossary: tuple[str, ...], unsure: Mapping[int, Sequence[tuple[int, int]]]
) -> TextAnalysis:
    """The text with its tokens and its damage; `glossary` holds the user's own words, `unsure` the spans, by line, that
    an engine read unsurely."""
    words, made = lexicon(glossary), compounds(glossary)
    foreign = foreign_lines(lines)
    tokens = [[] if i in foreign else tokenize(line) for i, line in enumerate(lines)]
    damage = damage_of((t for row in tokens for t in row), words, made)
    only_unsure = damage.intact and bool(unsure)
    if not only_unsure:
        return TextAnalysis(lines, words, made, foreign, tokens, damage, damage.glyphs_damaged, False)
    tokens = [_fixed_but(row, unsure.get(i, ())) for i, row in enumerate(tokens)]
    lost = SETTINGS.unsure_lost
    unsure_words = TextDamage((lost, lost, lost), SETTINGS.unsure_glyphs)
    return TextAnalysis(lines, words, made, foreign, tokens, unsure_words, False, True)


def _fixed_but(tokens: Sequence[Token], unsure: Sequence[tuple[int, int]]) -> list[Token]:
    """The tokens, all fixed but those that an unsure span touches."""
    return [t if any(a < t.end and t.start < b for a, b in unsure) else replace(t, fixed=True) for t in tokens]


def parallel_reading(lines: Sequence[str], words: Lexicon, made: Compounds) -> ParallelReading:
    """Another reading of a document, ready to be laid beside it; `words` and `made` say what is a word."""
    tokens = [tokenize(line) for line in lines]
    damage = damage_of((t for row in tokens for t in row), words, made)
    # Letter-spaced stretches say nothing about single words.
    outside = [
        [t for t in row if not any(a <= t.start < b for a, b in stretches(line))]
        for line, row in zip(lines, tokens, strict=True)
    ]
    return ParallelReading(lines, outside, tagged(lines, damage))


def tagged(lines: Sequence[str], damage: TextDamage) -> Sequence[TagLattice]:
    """What the network says of each line of a text."""
    from avskrift.corrections.tagger import tagger  # imports numpy, which takes long; text without damage needs none

    return tagger().tagged(lines, damage)
