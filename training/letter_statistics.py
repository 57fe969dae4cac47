"""Counts which letters follow which in Swedish, for judging text layers.

python training/letter_statistics.py CORPUS_DIR [--out ingest/text_layer/swedish_letters.json]
"""

import argparse
import json
import lzma
import math
from collections import Counter
from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäöé "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("ingest/text_layer/swedish_letters.json"))
    args = parser.parse_args()
    pairs: Counter[str] = Counter()
    for name in ("government", "statutes"):
        plain = args.corpus / f"{name}.txt"
        packed = args.corpus / f"{name}.txt.xz"
        with plain.open(encoding="utf-8") if plain.exists() else lzma.open(packed, "rt", encoding="utf-8") as lines:
            for line in lines:
                kept = "".join(c if c in ALPHABET else " " for c in f" {line.lower()} ")
                text = " ".join(kept.split())
                pairs.update(a + b for a, b in zip(f" {text}", f"{text} ", strict=True))
    costs = {}
    for a in ALPHABET:
        total = sum(pairs[a + b] for b in ALPHABET) + len(ALPHABET)
        costs[a] = {b: round(-math.log((pairs[a + b] + 1) / total), 2) for b in ALPHABET}
    letters = Counter({m: sum(pairs[a + m] for a in ALPHABET) for m in ALPHABET.strip()})
    share = {m: round(letters[m] / sum(letters.values()), 5) for m in "åäö"}
    args.out.write_text(json.dumps({"alphabet": ALPHABET, "share": share, "cost": costs}, ensure_ascii=False) + "\n")
    print(share)


if __name__ == "__main__":
    main()
