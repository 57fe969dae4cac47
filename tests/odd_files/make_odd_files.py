"""Makes files that are odd, broken or hostile, each time the same: `make_odd_files.py FOLDER [--small]`.

Nothing is copied from anywhere. Each file is named after what is wrong with it. `small` leaves out those that take
seconds to make or to read.
"""

import argparse
import io
import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

LINES = (
    "Samverkansöverenskommelse mellan Granviks kommun och Lokalpolisområde Västra Åsen",
    "1 Parter",
    "Granviks kommun, nedan kallad kommunen, och Polismyndigheten, nedan kallad polisen,",
    "har kommit överens om att tillsammans öka tryggheten för alla som bor och vistas på orten.",
    "2 Giltighet",
    "Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.",
)
TEXT = "\n".join(LINES) + "\n"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


@dataclass(frozen=True)
class OddFile:
    """A file and whether it belongs to the small set."""

    name: str
    data: bytes
    small: bool = True


def pdf_of(objects: dict[int, bytes], head: bytes = b"%PDF-1.7\n", trailer: str = "") -> bytes:
    """A PDF of numbered objects; 1 is the catalogue."""
    out, places = bytearray(head), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream_of(data: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    if packed:
        data, entries = zlib.compress(data, 9), entries + "/Filter/FlateDecode"
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def shown(lines: tuple[str, ...] = LINES, matrix: str = "1 0 0 1 60 760", before: str = "") -> bytes:
    rows = " 0 -20 Td ".join("(" + line.replace("(", "\\(").replace(")", "\\)") + ") Tj" for line in lines)
    return f" {before} BT /F1 11 Tf {matrix} Tm {rows} ET".encode("cp1252")


def one_page(
    contents: bytes,
    box: str = "/MediaBox[0 0 595 842]",
    page: str = "",
    resources: str = "",
    more: dict[int, bytes] | None = None,
    *,
    packed: bool = False,
) -> bytes:
    """A PDF of one page with these contents (object 4); 5 is its font."""
    return pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R{page}"
            f"/Resources<</Font<</F1 5 0 R>>{resources}>>>>".encode(),
            4: stream_of(contents, packed=packed),
            5: _FONT.encode(),
            **(more or {}),
        }
    )


def _boxes() -> Iterator[OddFile]:
    boxes = {
        "nan": "[0 0 nan inf]",
        "names": "[/a /b /c /d]",
        "two-numbers": "[0 0]",
        "null": "null",
        "empty": "[]",
        "strings": "[(0) (0) (595) (842)]",
        "inverted": "[595 842 0 0]",
        "negative": "[-595 -842 0 0]",
        "zero": "[0 0 0 0]",
        "sliver": "[0 0 595 0.4]",
        "huge": "[0 0 30000 30000]",
        "astronomic": "[0 0 1e30 1e30]",
        "largest": "[0 0 14400 14400]",
        "loop": "3 0 R",
        "nested": "[[0 0] [595 842]]",
    }
    for name, box in boxes.items():
        yield OddFile(f"box-{name}.pdf", one_page(shown(), f"/MediaBox {box}"))
    yield OddFile("box-missing.pdf", one_page(shown(), ""))
    yield OddFile("box-crop-outside.pdf", one_page(shown(), page="/CropBox[5000 5000 6000 6000]"))
    yield OddFile("box-crop-names.pdf", one_page(shown(), page="/CropBox[/x 0 nan 4]"))
    for turn in (90, 180, 270, 45, -90, 450, 999999999999):
        yield OddFile(f"rotate-{turn}.pdf", one_page(shown(), page=f"/Rotate {turn}"))
    yield OddFile("user-unit.pdf", one_page(shown(), page="/UserUnit 75000"))


