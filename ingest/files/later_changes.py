"""What was added to a PDF after a certain byte: nothing but signatures and what proves them, or more.

A PDF is changed by what is appended to it: objects of a number that is taken replace those before. The file as it was
is compared with the file as it is, object by object. Signatures may be added (with their fields, and pictures of
themselves), certificates and answers about them (/DSS), and what the file says of itself; anything else is a change.
"""

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from avskrift.ingest.text_layer.pdfplumber_pages import PDFMINER

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

_LOG = logging.getLogger(__name__)
_FREED = re.compile(rb"(?<!\d)(?!0{10} 65535)\d{10} \d{5} f(?![a-z])")
"""An object that is said to be there no more."""
_MOST_CHANGES = 5_000
_DEEPEST = 40
_OF_ITSELF = frozenset({"DSS", "Extensions", "Version", "Metadata", "AcroForm"})
"""What a catalogue may say anew; the form is compared by itself."""
_OF_A_FORM = frozenset({"Fields", "SigFlags", "DR", "DA"})
_OF_A_SIGNATURE = frozenset({"V", "AP", "M", "F", "MK", "DA", "Rect", "Lock", "P"})
"""What a field for a signature gets when it is signed."""


def only_signatures_added(data: bytes, end: int) -> bool | None:
    """Whether nothing but signatures was added to the PDF in `data` behind its byte `end`; None where the file or what
    it was cannot be looked into."""
    if _FREED.search(data, end):
        return False
    with PDFMINER.quiet():
        try:
            return _is_same_but_for_signatures(_opened(data[:end]), _opened(data))
        except Exception:  # pdfminer raises what it likes for odd files
            _LOG.info("the changes after a signature cannot be told", exc_info=True)
            return None


def _opened(data: bytes) -> "PDFDocument":
    from pdfminer.pdfdocument import PDFDocument, PDFXRefFallback
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(data)), fallback=False)
    if document.encryption is not None or any(isinstance(xref, PDFXRefFallback) for xref in document.xrefs):
        raise ValueError("it cannot be looked into")
    return document


def _places(document: "PDFDocument") -> dict[int, object]:
    """Where each object stands: in the file, or in which place of which packed object, and where that stands."""
    found: dict[int, tuple[int | None, int]] = {}
    for xref in document.xrefs:  # the newest first
        for number in xref.get_objids():
            if number not in found:
                stream, place, _ = xref.get_pos(number)
                found[number] = (stream, place)
    return {
        number: (place if stream is None else (stream, place, found.get(stream)))
        for number, (stream, place) in found.items()
    }


def _is_same_but_for_signatures(before: "PDFDocument", after: "PDFDocument") -> bool | None:
    was, is_now = _places(before), _places(after)
    changed = [number for number, place in was.items() if is_now.get(number) != place]
    if len(changed) > _MOST_CHANGES:
        return None
    if _root(before) != _root(after):
        return False
    free = _of_no_matter(before) | _of_no_matter(after)
    return all(number in free or _is_allowed(number, before, after) for number in changed)


def _root(document: "PDFDocument") -> int:
    """The number of the catalogue."""
    return next(int(xref.get_trailer()["Root"].objid) for xref in document.xrefs if "Root" in xref.get_trailer())


def _of_no_matter(document: "PDFDocument") -> set[int]:
    """The numbers of objects that show nothing: proofs of signatures, what the file says of itself."""
    starts = [xref.get_trailer()[key] for xref in document.xrefs for key in ("Info",) if key in xref.get_trailer()]
    starts += [document.catalog[key] for key in ("DSS", "Metadata") if key in document.catalog]
    found: set[int] = set()
    waiting = list(starts)
    while waiting and len(found) < _MOST_CHANGES:
        for number in _references(waiting.pop()):
            if number not in found:
                found.add(number)
                waiting.append(_object(document, number))
    return found


def _references(value: Any, depth: int = 0) -> Iterator[int]:
    from pdfminer.pdftypes import PDFObjRef, PDFStream

    if isinstance(value, PDFObjRef):
        yield int(value.objid)
    elif depth < _DEEPEST:
        value = value.attrs if isinstance(value, PDFStream) else value
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        for one in inner:
            yield from _references(one, depth + 1)


def _object(document: "PDFDocument", number: int) -> Any:
    from pdfminer.pdfexceptions import PDFObjectNotFound

    try:
        return document.getobj(number)
    except PDFObjectNotFound:
        return None


