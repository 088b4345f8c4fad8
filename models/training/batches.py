"""Windows become padded batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from training.flat import BEGIN, END, PAD, Flat


@dataclass
class Batch:
    """Padded pieces with the places of first pieces; index says which word of the Flat each row is."""

    ids: Tensor
    mask: Tensor
    rows: Tensor
    cols: Tensor
    index: Tensor
    labels: Tensor
    style: Tensor


def order(flat: Flat, budget: int, generator: torch.Generator | None, side: str = "pieces") -> list[Tensor]:
    """Windows become lists of window numbers of similar length, at most budget pieces (or words) padded."""
    a, b = (0, 1) if side == "pieces" else (2, 3)
    lengths = (flat.windows[:, b] - flat.windows[:, a]).cpu().float()
    noise = torch.rand(len(lengths), generator=generator) * 12 if generator else torch.zeros(len(lengths))
    ranked = torch.argsort(lengths + noise, stable=True)
    sizes = lengths[ranked].int().tolist()
    out, start, longest = [], 0, 0
    for i, size in enumerate(sizes):
        longest = max(longest, size + 2)
        if longest * (i - start + 1) > budget and i > start:
            out.append(ranked[start:i])
            start, longest = i, size + 2
    out.append(ranked[start:])
    if generator:
        out = [out[i] for i in torch.randperm(len(out), generator=generator).tolist()]
    return out


def collate(flat: Flat, numbers: Tensor) -> Batch:
    """Window numbers become a batch with <s> before and </s> after each window."""
    device = flat.pieces.device
    windows = flat.windows[numbers.to(device)].long()
    length = windows[:, 1] - windows[:, 0]
    width = int(length.max()) + 2
    at = torch.arange(width, device=device)[None] - 1
    inside = (at >= 0) & (at < length[:, None])
    where = (windows[:, :1] + at).clamp(0, len(flat.pieces) - 1)
    ids = torch.where(inside, flat.pieces[where].long(), PAD)
    ids[:, 0] = BEGIN
    ids = torch.where(at == length[:, None], END, ids)
    count = windows[:, 3] - windows[:, 2]
    rows = torch.repeat_interleave(torch.arange(len(windows), device=device), count)
    offset = torch.arange(int(count.sum()), device=device) - torch.repeat_interleave(
        count.cumsum(0) - count, count
    )
    index = windows[rows, 2] + offset
    cols = flat.first[index].long() - windows[rows, 0] + 1
    return Batch(ids, at <= length[:, None], rows, cols, index, flat.labels[index].long(), windows[:, 4])


def batches(flat: Flat, budget: int, seed: int | None) -> Iterator[Batch]:
    """A Flat becomes its batches, shuffled by seed (None: in order of length)."""
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    for numbers in order(flat, budget, generator):
        yield collate(flat, numbers)
