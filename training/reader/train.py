"""Trains the learned reader on the windows that prepare.py made.

    pip install torch
    python training/reader/train.py windows/ --encoder encoder.pt --steps 4000 --out reader.pt

Without a GPU, on two cores, in bfloat16 where the processor has it.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from marked import NOT_SAID
from network import IN_BFLOAT16, Reader
from numpy.typing import NDArray
from prepare import Arrays, Windows
from torch import nn
from torch.nn import functional

from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import BUCKETS

RATE = 1.5e-3
TOKENS = 6_400
"""Tokens of a batch at most."""
STEP = 64
"""Windows of a batch are filled up to a multiple of so many tokens, so that memory is used again."""


def together(rows: Sequence[Arrays]) -> tuple[torch.Tensor, ...]:
    """Windows of one batch, filled up to one length."""
    longest = -(-max(len(row[0]) for row in rows) // STEP) * STEP
    fills = (0, 0, NOT_SAID, NOT_SAID)

    def padded(one: NDArray[Any], fill: int) -> NDArray[Any]:
        room = [(0, longest - len(one))] + [(0, 0)] * (one.ndim - 1)
        return np.pad(one, room, constant_values=fill)

    hashed, facts, values, lines = (np.stack([padded(row[i], fill) for row in rows]) for i, fill in enumerate(fills))
    return (
        torch.from_numpy(hashed.astype(np.int64)),
        torch.from_numpy(facts.astype(np.float32)),
        torch.from_numpy(values.astype(np.int64)),
        torch.from_numpy(lines.astype(np.int64)),
    )


def with_words_hidden(row: Arrays, rng: np.random.Generator) -> Arrays:
    """A window, in more than half of cases without some of its words; their beginnings and shapes are left."""
    if rng.random() > 0.6:
        return row
    hashed = row[0].copy()
    hidden = rng.random(len(hashed)) < rng.choice([0.05, 0.12, 0.25])
    for column in (0, 3):
        hashed[hidden, column] = BUCKETS[column]
    return (hashed, *row[1:])


def batches(pools: Sequence[Windows], seed: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches of all windows in another order each time, without end; windows of about one length make a batch."""
    rng = np.random.default_rng(seed)
    every = [(pool, number) for pool in pools for number in range(len(pool))]
    while True:
        order = rng.permutation(len(every))
        for some in np.array_split(order, max(1, len(every) // 240)):
            rows = sorted((with_words_hidden(every[i][0].row(every[i][1]), rng) for i in some), key=lambda r: len(r[0]))
            ready: list[list[Arrays]] = [[]]
            for row in rows:
                if (len(ready[-1]) + 1) * len(row[0]) > TOKENS:
                    ready.append([])
                ready[-1].append(row)
            for i in rng.permutation(len(ready)):
                if ready[i]:
                    yield together(ready[i])


def trained(
    pools: Sequence[Windows],
    steps: int,
    encoder: Path | None,
    seed: int,
    resume: Path | None = None,
    rate: float = RATE,
) -> Reader:
    """A reader taught with windows for some steps, at a `rate` that falls; `resume` is one to go on with."""
    torch.manual_seed(seed)
    model = Reader(len(VALUE_TAGS), len(LINE_TAGS))
    if encoder is not None:
        model.encoder.load_state_dict(torch.load(encoder), strict=False)
    if resume is not None:
        model.load_state_dict(torch.load(resume), strict=False)
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.tables")]
    quick = [p for n, p in model.named_parameters() if not n.startswith("encoder.tables")]
    optimizer = torch.optim.AdamW([{"params": slow}, {"params": quick}], rate, weight_decay=0.02)
    average: dict[str, torch.Tensor] = {}
    started, mean = time.time(), 0.0
    model.train()
    for step, (hashed, facts, values, lines) in enumerate(batches(pools, seed)):
        spent = step / steps
        if spent >= 1:
            break
        now = rate * min(1, (step + 1) / 60) * max(0.04, 1 - spent)
        for group in optimizer.param_groups:
            group["lr"] = now
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=IN_BFLOAT16):
            of_values, of_lines = model(hashed, facts)
        loss = functional.cross_entropy(
            of_values.float().flatten(0, 1), values.flatten(), ignore_index=NOT_SAID, label_smoothing=0.02
        ) + 0.3 * functional.cross_entropy(of_lines.float().flatten(0, 1), lines.flatten(), ignore_index=NOT_SAID)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if spent > 0.7:
            for name, value in model.state_dict().items():
                average[name] = value.clone() if name not in average else average[name].lerp(value, 0.03)
        mean = loss.item() if step == 0 else 0.98 * mean + 0.02 * loss.item()
        if step % 100 == 0:
            print(f"{(time.time() - started) / 60:.1f} min, step {step}, loss {mean:.3f}", flush=True)
    model.load_state_dict(average or model.state_dict())
    model.eval()
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("windows", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--resume", type=Path, help="a reader to go on with")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("reader.pt"))
    options = parser.parse_args()
    pools = [Windows.load(path) for path in sorted(options.windows.glob("*.npz"))]
    print(f"{sum(map(len, pools))} windows", flush=True)
    model = trained(pools, options.steps, options.encoder, options.seed, options.resume, options.rate)
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
