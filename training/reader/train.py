"""Trains the learned reader on marked documents.

    pip install torch
    python training/reader/train.py --encoder encoder.pt --minutes 12 --out reader.pt [--without HAND ...]

Without a GPU, on two cores, in bfloat16 where the processor has it. `--without` keeps hands out, for tests of writers
held out.
"""

import argparse
import multiprocessing as mp
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from marked import NOT_SAID, MarkedText, document_of, labels_of, read_all
from network import Reader
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from variation import Variation, printed

from avskrift.language.lexicon import Lexicon
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import BUCKETS, tokenized

FOLDER = Path(__file__).parents[1] / "agreements"
LENGTH, BATCH = 640, 10
TOKENS = LENGTH * BATCH
"""Tokens of a batch at most."""
Arrays = tuple[NDArray[Any], ...]


def examples(marked: MarkedText, variation: Variation, lexicon: Lexicon, rng: random.Random) -> list[Arrays]:
    """Features and labels of windows of a variation of a document."""
    made, in_print = variation.of(marked)
    document = document_of(made)
    tokens = tokenized(document, lexicon)
    values, lines = labels_of(made, tokens)
    if in_print:
        head = 1 + 2 * LINE_TAGS.index("HEADING")
        first = (tokens.tokens[i].line for i in np.flatnonzero(lines == head))
        heads = {(tokens.pages[line], tokens.lines[line].number) for line in first}
        tokens = tokenized(printed(document, heads, rng), lexicon)
    found: list[Arrays] = []
    size = len(tokens.tokens)
    start = -rng.randrange(0, LENGTH // 2) if size > LENGTH else 0
    while start < size:
        cut = slice(max(0, start), start + LENGTH)
        found.append((tokens.hashed[cut], tokens.facts[cut], values[cut], lines[cut]))
        start += LENGTH
    return found


def together(rows: Sequence[Arrays]) -> Arrays:
    """Windows of one batch, filled up to the longest."""
    longest = max(len(row[0]) for row in rows)
    fills = (0, 0, NOT_SAID, NOT_SAID)

    def padded(one: NDArray[Any], fill: int) -> NDArray[Any]:
        room = [(0, longest - len(one))] + [(0, 0)] * (one.ndim - 1)
        return np.pad(one, room, constant_values=fill)

    return tuple(np.stack([padded(row[i], fill) for row in rows]) for i, fill in enumerate(fills))


def worker(documents: Sequence[MarkedText], seed: int, queue: "mp.Queue[Arrays]") -> None:
    """Puts batches into the queue, without end."""
    rng, lexicon = random.Random(seed), Lexicon()
    variation = Variation(documents, lexicon, rng)
    older: list[Arrays] = []
    while True:
        fresh: list[Arrays] = []
        while len(fresh) < 6 * BATCH:
            try:
                fresh += examples(rng.choice(documents), variation, lexicon, rng)
            except ValueError as error:
                print("left out:", error, flush=True)
        # making them takes as long as learning from them, so each is used twice, in different company
        held = [with_words_hidden(row, rng) for row in (*fresh, *older)]
        older = fresh
        held.sort(key=lambda row: len(row[0]))  # windows of about one length fill a batch without waste
        ready: list[list[Arrays]] = [[]]
        for row in held:
            if (len(ready[-1]) + 1) * len(row[0]) > TOKENS:
                ready.append([])
            ready[-1].append(row)
        rng.shuffle(ready)
        for rows in ready:
            queue.put(together(rows))


def with_words_hidden(row: Arrays, rng: random.Random) -> Arrays:
    """A window, in more than half of cases without some of its words; their beginnings and shapes are left."""
    if rng.random() > 0.6:
        return row
    hashed = row[0].copy()
    hidden = np.random.default_rng(rng.randrange(1 << 30)).random(len(hashed)) < rng.choice([0.05, 0.12, 0.25])
    for column in (0, 3):
        hashed[hidden, column] = BUCKETS[column]
    return (hashed, *row[1:])


def batches(documents: Sequence[MarkedText], seed: int) -> Iterator[tuple[torch.Tensor, ...]]:
    context = mp.get_context("fork")
    queue: Any = context.Queue(24)
    process = context.Process(target=worker, args=(documents, seed, queue), daemon=True)
    process.start()
    try:
        while True:
            hashed, facts, values, lines = queue.get()
            yield (
                torch.from_numpy(hashed).long(),
                torch.from_numpy(facts),
                torch.from_numpy(values),
                torch.from_numpy(lines),
            )
    finally:
        process.kill()


def trained(
    documents: Sequence[MarkedText],
    minutes: float,
    encoder: Path | None,
    seed: int,
    steps: int = 0,
    width: int = 160,
    resume: Path | None = None,
) -> Reader:
    """A reader taught with documents for some minutes, or some steps where these are given; `resume` is one to go on
    with."""
    torch.manual_seed(seed)
    model = Reader(len(VALUE_TAGS), len(LINE_TAGS), width)
    if encoder is not None:
        model.encoder.load_state_dict(torch.load(encoder), strict=False)
    if resume is not None:
        model.load_state_dict(torch.load(resume), strict=False)
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.tables")]
    quick = [p for n, p in model.named_parameters() if not n.startswith("encoder.tables")]
    optimizer = torch.optim.AdamW([{"params": slow}, {"params": quick}], 1.5e-3, weight_decay=0.02)
    average: dict[str, torch.Tensor] = {}
    started, mean = time.time(), 0.0
    model.train()
    for step, (hashed, facts, values, lines) in enumerate(batches(documents, seed)):
        spent = step / steps if steps else (time.time() - started) / 60 / minutes
        if spent >= 1:
            break
        rate = 1.5e-3 * min(1, (step + 1) / 60) * max(0.04, 1 - spent)
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", dtype=torch.bfloat16):
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
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--resume", type=Path, help="a reader to go on with")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=Path("reader.pt"))
    options = parser.parse_args()
    documents = [d for d in read_all(FOLDER) if d.hand not in options.without]
    print(f"{len(documents)} documents", flush=True)
    model = trained(documents, options.minutes, options.encoder, options.seed, options.steps, resume=options.resume)
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