def _trees() -> Iterator[OddFile]:
    catalogue, page = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    for name, count in (("million", b"1000000"), ("negative", b"-5"), ("name", b"/Many"), ("largest", b"2147483647")):
        yield OddFile(
            f"count-{name}.pdf", pdf_of({1: catalogue, 2: b"<</Type/Pages/Kids[3 0 R]/Count " + count + b">>", 3: page})
        )
    yield OddFile("no-pages.pdf", pdf_of({1: catalogue, 2: b"<</Type/Pages/Kids[]/Count 0>>"}))
    yield OddFile("no-catalogue.pdf", pdf_of({1: b"null"}))
    yield OddFile("tree-loop.pdf", pdf_of({1: catalogue, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"}))
    yield OddFile(
        "tree-deep.pdf",
        pdf_of(
            {
                1: catalogue,
                **{n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 3000)},
                3000: page,
            }
        ),
    )
    for pages, name in ((300, "pages-300.pdf"), (5000, "pages-5000.pdf"), (5001, "pages-5001.pdf")):
        kids = " ".join(f"{n} 0 R" for n in range(3, pages + 3))
        objects = {1: catalogue, 2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode()}
        yield OddFile(name, pdf_of({**objects, **dict.fromkeys(range(3, pages + 3), page)}), pages != 5000)
    same = b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 200000>>"
    yield OddFile("one-page-200000-times.pdf", pdf_of({1: catalogue, 2: same, 3: page}))
    outline = {6: b"<</Type/Outlines/First 7 0 R/Last 7 0 R>>", 7: b"<</Title(x)/Parent 6 0 R/Next 7 0 R/First 6 0 R>>"}
    yield OddFile(
        "outline-loop.pdf",
        pdf_of(
            {
                1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
                2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                3: page,
                **outline,
            }
        ),
    )
    whole = one_page(shown())
    start = whole.rindex(b"xref\n0")
    yield OddFile("xref-loop.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start))
    yield OddFile("xref-far.pdf", whole.replace(str(start).encode() + b"\n%%EOF", b"99999999999\n%%EOF"))
    yield OddFile("junk-before.pdf", b"junk\r\n" * 100 + whole)
    yield OddFile("two-in-one.pdf", whole + whole)
    yield OddFile("contents-missing.pdf", whole.replace(b"/Contents 4 0 R", b"/Contents 9 0 R"))
    yield OddFile("contents-itself.pdf", whole.replace(b"/Contents 4 0 R", b"/Contents[3 0 R 3 0 R]"))


def _bombs() -> Iterator[OddFile]:
    def laughs(levels: int, wide: int, *, packed: bool) -> bytes:
        body = b"/X Do " * wide
        forms = {
            n: stream_of(
                body,
                f"/Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources<</XObject<</X {n + 1} 0 R>>>>",
                packed=packed,
            )
            for n in range(6, 6 + levels)
        }
        last = {
            6 + levels: stream_of(
                shown(), "/Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources<</Font<</F1 5 0 R>>>>"
            )
        }
        return one_page(b"/X Do", resources="/XObject<</X 6 0 R>>", more={**forms, **last})

    yield OddFile("bomb-forms-10-8.pdf", laughs(8, 10, packed=False), small=False)
    yield OddFile("bomb-forms-2-40.pdf", laughs(40, 2, packed=True), small=False)
    yield OddFile("bomb-forms-300-3.pdf", laughs(3, 300, packed=True), small=False)
    yield OddFile("forms-deep.pdf", laughs(400, 1, packed=True))
    loop = stream_of(b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    yield OddFile("form-in-itself.pdf", one_page(b"/X Do", resources="/XObject<</X 6 0 R>>", more={6: loop}))
    million = b"BT /F1 1 Tf " + b"(Samverkan om trygghet och trivsel) Tj " * 400_000 + b"ET"
    yield OddFile("bomb-text.pdf", one_page(million, packed=True), small=False)
    yield OddFile(
        "bomb-one-string.pdf",
        one_page(b"BT /F1 1 Tf (" + b"Granvik " * 1_000_000 + b") Tj ET", packed=True),
        small=False,
    )
    yield OddFile("bomb-contents.pdf", one_page(b" " * 600_000_000, packed=True), small=False)
    yield OddFile("bomb-lines.pdf", one_page(b"0 0 m 9 9 l S " * 1_000_000, packed=True), small=False)
    few = one_page(b"0 0 m 9 9 l S " * 10_000, packed=True)
    yield OddFile(
        "bomb-contents-again.pdf",
        few.replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 3000 + b"]"),
        small=False,
    )
    again = zlib.compress(zlib.compress(b"0 0 m 9 9 l S " * 3_000_000, 9), 9)
    twice = f"<</Length {len(again)}/Filter[/FlateDecode/FlateDecode]>>\nstream\n".encode() + again + b"\nendstream"
    yield OddFile("bomb-packed-twice.pdf", one_page(b"", more={4: twice}), small=False)
    picture = "/Type/XObject/Subtype/Image/Width {0}/Height {0}/BitsPerComponent 8/ColorSpace/DeviceGray"
    draw = b"q 500 0 0 700 40 40 cm /I Do Q"
    for side in (0, -5, 60_000, 2_000_000_000):
        wide = {6: stream_of(b"\0" * 100, picture.format(side))}
        yield OddFile(f"picture-of-{side}.pdf", one_page(draw, resources="/XObject<</I 6 0 R>>", more=wide))
    dot = {6: stream_of(b"\x80", picture.format(1))}
    yield OddFile(
        "bomb-pictures.pdf",
        one_page(b"/I Do " * 1_000_000, resources="/XObject<</I 6 0 R>>", more=dot, packed=True),
        small=False,
    )
    for name, packing in (
        ("jbig2", "/JBIG2Decode"),
        ("jpx", "/JPXDecode"),
        ("fax", "/CCITTFaxDecode"),
        ("dct", "/DCTDecode"),
    ):
        noise = {6: stream_of(random.Random(1).randbytes(3000), picture.format(3000) + f"/Filter {packing}")}
        yield OddFile(f"picture-noise-{name}.pdf", one_page(draw, resources="/XObject<</I 6 0 R>>", more=noise))
    yield OddFile(
        "pixels-400M.tiff", _saved(Image.new("1", (20_000, 20_000)), "tiff", compression="group4"), small=False
    )
    glyph = stream_of(b"1000 0 0 0 750 750 d1 BT /F1 1 Tf (a) Tj ET")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    yield OddFile("type3-in-itself.pdf", one_page(b"BT /F1 9 Tf 60 60 Td (aaaa) Tj ET", more={5: font, 6: glyph}))


def _layers() -> Iterator[OddFile]:
    turned = {
        "up": "0 1 -1 0 100 60",
        "down": "0 -1 1 0 300 780",
        "over": "-1 0 0 -1 540 100",
        "sloping": "0.87 0.5 -0.5 0.87 60 300",
    }
    for name, matrix in turned.items():
        yield OddFile(f"layer-{name}.pdf", one_page(shown(matrix=matrix)))
    note = shown(("Anteckning på högkant i marginalen",), "0 1 -1 0 30 200")
    yield OddFile("layer-with-note-on-its-side.pdf", one_page(shown() + note))
    yield OddFile(
        "hidden-white.pdf", one_page(shown() + shown(("Den hemliga raden gäller",), "1 0 0 1 60 200", "1 1 1 rg"))
    )
    yield OddFile(
        "hidden-mode-3.pdf", one_page(shown() + shown(("Den hemliga raden gäller",), "1 0 0 1 60 200", "3 Tr"))
    )
    yield OddFile("hidden-off-page.pdf", one_page(shown() + shown(("Den hemliga raden gäller",), "1 0 0 1 900 200")))
    yield OddFile(
        "hidden-covered.pdf",
        one_page(shown() + shown(("Den hemliga raden gäller",), "1 0 0 1 60 200") + b" 0 0 0 rg 50 190 300 25 re f"),
    )
    yield OddFile(
        "white-on-dark.pdf",
        one_page(
            shown() + shown(("Den synliga raden gäller",), "1 0 0 1 60 200", "0 0 0.4 rg 50 190 300 25 re f 1 1 1 rg")
        ),
    )


def _encrypted() -> Iterator[OddFile]:
    for name, owner, user in (("owner-only", "o", ""), ("both", "o", "u"), ("empty", "", "")):
        held = io.BytesIO()
        with pikepdf.open(io.BytesIO(one_page(shown()))) as pdf:
            pdf.save(
                held, encryption=pikepdf.Encryption(owner=owner, user=user), deterministic_id=False, static_id=True
            )
        yield OddFile(f"encrypted-{name}.pdf", held.getvalue())
    handler = "/Encrypt<</Filter/Unknown/V 9/R 9/Length 128/O(x)/U(x)/P -1>>/ID[(a)(a)]"
    whole = one_page(shown())
    yield OddFile("encrypted-unknown.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R" + handler.encode()))


def _files_inside() -> Iterator[OddFile]:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(shown()))) as pdf:
        for number in range(500):
            pdf.attachments[f"{number:03} ../../\x1b[31m\u202egnp.exe" + "å" * 300] = b"x"
        pdf.save(held, static_id=True)
    yield OddFile("files-inside.pdf", held.getvalue())


