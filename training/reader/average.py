"""The mean of some readers' weights: those that were taught from one encoder on other shares of the documents.

    python training/reader/average.py heldout/fold*.pt --out mean.pt

Such a mean reads about as well as all of them together (Wortsman et al., Model soups, 2022), and is what train.py goes
on with.
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("mean.pt"))
    options = parser.parse_args()
    found = [torch.load(path) for path in options.readers]
    torch.save({name: torch.stack([one[name] for one in found]).mean(0) for name in found[0]}, options.out)


if __name__ == "__main__":
    main()
