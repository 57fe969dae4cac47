"""Trains the restorer and exports it for onnxruntime.

    pip install torch onnx marisa-trie
    python training/train_restorer.py CORPUS_DIR --minutes 80 --seed 1 [--out corrections/weights]

CORPUS_DIR holds the texts of build_lexicon.py; talbanken and pud are kept out of training. Every minute the mean loss
is printed; the last weights are averaged.
"""

import argparse
import lzma
import math
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import marisa_trie
import noise
import numpy as np
import torch
from integer_weights import with_integer_weights
from numpy.typing import NDArray
from restorer_network import FACTS, Restorer
from torch.nn import functional

from avskrift.language.confusions import Kind, counted_readings

CORPORA = {
    "government": 0.46,
    "statutes": 0.24,
    "software-docs": 0.06,
    "news": 0.08,
    "tatoeba": 0.08,
    "book": 0.08,
}
ROWS, TIME = 44, 384
PAD, OTHER = 0, 1
LEAST_TIMES = 60
"""Signs that the corpora show less often than this are all read as one, OTHER."""


def read(folder: Path, name: str) -> list[str]:
    plain, packed = folder / f"{name}.txt", folder / f"{name}.txt.xz"
    with plain.open(encoding="utf-8") if plain.exists() else lzma.open(packed, "rt", encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip()]


def signs_of(corpora: dict[str, list[str]]) -> str:
    """The signs that the network tells apart, those of made damage among them."""
    counted: Counter[str] = Counter()
    for lines in corpora.values():
        for line in lines[::7]:
            counted.update(line)
    made = {c for kind in Kind for pairs in counted_readings(kind).values() for read in pairs for c in read}
    kept = {c for c, times in counted.items() if times >= LEAST_TIMES / 7 and c.isprintable()} | made
    return "".join(sorted(kept | set("\n •–§%@")))


class Writer:
    """Writes clean documents of running text, lists, headings, names and rare words."""

    def __init__(self, corpora: dict[str, list[str]], lexicon: Path, rng: random.Random) -> None:
        self.corpora, self.rng = corpora, rng
        self.names, self.shares = list(CORPORA), list(CORPORA.values())
        forms = marisa_trie.RecordTrie("<BB").load(str(lexicon / "forms.marisa"))
        entries = [(w, v[0] / 8, v[1] / 15) for w, v in forms.iteritems() if len(w) > 1 and w[0].isalpha()]
        # Rare words are the point here; common ones stand in the running text.
        self.words = [f"{w[0].upper()}{w[1:]}" if capital > 0.7 else w for w, _, capital in entries]
        weights = [math.exp(-0.3 * cost) for _, cost, _ in entries]
        self.cumulative = list(np.cumsum(weights))

    def document(self, size: int) -> str:
        """About `size` signs of text."""
        rng, kind = self.rng, self.rng.random()
        if kind < 0.16:
            return self._listed(size)
        if kind < 0.22:
            return self._people(size)
        lines = self.corpora[rng.choices(self.names, self.shares)[0]]
        at = rng.randrange(len(lines))
        width = rng.choice((0, rng.randint(35, 60), rng.randint(60, 110), rng.randint(60, 110)))
        shout = rng.random() < 0.03
        parts: list[str] = []
        length = 0
        while length < size:
            line = lines[at % len(lines)]
            at += 1
            if rng.random() < 0.08:
                line = self._heading(line) + "\n" + line
            elif rng.random() < 0.06:
                line = rng.choice(("• ", "• ", "- ", "1. ", "– ", f"{rng.randint(1, 30)} § ")) + line
            elif rng.random() < 0.03:
                line = f"{noise.person(rng)}, {line}"
            if shout or rng.random() < 0.02:
                line = line.upper()
            parts.append(self._wrapped(line, width) if width else line)
            length += len(parts[-1]) + 1
        return "\n".join(parts)

    def _listed(self, size: int) -> str:
        rng = self.rng
        lines = []
        length = 0
        while length < size:
            words = rng.choices(self.words, cum_weights=self.cumulative, k=rng.randint(1, 9))
            words += [rng.choice(self.words) for _ in range(rng.randint(0, 3))]
            rng.shuffle(words)
            line = " ".join(words)
            if rng.random() < 0.5:
                line = line[0].upper() + line[1:]
            if rng.random() < 0.1:
                line = line.upper()
            lines.append(line + rng.choice((".", "", "", ",")))
            length += len(line) + 1
        return "\n".join(lines)

    def _people(self, size: int) -> str:
        rng = self.rng
        lines: list[str] = []
        length = 0
        while length < size:
            kind = rng.random()
            line = noise.contact(rng) if kind < 0.45 else noise.place(rng) if kind < 0.7 else noise.person(rng)
            if rng.random() < 0.4:
                other = rng.choice(self.corpora["government"]).split()[: rng.randint(2, 12)]
                line = f"{line} {' '.join(other)}" if rng.random() < 0.5 else f"{' '.join(other)} {line}"
            lines.append(line)
            length += len(line) + 1
        return "\n".join(lines)

    def _heading(self, line: str) -> str:
        words = re.sub(r"[.,;:!?]+$", "", " ".join(line.split()[: self.rng.choice((1, 1, 2, 2, 3, 4, 5))]))
        return words[:1].upper() + words[1:]

    def _wrapped(self, line: str, width: int) -> str:
        rows, row = [], ""
        for word in line.split(" "):
            if row and len(row) + len(word) + 1 > width:
                cut = width - len(row) - 2
                if len(word) > 9 and 3 <= cut <= len(word) - 3 and word.isalpha() and self.rng.random() < 0.25:
                    rows.append(f"{row} {word[:cut]}-")
                    row = word[cut:]
                    continue
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        return "\n".join([*rows, row])


