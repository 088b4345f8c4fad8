"""Stage silver: the teachers' mean probabilities for every word of the raw text and of the gold."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from training import learn, network
from training.flat import merge, tokenizer
from training.settings import BUILD, section
from training.teacher import gold_epochs, loaded, log, stored, tag_sets

FOLDER = Path("silver")


def teachers() -> list[network.Transformer]:
    """build/teacher becomes the networks that vote, the best on the dev sets first."""
    folder = BUILD / "teacher"
    figures = {seed: json.loads((folder / f"seed{seed}.figures.json").read_text("utf-8")) for seed in section("teacher")["seeds"]}
    ranked = sorted(figures, key=lambda seed: -figures[seed]["styled_mean"])
    least = figures[ranked[0]]["styled_mean"] - section("silver")["behind"]
    return [network.load(folder / f"seed{seed}.pt") for seed in ranked if figures[seed]["styled_mean"] >= least]


def main() -> None:
    """Load, work, save."""
    options, learnt = section("silver"), section("teacher")
    tags, nets = tag_sets(), teachers()
    out = BUILD / FOLDER
    out.mkdir(parents=True, exist_ok=True)
    gold = merge(gold_epochs(tokenizer(BUILD / "base"), tags, learnt["times"], learnt["mixes"], learnt["processes"]))
    raw = loaded(torch.load(BUILD / "teacher" / "raw.pt", weights_only=False))
    for name, flat in [("raw", raw), ("gold", gold)]:
        target = learn.label(nets, flat.to(learn.DEVICE), tags.sizes(), options["styled"], options["budget"])
        torch.save({"flat": stored(flat), "target": target.cpu()}, out / f"{name}.pt", pickle_protocol=4)
        names = (target[:, :9].argmax(-1) > 0).sum().item()
        log(f"silver: {name}: {len(flat.first)} words labelled, {names} of them in names")


if __name__ == "__main__":
    main()
