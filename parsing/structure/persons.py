"""Names of persons within running text."""

from avskrift.parsing.structure.entities import entities_in, is_person_name
from avskrift.parsing.vocabulary import Vocabulary

_HIDDEN = "\n"
"""What no name holds: stands for the signs of offices and organisations while names are looked for."""


def person_names_in(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Where persons' names stand in `text`: capitalised words that are no office, organisation or street.

    The genitive of a body in front of an office is no part of the name: "Anna Berg Kommunstyrelsens ordförande".
    """
    signs = list(text)
    for entity in entities_in(text, vocabulary):
        signs[entity.start : entity.end] = _HIDDEN * (entity.end - entity.start)
    street = vocabulary.pattern("contacts", "street")
    found = []
    for name in vocabulary.pattern("contacts", "name").finditer("".join(signs)):
        bare = vocabulary.pattern("contacts", "genitive after a name").sub("", name.group())
        if is_person_name(bare, vocabulary) and not street.search(bare):
            found.append((name.start(), name.start() + len(bare)))
    return found
