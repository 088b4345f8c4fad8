"""The benchmarks' own arithmetic, and what they do without their corpus."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import press, stages, table, timing
from benchmarks.timing import Cost

ROOT = Path(__file__).parents[2]
MIDDLE = {"median": 2.0, "lowest": 1.5, "highest": 2.5, "runs": 3}


def test_the_exponent_is_the_slope_of_growth():
    sizes = [1_000, 4_000, 16_000, 36_000]
    assert timing.exponent(sizes, [3 * size for size in sizes]) == 1.0
    assert timing.exponent(sizes, [size**1.5 for size in sizes]) == 1.5
    assert timing.exponent(sizes, [7.0] * 4) == 0.0


def test_measurements_are_summed_up_by_median_and_spread():
    assert timing.summed([3, 1, 2]) == {"median": 2, "lowest": 1, "highest": 3, "runs": 3}


def test_a_command_is_measured_with_the_processes_it_starts(tmp_path):
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(60_000_000)'])"
    found = timing.cost(["python", "-c", program], tmp_path)
    assert found.peak_mb > 60
    assert 0 < found.cpu < 30
    assert found.wall > 0


def test_a_command_that_fails_ends_the_measurement_with_what_it_said(tmp_path):
    with pytest.raises(SystemExit, match="kaputt"):
        timing.cost(["python", "-c", "raise ValueError('kaputt')"], tmp_path)


def test_the_table_shows_each_figure_beside_what_it_must_reach():
    run = {"releases": 10_000, "one_added_of_cold": 0.02, "model": "de_presse_sm", "different": []}
    for what, wall in (("cold", 600), ("one_added", 12), ("nothing_changed", 3)):
        run[what] = {"wall": wall, "cpu": wall, "peak_mb": 900}
    lines = table.rows({"speed": {"de_presse_sm": {"ratio": MIDDLE}}, "repro": run, "kills": {"different": []}})
    assert any("2.00 (1.50 to 2.50, 3 runs) | 1.3 |" in line for line in lines)
    assert any("cold, wall | 10.0 min | 12 min |" in line for line in lines)
    assert any("share of cold | 2.0% | 3 % |" in line for line in lines)
    assert sum("not measured yet" in line for line in lines) == 6


def test_every_command_of_the_table_measures_a_figure_that_exists():
    named = {name for line in table.rows({}) for name in re.findall(r"FIGURES=(\w+)", line)}
    assert named | {"start"} == set(bench.FIGURES)
    assert all(name in (bench.__doc__ or "") for name in bench.FIGURES)


def test_the_page_takes_the_table_between_its_marks(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- bench:begin -->\nalt\n<!-- bench:end -->\nb\n", encoding="utf-8")
    table.write({}, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- bench:begin -->\n| figure |")
    assert text.endswith("|\n<!-- bench:end -->\nb\n")
    assert "alt" not in text
    assert "<!-- bench:begin -->" in (ROOT / "docs/performance.md").read_text(encoding="utf-8")


def test_without_the_corpus_it_says_so_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(press, "PILE", tmp_path / "none")
    monkeypatch.setattr(bench, "FILE", tmp_path / "bench.json")
    monkeypatch.setattr(bench, "OF_THE_PILE", set(bench.FIGURES))
    bench.main([])
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in said] == list(bench.FIGURES)
    assert all("skipped: the corpus" in line for line in said)
    assert not (tmp_path / "bench.json").exists()


def test_a_figure_that_fails_or_cannot_be_measured_leaves_the_others(tmp_path, monkeypatch, capsys):
    def fails():
        raise SystemExit("kaputt")

    def skips():
        raise timing.SkippedError("no rights")

    page = tmp_path / "page.md"
    page.write_text("<!-- bench:begin -->\n<!-- bench:end -->\n", encoding="utf-8")
    monkeypatch.setattr(bench, "FILE", tmp_path / "bench.json")
    monkeypatch.setattr(bench, "PAGE", page)
    figures = {"a": fails, "full": skips, "kills": lambda: {"different": ["x"]}}
    monkeypatch.setattr(bench, "FIGURES", figures)
    with pytest.raises(SystemExit, match="benchmarks: a: failed"):
        bench.main([])
    assert capsys.readouterr().err == "a: failed: kaputt\nfull: skipped: no rights\n"
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert kept["kills"]["different"] == ["x"]
    assert kept["kills"]["on"]["cores"] >= 1
    assert "after 20 kills | 1 | 0 |" in page.read_text(encoding="utf-8")


def test_an_unknown_figure_is_named():
    with pytest.raises(SystemExit, match="tempo: unknown; figures are speed"):
        bench.main(["tempo"])


def test_costs_are_rounded_for_the_file():
    assert timing.plain({"x": Cost(1.234, 0.5, 99.999)}) == {"x": {"wall": 1.23, "cpu": 0.5, "peak_mb": 100.0}}


@pytest.fixture
def pretended(monkeypatch):
    """Figures of whole runs without the runs: what was called, in order."""
    called = []

    def project(folder, count, *_):
        called.append(("project", count))
        (folder / ".cache").mkdir(parents=True)
        return folder

    monkeypatch.setattr(press, "project", project)
    monkeypatch.setattr(press, "add_newer", lambda _, number: called.append(("add newer", number)))
    monkeypatch.setattr(press, "sums", lambda _: {("a", str(len(called)))})
    monkeypatch.setattr(stages, "cost", lambda command, _: called.append(command[2:]) or Cost(2.0, 1.0, 100.0))
    return called


def test_a_run_with_one_release_added_is_measured_whole_and_stage_by_stage(pretended):
    found = stages.repro(10)
    assert found["releases"] == 10
    assert found["one_added_of_cold"] == 1.0
    assert list(found["one_added_by_stage"]) == list(stages.STAGES)
    # the last sum is of a run whose caches were taken away
    assert found["different"] == ["a"]
    assert pretended[:4] == [("project", 10), ["dvc", "repro"], ("add newer", 10), ["dvc", "repro"]]
    assert pretended[5:7] == [["dvc", "repro", "--force"], ("add newer", 11)]
    lines = table.rows({"repro": found})
    assert any("outputs that differ from those of a run without caches | 1 | 0 |" in line for line in lines)


@pytest.mark.usefixtures("pretended")
def test_growth_has_an_exponent_for_every_stage():
    found = stages.growth((10, 40))
    assert set(found["exponent_of_cpu"]) == set(stages.STAGES)
    assert set(found["exponent_of_cpu"].values()) == {0.0}
    assert any("ingest 0.00, extract 0.00" in line for line in table.rows({"growth": found}))


def test_the_release_added_is_newer_than_all_before_it(tmp_path, monkeypatch):
    """Themes are learnt from the older releases: one in between would change what they are learnt from."""
    days = ("2024-02-28", "2023-12-31", "2020-01-01")
    pile = [
        {"id": f"x{n}", "date": day, "title": "T", "issuer": "I", "text": "Text"} for n, day in enumerate(days)
    ]
    monkeypatch.setattr(press, "releases", lambda: iter([dict(one) for one in pile]))
    press.add(tmp_path, 0, 2)
    press.add_newer(tmp_path, 2)
    dates = [path.read_text().split('date: "')[1][:10] for path in sorted(tmp_path.glob("data/raw/*/x?.md"))]
    assert dates == ["2024-02-28", "2023-12-31", "2024-02-29"]
