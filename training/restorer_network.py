"""The restorer: a small network that gives each sign of a damaged text an edit.

Letters are read at full rate, their surroundings at a quarter of it (an hourglass), so that some 70 signs to each
side are seen for the price of few products. Convolutions are written as shifted concatenation and one matrix
product, which is fast on a processor without a GPU, in training and in onnxruntime alike.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 4
FACTS = 5
"""The shares of å, ä, ö lost, the level of damage, and 1 where these are not known."""


def _shifted(x: Tensor, distance: int) -> Tensor:
    """x (batch, time, width) with its neighbours at `distance` before and after beside it."""
    before = functional.pad(x, (0, 0, distance, 0))[:, : x.shape[1]]
    after = functional.pad(x, (0, 0, 0, distance))[:, distance:]
    return torch.cat((before, x, after), dim=-1)


class Gated(nn.Module):
    """A residual gated convolution of kernel 3."""

    def __init__(self, width: int, distance: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.distance = distance

    def forward(self, x: Tensor) -> Tensor:
        """Each place of `x` (batch, time, width) with what stands `distance` to its left and right."""
        value, gate = self.mix(_shifted(self.norm(x), self.distance)).chunk(2, dim=-1)
        return cast(Tensor, x + value * torch.sigmoid(gate))


class Restorer(nn.Module):
    """signs (batch, time) and facts (batch, FACTS) to logits of tags (batch, time, tags) and of a lost space
    after each sign (batch, time); time is a multiple of STRIDE."""

    def __init__(self, signs: int, tags: int, narrow: int = 96, wide: int = 224) -> None:
        super().__init__()
        self.embed = nn.Embedding(signs, 64)
        self.facts = nn.Linear(FACTS, narrow)
        self.enter = nn.Linear(5 * 64, narrow)
        self.before = nn.ModuleList([Gated(narrow, 1)])
        self.down = nn.Linear(STRIDE * narrow, wide)
        self.middle = nn.ModuleList([Gated(wide, d) for d in (1, 2, 4, 1, 2, 4, 1)])
        self.up = nn.Linear(wide, STRIDE * narrow)
        self.after = nn.ModuleList([Gated(narrow, 1), Gated(narrow, 2)])
        self.norm = nn.LayerNorm(narrow)
        self.head = nn.Linear(narrow, tags + 1)

    def forward(self, signs: Tensor, facts: Tensor) -> Tensor:
        """The logits of `signs`, with `facts` about each."""
        x = self.embed(signs)
        near = torch.cat(
            [functional.pad(x, (0, 0, 2, 2))[:, k : k + x.shape[1]] for k in range(5)],
            dim=-1,
        )
        x = self.enter(near) + self.facts(facts).unsqueeze(1)
        for block in self.before:
            x = block(x)
        batch, time, width = x.shape
        y = self.down(x.reshape(batch, time // STRIDE, STRIDE * width))
        for block in self.middle:
            y = block(y)
        x = x + self.up(y).reshape(batch, time, width)
        for block in self.after:
            x = block(x)
        return cast(Tensor, self.head(self.norm(x)))
