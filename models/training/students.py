"""Stage students: the cut transformer and the word network learn from silver (a teacher's probabilities) and from gold.

A student starts from a network named before it (``start``: the teacher, or an earlier student whose learning goes on) and
hears silver labelled by one (``silver``; null: it learns from gold alone).
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training import learn, network, wordnet
from training.batches import collate
from training.flat import Flat, Tags, tokenizer
from training.learn import Schedule, log
from training.losses import gold_loss, soft_loss
from training.measure import report
from training.settings import BUILD, section
from training.silver import make, silver
from training.teacher import FOLDER as TEACHER
from training.teacher import UNTOLD, Dev, gold_epochs, tag_sets

FOLDER = BUILD / "students"
Figures = dict[str, float]


def place(name: object) -> Path:
    """The name of the teacher or of a student becomes the file of its weights."""
    return TEACHER / "teacher.pt" if name == "teacher" else FOLDER / f"{name}.pt"


def judged(scores: Tensor, labels: Tensor, target: Tensor | None, sizes: list[int]) -> Tensor:
    """A student's scores become its loss: by a teacher's probabilities where there are some, else by gold."""
    return gold_loss(scores, labels, sizes) if target is None else soft_loss(scores, target, sizes)


def soft(target: Tensor | None, which: int, index: Tensor) -> Tensor | None:
    """The silver probabilities of a batch's words: the first Flat is silver where there is any; gold has none."""
    return None if target is None or which else target[index]


def teach_transformer(flats: list[Flat], target: Tensor | None, sizes: list[int], options: dict[str, object], name: str) -> network.Transformer:
    """A network, cut to some of its layers, learns on; the manner of a corpus is told as to the teacher."""
    schedule = Schedule(**options["schedule"])  # type: ignore[arg-type]
    net = network.cut(network.load(place(options["start"])), list(options["layers"]))  # type: ignore[call-overload]
    learn.freeze(net, options["frozen"])  # type: ignore[arg-type]

    def loss(which: int, numbers: Tensor) -> Tensor:
        batch = collate(flats[which], numbers)
        got = net(batch.ids, batch.mask, batch.rows, batch.cols, batch.style * (torch.rand(()) > UNTOLD))
        return judged(got, batch.labels, soft(target, which, batch.index), sizes)

    optim = learn.optimiser(net, schedule.rate, 3.0)
    learn.run(net, optim, learn.plan(flats, schedule, mixed=True), loss, schedule, FOLDER / f"{name}.checkpoint.pt")
    return net


def fresh_words(options: dict[str, object], outputs: int, seed: int) -> wordnet.WordNet:
    """Options become a word network: untrained with the base's piece vectors, or an earlier one."""
    if options.get("start"):
        return wordnet.load(place(options["start"]))
    torch.manual_seed(seed)
    table = network.from_base(BUILD / "base", 1).word.weight.detach()
    net = wordnet.WordNet(wordnet.WordShape(len(table), outputs, 384, options["vector"], options["width"], tuple(options["dilations"])))  # type: ignore[arg-type]
    with torch.no_grad():
        net.word.weight.copy_(table)
    return net


def teach_words(flats: list[Flat], target: Tensor | None, sizes: list[int], options: dict[str, object], name: str) -> wordnet.WordNet:
    """A fresh word network learns."""
    schedule, unigram = Schedule(**options["schedule"]), tokenizer(BUILD / "base")  # type: ignore[arg-type]
    net = fresh_words(options, sum(sizes), schedule.seed)
    tabs = [wordnet.table(flat.words, unigram, "cpu") for flat in flats]

    def loss(which: int, numbers: Tensor) -> Tensor:
        got, index = wordnet.forward(net, flats[which], tabs[which], numbers)
        return judged(got, flats[which].labels[index].long(), soft(target, which, index), sizes)

    optim = learn.optimiser(net, schedule.rate, 1.0, tables=3.0)
    learn.run(net, optim, learn.plan(flats, schedule, mixed=True, side="words"), loss, schedule, FOLDER / f"{name}.checkpoint.pt")
    return net


def make_md(flats: list[Flat], target: Tensor | None, dev: Dev, tags: Tags, options: dict[str, object], name: str) -> Figures:
    """Silver (first, if any) and gold become the accurate student and its figures on sentences that it has seen."""
    sizes = tags.sizes()
    net = teach_transformer(flats, target, sizes, options, name)
    network.save(net, FOLDER / f"{name}.pt")
    return report(partial(learn.scores, net, styled=True), dev.alone, dev.sentences, dev.grouped, sizes)


def make_sm(flats: list[Flat], target: Tensor | None, dev: Dev, tags: Tags, options: dict[str, object], name: str) -> Figures:
    """Silver (first) and gold become the fast student and its figures on sentences that it has seen."""
    sizes, unigram = tags.sizes(), tokenizer(BUILD / "base")
    net = teach_words(flats, target, sizes, options, name)
    wordnet.save(net, FOLDER / f"{name}.pt")

    def run(flat: Flat) -> Tensor:
        return learn.word_scores(net, flat, wordnet.table(flat.words, unigram, "cpu"))

    return report(run, dev.alone, dev.sentences, dev.grouped, sizes)


def heard(options: dict[str, Any]) -> tuple[list[Flat], Tensor | None]:
    """A student's options become the silver that it hears: windows of which the one who labels was sure, and probabilities."""
    if options["silver"] is None:
        return [], None
    if options["silver"] == "teacher":
        flat, target = silver()
        return [flat], target
    path = FOLDER / f"silver-{options['silver']}.pt"
    if not path.exists():
        make(place(options["silver"]), path, options["silver_words"])
    flat, target = silver(path)
    return [flat], target


def mean(weights: dict[str, float], name: str) -> None:
    """Students that went different ways from one start become one whose weights are their weighted mean."""
    nets = {one: network.load(place(one)) for one in weights}
    states, total = {one: net.state_dict() for one, net in nets.items()}, sum(weights.values())
    merged = nets[next(iter(nets))]
    merged.load_state_dict({key: sum(states[one][key] * w for one, w in weights.items()) / total for key in merged.state_dict()})
    network.save(merged, place(name))


def main() -> None:
    """Load, work, save: python -m training.students [NAME ...]; without names, those that have no figures yet."""
    options, tags, unigram = section("students"), tag_sets(), tokenizer(BUILD / "base")
    dev = Dev(unigram, tags)
    for name in sys.argv[1:] or list(options):
        path = FOLDER / f"{name}.figures.json"
        if path.exists():
            continue
        if "mean" in options[name]:
            mean(options[name]["mean"], name)
            continue
        make_student = make_sm if name.startswith("sm") else make_md
        raw, target = heard(options[name])
        # settings were chosen by the teacher's figures on what was held back; the students learn from that, too
        gold = gold_epochs(unigram, tags, held=True, times=options[name].get("times"), shares=options[name].get("renamed"))
        flats = [*raw, *gold[: options[name]["epochs"]]]
        path.write_text(json.dumps(make_student(flats, target, dev, tags, options[name], name), indent=1), "utf-8")
        log(f"students: {name}: {path.read_text('utf-8')}")


if __name__ == "__main__":
    main()