Rows = tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]


def rows(writer: Writer, signs: str, rng: random.Random) -> Iterator[Rows]:
    """Damaged rows without end: sign numbers, facts, tag numbers (-100 for padding), lost spaces."""
    number = {c: i + 2 for i, c in enumerate(signs)}
    tag = {t: i for i, t in enumerate(noise.tags())}
    while True:
        clean = writer.document(rng.choice((300, 1500, 1500)))
        profile = noise.drawn(rng)
        if "\n" in clean and rng.random() < 0.12:
            head, rest = clean.split("\n", 1)
            spaced = noise.spaced_out(head[:70].rsplit(" ", 1)[0], profile, rng)
            body = noise.damaged("\n" + rest, profile, rng)
            made = noise.Damaged(
                spaced.text + body.text, spaced.tags + body.tags, spaced.spaces + body.spaces, body.shapes
            )
        else:
            made = noise.damaged(clean, profile, rng)
        broken = min(1.0, made.shapes / max(8.0, 0.14 * len(made.text)) / 0.3) ** 0.5
        facts = [min(1.0, max(0.0, f + rng.gauss(0, 0.06) * (0 < f < 1))) for f in (*profile.lost(), broken)] + [0.0]
        if rng.random() < 0.15:
            facts = [0.0] * 4 + [1.0]
        start = -rng.randrange(0, 4)
        while start < len(made.text) - 24:
            x = np.zeros(TIME, np.int64)
            y = np.full(TIME, -100, np.int64)
            s = np.zeros(TIME, np.float32)
            a, b = max(start, 0), min(start + TIME, len(made.text))
            at = a - start
            x[at : at + b - a] = [number.get(c, OTHER) for c in made.text[a:b]]
            y[at : at + b - a] = [tag[t] for t in made.tags[a:b]]
            s[at : at + b - a] = made.spaces[a:b]
            yield x, np.array(facts, np.float32), y, s
            start += TIME - 40


def batches(source: Iterator[Rows]) -> Iterator[tuple[torch.Tensor, ...]]:
    pool: list[Rows] = []
    while True:
        while len(pool) < 40 * ROWS:
            pool.append(next(source))
        random.shuffle(pool)
        for _ in range(20):
            part, pool = pool[:ROWS], pool[ROWS:]
            yield tuple(torch.from_numpy(np.stack([r[k] for r in part])) for k in range(4))


