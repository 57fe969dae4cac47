"""Trains a reader for each fold of writers and keeps what it says of the documents of the writers it has not seen.

    pip install torch
    python training/reader/crossvalidate.py windows/ --encoder encoder.pt --steps 1000 --out heldout/

`windows` are those of prepare.py. Writes heldout/HAND/NAME.npz with the logits of values and lines. `--part 0/2` does
every second fold, so that two processes can share the work. fit_judge.py reads them.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from marked import document_of, read_all
from network import Reader
from numpy.typing import NDArray
from prepare import FOLDER, FOLDS, Windows, folds_of
from train import RATE, trained

from avskrift.language.lexicon import Lexicon
from avskrift.parsing.learned.network import logits_of
from avskrift.parsing.learned.tokens import tokenized


class InTorch:
    """A reader in training as a network of the package."""

    def __init__(self, model: Reader) -> None:
        self.model = model.eval()

    def __call__(
        self, hashed: NDArray[np.int32], facts: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """As `Network`."""
        with torch.no_grad():
            values, lines = self.model(torch.from_numpy(hashed[None]).long(), torch.from_numpy(facts[None]))
        return values[0].numpy(), lines[0].numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("windows", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--only", type=int, nargs="*", help="the folds that are trained")
    parser.add_argument("--resume", type=Path, help="a folder of folds to go on with")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("heldout"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    documents, lexicon = read_all(FOLDER), Lexicon()
    number, parts = map(int, options.part.split("/"))
    for fold, hands in enumerate(folds_of(documents)):
        if fold % parts != number or (options.only and fold not in options.only):
            continue
        print(f"fold {fold}: without {' '.join(sorted(hands))}", flush=True)
        pools = [Windows.load(options.windows / f"{i}.npz") for i in range(FOLDS) if i != fold]
        resume = options.resume / f"fold{fold}.pt" if options.resume else None
        model = trained(pools, options.steps, options.encoder, options.seed, resume, options.rate)
        torch.save(model.state_dict(), options.out / f"fold{fold}.pt")
        network = InTorch(model)
        for one in (d for d in documents if d.hand in hands):
            made = tokenized(document_of(one), lexicon)
            values, lines = logits_of(made, network)
            path = options.out / f"{one.name}.npz"
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(path, values=values.astype(np.float16), lines=lines.astype(np.float16))


if __name__ == "__main__":
    main()
