"""reports/metrics/bench.json -> the table in docs/performance.md, between its marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_MARKS = re.compile(r"(<!-- bench:begin -->\n).*?(<!-- bench:end -->)", re.DOTALL)
_NONE = "not measured yet: `make bench`"


def write(found: dict[str, Any], page: Path) -> None:
    """Put the table of all figures found into the page."""
    text = page.read_text(encoding="utf-8")
    table = "\n".join(rows(found))
    page.write_text(
        _MARKS.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", text), encoding="utf-8", newline="\n"
    )


def rows(found: dict[str, Any]) -> list[str]:
    """The lines of the table: what, found, wanted, command."""
    lines = ["| figure | found | must reach | command |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {value} | {must} | `make bench FIGURES={name}` |" for name, what, value, must in _all(found)
    ]
    return lines


def _all(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    speed, two, grown = (found.get(name, {}) for name in ("speed", "processes", "growth"))
    figures = [
        ("speed", f"words/s of `{model}`, everything, over `nlp.pipe` of the peer", _ratio(speed.get(model)), must)
        for model, must in (("de_presse_sm", "1.3"), ("de_presse_md", "0.25"))
    ]
    figures.append(("processes", "one process over two, wall", _middle(two.get("one_over_two")), "1.8"))
    for name, model, limit in (("repro", "sm", "12 min"), ("repro_md", "md", "25 min")):
        figures += _runs(name, model, limit, found.get(name))
    figures.append(("growth", "exponent of processor time, 1k to 36k, by stage", _stages(grown), "1.05"))
    figures.append(("kills", "outputs that differ after 20 kills", _count(found.get("kills")), "0"))
    disk = found.get("full")
    figures.append(("full", "outputs that differ after a full or a read-only disk", _count(disk), "0"))
    unclear = _NONE if disk is None else str(disk["unclear"])
    figures.append(("full", "stages on such a disk that do not say it in one line", unclear, "0"))
    starts = found.get("start", {})
    figures += [
        ("start", f"start of {stage}, processor seconds", _middle(value), "")
        for stage, value in starts.items()
        if stage != "on"
    ]
    return figures


def _ratio(model: dict[str, Any] | None) -> str:
    return _middle(model["ratio"]) if model else _NONE


def _middle(value: dict[str, Any] | None) -> str:
    if value is None:
        return _NONE
    return f"{value['median']:.2f} ({value['lowest']:.2f} to {value['highest']:.2f}, {value['runs']} runs)"


def _runs(name: str, model: str, limit: str, run: dict[str, Any] | None) -> list[tuple[str, str, str, str]]:
    if run is None:
        return [(name, f"`dvc repro`, `de_presse_{model}`", _NONE, limit)]
    peak = max(run[what]["peak_mb"] for what in ("cold", "one_added"))
    what = f"{run['releases']:,} releases, `de_presse_{model}`"
    return [
        (name, f"{what}: cold, wall", f"{run['cold']['wall'] / 60:.1f} min", limit),
        (name, f"{what}: largest process", f"{peak:,.0f} MB", "1,500 MB"),
        (name, f"{what}: one added, wall", f"{run['one_added']['wall']:.1f} s", "20 s"),
        (name, f"{what}: one added, share of cold", f"{run['one_added_of_cold']:.1%}", "3 %"),
        (name, f"{what}: outputs that differ from those of a run without caches", _count(run), "0"),
        (name, f"{what}: nothing changed, wall", f"{run['nothing_changed']['wall']:.1f} s", "4 s"),
    ]


def _stages(grown: dict[str, Any]) -> str:
    values = grown.get("exponent_of_cpu")
    return ", ".join(f"{stage} {value:.2f}" for stage, value in values.items()) if values else _NONE


def _count(run: dict[str, Any] | None) -> str:
    return _NONE if run is None else str(len(run["different"]))
