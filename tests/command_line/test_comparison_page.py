"""The page that shows two versions, as a person meets it: in a real browser, by mouse, by keys and on paper."""

import io
import re
import shutil
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from avskrift.models import comparison as m
from avskrift.models.agreement import DocumentKind, Evidence
from avskrift.models.page_view import PageView
from avskrift.output.comparison.page import comparison_page
from avskrift.output.comparison.sentence import in_short

AT_MOST = 300_000.0
"""Milliseconds that anything is waited for."""
expect.set_options(timeout=AT_MOST)
CHROMIUM = shutil.which("chromium")
WIDTH, HEIGHT = 595.0, 842.0
BOX = (72.0, 300.0, 322.0, 318.0)
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror=window.hacked=1>',
    "javascript:window.hacked=1",
    "</script><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "' onmouseover='window.hacked=1",
    "--><!-- {{7*7}} {% raw %}",
)
Show = Callable[..., Page]


def read(text: str, *, page: int = 1, line: int = 4, box: tuple[float, float, float, float] | None = BOX) -> Evidence:
    return Evidence(page=page, line=line, bbox=box, text=text, raw=text.replace("å", "a"), confidence=0.83)


def run(kind: str, old: str, new: str = "", *doubt: str) -> m.WordRun:
    return m.WordRun(kind=m.RunKind(kind), old=old, new=old if kind == "equal" else new, doubt=list(doubt))


def clause(fate: str, title: str, *runs: m.WordRun, page: int = 1, **more: object) -> m.ClauseChange:
    side = m.ClauseSide(number="4", title=title, page=page, path="/sections/0", evidence=read(title, page=page))
    there = {"old": [side] * (fate != "added"), "new": [side] * (fate != "removed")}
    return m.ClauseChange(fate=m.ClauseChangeType(fate), runs=list(runs)).model_copy(update={**there, **more})


def thing(what: str, fate: str, place: Evidence, **more: object) -> m.ObjectChange:
    side = m.Side(name=place.text, path="/groups/0", evidence=place)
    plain = m.ObjectChange(object=m.ObjectName(what), fate=m.ObjectChangeType(fate), old=[side], new=[side], score=0.97)
    return plain.model_copy(update=more)


def objects() -> list[m.ObjectChange]:
    often = m.ValueChange(
        field="meetings_per_year",
        fate=m.ValueChangeType.CHANGED,
        old="2",
        new="4",
        direction="up",
        old_evidence=read("två gånger per år", page=5, line=3),
        new_evidence=read("fyra gånger per år", page=2, line=3, box=None),
        doubt=["may be OCR: “fyra” and “fyrå” are spelled almost alike"],
    )
    member = m.ValueChange(field="members", fate=m.ValueChangeType.ADDED, new="Trygghetssamordnare")
    return [
        thing("group", "changed", read("Styrgruppen"), values=[often, member], because=["the same name"]),
        thing("party", "kept", read("Klockvikens stadsdelsförvaltning", line=2)),
        thing("annex", "removed", read("Kommunikationsplan för två år", page=6), new=[], score=None),
    ]


def clauses() -> list[m.ClauseChange]:
    doubt = "the reading of “två” is in doubt"
    words = [
        run("equal", "Styrgrupp Gruppen möts minst"),
        run("replaced", "två", "tre", doubt),
        run("same_reading", "ganger", "gånger"),
        run("removed", "varje termin"),
        run("added", "", "per år"),
        run("moved", "efter kallelse från ordföranden"),
    ]
    number = m.MaterialChange(kind=m.MaterialKind.NUMBER, old=["två"], new=["tre"])
    return [
        clause("unchanged", "Bakgrund", run("equal", "Bakgrund Parterna samverkar.")),
        clause("substance", "Styrgrupp", *words, page=2, moved=True, substance=[number], doubt=[doubt]),
        clause("added", "Information", run("added", "", "Information Parterna informerar."), page=3),
        clause("removed", "Kostnader", run("removed", "Kostnader Var och en bär sina."), page=3),
        clause("reworded", "Tvist", run("replaced", "Tvist löses", "Oenighet reds ut"), page=3),
    ]


