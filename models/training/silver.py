"""Stage silver: the teacher's probabilities for every word of press-like raw text; what it is least sure of is left out."""

from __future__ import annotations

import random
from pathlib import Path

import torch
from torch import Tensor

from training import learn, network
from training.flat import Flat, raw, tokenizer
from training.labels import NER
from training.learn import log
from training.settings import BUILD, section
from training.teacher import FOLDER as TEACHER
from training.teacher import loaded, stored, tag_sets

PATH = BUILD / "silver" / "raw.pt"


def sample(lines: list[str], words: int, seed: int) -> list[str]:
    """Lines become some of them, drawn by chance, that hold so many words."""
    drawn = random.Random(seed).sample(lines, len(lines))
    out, held = [], 0
    for line in drawn:
        if held >= words:
            break
        out.append(line)
        held += line.count(" ") + 1
    return out


def doubt(target: Tensor, windows: Tensor) -> Tensor:
    """Probabilities become the doubt of each window: the mean share not given to the likeliest name label, over its words."""
    unsure = 1 - target[:, : len(NER)].float().amax(1)
    total = torch.cat([torch.zeros(1), unsure.cumsum(0)])
    start, end = windows[:, 2].long(), windows[:, 3].long()
    return (total[end] - total[start]) / (end - start)


def sure(flat: Flat, target: Tensor, share: float) -> Flat:
    """A Flat becomes one without the share of its windows that the teacher doubts most."""
    ranked = doubt(target, flat.windows).argsort(stable=True)
    kept = ranked[: round(len(ranked) * (1 - share))].sort().values
    flat.windows = flat.windows[kept]
    return flat


def lines_of(folder: Path) -> list[str]:
    """build/rawtext becomes its lines, file after file."""
    return [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]


def silver(path: Path = PATH) -> tuple[Flat, Tensor]:
    """What this stage made: a Flat without labels, and the probabilities of its words."""
    rows = torch.load(path, weights_only=False)
    return loaded(rows["flat"]), rows["target"]


def make(weights: Path, path: Path, words: int) -> None:
    """The weights of who labels become a file of so many words of raw text with the probabilities of their labels."""
    options, tags = section("silver"), tag_sets()
    flat = raw(sample(lines_of(BUILD / "rawtext"), words, options["seed"]), tokenizer(BUILD / "base"), tags, options["seed"])
    log(f"silver: {len(flat.first)} words, {len(flat.pieces)} pieces")
    target = learn.label(network.load(weights), flat, tags.sizes(), styled=True)
    flat = sure(flat, target, options["doubtful"])
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"flat": stored(flat), "target": target}, path, pickle_protocol=4)
    log(f"silver: {len(flat.windows)} windows kept, {int((target[:, : len(NER)].argmax(-1) > 0).sum())} words in names")


def main() -> None:
    """Load, work, save."""
    make(TEACHER / "teacher.pt", PATH, section("silver")["words"])


if __name__ == "__main__":
    main()
