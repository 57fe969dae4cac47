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
from avskrift.corrections.tagger import KEEP, Tagger, TagLattice, tagger

LOST = TextDamage((1.0, 1.0, 1.0), 0.1)
LINE = "Overenskornmelsen galler for <let Iokala ornradet."


@pytest.fixture(scope="module")
def lattice() -> TagLattice:
    return tagger().tagged(["Parterna ar overens.", LINE, ""], LOST)[1]


def test_reading(lattice: TagLattice) -> None:
    assert lattice.reading(0, len(LINE)) == "Överenskommelsen gäller för det lokala området."
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


SPOILT = "Arendenr 2021-22 galler pa Angsvagen och <let Iokala ornradet."
LIKELIEST = """
    7.9945 10.5612 10.8139 11.2048 10.8949 10.5329 8.2389 8.2893 11.6018 11.5042 11.4533 11.3898 11.3301 11.531 11.6833
    11.6374 11.3242 11.2358 12.0778 10.7178 11.2884 11.7363 11.6853 11.6249 10.9517 13.2255 11.1868 9.5217 10.6502
    11.1806 11.3634 11.3649 10.3632 11.4599 11.4496 11.5545 12.003 11.9409 11.4254 11.5282 10.5875 15.7112 13.9464
    10.2924 10.0872 10.8505 12.2612 9.1944 10.5803 9.3039 10.5279 9.9382 10.4617 9.2957 12.7362 12.2609 9.8941 14.4403
    10.4008 10.2183 10.9759 11.1346
"""
"""The logit of the likeliest tag of each sign of SPOILT."""
GAPS = """
    -6.7632 -7.195 -10.0938 -5.5121 -7.3758 -4.7304 -3.006 -9.0032 -11.6517 -9.3765 -7.6912 -7.559 -7.7825 -9.7075
    -9.4671 -9.7409 -9.856 -7.9301 -9.8985 -9.9376 -8.5859 -11.8244 -8.1925 -11.5555 -11.4202 -9.5772 -7.9627 -10.0225
    -10.923 -9.62 -8.8927 -11.588 -10.0833 -12.0115 -12.2365 -10.8227 -8.3126 -10.6528 -11.9623 -8.5155 -10.6952 -8.9777
    -8.5388 -7.9726 -8.3717 -9.148 -2.7249 -6.8322 -11.6581 -6.5086 -9.1503 -8.7433 -12.4187 -8.2534 -6.5106 -7.8686
    -9.6122 -7.58 -8.2691 -7.7006 -10.0414 -11.912
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
from avskrift.corrections.inference import session
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
