"""Words a second of the packaged models beside a pipeline of the published de_core_news_sm configuration."""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.example import Example
from spacy.util import load_config

from training.settings import HOME


def published(config: Path, sample: list[str]) -> Language:
    """The published configuration becomes a pipeline with initial weights and the pipes that run by default."""
    raw = load_config(config)
    for name in ("training", "initialize", "corpora", "paths"):
        raw.pop(name, None)
    raw["components"]["attribute_ruler"].pop("source", None)
    nlp = spacy.blank("de", config={"nlp": {"tokenizer": raw["nlp"]["tokenizer"]}})
    for name in (n for n in raw["nlp"]["pipeline"] if n not in raw["nlp"]["disabled"]):
        settings = {k: v for k, v in raw["components"][name].items() if k != "factory"}
        nlp.add_pipe(raw["components"][name]["factory"], name=name, config=interpolated(settings, raw))
    nlp.initialize(lambda: examples(nlp, sample))
    return nlp


def interpolated(settings: dict[str, object], raw: object) -> dict[str, object]:
    """Settings that point at the shared vectors' width get its number."""
    width = raw["components"]["tok2vec"]["model"]["encode"]["width"]  # type: ignore[index]
    text = json.dumps(settings).replace('"${components.tok2vec.model.encode:width}"', str(width))
    return dict(json.loads(text.replace('"${components.tok2vec.model.encode.width}"', str(width))))


def examples(nlp: Language, texts: list[str]) -> list[Example]:
    """Texts become examples with made-up labels as many as a real model has, so that the sizes are right."""
    out = []
    for text in texts:
        doc = nlp.make_doc(text)
        n = len(doc)
        rows = {
            "tags": [f"T{i % 54}" for i in range(n)], "pos": [["NOUN", "VERB", "ADJ", "DET"][i % 4] for i in range(n)],
            "morphs": [f"Case={'ABCD'[i % 4]}|Number={'AB'[i % 2]}|Gender={'XYZ'[i % 3]}" for i in range(n)],
            "lemmas": [t.text[: max(1, len(t) - i % 4)] + "enrs"[i % 4] for i, t in enumerate(doc)],
            "heads": [max(0, i - 1) for i in range(n)], "deps": ["ROOT" if i == 0 else f"d{i % 40}" for i in range(n)],
            "sent_starts": [i == 0 for i in range(n)],
            "entities": [["B-PER", "B-LOC", "B-ORG", "B-MISC", "O"][i % 5] for i in range(n)],
        }  # fmt: skip
        out.append(Example.from_dict(doc, rows))
    return out


def words_a_second(nlp: Language, texts: list[str]) -> float:
    """A pipeline becomes its words a second of processor time, after a few texts to warm up."""
    list(nlp.pipe(texts[:20]))
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return words / (time.process_time() - start)


def texts_of(place: Path, n: int) -> list[str]:
    """A folder of releases, or a packed file of them (one JSON object a line), becomes every k-th text, n of them."""
    if place.is_dir():
        texts = [p.read_text("utf-8", errors="replace") for p in sorted(place.rglob("*.txt"))]
    else:
        with gzip.open(place, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    return texts[:: max(1, len(texts) // n)][:n]


def main() -> None:
    """Usage: python -m training.speed CONFIG TEXTS N MODEL...: prints words/s and ratios and writes them to metrics.json."""
    texts = texts_of(Path(sys.argv[2]), int(sys.argv[3]))
    base = words_a_second(published(Path(sys.argv[1]), texts[:8]), texts)
    path = HOME / "metrics.json"
    metrics = json.loads(path.read_text("utf-8")) if path.exists() else {}
    print(f"speed: published configuration: {base:.0f} words/s")
    for name in sys.argv[4:]:
        start = time.perf_counter()
        nlp = spacy.load(name)
        load = time.perf_counter() - start
        rate = words_a_second(nlp, texts)
        metrics.setdefault(name, {})["speed"] = {"words_per_second": round(rate), "ratio": round(rate / base, 2), "load_seconds": round(load, 2), "texts": len(texts)}
        print(f"speed: {name}: {rate:.0f} words/s, ratio {rate / base:.2f}, loaded in {load:.2f} s")
    path.write_text(json.dumps(metrics, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
