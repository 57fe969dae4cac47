"""The words and patterns of the rules, as data: a TOML file for each field, each rule with what it catches and leaves.

`Vocabulary` holds them, with what the files of a user's own add; `matching` finds its terms in misread text.
"""

from avskrift.language.fold import fold
from avskrift.language.rules import Rule
from avskrift.parsing.vocabulary.in_force import date_rules, frequency_rules, load, numbers, pattern, remembered, rules
from avskrift.parsing.vocabulary.matching import closest, folded
from avskrift.parsing.vocabulary.vocabulary import Vocabulary

__all__ = [
    "Rule",
    "Vocabulary",
    "closest",
    "date_rules",
    "fold",
    "folded",
    "frequency_rules",
    "load",
    "numbers",
    "pattern",
    "remembered",
    "rules",
]
