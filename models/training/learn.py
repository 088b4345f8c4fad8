"""The loops: adapt to German, fit to gold, label raw text, distil. Every step count, rate and seed is an argument."""

from __future__ import annotations


import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from training import wordnet
from training.batches import Batch, batches, collate, hide, order
from training.flat import MASK, Flat
from training.losses import gold_loss, probabilities, soft_loss
from training.network import MaskedWords, Transformer

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def half() -> Any:
    """On a GPU sums run in bfloat16; on a CPU in float32."""
    return torch.autocast("cuda", torch.bfloat16) if DEVICE == "cuda" else nullcontext()


def freeze(net: Transformer, layers: int) -> None:
    """Embeddings and the first layers keep their values, which saves much of the work of a step."""
    frozen = [net.word.weight, net.pos, *net.eln.parameters(), *(p for layer in net.layers[:layers] for p in layer.parameters())]
    for p in frozen:
        p.requires_grad_(False)


def optimiser(net: nn.Module, rate: float, head: float, tables: float = 1.0) -> torch.optim.AdamW:
    """A network becomes its AdamW: the head learns faster, tables at their own rate, norms and biases do not decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, p in ((name, p) for name, p in net.named_parameters() if p.requires_grad):
        factor = head if "head" in name else tables if p.ndim == 2 and name.split(".")[0] in {"own", "letters", "shapes"} else 1.0
        groups.setdefault((factor, 0.01 if p.ndim > 1 else 0.0), []).append(p)
    rows = [{"params": ps, "lr": rate * f, "weight_decay": d, "peak": rate * f} for (f, d), ps in groups.items()]
    return torch.optim.AdamW(rows, betas=(0.9, 0.98), fused=DEVICE == "cuda")


def set_rate(optim: torch.optim.Optimizer, done: float, warm: float = 0.08) -> None:
    """The share of a run that is done sets the rate: it rises over the first part and falls linearly to zero."""
    scale = done / warm if done < warm else max(0.0, (1 - done) / (1 - warm))
    for group in optim.param_groups:
        group["lr"] = group["peak"] * scale


def take(net: nn.Module, optim: torch.optim.Optimizer, loss: Tensor) -> None:
    """A loss becomes one step."""
    optim.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optim.step()


def scores(net: Transformer, flat: Flat, styled: bool, budget: int = 32768) -> Tensor:
    """A Flat becomes the scores of all its words, in order."""
    net.eval()
    out = torch.empty(len(flat.first), net.shape.heads_out)
    with torch.no_grad(), half():
        for batch in batches(flat, budget, None):
            got = net(batch.ids, batch.mask, batch.rows, batch.cols, batch.style if styled else None)
            out[batch.index.cpu()] = got.float().cpu()
    return out


def adapt(net: Transformer, flat: Flat, steps: int, rate: float, budget: int, seed: int, log: Callable[[str], None]) -> None:
    """A network reads German: hidden pieces are to be guessed, so that trimming and 4-bit weights heal."""
    model = MaskedWords(net).to(DEVICE).train()
    optim = optimiser(model, rate, 1.0)
    torch.manual_seed(seed)
    start, step = time.time(), 0
    while step < steps:
        for batch in batches(flat, budget, seed + step):
            if step >= steps:
                break
            set_rate(optim, step / steps)
            ids, target = hide(batch, MASK, net.shape.pieces)
            with half():
                loss = model(ids, batch.mask, target)
            take(model, optim, loss)
            step += 1
            if step % 200 == 0:
                log(f"adapt {step}/{steps} loss {loss.item():.3f} {time.time() - start:.0f}s")


def fit(net: Transformer, epochs: list[Flat], sizes: list[int], rate: float, budget: int, seed: int, log: Callable[[str], None]) -> None:
    """A network learns gold labels, one Flat an epoch; the style of the corpus is told, except in three of ten batches."""
    net.to(DEVICE).train()
    optim = optimiser(net, rate, 7.0)
    torch.manual_seed(seed)
    draw = torch.Generator().manual_seed(seed)
    steps = sum(len(order(flat, budget, draw)) for flat in epochs)
    start, step = time.time(), 0
    for turn, flat in enumerate(epochs):
        for batch in batches(flat, budget, seed * 100 + turn):
            set_rate(optim, step / steps)
            told = batch.style if float(torch.rand((), generator=draw)) > 0.3 else torch.zeros_like(batch.style)
            with half():
                got = net(batch.ids, batch.mask, batch.rows, batch.cols, told)
            loss = gold_loss(got, batch.labels, sizes)
            take(net, optim, loss)
            step += 1
        log(f"fit epoch {turn + 1}/{len(epochs)} step {step}/{steps} loss {loss.item():.3f} {time.time() - start:.0f}s")


@torch.no_grad()
def label(nets: list[Transformer], flat: Flat, sizes: list[int], styled: bool, budget: int = 65536) -> Tensor:
    """Raw windows become probabilities of every word: the mean over teachers, in half precision."""
    out = torch.empty(len(flat.first), sum(sizes), dtype=torch.float16, device=DEVICE)
    for net in nets:
        net.to(DEVICE).eval()
    for batch in batches(flat, budget, None):
        with half():
            got = [net(batch.ids, batch.mask, batch.rows, batch.cols, batch.style if styled else None) for net in nets]
        out[batch.index] = torch.stack([probabilities(g, sizes) for g in got]).mean(0).half()
    return out


def rounds(flats: list[tuple[Flat, Tensor]], budget: int, steps: int, seed: int, side: str) -> Iterator[tuple[int, Tensor]]:
    """Several Flats become an endless mixed run of (which Flat, window numbers), every step one batch."""
    turn, step = 0, 0
    while step < steps:
        generator = torch.Generator().manual_seed(seed + turn)
        rows = [(i, numbers) for i, (flat, _) in enumerate(flats) for numbers in order(flat, budget, generator, side)]
        for k in torch.randperm(len(rows), generator=generator).tolist():
            if step < steps:
                yield rows[k]
                step += 1
        turn += 1


def both(got: Tensor, labels: Tensor, target: Tensor, sizes: list[int], gold: float) -> Tensor:
    """A student's scores become its loss: teacher's probabilities, and gold labels where there are some."""
    loss = soft_loss(got, target, sizes)
    return loss + gold * gold_loss(got, labels, sizes) if gold else loss


def distil(
    net: Transformer, flats: list[tuple[Flat, Tensor]], sizes: list[int], steps: int, rate: float, budget: int, seed: int,
    gold: float, log: Callable[[str], None],
) -> None:  # fmt: skip
    """A transformer student learns a teacher's probabilities; the last Flat is gold and brings labels too."""
    net.to(DEVICE).train()
    optim = optimiser(net, rate, 3.0)
    torch.manual_seed(seed)
    start = time.time()
    for step, (which, numbers) in enumerate(rounds(flats, budget, steps, seed, "pieces")):
        flat, target = flats[which]
        set_rate(optim, step / steps)
        batch: Batch = collate(flat, numbers)
        with half():
            got = net(batch.ids, batch.mask, batch.rows, batch.cols)
        loss = both(got, batch.labels, target[batch.index], sizes, gold if which == len(flats) - 1 else 0.0)
        take(net, optim, loss)
        if (step + 1) % 500 == 0:
            log(f"distil {step + 1}/{steps} loss {loss.item():.3f} {time.time() - start:.0f}s")


