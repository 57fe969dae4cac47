"""Drawn lines are read, each by itself, and alike on every processor."""

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from avskrift.errors import EngineDataError
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.line_batches import SETTINGS
from avskrift.ingest.ocr.lstm.line_image import FloatImage, prepared_line
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser, load, recogniser
from avskrift.models.geometry import BoundingBox

LINES = [
    "Överenskommelsen gäller från den 1 januari 2023.",
    "Parterna är eniga om 25 åtgärder",
    "kl. 9",
    "Styrgruppen träffas fyra gånger per år.",
    "KLOCKVIKENS KOMMUN",
    "Ångsvägen 12, 123 45 Klockviken",
]
Drawn = Callable[..., tuple[Grey, BoundingBox]]


@pytest.fixture(scope="module")
def pictures(drawn_line: Drawn) -> list[FloatImage]:
    return [prepared_line(*drawn_line(line)).pixels for line in LINES]


def greedy(reader: LineRecogniser, frames: FloatImage) -> str:
    codes = frames.argmax(axis=1)
    begun = np.flatnonzero(np.diff(codes, prepend=-1))
    return "".join(reader.letters[code] for code in codes[begun])


@pytest.mark.parametrize("name", ["Latin", "swe"])
def test_drawn_lines(name: str, pictures: list[FloatImage]) -> None:
    reader = recogniser(name)
    read = reader.probabilities(pictures)
    assert [greedy(reader, frames) for frames in read] == LINES
    for frames, picture in zip(read, pictures, strict=True):
        assert frames.shape == (-(-picture.shape[1] // reader.frame), len(reader.letters))
        assert frames.dtype == np.float32 and frames.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert frames.max(axis=1).mean() > 0.9


def test_signs(drawn_line: Drawn) -> None:
    reader = recogniser("Latin")
    (frames,) = reader.probabilities([prepared_line(*drawn_line("Enligt 5 § avsätts 30 % av medlen")).pixels])
    assert greedy(reader, frames) == "Enligt 5 § avsätts 30 % av medlen"


def test_no_line_and_lines_of_no_width() -> None:
    reader = recogniser("Latin")
    assert reader.probabilities([]) == []
    read = reader.probabilities([np.zeros((48, 0), np.float32), np.ones((48, 1), np.float32)])
    assert [frames.shape for frames in read] == [(0, 302), (1, 302)]


def test_company_changes_nothing(pictures: list[FloatImage]) -> None:
    """A line is read alike alone, among others, at another place, and by several threads at once."""
    reader = recogniser("Latin")
    alone = [reader.probabilities([picture])[0] for picture in pictures]
    widened = [np.pad(picture, ((0, 0), (0, 2)), constant_values=1) for picture in pictures]
    together = reader.probabilities([*widened, *reversed(pictures), *pictures])[-len(pictures) :]
    with ThreadPoolExecutor(3) as threads:
        at_once = list(threads.map(lambda picture: reader.probabilities([picture])[0], pictures))
    for one, other, third in zip(alone, together, at_once, strict=True):
        assert np.array_equal(one, other) and np.array_equal(one, third)


def test_batch_changes_nothing(
    pictures: list[FloatImage], traineddata_bytes: Callable[..., bytes], tmp_path: Path
) -> None:
    """Lines of many widths, more of them than are read at once, by a small network with other sizes."""
    path = tmp_path / "small.traineddata"
    path.write_bytes(traineddata_bytes())
    reader = load(path)
    lines = [np.linspace(-1, 1, 6 * width, dtype=np.float32).reshape(6, width) for width in range(1, 40)]
    assert len(lines) > SETTINGS.most_lines
    for line, frames in zip(lines, reader.probabilities(lines), strict=True):
        assert frames.shape == (-(-line.shape[1] // 3), 5)
        assert np.array_equal(frames, reader.probabilities([line])[0])


def test_loaded_once_and_names() -> None:
    assert recogniser("Latin") is recogniser("Latin")
    with pytest.raises(EngineDataError, match=r"none.traineddata: it cannot be read"):
        recogniser("none")


OTHERWISE = """
import json, sys
import numpy as np
from avskrift.ingest.ocr.lstm.recogniser import recogniser
line = np.array(json.load(sys.stdin), np.float32)
print(json.dumps([recogniser(name).probabilities([line])[0].tolist() for name in ("Latin", "swe")]))
"""


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("qemu-x86_64") is None or platform.machine() != "x86_64", reason="needs an emulator: qemu-user"
)
@pytest.mark.parametrize("processor", ["Nehalem", "Haswell"], ids=["SSE", "AVX2"])
def test_another_processor_reads_alike(processor: str, drawn_line: Drawn) -> None:
    """To the last bit."""
    line = prepared_line(*drawn_line("är 5")).pixels
    done = subprocess.run(
        ["qemu-x86_64", "-cpu", processor, sys.executable, "-c", OTHERWISE],
        input=json.dumps(line.tolist()),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name, there in zip(("Latin", "swe"), json.loads(done.stdout), strict=True):
        assert np.array_equal(np.array(there, np.float32), recogniser(name).probabilities([line])[0])
