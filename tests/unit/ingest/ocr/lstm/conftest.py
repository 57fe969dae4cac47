"""A small network in Tesseract's format, made here, and lines of text drawn."""

import struct
from collections.abc import Callable
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser, recogniser
from avskrift.models.geometry import BoundingBox

FONT = str(files("reportlab").joinpath("fonts", "Vera.ttf"))
"""It has Swedish letters, which Pillow's own lacks."""


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<I", len(raw)) + raw


def head(kind: str, inputs: int, outputs: int) -> bytes:
    return b"\0" + text(kind) + struct.pack("<bbiiii", 0, 0, 0, inputs, outputs, 0) + text("")


def matrix(rows: int, columns: int, mode: int = 129) -> bytes:
    values = np.arange(rows * columns, dtype=np.int8).tobytes()
    scales = struct.pack(f"<I{rows}d", rows, *[0.01] * rows)
    return struct.pack("<BIIB", mode, rows, columns, 0) + values + scales


def lstm(kind: str, inputs: int, outputs: int) -> bytes:
    gate = matrix(outputs, inputs + outputs + 1)
    return head(kind, inputs, outputs) + struct.pack("<i", inputs + outputs) + 4 * gate


def within(kind: str, *layers: bytes) -> bytes:
    return head(kind, 0, 0) + struct.pack("<I", len(layers)) + b"".join(layers)


def small_network(mode: int = 129, row: str = "LSTM") -> bytes:
    """Lines of six pixels, a convolution to two channels, layers of three, five and four outputs, and five codes."""
    layers = (
        head("Input", 6, 1) + struct.pack("<5i", 1, 6, 0, 1, 0),
        within("Series", head("Convolve", 1, 9) + struct.pack("<2i", 1, 1), head("Tanh", 9, 2) + matrix(2, 10, mode)),
        head("Maxpool", 2, 2) + struct.pack("<2i", 3, 3),
        within("XYTranspose", lstm("SummLSTM", 2, 3)),
        lstm(row, 3, 5),
        within("RTLReversed", lstm("LSTM", 5, 4)),
        head("Softmax", 4, 5) + matrix(5, 5),
    )
    return within("Series", *layers) + text("[1,6,0,1 ...]") + struct.pack("<4i", 0, 0, 0, 4)


def small_file(network: bytes | None = None) -> bytes:
    """A traineddata file: the codes are a space, three letters, and none."""
    unicharset = "6\nNULL 0\nJoined 7 x\na 3\nå 3\n— 0\nae 3\n".encode()
    codes = [(0,), (4,), (1,), (2,), (3,), (1, 2)]
    recoder = struct.pack("<I", len(codes))
    for code in codes:
        recoder += struct.pack(f"<BI{len(code)}i", 1, len(code), *code)
    parts = {17: small_network() if network is None else network, 21: unicharset, 22: recoder}
    offsets, body = [-1] * 24, b""
    for number, part in parts.items():
        offsets[number] = 4 + 8 * 24 + len(body)
        body += part
    return struct.pack("<I24q", 24, *offsets) + body


@pytest.fixture(scope="session")
def network_bytes() -> Callable[..., bytes]:
    return small_network


@pytest.fixture(scope="session")
def traineddata_bytes() -> Callable[..., bytes]:
    return small_file


@pytest.fixture(scope="session")
def drawn_line() -> Callable[..., tuple[Grey, BoundingBox]]:
    def drawn(printed: str, size: int = 36, paper: int = 255, ink: int = 0) -> tuple[Grey, BoundingBox]:
        """A page with one line, and the box of the line."""
        font = ImageFont.truetype(FONT, size)
        box = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((40, 40), printed, font=font)
        page = Image.new("L", (int(box[2]) + 40, int(box[3]) + 40), paper)
        ImageDraw.Draw(page).text((40, 40), printed, font=font, fill=ink)
        return np.asarray(page), BoundingBox(*box)

    return drawn


@pytest.fixture(scope="session")
def latin() -> LineRecogniser:
    return recogniser("Latin")
