"""A student without a teacher, for machines without a GPU: the base cut to its lower layers and fitted to gold."""

from __future__ import annotations

import json
import random
import sys
import time
from functools import partial
from pathlib import Path

import torch

from runtime.unigram import Unigram
from training import learn, network, wordnet
from training.batches import collate, order
from training.flat import Flat, Tags, raw, tokenizer
from training.losses import gold_loss, soft_loss
from training.measure import report
from training.settings import BUILD, section
from training.students import fresh_words
from training.teacher import Dev, gold_epochs, loaded, log, stored, tag_sets

EVERY = 100  # steps between checkpoints


def plan(epochs: list[Flat], budget: int, seed: int, steps: int, side: str = "pieces") -> list[tuple[int, torch.Tensor]]:
    """Epochs become the batches of a whole run, in order, known beforehand so that a run can go on where it stopped."""
    out: list[tuple[int, torch.Tensor]] = []
    turn = 0
    while len(out) < steps:
        generator = torch.Generator().manual_seed(seed * 100 + turn)
        out += [(turn % len(epochs), numbers) for numbers in order(epochs[turn % len(epochs)], budget, generator, side)]
        turn += 1
    return out[:steps]


def resume(path: Path, net: torch.nn.Module, optim: torch.optim.Optimizer) -> int:
    """The last checkpoint, if any, is put back; its step is returned."""
    if not path.exists():
        return 0
    rows = torch.load(path, map_location="cpu", weights_only=True)
    net.load_state_dict(rows["net"])
    optim.load_state_dict(rows["optim"])
    return int(rows["step"])


def keep(path: Path, net: torch.nn.Module, optim: torch.optim.Optimizer, step: int) -> None:
    """The state of a run becomes a checkpoint; the old one goes only when the new one stands."""
    fresh = path.with_suffix(".new")
    torch.save({"net": net.state_dict(), "optim": optim.state_dict(), "step": step}, fresh)
    fresh.replace(path)


def progress(step: int, steps: int, seconds: float, minutes: float | None) -> float:
    """How much of a run is done, by steps or, where minutes are set, by the clock if that is further.

    Minutes bound the time and give up exact repetition; the number of steps that were reached goes to the log.
    """
    return max(step / steps, seconds / (60 * minutes) if minutes else 0.0)


def start(layers: list[int], outputs: int, frozen: int, seed: int) -> network.Transformer:
    """The base becomes a cut network whose first layers stand still."""
    torch.manual_seed(seed)
    net = network.cut(network.from_base(BUILD / "base", outputs), layers)
    learn.freeze(net, frozen)
    return net


def fit(net: network.Transformer, epochs: list[Flat], sizes: list[int], options: dict[str, float], path: Path) -> None:
    """A network learns gold labels step by step, from its last checkpoint on."""
    optim = learn.optimiser(net, options["rate"], 7.0)
    begin, steps, seed = resume(path, net, optim), int(options["steps"]), int(options["seed"])
    net.train()
    since = time.time()
    for step, (turn, numbers) in enumerate(plan(epochs, int(options["budget"]), seed, steps)):
        if step < begin:
            continue
        torch.manual_seed(seed * 1_000_003 + step)
        done = progress(step, steps, time.time() - since, options.get("minutes"))
        if done >= 1:
            log(f"direct: time is up after {step} steps")
            break
        learn.set_rate(optim, done)
        batch = collate(epochs[turn], numbers)
        loss = gold_loss(net(batch.ids, batch.mask, batch.rows, batch.cols), batch.labels, sizes)
        learn.take(net, optim, loss)
        if (step + 1) % 20 == 0:
            log(f"direct {step + 1}/{steps} loss {loss.item():.3f} {(time.time() - since) / (step + 1 - begin):.2f} s a step")
        if (step + 1) % EVERY == 0:
            keep(path, net, optim, step + 1)


def silver(options: dict[str, object], tags: Tags, unigram: Unigram) -> tuple[Flat, torch.Tensor]:
    """Raw paragraphs become windows with the accurate student's probabilities; made once, then read from their file."""
    path = BUILD / "students" / "silver.pt"
    if not path.exists():
        lines = [line for file in sorted((BUILD / "rawtext").glob("*.txt")) for line in file.read_text("utf-8").splitlines()]
        random.Random(5).shuffle(lines)
        flat = raw(some(lines, int(options["silver"])), unigram, tags, 5)  # type: ignore[call-overload]
        since = time.time()
        target = learn.label([network.load(BUILD / "students" / "md.pt")], flat, tags.sizes(), styled=False, budget=4096)
        log(f"direct: {len(flat.first)} words of silver in {time.time() - since:.0f} s")
        torch.save({"flat": stored(flat), "target": target}, path)
    rows = torch.load(path, weights_only=False)
    return loaded(rows["flat"]), rows["target"]


