"""PDFs that claim what they do not have, or would take more than a document may: told before anything is loaded."""

import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import make_odd_files as make
import pypdfium2
import pytest
from pydantic import SecretStr

from avskrift.errors import BrokenInputError, EncryptedInputError, LimitExceededError
from avskrift.ingest import pages_waiting, read
from avskrift.ingest.files import pdf_trial
from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.files.pdf_trial import tried
from avskrift.ingest.files.pdf_weight import looks_heavy
from avskrift.models.options import ReadingOptions

NO_ENGINE = ReadingOptions(engine="none")
SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources<</XObject<</X {} 0 R>>>>"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return path


def pages(count: int, claimed: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return make.pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: f"<</Type/Pages/Kids[{kids}]/Count {claimed}>>".encode(),
            **dict.fromkeys(range(3, count + 3), page),
        }
    )


def test_pages_are_those_that_are_there(tmp_path: Path) -> None:
    path = written(tmp_path, pages(3, 1_000_000))
    document = read(path, NO_ENGINE)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.warnings == ("the PDF says that it has 1,000,000 pages; 3 are there",)
    assert open_document(path, most_pages=5000).count_pages() == 3
    assert pages_waiting(path, NO_ENGINE.model_copy(update={"cache_folder": tmp_path / "kept"})) == 3


def test_a_document_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, pages(12, 12))
    assert len(read(path, NO_ENGINE.model_copy(update={"max_pages": 12})).pages) == 12
    with pytest.raises(LimitExceededError, match="more than 11 pages"):
        read(path, NO_ENGINE.model_copy(update={"max_pages": 11}))


def test_a_page_is_blamed_for_what_is_wrong_with_it(tmp_path: Path) -> None:
    with pytest.raises(BrokenInputError, match="page 1 could not be read: it measures 30000 by 30000 points"):
        read(written(tmp_path, make.one_page(make.shown(), "/MediaBox[0 0 30000 30000]")))


def test_pages_without_a_mark_need_no_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pypdfium2.PdfPage, "render", lambda *_, **__: pytest.fail("drawn"))
    assert len(read(written(tmp_path, pages(40, 40)), NO_ENGINE).pages) == 40


@pytest.mark.parametrize("packed", [False, True])
def test_forms_that_show_forms_without_end(tmp_path: Path, *, packed: bool) -> None:
    forms = {n: make.stream_of(b"/X Do " * 10, FORM.format(n + 1), packed=packed) for n in range(6, 14)}
    data = make.one_page(b"/X Do", resources="/XObject<</X 6 0 R>>", more={**forms, 14: make.stream_of(b"0 0 m", FORM)})
    assert looks_heavy(data)
    if packed:
        told, most_kib = read_alone(written(tmp_path, data))
        assert "which is the limit" in told
        assert most_kib < 1 << 20


