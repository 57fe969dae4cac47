"""Teaches the encoder Swedish: it guesses hidden words of running text.

    pip install torch
    python training/reader/pretrain.py CORPUS_DIR --minutes 40 --out encoder.pt

CORPUS_DIR holds texts as `NAME.txt.xz`, a paragraph a line. Each document is some paragraphs, wrapped as pages are.
"""

import argparse
import lzma
import multiprocessing as mp
import random
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import Encoder
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from avskrift.ingest.files.plain_text import pages_of
from avskrift.language.lexicon import Lexicon
from avskrift.models.document import Document
from avskrift.parsing.learned.tokens import BUCKETS, tokenized

SHARES = {"government": 0.6, "statutes": 0.25, "news": 0.06, "software-docs": 0.03, "talbanken": 0.04, "pud": 0.02}
WORDS = 8_000
LENGTH, BATCH = 384, 24
HIDDEN = 0.18


def paragraphs(folder: Path, name: str) -> list[str]:
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip()]


def document(corpora: dict[str, list[str]], rng: random.Random) -> Document:
    """Some paragraphs that follow one another, wrapped."""
    name = rng.choices(list(SHARES), list(SHARES.values()))[0]
    lines = corpora[name]
    at = rng.randrange(len(lines))
    width = rng.choice([48, 60, 72, 80, 90, 100, 400])
    blank = rng.choice(["\n", "\n\n"])
    chosen: list[str] = []
    while sum(map(len, chosen)) < LENGTH * 6 and at < len(lines):
        chosen.append("\n".join(textwrap.wrap(lines[at], width)))
        at += 1
    return Document("x", "x", pages_of(blank.join(chosen) or "x"))


def worker(folder: Path, vocabulary: dict[str, int], seed: int, queue: "mp.Queue[object]") -> None:
    """Puts batches of features and word numbers into the queue, without end."""
    rng, lexicon = random.Random(seed), Lexicon()
    corpora = {name: paragraphs(folder, name) for name in SHARES}
    while True:
        rows: list[tuple[NDArray[Any], ...]] = []
        while len(rows) < BATCH:
            made = tokenized(document(corpora, rng), lexicon)
            if len(made.tokens) < LENGTH // 2:
                continue
            words = [
                vocabulary.get(made.lines[t.line].text[t.start : t.end].lower(), 1) if t.end > t.start else 0
                for t in made.tokens[:LENGTH]
            ]
            pad = LENGTH - len(words)
            rows.append(
                (
                    np.pad(made.hashed[:LENGTH], ((0, pad), (0, 0))),
                    np.pad(made.facts[:LENGTH], ((0, pad), (0, 0))),
                    np.pad(np.array(words), (0, pad)),
                )
            )
        queue.put(tuple(np.stack(column) for column in zip(*rows, strict=True)))


def vocabulary_of(folder: Path) -> dict[str, int]:
    """The commonest words and numbers of the corpora, from 2 on; 0 is a line end, 1 any other."""
    counted: Counter[str] = Counter()
    for name in SHARES:
        for line in paragraphs(folder, name)[::5]:
            counted.update(w.strip(".,;:()\"”'").lower() for w in line.split())
    counted.update(dict.fromkeys(".,:;()-", 10000000))
    return {word: i + 2 for i, (word, _) in enumerate(counted.most_common(WORDS - 2)) if word}


def batches(folder: Path, vocabulary: dict[str, int], seed: int) -> Iterator[tuple[torch.Tensor, ...]]:
    context = mp.get_context("spawn")
    queue = context.Queue(12)
    context.Process(target=worker, args=(folder, vocabulary, seed, queue), daemon=True).start()
    while True:
        hashed, facts, words = queue.get()
        yield torch.from_numpy(hashed).long(), torch.from_numpy(facts), torch.from_numpy(words).long()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=160)
    parser.add_argument("--resume", type=Path, help="an encoder to go on with")
    parser.add_argument("--out", type=Path, default=Path("encoder.pt"))
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    vocabulary = vocabulary_of(options.corpus)
    encoder = Encoder(options.width, dropout=0.05)
    if options.resume:
        encoder.load_state_dict(torch.load(options.resume))
    head = nn.Linear(options.width, WORDS)
    optimizer = torch.optim.AdamW([*encoder.parameters(), *head.parameters()], 2e-3, weight_decay=0.01)
    started, mean, hidden = time.time(), 0.0, torch.tensor(BUCKETS)
    for step, (hashed, facts, words) in enumerate(batches(options.corpus, vocabulary, options.seed)):
        spent = (time.time() - started) / 60 / options.minutes
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 200) * max(0.03, 1 - spent)
        chosen = (torch.rand(words.shape) < HIDDEN) & (words > 0)
        replaced = torch.where(chosen[..., None], hidden.expand_as(hashed), hashed)
        shown = facts.clone()
        shown[..., 25:29] = torch.where(chosen[..., None], 0.0, shown[..., 25:29])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = head(encoder(replaced, shown)[chosen])
        known = words[chosen]
        loss = functional.cross_entropy(logits.float(), known, label_smoothing=0.0)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        mean = loss.item() if step == 0 else 0.99 * mean + 0.01 * loss.item()
        if step % 100 == 0:
            print(f"{(time.time() - started) / 60:.1f} min, step {step}, loss {mean:.3f}", flush=True)
            torch.save(encoder.state_dict(), options.out)
    torch.save(encoder.state_dict(), options.out)


if __name__ == "__main__":
    main()