def _is_allowed(number: int, before: "PDFDocument", after: "PDFDocument") -> bool:
    """Whether an object that was changed says what it said, but for signatures."""
    from pdfminer.pdftypes import PDFStream

    old, new = _object(before, number), _object(after, number)
    if old is None:
        return True  # it was nothing; only what names it can show it
    if isinstance(old, PDFStream):
        is_packing = _name(old.attrs.get("Type")) in ("XRef", "ObjStm")
        return is_packing or (isinstance(new, PDFStream) and _is_same(old, new))
    if isinstance(old, list) and isinstance(new, list):
        return _only_signatures_listed(old, new, after)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return _is_same(old, new)
    if number == _root(before):
        return _is_same_but(old, new, _OF_ITSELF) and _is_same_form(old.get("AcroForm"), new.get("AcroForm"), after)
    return _is_same_dictionary(old, new, after)


def _is_same_dictionary(old: dict[str, Any], new: dict[str, Any], after: "PDFDocument") -> bool:
    """Whether a page, a form or a field says what it said, but for signatures."""
    if _name(old.get("Type")) == "Page":
        notes = _only_signatures_listed(old.get("Annots"), new.get("Annots"), after)
        return notes and _is_same_but(old, new, frozenset({"Annots"}))
    if "Fields" in old:
        return _is_same_form(old, new, after)
    if "V" not in old and _is_signature(old, after):
        return _is_same_but(old, new, _OF_A_SIGNATURE)
    return _is_same(old, new)


def _is_same_form(old: Any, new: Any, after: "PDFDocument") -> bool:
    """Whether a form, where the catalogue holds it, has new signatures alone."""
    if isinstance(new, dict) and old is None:
        return _only_signatures_listed([], new.get("Fields"), after)
    if isinstance(old, dict) and isinstance(new, dict):
        fields = _only_signatures_listed(old.get("Fields", []), new.get("Fields", []), after)
        return fields and _is_same_but(old, new, _OF_A_FORM)
    return old is None or _is_same(old, new)


def _only_signatures_listed(old: Any, new: Any, after: "PDFDocument") -> bool:
    """Whether a list, held here or elsewhere, has what it had, and fields of signatures beyond."""
    from pdfminer.pdftypes import PDFObjRef

    if old is not None and _is_same(old, new):
        return True  # the same list elsewhere: it is looked at by its own number
    old = [] if old is None else old
    new = _object(after, new.objid) if isinstance(new, PDFObjRef) else new
    if isinstance(old, PDFObjRef):
        old = _object(after, old.objid)
    if not (isinstance(old, list) and isinstance(new, list)) or len(new) < len(old):
        return False
    kept, added = new[: len(old)], new[len(old) :]
    return _is_same(old, kept) and all(
        isinstance(one, PDFObjRef) and _is_signature(_object(after, one.objid), after) for one in added
    )


def _is_signature(field: Any, document: "PDFDocument") -> bool:
    """Whether a field is one for a signature."""
    from pdfminer.pdftypes import PDFObjRef

    for _ in range(_DEEPEST):
        if not isinstance(field, dict):
            return False
        if "FT" in field:
            return _name(field["FT"]) == "Sig"
        parent = field.get("Parent")
        field = _object(document, parent.objid) if isinstance(parent, PDFObjRef) else parent
    return False


def _is_same_but(old: dict[str, Any], new: dict[str, Any], keys: frozenset[str]) -> bool:
    return _is_same(
        {key: value for key, value in old.items() if key not in keys},
        {key: value for key, value in new.items() if key not in keys},
    )


def _is_same(old: Any, new: Any, depth: int = 0) -> bool:
    from pdfminer.pdftypes import PDFObjRef, PDFStream

    if depth > _DEEPEST or type(old) is not type(new):
        return False
    if isinstance(old, PDFObjRef):
        return bool(old.objid == new.objid)
    if isinstance(old, PDFStream):
        return old.rawdata == new.rawdata and _is_same(old.attrs, new.attrs, depth + 1)
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_is_same(old[key], new[key], depth + 1) for key in old)
    if isinstance(old, list):
        return len(old) == len(new) and all(_is_same(a, b, depth + 1) for a, b in zip(old, new, strict=True))
    return bool(old == new)


def _name(value: Any) -> str:
    return str(getattr(value, "name", ""))
