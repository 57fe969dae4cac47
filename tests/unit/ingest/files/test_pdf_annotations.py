"""What lies on a page as annotations: what is seen of it is text, comments are none."""

from pathlib import Path

import make_odd_files as make
import numpy as np
import pytest
from annotated_pdf import annotated, button, field, note, picture

from avskrift.ingest import read
from avskrift.ingest.files import pdf_annotations
from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.files.pdf_weight import looks_heavy
from avskrift.ingest.opened_pages import PageToOcr, nothing_cached
from avskrift.models.document import Page, PageSource
from avskrift.models.options import ReadingOptions

DAY = field("dag", "Granvik den 1 mars 2021", "60 300 260 318")
SEEN = "/AP<</N 40 0 R>>"


def page_of(data: bytes, folder: Path) -> Page:
    path = folder / "avtal.pdf"
    path.write_bytes(data)
    (page,) = read(path, ReadingOptions(engine="none")).pages
    return page


def added(page: Page) -> list[str]:
    """The lines beyond those of the page's own contents."""
    texts = [line.text for line in page.lines]
    assert texts[: len(make.LINES)] == list(make.LINES)
    return texts[len(make.LINES) :]


@pytest.mark.parametrize("form", ["", "/NeedAppearances true"])
@pytest.mark.parametrize("inherited", [False, True])
def test_fields_without_pictures(tmp_path: Path, form: str, *, inherited: bool) -> None:
    choice = (
        "/Subtype/Widget/FT/Ch/Ff 131072/T(val)/V(Polisen)/Opt[(Kommunen)(Polisen)]/Rect[60 270 260 288]"
        "/DA(/Helv 10 Tf 0 g)/F 4"
    )
    several = field("rader", "Första raden\rAndra raden", "60 200 260 240", "/Ff 4096")
    page = page_of(annotated(DAY, choice, several, form=form, inherited=inherited), tmp_path)
    assert added(page) == ["Granvik den 1 mars 2021", "Polisen", "Första raden", "Andra raden"]
    assert (page.width, page.height, page.warnings) == (595, 842, ())
    box = page.lines[len(make.LINES)].bbox
    assert box is not None and box.x0 >= 60 and box.x1 <= 260 and box.top >= 842 - 320 and box.bottom <= 842 - 298


def test_what_is_seen_of_a_field_counts_not_its_value(tmp_path: Path) -> None:
    stored = field("dag", "2021-03-01", "60 300 260 320", SEEN)
    assert added(page_of(annotated(stored, more={40: picture("den 1 mars 2021")}), tmp_path)) == ["den 1 mars 2021"]


@pytest.mark.parametrize("page", ["/Rotate 90", "/CropBox[20 20 590 840]"])
def test_fields_on_turned_and_cropped_pages(tmp_path: Path, page: str) -> None:
    seen = field("dag", "x", "60 300 260 320", SEEN)
    found = page_of(annotated(seen, page=page, more={40: picture("Överenskommet den 1 mars")}), tmp_path)
    assert added(found) == ["Överenskommet den 1 mars"]


def test_signs_in_parts_of_a_field_are_one_word(tmp_path: Path) -> None:
    comb = field("nummer", "212000-4516", "60 300 260 318", f"/MaxLen 11/Ff {1 << 24}")
    assert added(page_of(annotated(comb), tmp_path)) == ["212000-4516"]


def test_a_value_that_runs_out_of_its_field_stays_in_it(tmp_path: Path) -> None:
    long = field("namn", "ett namn som är alldeles för långt för ett så litet fält", "120 300 200 318")
    beside = b" BT /F1 11 Tf 60 305 Td (Namn:) Tj 145 0 Td (och ort) Tj ET"
    page = page_of(annotated(long, contents=make.shown() + beside), tmp_path)
    assert added(page) == ["Namn: ett namn som är alldeles för långt för ett så litet fält och ort"]


