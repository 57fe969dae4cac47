"""The token patterns of organisations and functions, matched by spaCy: what the vocabulary says, as spaCy takes it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from avskrift.parsing.structure.entity_tokens import tokens_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.package_parts import import_parts

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PARTS = ("spacy.tokens", "spacy.vocab", "spacy.matcher")
"""The modules of spaCy that are needed; they import each other in circles, which open in this order."""
_PLAIN = frozenset({"TEXT", "ORTH", "LOWER", "OP"})
"""What a pattern may ask of a token without spaCy knowing that the text is Swedish."""


class EntityRules:
    """The patterns of a `vocabulary`, ready to be matched. Raises `ValueError` for what is no pattern."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        import_parts("spacy", _PARTS)
        from spacy.matcher import Matcher, PhraseMatcher
        from spacy.tokens import Doc

        patterns = [(e["label"], pattern) for e in vocabulary.table("entities")["entity"] for pattern in e["patterns"]]
        self._doc_of = Doc
        self._vocab = _vocab_for([pattern for _, pattern in patterns])
        self._tokens, self._phrases = Matcher(self._vocab), PhraseMatcher(self._vocab)
        for label, pattern in patterns:
            if isinstance(pattern, str):
                self._phrases.add(label, [self._doc(pattern)[0]])
            else:
                self._tokens.add(label, [pattern])

    def found_in(self, text: str) -> list[tuple[int, int, str]]:
        """Where (start and end in `text`) which label stands, in order; what matches in several ways is named once."""
        doc, spans = self._doc(text)
        matches = {
            (start, end, label) for label, start, end in (*self._tokens(doc), *self._phrases(doc)) if end > start
        }
        return [
            (spans[start][0], spans[end - 1][1], self._vocab.strings[label]) for start, end, label in sorted(matches)
        ]

    def _doc(self, text: str) -> tuple["Doc", list[tuple[int, int]]]:
        """A text as spaCy takes it, and where its tokens stand."""
        tokens = list(tokens_of(text))
        words, spaces = [text[t.start : t.end] for t in tokens], [t.spaced for t in tokens]
        return self._doc_of(self._vocab, words=words, spaces=spaces), [(t.start, t.end) for t in tokens]


def _vocab_for(patterns: Sequence[str | Sequence[Mapping[str, Any]]]) -> "Vocab":
    """What computes for each word the attributes that `patterns` ask for; all that spaCy has for Swedish, which takes
    long to load, only where a user's own patterns ask for more than ours do."""
    asked = {str(key).upper() for pattern in patterns if not isinstance(pattern, str) for t in pattern for key in t}
    if asked <= _PLAIN:
        from spacy.attrs import LOWER
        from spacy.vocab import Vocab

        return Vocab(lex_attr_getters={LOWER: str.lower})
    import spacy

    return spacy.blank("sv").vocab
