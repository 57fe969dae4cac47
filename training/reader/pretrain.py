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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import IN_BFLOAT16, Encoder
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from avskrift.ingest.files.plain_text import pages_of
from avskrift.language.lexicon import Lexicon
from avskrift.models.document import Document
from avskrift.parsing.learned.tokens import BUCKETS, tokenized

CORPORA = ("government", "statutes", "software-docs", "news", "talbanken", "pud")
WORDS = 16_000
LENGTH, BATCH = 384, 24
HIDDEN = 0.18
RATE = 3e-3
WORD_FACTS = slice(25, 29)
"""Facts that tell of the word itself."""
ENDING = 5
"""Which hashed feature is a word's last two letters."""
DOCUMENT = 6_000
"""Signs of a document, about three pages."""


def paragraphs(folder: Path, name: str) -> list[str]:
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip()]


def documents(lines: Sequence[str], rng: random.Random) -> Iterator[Document]:
    """All paragraphs, some at a time, wrapped."""
    at = 0
    while at < len(lines):
        width, blank = rng.choice([48, 60, 72, 80, 90, 100, 400]), rng.choice(["\n", "\n\n"])
        chosen: list[str] = []
        while sum(map(len, chosen)) < DOCUMENT and at < len(lines):
            chosen.append("\n".join(textwrap.wrap(lines[at], width)))
            at += 1
        yield Document("x", "x", pages_of(blank.join(chosen) or "x"))


def read(folder: Path, name: str, half: int, vocabulary: dict[str, int], seed: int) -> tuple[NDArray[Any], ...]:
    """Features and word numbers of the tokens of one half of a corpus: 0 is a line end, 1 a rare word."""
    rng, lexicon = random.Random(seed), Lexicon()
    lines = paragraphs(folder, name)
    lines = lines[: len(lines) // 2] if half == 0 else lines[len(lines) // 2 :]
    columns: tuple[list[NDArray[Any]], ...] = ([], [], [])
    for one in documents(lines, rng):
        made = tokenized(one, lexicon)
        words = [vocabulary.get(word, 1) if word else 0 for word in made.words]
        columns[0].append(made.hashed.astype(np.uint16))
        columns[1].append(made.facts.astype(np.float16))
        columns[2].append(np.array(words, dtype=np.int16))
    return tuple(np.concatenate(column) for column in columns)


def vocabulary_of(folder: Path) -> dict[str, int]:
    """The commonest words and numbers of the corpora, from 2 on; 0 is a line end, 1 any other."""
    counted: Counter[str] = Counter()
    for name in CORPORA:
        for line in paragraphs(folder, name)[::5]:
            counted.update(w.strip(".,;:()\"”'").lower() for w in line.split())
    counted.update(dict.fromkeys(".,:;()-", 10000000))
    return {word: i + 2 for i, (word, _) in enumerate(counted.most_common(WORDS - 2)) if word}


def read_all(folder: Path, seed: int) -> tuple[NDArray[Any], ...]:
    """All corpora, read by two processes; about 80 bytes a token."""
    vocabulary = vocabulary_of(folder)
    tasks = [(folder, name, half, vocabulary, seed + half) for name in CORPORA for half in (0, 1)]
    with mp.get_context("spawn").Pool(2) as pool:
        made = pool.starmap(read, tasks, chunksize=1)
    return tuple(np.concatenate(column) for column in zip(*made, strict=True))


def batches(columns: tuple[NDArray[Any], ...], seed: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Windows from anywhere in the corpora, without end."""
    rng = np.random.default_rng(seed)
    while True:
        starts = rng.integers(0, len(columns[0]) - LENGTH, BATCH)
        hashed, facts, words = (np.stack([column[at : at + LENGTH] for at in starts]) for column in columns)
        yield torch.from_numpy(hashed.astype(np.int64)), torch.from_numpy(facts).float(), torch.from_numpy(words).long()


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
    columns = read_all(options.corpus, options.seed)
    print(f"{len(columns[0])} tokens", flush=True)
    encoder = Encoder(options.width, dropout=0.05)
    if options.resume:
        encoder.load_state_dict(torch.load(options.resume))
    head, endings = nn.Linear(options.width, WORDS), nn.Linear(options.width, BUCKETS[ENDING])
    learned = [*encoder.parameters(), *head.parameters(), *endings.parameters()]
    optimizer = torch.optim.AdamW(learned, RATE, weight_decay=0.01)
    started, mean, hidden = time.time(), 0.0, torch.tensor(BUCKETS)
    for step, (hashed, facts, words) in enumerate(batches(columns, options.seed)):
        spent = (time.time() - started) / 60 / options.minutes
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 200) * max(0.03, 1 - spent)
        chosen = (torch.rand(words.shape) < HIDDEN) & (words > 0)
        replaced = torch.where(chosen[..., None], hidden.expand_as(hashed), hashed)
        shown = facts.clone()
        shown[..., WORD_FACTS] = torch.where(chosen[..., None], 0.0, shown[..., WORD_FACTS])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=IN_BFLOAT16):
            found = encoder(replaced, shown)[chosen]
            of_words, of_endings = head(found), endings(found)
        # endings tell rare words apart, which all have one number
        loss = functional.cross_entropy(of_words.float(), words[chosen]) + 0.3 * functional.cross_entropy(
            of_endings.float(), hashed[chosen][:, ENDING]
        )
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
