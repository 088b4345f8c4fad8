"""The one training loop: seeded step by step, with checkpoints from which a broken run goes on as if it had not broken.

A schedule is in steps, never in minutes, so that a run can be repeated. Steps of a pass are shuffled with a seed of their
own, and the chances inside a step (dropout) with a seed of the step, so a resumed run draws what the unbroken one would.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training import wordnet
from training.batches import batches, order
from training.flat import Flat
from training.losses import probabilities
from training.network import Transformer

CHECKPOINT = 100  # steps
torch.set_flush_denormal(True)  # gradients of a loss near zero would cost a CPU half its speed
Step = tuple[int, Tensor]  # which Flat, which windows of it


@dataclass(frozen=True)
class Schedule:
    """A run's length and rate: it rises over ``warm`` steps, stays, and falls from step ``fall`` linearly to zero."""

    steps: int
    fall: int
    rate: float
    budget: int
    seed: int
    warm: int = 150

    def scale(self, step: int) -> float:
        """The number of a step becomes its share of the rate."""
        if step < self.warm:
            return (step + 1) / self.warm
        return min(1.0, (self.steps - step) / max(1, self.steps - self.fall))


def log(text: str) -> None:
    """A line goes out at once."""
    print(text, flush=True)


def freeze(net: Transformer, layers: int) -> None:
    """Embeddings and the first layers keep their values, which saves much of the work of a step."""
    frozen = [
        net.word.weight,
        net.pos,
        *net.eln.parameters(),
        *(p for layer in net.layers[:layers] for p in layer.parameters()),
    ]
    for p in frozen:
        p.requires_grad_(False)


def optimiser(net: nn.Module, rate: float, head: float, tables: float = 1.0) -> torch.optim.AdamW:
    """A network becomes its AdamW: the head learns faster, tables at their own rate, norms and biases do not decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, p in ((name, p) for name, p in net.named_parameters() if p.requires_grad):
        factor = (
            head
            if "head" in name
            else tables
            if p.ndim == 2 and name.split(".")[0] in {"own", "letters", "shapes"}
            else 1.0
        )
        groups.setdefault((factor, 0.01 if p.ndim > 1 else 0.0), []).append(p)
    rows = [{"params": ps, "lr": rate * f, "weight_decay": d, "peak": rate * f} for (f, d), ps in groups.items()]
    return torch.optim.AdamW(rows, betas=(0.9, 0.98), fused=True)


def plan(flats: list[Flat], schedule: Schedule, mixed: bool, side: str = "pieces") -> Iterator[Step]:
    """Flats become the steps of a run: mixed (all at once, a pass over them) or one after the other, again and again."""
    left, turn = schedule.steps, 0
    while left:
        generator = torch.Generator().manual_seed(schedule.seed * 100 + turn)
        which = range(len(flats)) if mixed else [turn % len(flats)]
        rows = [(i, numbers) for i in which for numbers in order(flats[i], schedule.budget, generator, side)]
        taken = torch.randperm(len(rows), generator=generator).tolist()[:left]
        yield from (rows[k] for k in taken)
        left, turn = left - len(taken), turn + 1


def resume(path: Path, net: nn.Module, optim: torch.optim.Optimizer) -> int:
    """The last checkpoint, if any, is put back; the steps it had taken."""
    if not path.exists():
        return 0
    rows = torch.load(path, map_location="cpu", weights_only=True)
    net.load_state_dict(rows["net"])
    optim.load_state_dict(rows["optim"])
    return int(rows["step"])


def keep(path: Path, net: nn.Module, optim: torch.optim.Optimizer, step: int) -> None:
    """The state of a run becomes a checkpoint; the old one goes only when the new one stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save({"net": net.state_dict(), "optim": optim.state_dict(), "step": step}, fresh)
    fresh.replace(path)


def run(
    net: nn.Module, optim: torch.optim.Optimizer, steps: Iterable[Step], loss: Callable[[int, Tensor], Tensor],
    schedule: Schedule, path: Path,
) -> None:  # fmt: skip
    """A network takes the steps of a plan, from its last checkpoint on; loss tells what a step is judged by."""
    begin, since = resume(path, net, optim), time.time()
    net.train()
    for step, (which, numbers) in enumerate(steps):
        if step < begin:
            continue
        torch.manual_seed(schedule.seed * 1_000_003 + step)
        for group in optim.param_groups:
            group["lr"] = group["peak"] * schedule.scale(step)
        value = loss(which, numbers)
        optim.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optim.step()
        if (step + 1) % 20 == 0:
            log(
                f"{path.stem}: {step + 1}/{schedule.steps} loss {value.item():.3f} {(time.time() - since) / (step + 1 - begin):.2f} s a step"
            )
        if (step + 1) % CHECKPOINT == 0:
            keep(path, net, optim, step + 1)


@torch.no_grad()
def scores(net: Transformer, flat: Flat, styled: bool, budget: int = 4096) -> Tensor:
    """A Flat becomes the scores of all its words, in order."""
    net.eval()
    out = torch.empty(len(flat.first), net.shape.heads_out)
    for batch in batches(flat, budget, None):
        out[batch.index] = net(batch.ids, batch.mask, batch.rows, batch.cols, batch.style if styled else None)
    return out


def label(net: Transformer, flat: Flat, sizes: list[int], styled: bool) -> Tensor:
    """Windows become the teacher's probabilities of every word, in half precision."""
    return probabilities(scores(net, flat, styled), sizes).half()


@torch.no_grad()
def word_scores(net: wordnet.WordNet, flat: Flat, tab: wordnet.Table, budget: int = 4096) -> Tensor:
    """A Flat becomes the scores of all its words by a word network."""
    net.eval()
    out = torch.empty(len(flat.first), net.shape.heads_out)
    for numbers in order(flat, budget, None, "words"):
        got, index = wordnet.forward(net, flat, tab, numbers)
        out[index] = got
    return out
