"""The words and patterns of the rules, as data: a TOML file for each field, each rule with what it catches and leaves.

A `Vocabulary` holds them, with what the files of a user's own add; it is made once and passed to what needs it.
"""

from avskrift.language.rules import Rule
from avskrift.parsing.vocabulary.vocabulary import Vocabulary

__all__ = ["Rule", "Vocabulary"]
