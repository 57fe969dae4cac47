"""The lists of a .docx: which marker stands before each of its items."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from avskrift.ingest.files.office.docx_styles import Styles, is_on, number_of
from avskrift.ingest.files.office.list_numbers import ListCounter, ListLevel
from avskrift.ingest.files.xml_tree import child
from avskrift.language.bullets import FROM_SYMBOL_FONTS, SIGNS

_LEVELS = 9
_PLAIN_BULLET = "•"
_DASHES = "-–—"


class Numbering:
    """The lists of a document, by `numbering.xml` (None where it has none). `styles` tells of lists that styles stand
    for."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else {e.get("w:numId", ""): e for e in root.iter("w:num")}
        self._abstract = {} if root is None else {e.get("w:abstractNumId", ""): e for e in root.iter("w:abstractNum")}
        self._counters: dict[str, ListCounter] = {}
        self._levels: dict[str, list[ListLevel]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, list_id: str | None, level: int) -> str:
        """The marker before the next item of a list at a level (from 0); empty where there is none."""
        numbered = self._lists.get(list_id or "")
        if list_id is None or numbered is None or not 0 <= level < _LEVELS:
            return ""
        abstract_id = self._abstract_id(numbered)
        overrides = _overrides_of(numbered)
        if list_id not in self._levels:
            self._levels[list_id] = _levels_of(self._abstract.get(abstract_id), overrides)
        counter = self._counters.setdefault(abstract_id, ListCounter())
        if level in overrides and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            start = number_of(child(overrides[level], "w:startOverride"))
            if start is not None:
                counter.restart(level, int(start))
        return counter.marker(level, self._levels[list_id]).strip()

    def level_of_style(self, list_id: str | None, style_id: str | None) -> int | None:
        """The level of a list whose items are the paragraphs of a style; None where the list knows of none."""
        numbered = self._lists.get(list_id or "")
        abstract = None if numbered is None else self._abstract.get(self._abstract_id(numbered))
        for level in abstract.iter("w:lvl") if abstract is not None and style_id is not None else ():
            style = child(level, "w:pStyle")
            if style is not None and style.get("w:val") == style_id:
                return int(number_of(level, "w:ilvl") or 0)
        return None

    def _abstract_id(self, numbered: Element) -> str:
        """The definition of a list: one that only names a style has the style's."""
        found = child(numbered, "w:abstractNumId")
        abstract_id = "" if found is None else found.get("w:val", "")
        abstract = self._abstract.get(abstract_id)
        link = None if abstract is None else child(abstract, "w:numStyleLink")
        other = None if link is None else self._lists.get(self._styles.list_style(link.get("w:val", "")) or "")
        linked = None if other is None else child(other, "w:abstractNumId")
        return abstract_id if linked is None else linked.get("w:val", "")


def _overrides_of(numbered: Element) -> Mapping[int, Element]:
    return {int(number_of(e, "w:ilvl") or 0): e for e in numbered.iter("w:lvlOverride")}


def _levels_of(abstract: Element | None, overrides: Mapping[int, Element]) -> list[ListLevel]:
    """The levels of a list; those that are not defined have no marker."""
    levels = [ListLevel(form="none")] * _LEVELS
    defined = list(abstract.iter("w:lvl")) if abstract is not None else []
    defined += [level for override in overrides.values() for level in override.iter("w:lvl")]
    for element in defined:
        place = int(number_of(element, "w:ilvl") or 0)
        if 0 <= place < _LEVELS:
            levels[place] = _level_of(element)
    return levels


def _level_of(element: Element) -> ListLevel:
    def stated(name: str, usual: str) -> str:
        found = child(element, name)
        return usual if found is None else found.get("w:val", usual)

    text, form = stated("w:lvlText", ""), stated("w:numFmt", "decimal")
    start = number_of(child(element, "w:start"))
    legal = child(element, "w:isLgl")
    bullet = _bullet_of(text) if form == "bullet" else ""
    return ListLevel(text, form, 1 if start is None else int(start), bullet, legal is not None and is_on(legal))


def _bullet_of(text: str) -> str:
    """A bullet as it is printed; that of a font of symbols is a plain one."""
    shown = FROM_SYMBOL_FONTS.get(text, text)
    return shown if shown and (shown in SIGNS or shown in _DASHES) else _PLAIN_BULLET
