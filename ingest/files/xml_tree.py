"""XML that anybody may have written, as a tree: no entities, nothing fetched, limits on depth and on elements."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from avskrift.errors import BrokenInputError, LimitExceededError, UnsupportedFormatError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a tree may be. A report of three hundred pages has some hundred thousand elements, fifteen deep."""

    most_elements: int = 1_500_000
    deepest: int = 120
    """The trees are walked by functions that call themselves."""


SETTINGS = Settings()
_SEPARATOR = "\n"
"""Between the namespace and the name of an element: none of the two can hold it."""


def parsed_xml(data: bytes, prefixes: Mapping[str, str] | None = None) -> Element:
    """The root of the tree in `data`. Names are `prefix:name` for the namespaces of `prefixes`, and the bare name for
    all others.

    Raises `BrokenInputError` for what is no whole XML, `UnsupportedFormatError` where entities are declared (they may
    grow without end, or name files), `LimitExceededError` for a tree too deep or too large.
    """
    tree = _Tree(prefixes or {})
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.builder.data
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BrokenInputError(f"the XML is damaged or cut off (line {error.lineno})") from None
    except (LookupError, ValueError, UnicodeError):  # an encoding that is not known
        raise BrokenInputError("the XML is in an encoding that is not known") from None
    return tree.builder.close()


def child(element: Element, path: str) -> Element | None:
    """The first element at a path of names below an element; None where there is none."""
    found: Element | None = element
    for name in path.split("/"):
        found = next((below for below in found if below.tag == name), None) if found is not None else None
    return found


def children(element: Element, name: str) -> list[Element]:
    """The elements of a name right below an element."""
    return [below for below in element if below.tag == name]


def _refuse_entities(*_: object) -> None:
    raise UnsupportedFormatError("the XML declares entities, which are not read")


class _Tree:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.builder = TreeBuilder()
        self._prefixes = prefixes
        self._depth = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > SETTINGS.deepest:
            raise LimitExceededError(f"the XML is more than {SETTINGS.deepest} elements deep")
        if self._count > SETTINGS.most_elements:
            raise LimitExceededError(f"the XML has more than {SETTINGS.most_elements:,} elements")
        self.builder.start(self._named(name), {self._named(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(self._named(name))

    def _named(self, name: str) -> str:
        namespace, parted, local = name.rpartition(_SEPARATOR)
        prefix = self._prefixes.get(namespace, "") if parted else ""
        return f"{prefix}:{local}" if prefix else local
