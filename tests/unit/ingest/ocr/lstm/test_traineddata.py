"""Tesseract's files are read, and whatever is wrong with one is told in one way."""

import hashlib
import struct
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avskrift.errors import EngineDataError
from avskrift.ingest.ocr.lstm.byte_products import Products
from avskrift.ingest.ocr.lstm.graph import model_of
from avskrift.ingest.ocr.lstm.traineddata import parts_of, read_traineddata, traineddata_of

ROOT = Path(__file__).parents[5]
DATA = Path(str(files("avskrift.ingest.ocr.lstm").joinpath("data")))
SWEDISH = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789 .,:;-()/é"


@pytest.mark.parametrize(("name", "codes", "outputs", "signs"), [("Latin", 302, 192, "§%@–—”•"), ("swe", 99, 512, "&")])
def test_network_and_letters(name: str, codes: int, outputs: int, signs: str) -> None:
    data = read_traineddata(DATA / f"{name}.traineddata")
    assert (data.network.height, data.network.pool, data.network.codes, data.blank) == (48, 3, codes, codes - 1)
    assert [(row.inputs, row.outputs, row.backward) for row in data.network.rows] == [
        (64, 96, False),
        (96, 96, True),
        (96, outputs, False),
    ]
    assert len(data.letters) == codes and data.letters[0] == " " and data.letters[data.blank] == ""
    assert set(SWEDISH + signs) <= set("".join(data.letters))


def test_small_file(traineddata_bytes: Callable[..., bytes]) -> None:
    data = traineddata_of(traineddata_bytes(), "small")
    assert data.letters == (" ", "a", "å", "—", "") and data.blank == 4
    assert data.network.convolution.rows.shape == (2, 10) and data.network.column.outputs == 3


@pytest.mark.skipif(not (ROOT / "scripts").exists(), reason="needs the repository")
def test_files_are_those_that_the_command_makes() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "networks", "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sum(path.stat().st_size for path in DATA.glob("*.traineddata")) < 2_500_000


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"mode": 128}, "floating-point"),
        ({"mode": 1}, "before 4.0"),
        ({"row": "Par2dLSTM"}, "'Par2dLSTM' are not supported"),
        ({"row": "SummLSTM"}, "this build is not supported"),
    ],
)
def test_other_networks(
    changed: dict[str, int | str],
    reason: str,
    network_bytes: Callable[..., bytes],
    traineddata_bytes: Callable[..., bytes],
) -> None:
    with pytest.raises(EngineDataError, match=f"small.*{reason}"):
        traineddata_of(traineddata_bytes(network_bytes(**changed)), "small")


def test_no_network_in_it(tmp_path: Path) -> None:
    path = tmp_path / "old.traineddata"
    path.write_bytes(struct.pack("<I24q", 24, *[-1] * 24))
    with pytest.raises(EngineDataError, match=r"old.traineddata: it has no network of an LSTM"):
        read_traineddata(path)
    with pytest.raises(EngineDataError, match=r"none.traineddata: it cannot be read \(No such file"):
        read_traineddata(tmp_path / "none.traineddata")


@pytest.mark.parametrize("size", [0, 1, 3, 4, 100, 196, 1000])
def test_hardly_begun(size: int, traineddata_bytes: Callable[..., bytes]) -> None:
    with pytest.raises(EngineDataError):
        traineddata_of(traineddata_bytes()[:size], "short")


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spoilt_small_file(traineddata_bytes: Callable[..., bytes], data: st.DataObject) -> None:
    raw = bytearray(traineddata_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(raw[: data.draw(st.one_of(st.just(len(raw)), st.integers(0, len(raw))))]))


LATIN = (DATA / "Latin.traineddata").read_bytes()
BORDERS = [LATIN.index(part) for part in parts_of(LATIN, "Latin").values()]


@given(
    st.one_of(
        st.integers(0, len(LATIN) - 1), *[st.integers(at, min(at + 400, len(LATIN) - 1)) for at in (0, *BORDERS)]
    ),
    st.integers(0, 255),
    st.booleans(),
)
@settings(max_examples=100)
def test_spoilt_real_file(at: int, value: int, cut: bool) -> None:
    read_or_refused(LATIN[:at] if cut else LATIN[:at] + bytes([value]) + LATIN[at + 1 :])


def read_or_refused(raw: bytes) -> None:
    try:
        network = traineddata_of(raw, "spoilt").network
    except EngineDataError as error:
        assert str(error).startswith("spoilt") and "\n" not in str(error)
    else:
        if len(raw) < 10_000:
            assert hashlib.sha256(model_of(network, Products(signed=True))).digest()
