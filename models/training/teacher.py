"""Stage teacher: all layers of the base, fitted to the gold corpora; each corpus's manner is told, so that they can differ."""

from __future__ import annotations

import json
import random
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import torch

from runtime.unigram import Unigram
from training import learn, network, press
from training.batches import collate
from training.corpora import load
from training.flat import Flat, Packer, Tags, epoch, plain, tags_of, tokenizer
from training.learn import Schedule, log
from training.losses import gold_loss
from training.measure import report
from training.renamed import with_renamed
from training.settings import BUILD, section
from training.sources import Sentence

FOLDER = BUILD / "teacher"
UNTOLD = 0.3  # share of the steps in which the manner of the corpus is not told


def tag_sets() -> Tags:
    """The corpora become the tag sets of the heads; written once, read ever after."""
    path = FOLDER / "tags.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        tags = tags_of(load("train") + load("dev"))
        path.write_text(json.dumps({"upos": tags.upos, "xpos": tags.xpos}), "utf-8")
    return Tags(**json.loads(path.read_text("utf-8")))


def stored(flat: Flat) -> dict[str, object]:
    """A Flat becomes arrays that travel between processes."""
    names = ("pieces", "first", "labels", "windows", "types", "newline")
    return {**{name: getattr(flat, name).numpy() for name in names}, "words": flat.words}


def loaded(rows: dict[str, object]) -> Flat:
    """Arrays become a Flat."""
    return Flat(**{name: torch.from_numpy(value) if name != "words" else value for name, value in rows.items()})  # type: ignore[arg-type]


def gold_epochs(
    unigram: Unigram, tags: Tags, held: bool = False, times: dict[str, float] | None = None, shares: dict[str, float] | None = None
) -> list[Flat]:
    """The gold corpora become differently mixed epochs, as params.yaml: gold says.

    held: with the sentences that were held back to choose by; times: corpora that are seen more often or less; shares: how
    much of a corpus is seen once more with other names (training.renamed).
    """
    options = section("gold")
    often = {**options["times"], **(times or {})}
    train = load("train") + (load("dev") if held else []) + (press.load("train") if often["press"] else [])
    with ProcessPoolExecutor(options["processes"]) as pool:
        flats = list(pool.map(partial(_epoch, train, unigram, tags, often, shares or {}), range(options["mixes"])))
    return [loaded(f) for f in flats]


def _epoch(
    train: list[Sentence], unigram: Unigram, tags: Tags, times: dict[str, float], shares: dict[str, float], seed: int
) -> dict[str, object]:
    return stored(epoch(with_renamed(train, shares, seed), unigram, tags, times, seed))


class Dev:
    """The sentences to choose by: alone for names, in groups of eight for sentence starts."""

    def __init__(self, unigram: Unigram, tags: Tags) -> None:
        self.sentences = load("dev")
        self.alone = plain(self.sentences, unigram, tags)
        gsd = [s for s in self.sentences if s.corpus == "gsd"]
        self.grouped = _joined(gsd, unigram, tags, 8)


def _joined(sentences: list[Sentence], unigram: Unigram, tags: Tags, n: int) -> Flat:
    packer = Packer(unigram, tags, 0)
    for i in range(0, len(sentences), n):
        part = sentences[i : i + n]
        packer.add([w for s in part for w in s.tokens], [row for s in part for row in packer.label(s)], set(), 0)
    return packer.done()


def fit(net: network.Transformer, epochs: list[Flat], sizes: list[int], schedule: Schedule) -> None:
    """A network learns gold labels, one epoch after the other."""

    def loss(which: int, numbers: torch.Tensor) -> torch.Tensor:
        batch = collate(epochs[which], numbers)
        told = torch.rand(()) > UNTOLD
        got = net(batch.ids, batch.mask, batch.rows, batch.cols, batch.style * told)
        return gold_loss(got, batch.labels, sizes)

    optim = learn.optimiser(net, schedule.rate, 7.0)
    learn.run(
        net, optim, learn.plan(epochs, schedule, mixed=False), loss, schedule, FOLDER / "teacher.checkpoint.pt"
    )


def figures(net: network.Transformer, dev: Dev, sizes: list[int]) -> dict[str, float]:
    """A network becomes its figures on the held-back sentences, with the manner of their corpus told and not told."""
    out = {}
    for name, styled in (("styled", True), ("plain", False)):
        run = partial(learn.scores, net, styled=styled)
        out |= {f"{name}_{k}": v for k, v in report(run, dev.alone, dev.sentences, dev.grouped, sizes).items()}
    return out


def main() -> None:
    """Load, work, save."""
    options = section("teacher")
    tags, unigram = tag_sets(), tokenizer(BUILD / "base")
    epochs = gold_epochs(unigram, tags)
    log(f"teacher: an epoch of gold is {len(epochs[0].pieces)} pieces in {len(epochs[0].windows)} windows")
    schedule = Schedule(**options["schedule"])
    torch.manual_seed(schedule.seed)
    net = network.cut(network.from_base(BUILD / "base", sum(tags.sizes())), list(range(options["layers"])))
    learn.freeze(net, options["frozen"])
    fit(net, epochs, tags.sizes(), schedule)
    found = figures(net, Dev(unigram, tags), tags.sizes())
    network.save(net, FOLDER / "teacher.pt")
    (FOLDER / "figures.json").write_text(json.dumps(found, indent=1), "utf-8")
    log(f"teacher: {found}")


if __name__ == "__main__":
    main()
