"""Stage teacher: the base adapted to German, then fitted to the gold corpora with several seeds."""

from __future__ import annotations

import json
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import torch

from runtime.unigram import Unigram
from training import learn, network
from training.corpora import load
from training.flat import Flat, Packer, Tags, epoch, merge, plain, raw, tags_of, tokenizer
from training.measure import report
from training.settings import BUILD, section
from training.sources import Sentence

CHUNK = 4000


def log(text: str) -> None:
    """A line goes out at once."""
    print(text, flush=True)


def tag_sets() -> Tags:
    """The corpora become the tag sets of the heads; written once, read ever after."""
    path = BUILD / "teacher" / "tags.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        tags = tags_of(load("train") + load("dev"))
        path.write_text(json.dumps({"upos": tags.upos, "xpos": tags.xpos}), "utf-8")
    return Tags(**json.loads(path.read_text("utf-8")))


def raw_flat(unigram: Unigram, tags: Tags, processes: int, share: float) -> Flat:
    """The raw paragraphs become one Flat, made in parallel and in a fixed order."""
    lines = [line for path in sorted((BUILD / "rawtext").glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    random.Random(7).shuffle(lines)
    lines = lines[: int(len(lines) * share)]
    parts = [lines[i : i + CHUNK] for i in range(0, len(lines), CHUNK)]
    torch.set_num_threads(1)
    with ProcessPoolExecutor(processes) as pool:
        flats = list(pool.map(partial(_raw, unigram, tags), parts, range(len(parts))))
    return merge([loaded(f) for f in flats])


def _raw(unigram: Unigram, tags: Tags, lines: list[str], seed: int) -> dict[str, object]:
    return stored(raw(lines, unigram, tags, seed))


def stored(flat: Flat) -> dict[str, object]:
    """A Flat becomes arrays that travel between processes."""
    names = ("pieces", "first", "labels", "windows", "types", "newline")
    return {**{name: getattr(flat, name).numpy() for name in names}, "words": flat.words}


def loaded(rows: dict[str, object]) -> Flat:
    """Arrays become a Flat."""
    return Flat(**{name: torch.from_numpy(value) if name != "words" else value for name, value in rows.items()})  # type: ignore[arg-type]


def gold_epochs(unigram: Unigram, tags: Tags, times: dict[str, float], n: int, processes: int) -> list[Flat]:
    """The gold corpora become n differently mixed epochs."""
    train = load("train")
    with ProcessPoolExecutor(processes) as pool:
        flats = list(pool.map(partial(_epoch, train, unigram, tags, times), range(n)))
    return [loaded(f) for f in flats]


def _epoch(train: list[Sentence], unigram: Unigram, tags: Tags, times: dict[str, float], seed: int) -> dict[str, object]:
    return stored(epoch(train, unigram, tags, times, seed))


class Dev:
    """The sentences to choose by: alone for names, in groups of eight for sentence starts."""

    def __init__(self, unigram: Unigram, tags: Tags) -> None:
        self.sentences = load("dev")
        self.alone = plain(self.sentences, unigram, tags).to(learn.DEVICE)
        gsd = [s for s in self.sentences if s.corpus == "gsd"]
        self.grouped = _joined(gsd, unigram, tags, 8).to(learn.DEVICE)


def _joined(sentences: list[Sentence], unigram: Unigram, tags: Tags, n: int) -> Flat:
    packer = Packer(unigram, tags, 0)
    for i in range(0, len(sentences), n):
        part = sentences[i : i + n]
        packer.add([w for s in part for w in s.tokens], [row for s in part for row in packer.label(s)], set(), 0)
    return packer.done()


def adapted(unigram: Unigram, tags: Tags, options: dict[str, object], flat: Flat) -> network.Transformer:
    """The base becomes the base that has read German; done once, then read from its file."""
    path = BUILD / "teacher" / "adapted.pt"
    if path.exists():
        return network.load(path)
    net = network.from_base(BUILD / "base", sum(tags.sizes()))
    if options["steps"]:
        learn.adapt(net, flat, log=log, **options)  # type: ignore[arg-type]
    network.save(net.cpu(), path)
    return network.load(path)


def fit_seed(seed: int, tags: Tags, unigram: Unigram, options: dict[str, object], epochs: list[Flat], dev: Dev) -> dict[str, float]:
    """One seed becomes one teacher and its figures; a teacher that is there already is only read."""
    path, sizes = BUILD / "teacher" / f"seed{seed}.pt", tags.sizes()
    if not path.exists():
        fresh = seed in options["unadapted"]  # type: ignore[operator]
        net = network.from_base(BUILD / "base", sum(sizes)) if fresh else network.load(BUILD / "teacher" / "adapted.pt")
        torch.manual_seed(seed)
        torch.nn.init.normal_(net.head.weight, std=0.02)
        turns = [epochs[(seed + i) % len(epochs)] for i in range(int(options["epochs"]))]  # type: ignore[call-overload]
        learn.fit(net, turns, sizes, options["rates"][seed], options["budget"], seed, log)  # type: ignore
        figures = {}
        for styled in (True, False):
            run = partial(learn.scores, net, styled=styled)
            figures |= {f"{'styled' if styled else 'plain'}_{k}": v for k, v in report(run, dev.alone, dev.sentences, dev.grouped, sizes).items()}
        network.save(net.cpu(), path)
        (path.parent / f"seed{seed}.figures.json").write_text(json.dumps(figures), "utf-8")
    return dict(json.loads((path.parent / f"seed{seed}.figures.json").read_text("utf-8")))


def read_german(tags: Tags, unigram: Unigram, options: dict[str, object]) -> None:
    """The raw text becomes build/teacher/raw.pt and the adapted base."""
    path = BUILD / "teacher" / "raw.pt"
    if not path.exists():
        flat = raw_flat(unigram, tags, options["processes"], options["raw_share"])  # type: ignore[arg-type]
        torch.save(stored(flat), path, pickle_protocol=4)
        log(f"teacher: raw text {len(flat.first)} words, {len(flat.pieces)} pieces, {len(flat.words)} types")
    flat = loaded(torch.load(path, weights_only=False))
    adapted(unigram, tags, options["adapt"], flat.to(learn.DEVICE))  # type: ignore[arg-type]


def main() -> None:
    """Load, work, save; "adapt" or seeds on the command line do that part alone."""
    options = section("teacher")
    tags, unigram = tag_sets(), tokenizer(BUILD / "base")
    wanted = sys.argv[1:] or ["adapt", *options["seeds"]]
    if "adapt" in wanted:
        read_german(tags, unigram, options)
    seeds = [int(name) for name in wanted if name != "adapt"]
    if not seeds:
        return
    dev = Dev(unigram, tags)
    epochs = gold_epochs(unigram, tags, options["times"], options["mixes"], options["processes"])
    log(f"teacher: an epoch of gold is {len(epochs[0].first)} words in {len(epochs[0].windows)} windows")
    epochs = [e.to(learn.DEVICE) for e in epochs]
    for seed in seeds:
        log(f"teacher: seed {seed}: {fit_seed(seed, tags, unigram, options['fit'], epochs, dev)}")


if __name__ == "__main__":
    main()