def export(network: Restorer, signs: str, out: Path) -> None:
    """Writes restorer.onnx (int8 weights, computed with in floating point) and restorer.json."""
    import json

    import onnx

    network = network.float().eval()
    full = out / "restorer.float.onnx"
    example = (torch.zeros(1, TIME, dtype=torch.long), torch.zeros(1, FACTS))
    torch.onnx.export(
        network,
        example,
        str(full),
        input_names=["signs", "facts"],
        output_names=["logits"],
        dynamo=False,
        dynamic_axes={"signs": {0: "batch", 1: "time"}, "facts": {0: "batch"}, "logits": {0: "batch", 1: "time"}},
        opset_version=17,
    )
    onnx.save(with_integer_weights(onnx.load(full)), out / "restorer.onnx")
    (out / "restorer.json").write_text(
        json.dumps({"signs": signs, "tags": noise.tags()}, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print("exported", (out / "restorer.onnx").stat().st_size, "bytes")


def learn(network: Restorer, optimiser: torch.optim.Optimizer, batch: tuple[torch.Tensor, ...]) -> float:
    """One step on a batch (signs, facts, tags, lost spaces); its loss."""
    x, facts, y, spaces = batch
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(x, facts)
    logits = logits.float()
    kept = (y >= 0).float()
    loss = functional.cross_entropy(logits[..., :-1].flatten(0, 1), y.flatten(), ignore_index=-100)
    gap = functional.binary_cross_entropy_with_logits(logits[..., -1], spaces, kept, reduction="sum") / kept.sum()
    optimiser.zero_grad(set_to_none=True)
    (loss + gap).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float((loss + gap).detach())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("corrections/weights"))
    parser.add_argument("--lexicon", type=Path, default=Path("language/data"))
    parser.add_argument("--minutes", type=float, default=80.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checkpoint", type=Path, default=Path("/tmp/restorer.pt"))
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--resume", type=Path, help="go on from a checkpoint")
    parser.add_argument("--keep", type=float, default=0.0, help="the share of the checkpoint's weights in the mean")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    corpora = {name: read(args.corpus, name) for name in CORPORA}
    saved = torch.load(args.resume) if args.resume else None
    signs = saved["signs"] if saved else signs_of(corpora)
    network = Restorer(len(signs) + 2, len(noise.tags()))
    print(sum(p.numel() for p in network.parameters()), "parameters,", len(signs), "signs,", len(noise.tags()), "tags")
    if saved:
        with torch.no_grad():
            for p, mean in zip(network.parameters(), saved["mean"], strict=True):
                p.copy_(mean)
    optimiser = torch.optim.AdamW(network.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.02)
    averaged = [p.detach().clone() for p in network.parameters()]
    source = batches(rows(Writer(corpora, args.lexicon, rng), signs, rng))
    began = printed_at = time.time()
    losses: list[float] = []
    for steps, (x, facts, y, spaces) in enumerate(source, 1):
        done = (time.time() - began) / (args.minutes * 60)
        if done >= 1:
            break
        pace = min(1.0, steps / 150) * (0.5 + 0.5 * math.cos(math.pi * done)) + 0.003
        for group in optimiser.param_groups:
            group["lr"] = args.rate * pace
        loss = learn(network, optimiser, (x, facts, y, spaces))
        decay = min(0.998, steps / (steps + 20))
        with torch.no_grad():
            for mean, p in zip(averaged, network.parameters(), strict=True):
                mean.lerp_(p, 1 - decay)
        losses.append(loss)
        if time.time() - printed_at > 60:
            printed_at = time.time()
            print(f"{(printed_at - began) / 60:.0f} min, {steps} steps, loss {np.mean(losses):.5f}", flush=True)
            losses.clear()
            torch.save({"mean": averaged, "signs": signs}, args.checkpoint)
    with torch.no_grad():
        if saved:
            for mean, before in zip(averaged, saved["mean"], strict=True):
                mean.lerp_(before, args.keep)
        for mean, p in zip(averaged, network.parameters(), strict=True):
            p.copy_(mean)
    torch.save({"mean": averaged, "signs": signs}, args.checkpoint)
    export(network, signs, args.out)


if __name__ == "__main__":
    main()