def test_a_square_that_is_printed_below_a_button_is_one_box(tmp_path: Path) -> None:
    printed = b" 61 299 10 10 re S BT /F1 11 Tf 80 300 Td (Tills vidare) Tj ET"
    page = page_of(annotated(button("a", "60 298 72 310", ticked=True), contents=make.shown() + printed), tmp_path)
    assert added(page) == ["☒ Tills vidare"]


def test_buttons_are_signs(tmp_path: Path) -> None:
    text = b" BT /F1 11 Tf 80 300 Td (Tills vidare) Tj 0 -30 Td (Till den 1 mars 2024) Tj ET"
    buttons = (button("a", "60 298 72 310", ticked=False), button("b", "60 268 72 280", ticked=True))
    push = "/Subtype/Widget/FT/Btn/Ff 65536/T(p)/Rect[60 200 160 220]/MK<</CA(Skicka)>>/F 4"
    page = page_of(annotated(*buttons, push, contents=make.shown() + text), tmp_path)
    assert added(page) == ["☐ Tills vidare", "☒ Till den 1 mars 2024"]


def test_buttons_of_a_form_that_lists_no_fields(tmp_path: Path) -> None:
    data = annotated(button("a", "60 298 72 310", ticked=True)).replace(b"/AcroForm", b"/OtherOne")
    assert added(page_of(data, tmp_path)) == ["☒"]


def test_text_boxes_and_stamps(tmp_path: Path) -> None:
    box = note("FreeText", "60 300 260 320", "Sagt", SEEN)
    stamp = note("Stamp", "60 260 260 280", more="/AP<</N 41 0 R>>")
    more = {40: picture("Undertecknat den 1 mars"), 41: picture("Inkom 2021-03-01")}
    page = page_of(annotated(box, stamp, more=more), tmp_path)
    assert added(page) == ["Undertecknat den 1 mars", "Inkom 2021-03-01"] and page.regions == ()


def test_a_text_box_without_a_picture(tmp_path: Path) -> None:
    box = note("FreeText", "60 300 260 318", "Bor på Ågatan", "/DA(/Helv 10 Tf 0 g)")
    assert added(page_of(annotated(box), tmp_path)) == ["Bor på Ågatan"]


def test_what_is_hidden_is_not_seen(tmp_path: Path) -> None:
    hidden = [DAY.replace("/F 4", f"/F {flag}") for flag in (2, 32)]
    comment = note("Text", "300 300 320 320", "Hemligt").replace("/F 4", "/F 2")
    page = page_of(annotated(*hidden, comment), tmp_path)
    assert added(page) == [] and page.regions == ()


def test_comments_are_no_text(tmp_path: Path) -> None:
    comments = (
        note("Text", "300 300 320 320", "Fråga juristen \\(snart\\)"),
        note("Popup", "320 300 420 400", "Fråga juristen"),
        note("Highlight", "60 756 200 770", "Rätt namn?", "/QuadPoints[60 770 200 770 60 756 200 756]/C[1 1 0]"),
        note("Squiggly", "60 736 200 750", more="/QuadPoints[60 750 200 750 60 736 200 736]"),
        note("Link", "60 700 200 720", "en länk"),
    )
    page = page_of(annotated(*comments), tmp_path)
    assert added(page) == []
    assert [(region.kind, region.text) for region in page.regions] == [
        ("comment", "Fråga juristen (snart)"),
        ("comment", "Rätt namn?"),
    ]
    assert page.regions[0].bbox == (300, 522, 320, 542)
    assert page.warnings == ("page 1: 2 comments lie on it and are no part of the text",)


def test_comments_on_a_page_without_contents(tmp_path: Path) -> None:
    page = page_of(annotated(note("Text", "300 300 320 320", "Tom sida?"), contents=b""), tmp_path)
    assert page.lines == () and [region.text for region in page.regions] == ["Tom sida?"]


