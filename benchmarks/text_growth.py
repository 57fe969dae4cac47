"""Prints how the time of `correct` and `parse` grows with a text, shape by shape, and the memory they take.

    python benchmarks/text_growth.py [--signs 10000 100000] [--stage correct parse] [--shape NAME ...]

Each run is a process of its own; what takes longer than `--limit` seconds is ended and told. The growth is the time
of the longest by that of the one before: the ratio of the lengths where time is linear, its square where it is not.
"""

import argparse
import resource
import time
from multiprocessing.connection import Connection

from limited_process import answer_of
from made_shapes import SHAPES, damaged

from avskrift.corrections import correct
from avskrift.corrections.text import corrected_text
from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.document import Document
from avskrift.parsing import parse

STAGES = ("correct", "damaged", "parse")


def run_stage(stage: str, text: str) -> None:
    """One stage over a text: `correct`, the same after lines that show damage, or `correct` and `parse`."""
    if stage == "parse":
        parse(correct(Document("text.txt", "0" * 64, pages_of(text))))
    else:
        corrected_text(text if stage == "correct" else damaged(text))


def _measured(stage: str, shape: str, signs: int, answer: Connection) -> None:
    """Sends CPU seconds and MiB at most."""
    run_stage(stage, "Parterna\n")  # what is loaded once is no part of it
    text = SHAPES[shape](signs)
    begun = time.process_time()
    run_stage(stage, text)
    answer.send((time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signs", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--stage", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--shape", nargs="+", choices=list(SHAPES), default=list(SHAPES))
    parser.add_argument("--limit", type=float, default=120.0)
    chosen = parser.parse_args()
    print(f"{'stage':8} {'shape':24}" + "".join(f"{n:>12,}" for n in chosen.signs) + "   growth    MiB")
    for stage in chosen.stage:
        for shape in chosen.shape:
            taken = [answer_of(_measured, stage, shape, signs, limit=chosen.limit) for signs in chosen.signs]
            times = [t[0] for t in taken if t is not None]
            growth = f"{times[-1] / max(times[-2], 0.001):8.1f}" if len(times) > 1 else " " * 8
            memory = max((t[1] for t in taken if t is not None), default=0.0)
            row = "".join(f"{t[0]:11.2f}s" if t is not None else f"{'longer':>12}" for t in taken)
            print(f"{stage:8} {shape:24}{row} {growth} {memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()
