"""The stage: same rows whatever the batch size or the number of processes; the seeds' facts; real releases."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from pipeline.core import tables
from pipeline.core.errors import InputError
from pipeline.extract import __main__ as stage
from pipeline.extract import authority, nlp, rows
from tests.builders import release
from tests.extract.stand_in import pipeline

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
TEXTS = [
    "Bad öffnet\n\nOberbürgermeister Peter Grasmann kommt am 3. Mai nach Erfurt. „Das ist schön“, sagt Grasmann.",
    "Das Projekt „WerraBlicke“ beginnt\n\nDie Moosfeld GmbH baut in der Lindenstraße 4. Anne Moosfeld kommt.",
    "Die Landrätin Birgit Moosfeld betont: „Wir bauen.“ Das Wasser-Festival beginnt im Juni.",
]


def run(folder: Path, monkeypatch, *, size: int, processes: int = 1, model: str = "model") -> dict[str, bytes]:
    """The stage in a folder of its own; the bytes of its tables."""
    (folder / "data").mkdir(parents=True)
    pipeline(("PER", "Peter Grasmann")).to_disk(folder / "model")
    (folder / "data/authority").symlink_to(ROOT / "data/authority")
    (folder / "params.yaml").write_text(
        f"execution: {{processes: {processes}, small: 1}}\n"
        f"extract: {{model: {model}, model_version: {_version(model)}, batch_size: {size}}}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(folder)
    tables.RELEASES.write([release(f"{i:012x}", text) for i, text in enumerate(TEXTS)])
    tables.ZONES.write([])
    stage.main()
    return {path.name: path.read_bytes() for path in sorted(Path("data/extract").glob("*.parquet"))}


def _version(model: str) -> str:
    return "0.1.0" if model == "model" else str(importlib.import_module(model).__version__)


@pytest.mark.skipif(importlib.util.find_spec("de_presse_sm") is None, reason="the German model is not installed")
def test_rows_do_not_depend_on_processes(tmp_path, monkeypatch):
    one = run(tmp_path / "one", monkeypatch, size=2, model="de_presse_sm")
    two = run(tmp_path / "two", monkeypatch, size=1, processes=2, model="de_presse_sm")
    assert one == two


def test_rows_do_not_depend_on_batches(tmp_path, monkeypatch):
    one = run(tmp_path / "one", monkeypatch, size=1)
    all_at_once = run(tmp_path / "all", monkeypatch, size=32)
    assert one == all_at_once
    assert len(one) == 7


def test_the_rows_are_what_the_texts_say(tmp_path, monkeypatch):
    run(tmp_path / "one", monkeypatch, size=2)
    found = {(m.label, m.name) for m in tables.MENTIONS.read()}
    assert {
        ("PER", "Peter Grasmann"),
        ("LOC", "Erfurt"),
        ("ORG", "Moosfeld GmbH"),
        ("INITIATIVE", "WerraBlicke"),
    } <= found
    texts = {r.release_id: r.text for r in tables.RELEASES.read()}
    assert all(texts[m.release_id][m.start : m.end] == m.text for m in tables.MENTIONS.read())


def test_a_missing_gazetteer_is_named(tmp_path):
    with pytest.raises(InputError, match=r"places\.csv: not found"):
        authority.load(tmp_path)


def test_a_gazetteer_without_its_columns_is_named(tmp_path):
    (tmp_path / "data/authority").mkdir(parents=True)
    (tmp_path / "data/authority/places.csv").write_text("ort\nErfurt\n", encoding="utf-8")
    with pytest.raises(InputError, match="column kind, name, population is missing"):
        authority.load(tmp_path)


def test_places_are_sorted_and_in_range():
    with (ROOT / "data/authority/places.csv").open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    assert [p["name"] for p in places] == sorted(p["name"] for p in places)
    assert all(-90 <= float(p["latitude"]) <= 90 for p in places if p["latitude"])
    assert len(places) > 12_000


@pytest.fixture(scope="module")
def reader():
    if importlib.util.find_spec("de_presse_sm") is None:
        pytest.skip("the German model is not installed")
    return nlp.load("de_presse_sm", importlib.import_module("de_presse_sm").__version__)


@pytest.mark.skipif(not SHARED.exists(), reason="no shared material beside this checkout")
def test_names_of_the_two_seeds_are_found(reader, gazetteers):
    """What the gold of the seeds names is found: every office holder, and most initiatives."""
    import json  # noqa: PLC0415  only where there is something to read

    for path in sorted((SHARED / "gold/dev").glob("seed-*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        page = reader.read(release(text=text, issuer=gold["issuer"]), ())
        found = rows.of_page("aaaaaaaaaaaa", page, gazetteers).mentions
        assert {p["name"] for p in gold["people"]} <= {m.name for m in found if m.label == "PER"}
        wanted = {i["name"] for i in gold["initiatives"]}
        assert len(wanted & {m.name for m in found if m.label == "INITIATIVE"}) >= 0.7 * len(wanted)
