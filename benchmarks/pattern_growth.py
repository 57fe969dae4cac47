"""Prints every pattern of the package whose time grows faster than a text made to be its worst case.

    python benchmarks/pattern_growth.py [PART_OF_A_PLACE ...] [--signs 1000 4000] [--all]

For each pattern, the worst of its made texts: microseconds for a sign at both lengths, and the growth of the time.
"""

import argparse
import time

from pattern_worst_cases import Known, known_patterns, worst_cases

_NOTABLE = 1.0
"""Microseconds for a sign from which a pattern is printed."""


def _seconds(known: Known, text: str) -> float:
    begun = time.process_time()
    known.run(text)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*")
    parser.add_argument("--signs", type=int, nargs=2, default=[1_000, 4_000])
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    short, long = chosen.signs
    patterns = [k for k in known_patterns() if not chosen.part or any(part in k.place for part in chosen.part)]
    print(f"{len(patterns)} patterns; microseconds for a sign at {short:,} and {long:,} signs, growth of the time")
    for known in patterns:
        taken = [
            (_seconds(known, a), _seconds(known, b), a)
            for a, b in zip(worst_cases(known, short), worst_cases(known, long), strict=True)
        ]
        a, b, text = max(taken, key=lambda t: t[1])
        if chosen.all or b / long * 1e6 >= _NOTABLE:
            growth = b / max(a, 1e-6)
            print(
                f"{a / short * 1e6:8.2f} {b / long * 1e6:8.2f} {growth:6.1f}  {known.place}  {text[:40]!r}", flush=True
            )


if __name__ == "__main__":
    main()