def distil_words(
    net: wordnet.WordNet, flats: list[tuple[Flat, Tensor]], tabs: list[wordnet.Table], sizes: list[int], steps: int, rate: float,
    budget: int, seed: int, gold: float, log: Callable[[str], None],
) -> None:  # fmt: skip
    """A word network learns a teacher's probabilities; the last Flat is gold and brings labels too."""
    net.to(DEVICE).train()
    optim = optimiser(net, rate, 1.0, tables=5.0)
    torch.manual_seed(seed)
    start = time.time()
    for step, (which, numbers) in enumerate(rounds(flats, budget, steps, seed, "words")):
        flat, target = flats[which]
        set_rate(optim, step / steps)
        with half():
            got, index = wordnet.forward(net, flat, tabs[which], numbers)
        labels = flat.labels[index].long()
        loss = both(got, labels, target[index], sizes, gold if which == len(flats) - 1 else 0.0)
        take(net, optim, loss)
        if (step + 1) % 1000 == 0:
            log(f"words {step + 1}/{steps} loss {loss.item():.3f} {time.time() - start:.0f}s")


@torch.no_grad()
def word_scores(net: wordnet.WordNet, flat: Flat, tab: wordnet.Table, budget: int = 32768) -> Tensor:
    """A Flat becomes the scores of all its words by a word network."""
    net.eval()
    out = torch.empty(len(flat.first), net.shape.heads_out)
    for numbers in order(flat, budget, None, "words"):
        got, index = wordnet.forward(net, flat, tab, numbers)
        out[index.cpu()] = got.float().cpu()
    return out