def compared(objects: list[m.ObjectChange], clauses: list[m.ClauseChange], **told: object) -> m.Comparison:
    head = m.VersionHead(
        file="klockviken.pdf",
        sha256="0" * 64,
        kind=DocumentKind.AGREEMENT,
        title="Samverkansöverenskommelse för Klockviken",
        pages=6,
        parties=["Klockvikens stadsdelsförvaltning", "Lokalpolisområde Klockviken"],
        valid_from="2019-01-01",
        valid_to=None,
        until_further_notice=True,
    ).model_copy(update=told)
    counts = m.Counts(objects={}, values=2, clauses={}, doubtful=2)
    return m.Comparison(old=head, new=head, counts=counts, objects=objects, clauses=clauses)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("L", (595, 842), 245).save(made, "JPEG")
    return made.getvalue()


def views(*, pictures: bool) -> list[PageView]:
    lines = tuple(f"Rad {n} om Klockviken" for n in range(1, 41))
    return [PageView(n, WIDTH, HEIGHT, picture() if pictures else None, () if pictures else lines) for n in range(1, 7)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium: apt install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=AT_MOST)
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Opens a page's text; afterwards nothing may have gone wrong in it, and nothing been asked for but itself."""
    path = tmp_path / "page.html"
    wrong: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def opened(text: str, javascript: bool = True) -> Page:
        nonlocal context
        path.write_text(text, encoding="utf-8")
        if not javascript:
            context.close()
            context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(AT_MOST)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    context.close()
    assert not wrong
    assert {url for url in asked if not url.startswith("data:")} <= {path.as_uri()}


def page_text() -> str:
    return comparison_page(compared(objects(), clauses()), views(pictures=True), views(pictures=False))


def test_the_policy_lets_only_this_script_run() -> None:
    text = page_text()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    named = b64encode(sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{named}'" in policy
    links = re.findall(r'(?:href|src|action|data|poster|srcset)="([^"]+)"', text)
    assert links and all(re.match(r"#[a-z0-9-]+$|data:image/jpeg;base64,", link) for link in links)


def test_says_in_one_sentence_what_matters() -> None:
    assert in_short(compared(objects(), clauses())) == (
        "1 value differs in substance; 1 clause stands only in the new version; "
        "1 field and 1 clause stand only in the old version; 2 differences are in doubt."
    )
    nothing = compared([], []).model_copy(update={"counts": m.Counts(objects={}, values=0, clauses={}, doubtful=1)})
    assert in_short(nothing) == (
        "No number, date, party, duty or negation differs in what was compared; 1 difference is in doubt."
    )


def test_two_empty_records_make_a_page() -> None:
    nothing = compared([], [], file="", title=None, parties=[], valid_from=None, until_further_notice=False)
    assert "None were found." in comparison_page(nothing)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing(words: str, show: Show) -> None:
    place = Evidence(page=1, line=1, bbox=BOX, text=words, raw=words, confidence=0.4)
    value = m.ValueChange(field="purpose", fate=m.ValueChangeType.ADDED, new=words, new_evidence=place, doubt=[words])
    group = thing("group", "renamed", place, because=[words], values=[value], doubt=[words])
    section = m.ClauseSide(number=words, title=words, page=1, path="/sections/0", evidence=place)
    runs = run("replaced", words, f"ny {words}", words), run("same_reading", words, words)
    said = [m.MaterialChange(kind=m.MaterialKind.PARTY, old=[words], new=[words])]
    changed = clause("substance", words, *runs, old=[section, section], substance=said, doubt=[words])
    pages = [PageView(1, WIDTH, HEIGHT, None, (words, words))]
    told = compared([group], [changed], file=words, title=words, parties=[words])
    page = show(comparison_page(told, pages, pages))
    page.click("#f0 a.ev >> nth=0")
    for element in page.locator("#c0 del, #f0 del, .told").all():
        element.hover()
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 1 and page.locator("img").count() == 0
    assert words in page.title()
    for where in ("header .doc", "#f0 .old .doc", "#c0 del .words", ".lines li", "#old-told .doc", "#c0 .doubts"):
        assert words in (page.locator(where).first.text_content() or ""), where
    assert page.evaluate("[...document.links].every((link) => link.getAttribute('href').startsWith('#'))")


def test_filters_hide_and_show(show: Show) -> None:
    page = show(page_text())
    kept, unchanged, changed = (page.locator(name) for name in ("#f1", "#c0", "#c1"))
    expect(kept).to_be_hidden()
    expect(page.get_by_role("heading", name="Parties")).to_be_hidden()
    expect(page.locator("#count")).to_have_text("Shown: 2 of 3 fields, 5 of 5 clauses")
    page.get_by_label("kept (1)").check()
    expect(kept).to_be_visible()
    page.get_by_label("unchanged (1)").uncheck()
    expect(unchanged).to_be_hidden()
    page.get_by_label("different in substance (1)").uncheck()
    expect(changed).to_be_visible()  # it has moved too
    page.get_by_label("↕ moved (1)").uncheck()
    expect(changed).to_be_hidden()
    page.get_by_label("↕ moved (1)").check()
    page.get_by_label("only in doubt").check()
    expect(page.locator(".item:visible")).to_have_count(2)
    expect(page.locator("#count")).to_have_text("Shown: 1 of 3 fields, 1 of 5 clauses")
    page.get_by_label("only in doubt").uncheck()
    page.fill("#search", "MINST  tre")  # words across marks
    expect(page.locator("#count")).to_have_text("Shown: 0 of 3 fields, 1 of 5 clauses")


def test_goes_from_difference_to_difference_by_keys(show: Show) -> None:
    page = show(page_text())
    focused = "document.activeElement.id"
    seen = []
    for key in "njnjnn":
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    assert seen == ["f0", "f2", "c1", "c2", "c3", "c4"]  # neither what was kept nor what is unchanged
    page.keyboard.press("p")
    page.keyboard.press("k")
    below_bar = "document.activeElement.getBoundingClientRect().top >= document.querySelector('.bar').offsetHeight"
    assert page.evaluate(focused) == "c2" and page.evaluate(below_bar)
    page.get_by_role("button", name="Previous").click()
    assert page.evaluate(focused) == "c1"
    page.locator("#search").press_sequentially("nk?")
    assert page.input_value("#search") == "nk?"
    page.locator("#differences").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_first_stop_of_the_keyboard_skips_to_the_differences(show: Show) -> None:
    page = show(page_text())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the differences")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.querySelector('main :focus-visible')).outlineStyle") == "solid"


