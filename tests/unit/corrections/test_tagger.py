"""The network's lattice on a line: its reading, other readings and their probabilities."""

import json
import math
import platform
import shutil
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from avskrift.corrections import correct_lines
from avskrift.corrections.damage import TextDamage
from avskrift.corrections.tag_lattice import KEEP, TagLattice
from avskrift.corrections.tagger import Tagger, tagger

LOST = TextDamage((1.0, 1.0, 1.0), 0.1)
LINE = "Overenskornmelsen galler for <let Iediga ornradet."


@pytest.fixture(scope="module")
def lattice() -> TagLattice:
    return tagger().tagged(["Parterna ar overens.", LINE, ""], LOST)[1]


def test_reading(lattice: TagLattice) -> None:
    assert lattice.reading(0, len(LINE)) == "Överenskommelsen gäller för det lediga området."
    assert lattice.changes(0, 17) and not lattice.changes(len(LINE) - 1, len(LINE))


def test_readings_are_ranked_and_sum_to_at_most_one(lattice: TagLattice) -> None:
    readings = lattice.readings(0, 17)
    assert readings[0][0] == "Överenskommelsen"
    chances = [math.exp(told) for _, told in readings]
    assert chances == sorted(chances, reverse=True) and sum(chances) <= 1.0 + 1e-6


def test_log_probability_agrees_with_the_readings(lattice: TagLattice) -> None:
    best, told = lattice.readings(0, 17)[0]
    assert lattice.log_probability(0, 17, best) == pytest.approx(told, abs=0.05)
    assert lattice.log_probability(0, 17, "Telefonkatalogen") < told - 10


def test_lines_are_read_alike_however_many_follow() -> None:
    many = tagger().tagged([LINE] * 400, LOST)
    assert len(many) == 400 and {v.reading(0, len(LINE)) for v in many} == {many[0].reading(0, len(LINE))}


def test_nothing() -> None:
    assert list(tagger().tagged([], LOST)) == []
    assert [v.line for v in tagger().tagged(["", ""], LOST)] == ["", ""]


SPOILT = "Arendenr 2021-22 galler pa Angsvagen och <let Iediga ornradet."
LIKELIEST = """
    7.9954 10.5612 10.8139 11.2051 10.8945 10.5338 8.2371 8.2889 11.602 11.5046 11.4532 11.39 11.3311 11.5317 11.6824
    11.6389 11.3236 11.2328 12.0921 10.7228 11.2953 11.7353 11.6849 11.6286 10.9473 13.267 11.2052 9.3785 10.7156
    11.2441 11.4341 11.3985 10.3429 11.5382 11.4996 11.6058 12.0289 11.96 11.4808 11.6544 10.7217 15.5796 13.9373
    10.3338 10.5243 11.654 11.7777 10.4385 10.9326 11.2152 11.5315 10.9355 10.7229 9.3554 12.8445 11.9595 9.8438 14.4444
    10.4507 10.2536 11.0516 11.211
"""
"""The logit of the likeliest tag of each sign of SPOILT."""
GAPS = """
    -6.7628 -7.1944 -10.0934 -5.5119 -7.374 -4.7321 -3.0042 -9.0024 -11.6483 -9.3794 -7.689 -7.5581 -7.7865 -9.7145
    -9.4645 -9.7398 -9.8402 -7.9151 -9.8929 -9.917 -8.5954 -11.8286 -8.1492 -11.5029 -11.2234 -9.5348 -7.8866 -9.848
    -10.9257 -9.5393 -8.8199 -11.5352 -10.067 -12.1933 -12.5544 -10.7622 -8.4975 -10.7894 -12.2593 -9.3491 -10.2131
    -8.9079 -9.0598 -8.5078 -10.5285 -9.656 -4.5248 -5.469 -9.4069 -10.4741 -11.0031 -8.1727 -12.7301 -8.2213 -7.1807
    -8.866 -10.0682 -7.6819 -8.4178 -7.8906 -10.1293 -11.7616
"""
"""The log-odds of a lost space after each sign of SPOILT."""
ALIKE = 1e-3
"""Processors differ in the last bits of a sum: by 1.2e-5 at most between AVX-512, AVX2 and SSE. Sums that overflow, or
activations rounded to a byte, differ by a tenth to five."""


