"""Figures of metrics.json become the table between the markers of README.md."""

from __future__ import annotations

import json
import re

from training.settings import HOME

MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.S)
MODELS = ["de_presse_md", "de_presse_sm"]
FIRST = "de_presse_sm 0.1.0"
MUSTS = {
    ("germeval2014-test", "all"): ("GermEval 2014 test, all", 0.785, 0.66),
    ("germeval2014-test", "PER"): ("· PER", None, None),
    ("germeval2014-test", "LOC"): ("· LOC", None, None),
    ("germeval2014-test", "ORG"): ("· ORG", None, None),
    ("germeval2014-test", "MISC"): ("· MISC", None, None),
    ("smartdata-test", "all"): ("SmartData test, all", 0.77, 0.70),
    ("smartdata-test", "PER"): ("· PER", None, None),
    ("smartdata-test", "LOC"): ("· LOC", None, None),
    ("smartdata-test", "ORG"): ("· ORG", None, None),
    ("stazh-test", "all"): ("StAZH Verwaltung test, all", 0.85, 0.78),
    ("stazh-test", "PER"): ("· PER", None, None),
    ("stazh-test", "LOC"): ("· LOC", None, None),
    ("stazh-test", "ORG"): ("· ORG", None, None),
    ("gold-dev", "PER"): ("hand-annotated releases, PER", 0.90, 0.80),
    ("gold-dev", "LOC"): ("hand-annotated releases, LOC", 0.82, 0.70),
    ("gold-dev", "ORG"): ("hand-annotated releases, ORG", 0.72, 0.58),
    ("ud-gsd-test", "sents_f"): ("UD-GSD test, sentences in running text, exact at both ends", 0.95, 0.95),
    ("ud-gsd-test", "sents_start_f"): ("· sentence starts alone", None, None),
    ("ud-gsd-test", "sents_lines_f"): ("· each sentence on a line of its own", None, None),
    ("ud-gsd-test", "lemma_acc"): ("UD-GSD test, lemma accuracy", 0.93, 0.93),
    ("ud-gsd-test", "upos_acc"): ("UD-GSD test, UPOS accuracy", 0.92, 0.92),
    ("ud-gsd-test", "xpos_acc"): ("UD-GSD test, STTS accuracy", None, None),
    ("speed", "ratio"): ("words/s, ratio to the published small configuration", 0.25, 1.3),
    ("speed", "words_per_second"): ("words/s of processor time", None, None),
    ("speed", "load_seconds"): ("seconds to load", 2, 2),
}


def figure(metrics: dict[str, dict[str, dict[str, object]]], model: str, key: tuple[str, str]) -> str:
    """A place in metrics.json becomes what stands in the table."""
    value = metrics.get(model, {}).get(key[0], {}).get(key[1])
    value = value["f"] if isinstance(value, dict) else value
    if value is None:
        return "not measured"
    return f"{value:.3f}" if isinstance(value, float) and value < 1 and key[0] != "speed" else f"{value}"


def main() -> None:
    """Load, work, save."""
    metrics = json.loads((HOME / "metrics.json").read_text("utf-8"))
    now, also, first = (metrics[model]["version"] for model in (*MODELS, FIRST))
    rows = [f"| | md {now} | wanted | sm {also} | wanted | sm {first} |", "| --- | --- | --- | --- | --- | --- |"]
    for key, (title, *wanted) in MUSTS.items():
        cells = [(figure(metrics, m, key), "" if w is None else f"{w}") for m, w in zip(MODELS, wanted)]
        rows.append(f"| {title} | " + " | ".join(f"{a} | {b}" for a, b in cells) + f" | {figure(metrics, FIRST, key)} |")
    path = HOME / "README.md"
    path.write_text(MARKS.sub(lambda m: m[1] + "\n".join(rows) + "\n" + m[2], path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