def test_a_link_opens_both_pages_where_the_value_was_read(show: Show) -> None:
    page = show(page_text())
    panel = page.locator("#pages")
    expect(panel).to_be_hidden()
    link = page.locator("#f0 tbody >> nth=1").locator("a.ev[data-side=old]")
    link.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    sheet = page.locator("#old-p5 img").bounding_box()
    (box,) = page.locator("rect.on").all()
    drawn = box.bounding_box()
    assert sheet is not None and drawn is not None
    scale = sheet["width"] / WIDTH
    assert abs(sheet["height"] - HEIGHT * scale) < 2
    wanted = (sheet["x"] + BOX[0] * scale, sheet["y"] + BOX[1] * scale)
    size = ((BOX[2] - BOX[0]) * scale, (BOX[3] - BOX[1]) * scale)
    assert (drawn["x"], drawn["y"]) == pytest.approx(wanted, abs=2)
    assert (drawn["width"], drawn["height"]) == pytest.approx(size, abs=3.5)  # the line around it counts
    expect(box).to_be_in_viewport()
    lit = page.locator(".lines li.on")
    expect(lit).to_have_text(["Rad 3 om Klockviken"])
    expect(lit).to_be_in_viewport()
    assert lit.get_attribute("id") == "new-p2-l3"
    told = "Page 5, line 3, confidence 83 %: read as “tva ganger per ar”, taken as “två gånger per år”"
    expect(page.locator("#old-told")).to_have_text(told)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()


def test_without_views_the_raw_reading_is_shown(show: Show) -> None:
    page = show(comparison_page(compared(objects(), clauses())))
    page.click("#f2 a.ev")
    expect(page.locator("#old-p6 .readings li.on")).to_contain_text("Page 6, line 4, confidence 83 %")
    expect(page.locator("#new-told")).to_have_text("Nothing was read of this in the new version.")
    page.get_by_role("button", name="Close (Esc)").click()
    expect(page.locator("#pages")).to_be_hidden()


def test_pages_scroll_together_until_told_not_to(show: Show) -> None:
    page = show(page_text())
    page.click("#c1 a.ev[data-side=old]")
    tops = "['old', 'new'].map((side) => document.getElementById(`${side}-scroll`).scrollTop)"
    scroll = "([side, by]) => { document.getElementById(`${side}-scroll`).scrollTop += by; }"
    old, new = page.evaluate(tops)
    moves = ("old", 200, True, (200, 200)), ("new", -150, True, (50, 50)), ("old", 100, False, (150, 50))
    for side, by, together, seen in moves:
        if not together:
            page.get_by_role("button", name="Scroll together").click()
        page.evaluate(scroll, [side, by])
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(tops) == pytest.approx([old + seen[0], new + seen[1]], abs=3)