def logits_of(network: Tagger, line: str) -> NDArray[np.float32]:
    """One row for each sign: the logits of the tags, and last that of a lost space."""
    numbers = network._table[[ord(sign) for sign in line]]
    return network._run(numbers, np.array([[1.0, 1.0, 1.0, 0.5, 0.0]], np.float32), 0, len(line))


def test_logits_are_those_of_every_processor() -> None:
    logits = logits_of(tagger(), SPOILT)
    assert logits[:, :-1].max(axis=1) == pytest.approx([float(x) for x in LIKELIEST.split()], abs=ALIKE)
    assert logits[:, -1] == pytest.approx([float(x) for x in GAPS.split()], abs=ALIKE)
    changed = {at: tagger().tags[tag] for at, tag in enumerate(logits[:, :-1].argmax(axis=1)) if tag != KEEP}
    assert changed == {
        0: "Ä",
        18: "ä",
        25: "å",
        27: "Ä",
        32: "ä",
        41: "d",
        42: "\0drop",
        46: "l",
        54: "m",
        55: "\0drop",
        57: "å",
    }


MANY = [
    "Parterna ar overens orn att sarnverka mot brott och otrygghet.",
    "Styrgruppen traffas fyra ganger per ar; <less uppgift ar att folja upp atgarderna.",
    SPOILT,
    "K o m m u n e n s  a t a g a n d e n",
    "Overenskornmelsen galler Iill och rned den 3l december 2O22.",
]
OTHERWISE = """
import json, sys
from pathlib import Path
from avskrift.corrections import correct_lines
from avskrift.runtime.inference import session
import avskrift.corrections
import numpy as np
lines, numbers, facts = json.load(sys.stdin)
network = session(Path(avskrift.corrections.__file__).parent / "weights" / "restorer.onnx")
logits = network.run(None, {"signs": np.array([numbers]), "facts": np.array([facts], np.float32)})[0][0]
mended = [[m.text, [[e.raw_start, e.raw_end, e.rule, e.confidence] for e in m.edits]] for m in correct_lines(lines)]
print(json.dumps([logits.tolist(), mended]))
"""


@pytest.mark.skipif(
    shutil.which("qemu-x86_64") is None or platform.machine() != "x86_64", reason="needs an emulator: qemu-user"
)
@pytest.mark.parametrize("processor", ["Nehalem", "Haswell"], ids=["SSE", "AVX2"])
def test_another_processor_decides_alike(processor: str) -> None:
    """Kernels of processors without vector instructions for bytes; the first has the plainest there are."""
    network = tagger()
    line = "\n".join(MANY)
    line += " " * (-len(line) % 4)
    numbers = network._table[[ord(sign) for sign in line]].tolist()
    told = subprocess.run(
        ["qemu-x86_64", "-cpu", processor, sys.executable, "-c", OTHERWISE],
        input=json.dumps([MANY, numbers, [1.0, 1.0, 1.0, 0.5, 0.0]]),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    logits, mended = json.loads(told.stdout)
    assert np.abs(np.array(logits) - logits_of(network, line)).max() < 1e-4
    here = [[m.text, [[e.raw_start, e.raw_end, e.rule, e.confidence] for e in m.edits]] for m in correct_lines(MANY)]
    assert any(edits for _, edits in here)
    assert [[text, [e[:3] for e in edits]] for text, edits in mended] == [
        [text, [e[:3] for e in edits]] for text, edits in here
    ]
    for (_, one), (_, other) in zip(mended, here, strict=True):
        assert [e[3] for e in one] == pytest.approx([e[3] for e in other], abs=0.0011)
