"""A PDF of one page with annotations and fields."""

import make_odd_files as make

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_FIRST = 10


def annotated(
    *annotations: str,
    contents: bytes = make.shown(),
    page: str = "",
    form: str = "",
    inherited: bool = False,
    fonts: str = "",
    more: dict[int, bytes] | None = None,
) -> bytes:
    """A page of these `contents` with `annotations`, each without its brackets; all that are fields are listed in its
    form. `page` and `form` are more entries of the two; the sheet's size is `inherited` from the tree of pages or not.
    `more` are further objects, from 40 on, and `fonts` what of them are fonts."""
    box = "/MediaBox[0 0 595 842]"
    numbers = range(_FIRST, _FIRST + len(annotations))
    every = " ".join(f"{number} 0 R" for number in numbers)
    fields = " ".join(f"{number} 0 R" for number, a in zip(numbers, annotations, strict=True) if "/FT" in a)
    listed = f"/AcroForm<</Fields[{fields}]/DR<</Font<</Helv {_FONT}>>>>/DA(/Helv 10 Tf 0 g){form}>>" if fields else ""
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{listed}>>".encode(),
        2: f"<</Type/Pages/Kids[3 0 R]/Count 1{box if inherited else ''}>>".encode(),
        3: f"<</Type/Page/Parent 2 0 R{'' if inherited else box}/Contents 4 0 R"
        f"/Resources<</Font<</F1 5 0 R{fonts}>>>>/Annots[{every}]{page}>>".encode(),
        4: make.stream_of(contents),
        5: _FONT.encode(),
        **{n: f"<</Type/Annot{a}>>".encode("cp1252") for n, a in zip(numbers, annotations, strict=True)},
        **(more or {}),
    }
    return make.pdf_of(objects)


def field(name: str, value: str, box: str, more: str = "") -> str:
    """A text field without a picture of itself."""
    return f"/Subtype/Widget/FT/Tx/T({name})/V({value})/Rect[{box}]/DA(/Helv 10 Tf 0 g)/F 4{more}"


def button(name: str, box: str, *, ticked: bool, more: str = "") -> str:
    """A check box without a picture of itself."""
    state = "Ja" if ticked else "Off"
    return f"/Subtype/Widget/FT/Btn/T({name})/V/{state}/AS/{state}/Rect[{box}]/MK<</CA(4)/BC[0]>>/F 4{more}"


def note(kind: str, box: str, text: str = "", more: str = "") -> str:
    """A comment, a marker, a text box or a stamp."""
    said = f"/Contents({text})" if text else ""
    return f"/Subtype/{kind}{said}/Rect[{box}]/F 4{more}"


def picture(text: str) -> bytes:
    """What an annotation of 200 by 20 points looks like that shows a text."""
    return make.stream_of(
        f"BT /F1 10 Tf 2 5 Td ({text}) Tj ET".encode("cp1252"),
        "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
    )
