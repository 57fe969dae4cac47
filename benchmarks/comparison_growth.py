"""Prints how the time of `compare` grows with what two records hold, shape by shape, and the memory it takes.

    python benchmarks/comparison_growth.py [--counts 100 300 1000 3000] [--shape NAME ...] [--limit SECONDS]

Each run is a process of its own; what takes longer than `--limit` seconds is ended and told. The growth is the time
of the longest by that of the one before.
"""

import argparse
import resource
import time
from multiprocessing.connection import Connection

from limited_process import answer_of
from made_records import RECORDS, record, sections

from avskrift.comparison import compare


def _measured(shape: str, count: int, answer: Connection) -> None:
    """Sends CPU seconds, MiB at most, and how many remarks there are."""
    small = record(sections=sections(["Parterna ska samverka."]))
    compare(small, record(sections=sections(["Parterna bör samarbeta."])))  # what is loaded once is no part of it
    old, new = RECORDS[shape](count)
    begun = time.process_time()
    found = compare(old, new)
    seconds = time.process_time() - begun
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(found.remarks)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 300, 1000, 3000])
    parser.add_argument("--shape", nargs="+", choices=list(RECORDS), default=list(RECORDS))
    parser.add_argument("--limit", type=float, default=60.0)
    asked = parser.parse_args()
    print("| shape | " + " | ".join(f"{n:,}" for n in asked.counts) + " | growth | MiB | remarks |")
    print("| --- |" + " ---: |" * (len(asked.counts) + 3))
    for shape in asked.shape:
        taken: list[float] = []
        memory, remarks = 0.0, 0
        for count in asked.counts:
            one = answer_of(_measured, shape, count, limit=asked.limit)
            if one is None:
                break
            taken.append(one[0])
            memory, remarks = one[1:]
        cells = [f"{t:.2f} s" for t in taken] + [f"> {asked.limit:g} s"] * (len(asked.counts) > len(taken))
        cells += [""] * (len(asked.counts) - len(cells))
        growth = f"{taken[-1] / max(taken[-2], 0.01):.1f}" if len(taken) > 1 else ""
        print(f"| {shape} | {' | '.join(cells)} | {growth} | {memory:.0f} | {remarks} |", flush=True)


if __name__ == "__main__":
    main()
