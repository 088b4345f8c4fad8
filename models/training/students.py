"""Stage students: the cut transformer and the word network learn the teachers' probabilities."""

from __future__ import annotations

import json
import sys
from functools import partial

import torch

from training import learn, network, wordnet
from training.flat import Flat, tokenizer
from training.measure import report
from training.settings import BUILD, section
from training.silver import FOLDER, teachers
from training.teacher import Dev, loaded, log, tag_sets

Lesson = list[tuple[Flat, torch.Tensor]]


def lesson() -> Lesson:
    """build/silver becomes what students learn from: raw first, gold last, on the device."""
    out: Lesson = []
    for name in ("raw", "gold"):
        rows = torch.load(BUILD / FOLDER / f"{name}.pt", weights_only=False)
        out.append((loaded(rows["flat"]).to(learn.DEVICE), rows["target"].to(learn.DEVICE)))
    return out


def teach_md(flats: Lesson, dev: Dev, sizes: list[int], options: dict[str, object], gold: float, name: str) -> dict[str, float]:
    """The first teacher, cut to some layers, becomes the accurate student."""
    net = network.cut(teachers()[0], list(options["layers"]))  # type: ignore[call-overload]
    learn.distil(net, flats, sizes, options["steps"], options["rate"], options["budget"], options["seed"], gold, log)  # type: ignore[arg-type]
    figures = report(partial(learn.scores, net, styled=False), dev.alone, dev.sentences, dev.grouped, sizes)
    network.save(net.cpu(), BUILD / "students" / f"{name}.pt")
    return figures


def fresh_words(options: dict[str, object], outputs: int) -> wordnet.WordNet:
    """Options become an untrained word network that has the base's piece vectors."""
    torch.manual_seed(int(options["seed"]))  # type: ignore[call-overload]
    table = network.from_base(BUILD / "base", 1).word.weight.detach()
    net = wordnet.WordNet(wordnet.WordShape(len(table), outputs, 384, options["vector"], options["width"], tuple(options["dilations"])))  # type: ignore[arg-type]
    with torch.no_grad():
        net.word.weight.copy_(table)
    return net


def teach_sm(flats: Lesson, dev: Dev, sizes: list[int], options: dict[str, object], gold: float, name: str) -> dict[str, float]:
    """A fresh word network becomes the fast student."""
    net, unigram = fresh_words(options, sum(sizes)), tokenizer(BUILD / "base")
    tabs = [wordnet.table(flat.words, unigram, learn.DEVICE) for flat, _ in flats]
    learn.distil_words(net, flats, tabs, sizes, options["steps"], options["rate"], options["budget"], options["seed"], gold, log)  # type: ignore[arg-type]

    def run(flat: Flat) -> torch.Tensor:
        return learn.word_scores(net, flat, wordnet.table(flat.words, unigram, learn.DEVICE))

    figures = report(run, dev.alone, dev.sentences, dev.grouped, sizes)
    wordnet.save(net.cpu(), BUILD / "students" / f"{name}.pt")
    return figures


def main() -> None:
    """Load, work, save; names on the command line choose students, else all are taught."""
    options = section("students")
    wanted = sys.argv[1:] or [name for name in options if name[:2] in ("md", "sm")]
    tags = tag_sets()
    dev, flats = Dev(tokenizer(BUILD / "base"), tags), lesson()
    for name in wanted:
        path = BUILD / "students" / f"{name}.figures.json"
        if path.exists():
            continue
        teach = teach_md if name.startswith("md") else teach_sm
        figures = teach(flats, dev, tags.sizes(), options[name], options["gold_weight"], name)
        path.write_text(json.dumps(figures), "utf-8")
        log(f"students: {name}: {figures}")


if __name__ == "__main__":
    main()