def some(lines: list[str], words: int) -> list[str]:
    """Lines become the first of them that hold so many words."""
    out, n = [], 0
    for line in lines:
        if n >= words:
            break
        out.append(line)
        n += line.count(" ") + 1
    return out


def fit_words(net: wordnet.WordNet, flats: list[tuple[Flat, torch.Tensor]], sizes: list[int], options: dict[str, float], path: Path) -> None:
    """A word network learns gold labels (last Flats) and the probabilities of silver (first), mixed step by step."""
    unigram = tokenizer(BUILD / "base")
    tabs = [wordnet.table(flat.words, unigram, "cpu") for flat, _ in flats]
    optim = learn.optimiser(net, options["rate"], 1.0, tables=3.0)
    begin, steps, seed = resume(path, net, optim), int(options["steps"]), int(options["seed"])
    net.train()
    since = time.time()
    for step, (which, numbers) in enumerate(learn.rounds(flats, int(options["budget"]), steps, seed, "words")):
        if step < begin:
            continue
        torch.manual_seed(seed * 1_000_003 + step)
        done = progress(step, steps, time.time() - since, options.get("minutes"))
        if done >= 1:
            log(f"direct: time is up after {step} steps")
            break
        learn.set_rate(optim, done)
        got, index = wordnet.forward(net, flats[which][0], tabs[which], numbers)
        labels, target = flats[which][0].labels[index].long(), flats[which][1]
        loss = soft_loss(got, target[index], sizes) if len(target) else gold_loss(got, labels, sizes)
        learn.take(net, optim, loss)
        if (step + 1) % 20 == 0:
            log(f"direct {step + 1}/{steps} loss {loss.item():.3f} {(time.time() - since) / (step + 1 - begin):.2f} s a step")
        if (step + 1) % EVERY == 0:
            keep(path, net, optim, step + 1)


def make_sm(epochs: list[Flat], dev: Dev, tags: Tags, options: dict[str, object], folder: Path, name: str) -> dict[str, float]:
    """Gold, and silver by the accurate student, become the fast student."""
    net, unigram = fresh_words(options, sum(tags.sizes())), tokenizer(BUILD / "base")
    none = torch.empty(0)
    flats = [silver(options, tags, unigram), *((flat, none) for flat in epochs)]
    fit_words(net, flats, tags.sizes(), options, folder / f"{name}.checkpoint.pt")  # type: ignore[arg-type]
    wordnet.save(net, folder / f"{name}.pt")

    def run(flat: Flat) -> torch.Tensor:
        return learn.word_scores(net, flat, wordnet.table(flat.words, unigram, "cpu"), 4096)

    return report(run, dev.alone, dev.sentences, dev.grouped, tags.sizes())


def make_md(epochs: list[Flat], dev: Dev, tags: Tags, options: dict[str, object], folder: Path, name: str) -> dict[str, float]:
    """Gold becomes the accurate student."""
    net = start(options["layers"], sum(tags.sizes()), options["frozen"], options["seed"])  # type: ignore[arg-type]
    fit(net, epochs, tags.sizes(), options, folder / f"{name}.checkpoint.pt")  # type: ignore[arg-type]
    network.save(net, folder / f"{name}.pt")
    return report(partial(learn.scores, net, styled=False, budget=4096), dev.alone, dev.sentences, dev.grouped, tags.sizes())


def main() -> None:
    """Load, work, save: python -m training.direct NAME fits the student of that name."""
    name = sys.argv[1]
    options = section("direct")[name]
    tags, unigram = tag_sets(), tokenizer(BUILD / "base")
    learnt = section("teacher")
    epochs = gold_epochs(unigram, tags, options.get("times", learnt["times"]), options["mixes"], 1)
    log(f"direct: {name}: an epoch is {len(epochs[0].pieces)} pieces in {len(epochs[0].windows)} windows")
    folder = BUILD / "students"
    folder.mkdir(parents=True, exist_ok=True)
    dev = Dev(unigram, tags)
    make = make_sm if name.startswith("sm") else make_md
    figures = make(epochs, dev, tags, options, folder, name)
    (folder / f"{name}.figures.json").write_text(json.dumps(figures), "utf-8")
    log(f"direct: {name}: {figures}")


if __name__ == "__main__":
    main()