def _picture(width: int = 620, height: int = 300, mode: str = "L") -> Image.Image:
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(LINES[:4]):
        pen.text((20, 20 + 40 * row), line[:60], fill=0)
    return picture.convert(mode)


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, kind, **how)
    return held.getvalue()


def _pictures() -> Iterator[OddFile]:
    for wide, tall in ((1, 1), (2, 2), (16, 16), (1, 3000), (3000, 1), (40, 3000), (3000, 40), (90, 90)):
        yield OddFile(f"picture-{wide}-by-{tall}.png", _saved(Image.new("RGB", (wide, tall), "grey"), "png"))
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"):
        yield OddFile(
            f"mode-{mode.replace(';', '-')}.tiff",
            _saved(
                _picture().convert("L").convert(mode) if mode != "I;16" else _picture().convert("I").convert("I;16"),
                "tiff",
            ),
        )
    for kind in ("gif", "bmp", "jpeg", "jpeg2000", "webp", "avif"):
        whole = _saved(_picture(mode="RGB"), kind)
        yield OddFile(f"whole.{kind}", whole)
        yield OddFile(f"cut-off.{kind}", whole[: len(whole) * 2 // 3])
    blank = _saved(Image.new("RGB", (600, 800), "white"), "jpeg2000")
    yield OddFile("blank.jp2", blank)
    yield OddFile("codestream.j2k", blank[blank.index(b"\xff\x4f\xff\x51") :])
    for dpi in (0, 1, 60, 1200, 10**6):
        yield OddFile(f"dots-{dpi}.tiff", _saved(_picture(), "tiff", dpi=(dpi, dpi)))
    yield OddFile("dots-uneven.tiff", _saved(_picture(), "tiff", dpi=(1200, 51)))
    exif = Image.Exif()
    exif[0x0112] = 77
    yield OddFile("orientation-77.jpg", _saved(_picture(), "jpeg", exif=exif))
    yield OddFile("exif-garbage.jpg", _saved(_picture(), "jpeg", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    yield OddFile("pixels-claimed.png", b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * 100)


def _tiffs() -> Iterator[OddFile]:
    frames = [_picture(), _picture(640), _picture(660)]
    whole = _saved(frames[0], "tiff", save_all=True, append_images=frames[1:], compression="tiff_deflate")
    yield OddFile("frames.tiff", whole)
    first = struct.unpack("<I", whole[4:8])[0]
    places = [first]
    while True:
        entries = struct.unpack("<H", whole[places[-1] : places[-1] + 2])[0]
        at = places[-1] + 2 + 12 * entries
        following = struct.unpack("<I", whole[at : at + 4])[0]
        if not following:
            break
        places.append(following)
    for number, place in enumerate(places, 1):
        worse = bytearray(whole)
        worse[place + 2 : place + 4] = b"\xee\xee"  # no width any more
        yield OddFile(f"frame-{number}-of-no-width.tiff", bytes(worse))
    looped = bytearray(whole)
    looped[at : at + 4] = struct.pack("<I", places[0])
    yield OddFile("frames-in-a-loop.tiff", bytes(looped))
    outside = bytearray(whole)
    outside[at : at + 4] = struct.pack("<I", 2**32 - 9)
    yield OddFile("frames-out-of-the-file.tiff", bytes(outside))
    chance = random.Random(7)
    for number in range(60):
        worse = bytearray(whole)
        for _ in range(chance.choice((1, 3, 12))):
            worse[chance.choice(places) + chance.randrange(130)] = chance.randrange(256)
        yield OddFile(f"tags-changed-{number:02}.tiff", bytes(worse), number < 25)
    moving = _saved(frames[0], "gif", save_all=True, append_images=[Image.new("L", (620, 300), n) for n in (9, 99)])
    yield OddFile("frames.gif", moving)
    yield OddFile("frames-cut-off.gif", moving[: len(moving) - 300])


def _texts() -> Iterator[OddFile]:
    for name, codec in (("utf-8", "utf-8"), ("latin", "cp1252"), ("dos", "cp850"), ("mac", "mac_roman")):
        yield OddFile(f"text-{name}.txt", TEXT.encode(codec))
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        yield OddFile(f"text-{codec}.txt", TEXT.encode(codec))
    yield OddFile(
        "text-mixed.txt",
        b"".join(row.encode(("utf-8", "cp1252", "cp850")[n % 3]) + b"\n" for n, row in enumerate(LINES)),
    )
    yield OddFile("text-surrogates.txt", TEXT.encode() + b"\xed\xa0\xbd\xed\xb8\x80 och \xed\xa0\x80 ensam\n")
    yield OddFile("text-zeros.txt", TEXT.encode().replace(b" ", b"\0 "))
    yield OddFile("text-one-zero-late.txt", TEXT.encode() * 20 + b"noll\0a\n")
    for head in (
        "BMK och Granviks kommun ",
        "GIF89a är ett format ",
        "II* ",
        "MM ",
        "%PDF-1.7 är en fil ",
        "RIFF0000WEBP ",
    ):
        yield OddFile(f"text-begins-{head[:4].strip().strip('%')}.txt", (head + TEXT).encode())
    yield OddFile("text-about-pdf.txt", (TEXT + "Filen börjar med %PDF-1.7 och slutar med EOF.\n").encode())
    width = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069"
    yield OddFile("text-without-width.txt", "".join(c + width[n % len(width)] for n, c in enumerate(TEXT)).encode())
    yield OddFile("text-only-without-width.txt", (width * 10 + "\n").encode() * 5)
    yield OddFile("text-marks.txt", ("a" + "\u0316\u0301" * 200_000 + "\n" + TEXT).encode())
    yield OddFile(
        "text-control.txt", (TEXT.replace("och", "o\x1b[31mch\x07") + "\x0b\x0c\x1c\x85\u2028\u2029").encode()
    )
    for name, piece in (("equal", "="), ("words", "Granvik "), ("spaces", " "), ("soft", "\u00ad"), ("letters", "å")):
        yield OddFile(f"text-16000-{name}.txt", (piece * 16_000 + "\n").encode())
        yield OddFile(f"text-10M-{name}.txt", (piece * (10_000_000 // len(piece)) + "\n").encode(), small=False)
    yield OddFile("text-lines.txt", b"\n" * 2_000_000)
    yield OddFile("text-forms.txt", b"\f" * 100_000 + b"a")
    yield OddFile("text-too-long.txt", TEXT.encode() * 60_000, small=False)
    yield OddFile("svg.txt", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    yield OddFile("web.txt", b"\xef\xbb\xbf<!-- x --><HTML lang=sv><p>Hej</p></HTML>")
    yield OddFile("laughs.xml", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><l>&b;</l>')


def _damaged() -> Iterator[OddFile]:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(shown()))) as pdf:
        pdf.save(held, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True, static_id=True)
    sources = {
        "plain.pdf": one_page(shown()),
        "linear.pdf": held.getvalue(),
        "page.png": _saved(_picture(), "png"),
        "page.jpg": _saved(_picture(), "jpeg"),
        "text.txt": TEXT.encode(),
    }
    chance = random.Random(11)
    for name, data in sources.items():
        stem, _, ending = name.partition(".")
        for part in range(1, 12):
            cut = data[: len(data) * part // 12]
            yield OddFile(f"cut-{part:02}-{stem}.{ending}", cut, part % 3 == 0)
        for number in range(24):
            worse = bytearray(data)
            for _ in range(chance.choice((1, 8, 60))):
                worse[chance.randrange(len(worse))] ^= 1 << chance.randrange(8)
            yield OddFile(f"flipped-{number:02}-{stem}.{ending}", bytes(worse), number < 5)
    for ending in ("pdf", "png", "tiff", "jpg", "txt", "jp2", "gif", "bmp", "webp", "heic"):
        yield OddFile(f"nothing.{ending}", b"")
        yield OddFile(f"noise.{ending}", chance.randbytes(5000))
        yield OddFile(f"zeros.{ending}", b"\0" * 5000)


def odd_files(*, small: bool = False) -> Iterator[OddFile]:
    """All of them, or those of the small set; one after the other, as some are large."""
    makers = (_boxes, _trees, _bombs, _layers, _encrypted, _files_inside, _pictures, _tiffs, _texts, _damaged)
    for maker in makers:
        for file in maker():
            if file.small or not small:
                yield file


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--small", action="store_true")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for file in odd_files(small=options.small):
        (options.folder / file.name).write_bytes(file.data)


if __name__ == "__main__":
    main()