def test_a_page_for_an_engine_shows_its_fields_and_keeps_its_comments(tmp_path: Path) -> None:
    rubbish = make.shown(("xqzj wvkx qqzx jjwx zzqk",) * 6)
    comment = note("Text", "300 500 320 520", "Fråga juristen")
    pages = []
    for annotations in ((comment,), (DAY, comment)):
        path = tmp_path / "avtal.pdf"
        path.write_bytes(annotated(*annotations, contents=rubbish))
        (page,) = open_document(path).pages(nothing_cached)
        assert isinstance(page, PageToOcr)
        assert [region.text for region in page.regions] == ["Fråga juristen"]
        pages.append(page.render(72))
    plain, filled = pages
    assert np.all(plain[520:545, 60:260] == 255) and np.any(filled[520:545, 60:260] < 128)
    assert np.all(plain[320:345, 295:325] == 255), "the sign of a comment is not drawn"


def test_a_scan_with_fields_is_read_as_a_picture(tmp_path: Path) -> None:
    """What is printed stands in the picture alone, however much the fields say."""
    how = "/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray"
    scan = make.stream_of(b"\xff" * 100, how)
    said = "Granviks kommun och polisen är överens"
    several = [field(f"f{y}", said, f"60 {y} 400 {y + 18}") for y in range(300, 380, 20)]
    data = annotated(*several, contents=b"q 595 0 0 842 0 0 cm /Scan Do Q", more={50: scan})
    path = tmp_path / "avtal.pdf"
    path.write_bytes(data.replace(b"/Resources<<", b"/Resources<</XObject<</Scan 50 0 R>>", 1))
    (page,) = open_document(path).pages(nothing_cached)
    assert isinstance(page, PageToOcr) and page.reason == "no text layer"
    assert np.any(page.render(72)[842 - 318 : 842 - 300, 60:400] < 128)


def test_pages_without_annotations_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was looked at")

    monkeypatch.setattr(pdf_annotations, "_read", fail)
    monkeypatch.setattr(pdf_annotations, "_flatten", fail)
    assert added(page_of(make.one_page(make.shown()), tmp_path)) == []


def test_what_fails_costs_the_annotations_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Granvik den 1 mars 2021")

    monkeypatch.setattr(pdf_annotations, "_read", fail)
    page = page_of(annotated(DAY), tmp_path)
    assert page.source is PageSource.TEXT_LAYER and added(page) == []
    assert page.warnings == (
        "page 1: reading annotations failed and was left out (ValueError); filled fields and comments may be missing",
    )


def test_too_many_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_annotations, "SETTINGS", pdf_annotations.Settings(most=1))
    page = page_of(annotated(DAY, note("Text", "300 300 320 320", "Fråga")), tmp_path)
    assert added(page) == []
    assert page.warnings == ("page 1: it has more than 1 annotations; none was looked at",)


@pytest.mark.parametrize("rect", ["[0 0 0 0]", "[nan 0 10 10]", "(x)", "[1e38 1e38 2e38 2e38]"])
def test_annotations_in_no_sound_place(tmp_path: Path, rect: str) -> None:
    odd = [a.replace("[60 300 260 318]", rect) for a in (DAY, note("Text", "60 300 260 318", "Fråga"))]
    assert page_of(annotated(*odd), tmp_path).source is PageSource.TEXT_LAYER


def test_trees_of_fields_that_meet_again_are_tried_first() -> None:
    """PDFium walks through them without a count."""
    data = annotated(DAY, field("ort", "Granvik", "60 270 260 288"))
    tree = {n: b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (n + 1, n + 1) for n in range(40, 70)}
    assert not looks_heavy(data)
    assert looks_heavy(annotated(DAY, more=tree))
    assert looks_heavy(annotated(DAY, more={40: b"<</T(a)/K#69ds 41 0 R>>"}))
    assert not looks_heavy(make.one_page(make.shown(), more=tree)), "without a form nobody walks through it"