def test_can_be_read_without_colour(show: Show) -> None:
    page = show(page_text())
    changed = page.locator("#c1")
    old, new = ((changed.locator(f".side.{side}").inner_text()).replace("\xa0", " ") for side in ("old", "new"))
    assert "[−? två] ganger [− varje termin] [↕ efter kallelse från ordföranden]" in old
    assert "[+? tre] gånger [+ per år]" in new
    expect(changed.locator("h3")).to_contain_text("differs in substance")
    expect(changed.locator("h3")).to_contain_text("moved")
    expect(changed).to_contain_text("number: två → tre")
    expect(changed).to_contain_text("? doubtful: the reading of “två” is in doubt")
    assert changed.get_by_text("ganger", exact=True).get_attribute("title") == "new: gånger"
    lines = "(element) => getComputedStyle(element).textDecoration"
    assert "line-through" in changed.locator("del .words").first.evaluate(lines)
    assert "underline" in changed.locator("ins .words").first.evaluate(lines)
    assert "dotted" in changed.locator(".moved .words").first.evaluate(lines)
    expect(page.locator("#f0")).to_contain_text("↑ more often")
    expect(page.locator("#f0")).to_contain_text("? may be OCR: “fyra” and “fyrå” are spelled almost alike")
    expect(page.locator("#c2")).to_contain_text("not in the old version")
    left, right = (changed.locator(f".side.{side}").bounding_box() for side in ("old", "new"))
    assert left is not None and right is not None
    assert left["y"] == right["y"] and left["x"] < right["x"]


def test_everything_is_there_without_javascript(show: Show) -> None:
    page = show(page_text(), javascript=False)
    for name in (".filters", ".bar", "#pages-close"):
        expect(page.locator(name).first).to_be_hidden()
    for name in (*(f"#f{n}" for n in range(3)), *(f"#c{n}" for n in range(5)), "#old-p6 img", "#new-p6-l40"):
        expect(page.locator(name)).to_be_visible()
    page.locator("#c1 a.ev[data-side=new]").click()
    assert page.url.endswith("#" + (page.locator("#new-p2 .readings li:target").get_attribute("id") or "none"))


def test_prints_everything_but_controls(show: Show) -> None:
    page = show(page_text())
    page.get_by_label("removed (1)").last.uncheck()
    page.click("#c1 a.ev >> nth=0")
    page.emulate_media(media="print", color_scheme="dark")
    for name in (".bar", ".filters", "#pages"):
        expect(page.locator(name).first).to_be_hidden()
    for item in page.locator(".item").all():
        expect(item).to_be_visible()
    expect(page.locator("#c1 .doubts")).to_be_visible()
    colours = page.evaluate("['del', 'body'].map((e) => getComputedStyle(document.querySelector(e)).color)")
    assert colours == ["rgb(0, 0, 0)"] * 2


@pytest.mark.parametrize("width", [1280, 700, 420])
def test_nothing_reaches_past_the_window(width: int, show: Show) -> None:
    page = show(page_text())
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_four_hundred_clauses_are_quick(show: Show) -> None:
    words = " ".join(["Parterna i Klockviken ska samverka om trygghet"] * 15)
    other = run("replaced", "två", "tre"), run("equal", words)
    many = []
    for n in range(400):
        runs = run("equal", f"Punkt {n} {words}"), *other[: 2 * (n % 2)]
        many.append(clause("substance" if n % 2 else "unchanged", f"Punkt {n}", *runs, page=1 + n // 4))
    jpeg = picture()
    pages = [PageView(n, WIDTH, HEIGHT, jpeg) for n in range(1, 101)]
    start = time.process_time()
    text = comparison_page(compared(objects(), many), pages, pages)
    assert time.process_time() - start < 10
    assert text.count("data:image/jpeg") == 200
    assert len(text) - 200 * len(b64encode(jpeg)) < 2_000_000
    page = show(text)
    expect(page.locator("#count")).to_have_text("Shown: 2 of 3 fields, 400 of 400 clauses")
    spent = page.evaluate(
        """() => {
          const from = performance.now(), box = document.querySelector('input[value=unchanged]');
          for (let n = 0; n < 10; n += 1) { box.click(); document.body.offsetHeight; }
          for (let n = 0; n < 50; n += 1) document.getElementById('next').click();
          return performance.now() - from;
        }"""
    )
    assert spent < 120_000  # a page that takes the square of its clauses takes longer than this
