"""The network of the learned reader: hashed embeddings, gated convolutions over tokens, a tag for each token.

Convolutions are products of shifted copies (MatMul), which a processor without a GPU does fast in bfloat16, and whose
weights `integer_weights` can round.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from avskrift.parsing.learned.tokens import BUCKETS, FACTS

IN_BFLOAT16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
"""Whether the processor multiplies such numbers itself: training is about three times as fast."""
WIDTHS = (64, 24, 32, 40, 16, 16)
DILATIONS = (1, 2, 4, 8, 16, 32, 64, 1, 2, 4, 8, 16)


class Dropout(nn.Module):
    """Dropout that cuts its masks out of one that was drawn before: drawing numbers takes longer than the products."""

    DRAWN = 1 << 22

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        mask = (torch.rand(self.DRAWN) >= rate).float() / max(1e-6, 1 - rate)
        self.register_buffer("mask", mask.bfloat16(), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """`x`, where training, with a share of its numbers 0 and the others as much larger."""
        if not self.training or self.rate == 0:
            return x
        size = x.numel()
        if size > self.DRAWN:
            return functional.dropout(x, self.rate)
        at = int(torch.randint(0, self.DRAWN - size + 1, ()))
        mask: Tensor = self.mask
        return x * mask[at : at + size].view_as(x).to(x.dtype)


class Block(nn.Module):
    """One gated convolution over three tokens, `dilation` apart, added to what it was given."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.drop = Dropout(dropout)
        self.dilation = dilation

    def forward(self, x: Tensor) -> Tensor:
        """`x` and the answer have the shape (documents, tokens, width)."""
        h = self.norm(x)
        zero = torch.zeros_like(h[:, : self.dilation])
        before = torch.cat([zero, h], 1)[:, : h.shape[1]]
        after = torch.cat([h, zero], 1)[:, -h.shape[1] :]
        a, b = self.mix(torch.cat([before, h, after], -1)).chunk(2, -1)
        out: Tensor = x + self.drop(a * torch.sigmoid(b))
        return out


class Encoder(nn.Module):
    """From features of tokens to vectors that know what stands around them."""

    def __init__(self, width: int = 160, dilations: tuple[int, ...] = DILATIONS, dropout: float = 0.2) -> None:
        super().__init__()
        # the last row of each table stands for a hidden token
        self.tables = nn.ModuleList([nn.Embedding(n + 1, k) for n, k in zip(BUCKETS, WIDTHS, strict=True)])
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.join = nn.Linear(sum(WIDTHS) + FACTS, width)
        self.drop = Dropout(0.3)
        self.blocks = nn.ModuleList([Block(width, d, dropout) for d in dilations])
        self.norm = nn.LayerNorm(width)

    def forward(self, hashed: Tensor, facts: Tensor) -> Tensor:
        """`hashed` (documents, tokens, 6) whole numbers, `facts` (documents, tokens, FACTS)."""
        words = torch.cat([table(hashed[..., i]) for i, table in enumerate(self.tables)], -1)
        h = self.join(torch.cat([self.drop(words), facts], -1))
        for block in self.blocks:
            h = block(h)
        out: Tensor = self.norm(h)
        return out


class Reader(nn.Module):
    """The encoder with one head for values and one for lines, each telling begin and inside of every tag."""

    def __init__(self, values: int, lines: int, width: int = 160, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder(width, dropout=dropout)
        self.values = nn.Linear(width, 1 + 2 * values)
        self.lines = nn.Linear(width, 1 + 2 * lines)

    def forward(self, hashed: Tensor, facts: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of values and of lines, (documents, tokens, 1 + 2 * tags) each."""
        h = self.encoder(hashed, facts)
        return self.values(h), self.lines(h)
