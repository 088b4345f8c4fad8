"""What the heads are taught by: gold labels (with unknown ones summed out) or a teacher's probabilities."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as fn

from training.flat import IGNORE
from training.labels import NER

UNKNOWN = len(NER)
OPEN = [NER.index(name) for name in ("O", "B-MISC", "I-MISC")]
WEIGHTS = (1.0, 0.5, 0.3, 0.5)  # names count most; tags and sentence starts share the body


def heads(scores: Tensor, sizes: list[int]) -> list[Tensor]:
    """One row of scores becomes the rows of the four heads."""
    return list(scores.float().split(sizes, dim=-1))


def name_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Scores and gold names become losses; an unknown label is "O or MISC": the sum of what is allowed."""
    log = fn.log_softmax(scores, -1)
    known = -log.gather(1, gold.clamp(0, UNKNOWN - 1)[:, None])[:, 0]
    return torch.where(gold == UNKNOWN, -torch.logsumexp(log[:, OPEN], -1), known)


def gold_loss(scores: Tensor, labels: Tensor, sizes: list[int]) -> Tensor:
    """Scores and gold labels become one loss."""
    total = scores.new_zeros((), dtype=torch.float32)
    for i, (head, weight) in enumerate(zip(heads(scores, sizes), WEIGHTS)):
        use = labels[:, i] != IGNORE
        if bool(use.any()):
            loss = name_loss(head[use], labels[use, i]) if i == 0 else fn.cross_entropy(head[use], labels[use, i], reduction="none")
            total = total + weight * loss.mean()
    return total


def soft_loss(scores: Tensor, target: Tensor, sizes: list[int]) -> Tensor:
    """Scores and a teacher's probabilities become the cross entropy of each head, names weighted where they are."""
    total = scores.new_zeros((), dtype=torch.float32)
    for i, (head, goal, weight) in enumerate(zip(heads(scores, sizes), target.float().split(sizes, -1), WEIGHTS)):
        loss = -(goal * fn.log_softmax(head, -1)).sum(-1)
        if i == 0:
            loss = loss * (1 + 2 * (1 - goal[:, 0]))
        total = total + weight * loss.mean()
    return total


def probabilities(scores: Tensor, sizes: list[int]) -> Tensor:
    """Scores become probabilities, head by head."""
    return torch.cat([fn.softmax(head, -1) for head in heads(scores, sizes)], -1)