def read_alone(path: Path) -> tuple[str, int]:
    """Why a file is refused, and the KiB that the largest process of its reading took."""
    code = f"""if True:
        import resource
        from pathlib import Path
        from avskrift.errors import LimitExceededError
        from avskrift.ingest import read
        from avskrift.models.options import ReadingOptions
        try:
            read(Path({str(path)!r}), ReadingOptions(engine="none"))
        except LimitExceededError as error:
            print(error)
        # getrusage tells of this process what the one that began it took; the kernel's own count does not
        own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
        print(max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    *told, most = done.stdout.splitlines()
    return " ".join(told), int(most)


def test_a_heavy_page_costs_itself(tmp_path: Path) -> None:
    """The page before and the page after are read."""
    many = make.stream_of(b"BT /F1 1 Tf " + b"(Granvik) Tj " * 250_000 + b"ET", packed=True)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    data = make.pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R 6 0 R 7 0 R]/Count 3>>",
            3: page.format(4).encode(),
            4: make.stream_of(make.shown()),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            6: page.format(8).encode(),
            7: page.format(4).encode(),
            8: many,
        }
    )
    first, second, third = read(written(tmp_path, data), NO_ENGINE).pages
    assert [line.text for line in first.lines] == [line.text for line in third.lines] == list(make.LINES)
    assert second.warnings == ("page 2 could not be read: it holds more than 200,000 signs, which is the limit",)


@pytest.mark.parametrize(
    "told",
    [
        "<</Length {}/Filter/FlateDecode>>\nstream\r",
        "<</Length {}/Filter/FlateDecode>>\nstream   \n",
        "<</Length {}/Filter/FlateDecode/X(" + "x" * 5000 + ")>>\nstream\n",
        "<</Length {}/Filter/FlateDecode/X(obj)>>\nstream\n",
        "<</Length {}/Filter/FlateDecode/X(7 0 obj)>>\nstream\n",
        "<</X(stream\n)/Length {}/Filter/FlateDecode>>\nstream\n",
        "<</Length {}/Filter/FlateDecode/X<</Subtype/Image>>>>\nstream\n",
        "<</Length {}/Filter/FlateDecode/Subtype/Image>>\nstream\n",
        "<</Length {}/Filter/FlateDecode/Length1 1>>\nstream\n",
        "<</Subtype/Image/Length 99999>>stream\n4 0 obj\n<</Length {}/Filter/FlateDecode>>\nstream\n",
    ],
)
def test_long_contents_are_seen_however_they_are_announced(told: str) -> None:
    packed = zlib.compress(b"0 0 m 9 9 l S " * 300_000, 9)
    contents = told.format(len(packed)).encode() + packed + b"\nendstream"
    assert looks_heavy(make.one_page(b"", more={4: contents}))


def test_marked_contents_within_each_other_cost_their_page_alone(tmp_path: Path) -> None:
    deep = make.one_page(b"/X <</a[<</b[(x)]>>]>> BDC " * 60_000 + make.shown(), packed=True)
    assert looks_heavy(deep)
    with pytest.raises(LimitExceededError, match="to open, which is the limit"):
        read(written(tmp_path, deep), NO_ENGINE)
    assert not looks_heavy(make.one_page(b"/P <</MCID 1>> BDC " + make.shown() + b" EMC " * 3, packed=True))
    assert not looks_heavy(make.one_page(b"/P <</MCID 1>> BDC EMC " * 5000 + make.shown(), packed=True))


def test_sane_files_are_not_tried_first() -> None:
    assert not looks_heavy(SAMPLE.read_bytes())
    assert not looks_heavy(make.one_page(make.shown(), packed=True))
    one_form = {6: make.stream_of(make.shown(), FORM)}
    assert not looks_heavy(make.one_page(b"/X Do /X Do", resources="/XObject<</X 6 0 R>>", more=one_form))


def test_sane_pages_pass_the_trial() -> None:
    trial = tried(SAMPLE.read_bytes(), None, [1, 2])
    assert trial.refused == {} and trial.costly == frozenset()


def test_the_time_of_a_trial_grows_with_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf_trial, "SETTINGS", replace(pdf_trial.SETTINGS, wall_seconds=0.05)
    )  # less than a process takes to begin
    trial = tried(pages(600, 600), None, range(1, 601))
    assert trial.refused == {} and trial.costly == frozenset()


def test_without_a_process_to_try_them_in_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert tried(SAMPLE.read_bytes(), None, [1, 2]).refused == {}


def test_encryption_that_is_not_known(tmp_path: Path) -> None:
    (unknown,) = (f.data for f in make._encrypted() if f.name == "encrypted-unknown.pdf")
    with pytest.raises(EncryptedInputError, match="in a way that is not known"):
        read(written(tmp_path, unknown), NO_ENGINE)
    with pytest.raises(EncryptedInputError, match="password is wrong"):
        read(written(tmp_path, unknown), ReadingOptions(engine="none", password=SecretStr("\udcff")))
