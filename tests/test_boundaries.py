"""The rules of the house: who may import what, and what dvc.yaml must therefore say."""

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from pipeline.core import tables as t

ROOT = Path(__file__).parents[1]
STAGES = ("ingest", "extract", "register", "themes", "report", "archive", "evaluate")
DVC = YAML(typ="safe", pure=True).load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
TABLES = {name: table for name, table in vars(t).items() if isinstance(table, t.Table)}


def modules(stage):
    return sorted((ROOT / "pipeline" / stage).rglob("*.py"))


def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_dvc_runs_exactly_the_seven_stages():
    assert tuple(DVC) == STAGES


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_itself_and_core_only(stage):
    ours = {name for path in modules(stage) for name in imports(path) if name.split(".")[0] == "pipeline"}
    strangers = {name for name in ours if name.split(".")[1:2] not in ([], ["core"], [stage])}
    assert not strangers


@pytest.mark.parametrize("stage", STAGES)
def test_the_code_deps_of_a_stage_are_core_and_itself(stage):
    code = {dep for dep in DVC[stage]["deps"] if dep.startswith("pipeline/")}
    assert code == {"pipeline/core", f"pipeline/{stage}"}


def test_core_imports_no_heavy_library():
    heavy = {"spacy", "sklearn", "jinja2", "lxml", "thinc"}
    found = {name.split(".")[0] for path in modules("core") for name in imports(path)}
    assert not found & heavy


@pytest.mark.parametrize("stage", STAGES)
def test_every_table_a_stage_reads_is_a_dep_and_every_table_it_writes_an_out(stage):
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules(stage))
    deps, outs = paths(DVC[stage]["deps"]), paths(DVC[stage].get("outs", []))
    for name, table in TABLES.items():
        path = table.path.as_posix()
        if re.search(rf"\b{name}\.(read|read_frame|read_arrow|read_between|stream|count)\b", source):
            assert covered(path, deps), f"{stage} reads {path}"
        if re.search(rf"\b{name}\.(write|writer)\(", source):
            assert covered(path, outs), f"{stage} writes {path}"


def paths(entries):
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def covered(path, entries):
    return any(path == entry or path.startswith(entry + "/") for entry in entries)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_takes_its_whole_params_section_and_says_what_it_does(stage):
    assert DVC[stage]["params"] == [stage]
    assert DVC[stage]["cmd"] == f"python -m pipeline.{stage}"
    assert DVC[stage]["desc"].endswith(".")


@pytest.mark.parametrize("stage", STAGES)
def test_main_is_load_work_save_in_at_most_forty_lines(stage):
    source = (ROOT / "pipeline" / stage / "__main__.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 40
    assert "argparse" not in source


def test_modules_stay_small_and_have_a_name_that_says_something():
    files = sorted((ROOT / "pipeline").rglob("*.py"))
    assert len(files) > 40
    long = [str(p.relative_to(ROOT)) for p in files if len(p.read_text(encoding="utf-8").splitlines()) > 250]
    assert not long
    assert not [p for p in files if p.stem in {"utils", "helpers", "misc", "common"}]


def test_core_stays_small():
    """The catalogue of rows, tables and words grows with the stages; what works hardly does.

    A third of it is tables, a quarter execution on three backends: what stages would else do in their own ways.
    """
    logic = [p for p in modules("core") if not p.stem.endswith("records") and p.stem not in {"tables", "words"}]
    assert sum(len(p.read_text(encoding="utf-8").splitlines()) for p in logic) <= 1350


def test_every_param_is_used_by_its_stage():
    params = YAML(typ="safe", pure=True).load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    for section, values in params.items():
        folder = ROOT / "pipeline" / ("core" if section == "execution" else section)
        source = "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.py")))
        unused = [key for key in values if not re.search(rf"\.{key}\b", source)]
        assert not unused, f"{section}: {unused}"


def test_the_lock_files_pin_every_package_by_hash_and_name_no_address():
    for name in ("requirements-build.lock", "requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in lock
        for requirement in re.split(r"\n(?=\S)", lock.strip()):
            if not requirement.startswith("#"):
                assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", requirement), requirement
                assert "--hash=sha256:" in requirement, requirement
