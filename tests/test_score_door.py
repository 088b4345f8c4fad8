"""`make score`: any folder of texts goes in, the gold form comes out."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
KEYS = {"published", "title", "issuer", "zones", "spans", "dates", "people", "initiatives", "quotes", "themes"}


def score(gold, found, cwd):
    """Run the door from a foreign folder, as a user might."""
    result = subprocess.run(
        [sys.executable, "-m", "pipeline.evaluate.score", str(gold), str(found)],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout + result.stderr


def fingerprint(folder):
    files = sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Four of the project's own gold texts, with misleading annotations beside them."""
    work = tmp_path_factory.mktemp("score")
    (work / "in").mkdir()
    for text in sorted((ROOT / "data" / "gold").glob("*.txt"))[:4]:
        shutil.copy(text, work / "in")
        (work / "in" / text.with_suffix(".json").name).write_text("{broken", encoding="utf-8")
    before = fingerprint(ROOT / "data")
    code, output = score(work / "in", work / "out", work)
    assert code == 0, output
    return work, before


def test_each_text_becomes_one_file_in_the_gold_form(scored):
    work, _ = scored
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (work / "out").glob("*.json")}
    assert found.keys() == {path.stem for path in (work / "in").glob("*.txt")}
    assert all(found[name].keys() >= KEYS for name in found)
    assert all("text" in quote for data in found.values() for quote in data["quotes"])
    assert sum(len(data["spans"]) for data in found.values()) > 20


def test_the_projects_own_data_stays_untouched(scored):
    assert fingerprint(ROOT / "data") == scored[1]


def test_an_empty_folder_is_one_clear_line(tmp_path):
    code, output = score(tmp_path, tmp_path / "out", tmp_path)
    assert code == 1
    assert "holds no .txt file" in output.strip().splitlines()[-1]


def test_the_seed_releases_give_what_the_project_was_asked_for(tmp_path):
    """People with offices, places, initiatives and the date range of the two releases at the start of it all."""
    if not SHARED.exists():
        pytest.skip("the seed releases are not shipped with the project")
    gold = {path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in (SHARED / "gold" / "dev").glob("seed-*.json")}  # fmt: skip
    for name in gold:
        shutil.copy(SHARED / "gold" / "dev" / f"{name}.txt", tmp_path)
    code, output = score(tmp_path, tmp_path / "out", tmp_path)
    assert code == 0, output
    for name, wanted in gold.items():
        found = json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))
        offices = {person["name"] for person in found["people"] if person["role"]}
        assert {person["name"] for person in wanted["people"]} <= offices
        towns = {s["text"] for s in wanted["spans"] if s["label"] == "LOC" and " " not in s["text"]}
        towns = {town for town in towns if not town.endswith("s")}  # genitives are found under their own form
        assert towns <= {s["text"] for s in found["spans"] if s["label"] == "LOC"}
        ranges = {d["value"] for d in wanted["dates"] if "/" in (d["value"] or "")}
        assert ranges <= {d["value"] for d in found["dates"]}
        asked = {i["name"] for i in wanted["initiatives"]}
        assert len(asked & {i["name"] for i in found["initiatives"]}) >= len(asked) / 2
