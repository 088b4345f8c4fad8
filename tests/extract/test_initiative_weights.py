"""What the weights of initiatives were fitted on, and that each of them can be explained."""

from __future__ import annotations

import csv
from pathlib import Path

from models.initiatives import meanings
from pipeline.extract.components.initiatives import scorer

FOLDER = Path(meanings.__file__).parent


def test_every_weight_has_a_meaning():
    assert all(meanings.meaning(feature) for feature in scorer.load().of)
    assert meanings.meaning("quoted + lead:head") == "both at once"


def test_judged_releases_are_named_by_path_hash_and_offsets_only():
    with (FOLDER / "judged.csv").open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    assert table[0].keys() == {"release", "text_sha256", "start", "end", "verdict"}
    assert {row["verdict"] for row in table} == {"yes", "open", "none"}
    assert all(len(row["text_sha256"]) == 64 for row in table)
    assert all(int(row["start"]) < int(row["end"]) for row in table if row["verdict"] != "none")


def test_our_own_sentences_are_marked_soundly():
    lines = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("#")]
    assert len(said) == len(set(said)) > 150
    assert all(line.count("[[") == line.count("]]") for line in said)
    assert sum("[[" in line for line in said) > 80
    assert sum("[[" not in line for line in said) > 40
