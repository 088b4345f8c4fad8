"""Stage corpora: pinned corpora become train and dev sets of one form, free of every test sentence."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from training.settings import BUILD, section
from training.sources import Sentence, read_conllu, read_empirist, read_jsonl, read_ner
from training.settings import corpus_file

NER_FILES = {
    "germeval": ["ship/ner-germeval2014/dev.jsonl.gz"],  # the train split is not at hand; test is never read here
    "wikiner": ["ship/ner-wikiner-de-sample/train.jsonl.gz", "ship/ner-wikiner-de-sample/dev.jsonl.gz"],
    "smartdata": ["ship/ner-smartdata/train.jsonl.gz", "ship/ner-smartdata/dev.jsonl.gz"],
    "stazh": ["ship/ner-stazh-verwaltung/train.jsonl.gz", "ship/ner-stazh-verwaltung/dev.jsonl.gz"],
    "legal": ["ship/ner-legal-ler/train.jsonl.gz"],
    "mobie": ["ship/ner-mobie/train.not-in-smartdata.jsonl.gz"],
    "europeana": ["ship/ner-europeana-de/lft.jsonl.gz", "ship/ner-europeana-de/sbb.jsonl.gz"],
}
TEST_FILES = [
    "ship/ner-germeval2014/test.jsonl.gz",
    "ship/ner-wikiner-de-sample/test.jsonl.gz",
    "ship/ner-smartdata/test.jsonl.gz",
    "ship/ner-stazh-verwaltung/test.jsonl.gz",
    "ship/ner-legal-ler/test.jsonl.gz",
    "ship/ner-mobie/test.jsonl.gz",
    "ship/ner-neiss-sturm/test.jsonl.gz",
    "ship/pos-empirist/web.test.jsonl.gz",
    "ship/pos-empirist/cmc.test.jsonl.gz",
]
GRAM = 8


def normal(text: str) -> str:
    """A sentence becomes the form in which it is compared: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", text.casefold())


def grams(words: list[str]) -> Iterator[int]:
    """Words become the hashes of their runs of eight."""
    folded = [word for word in (normal(word) for word in words) if word]
    for i in range(len(folded) - GRAM + 1):
        yield hash(tuple(folded[i : i + GRAM]))


class TestText:
    """Every sentence of every test split, to be kept out of training: whole, and by runs of eight words."""

    def __init__(self, sentences: Iterable[list[str]]) -> None:
        kept = list(sentences)
        self.whole = {normal("".join(words)) for words in kept}
        self.runs = {gram for words in kept for gram in grams(words)}

    def holds(self, words: list[str]) -> bool:
        """Words become whether a test split has that sentence or eight of its words in a row."""
        return normal("".join(words)) in self.whole or not self.runs.isdisjoint(grams(words))


def test_text() -> TestText:
    """The pinned test files become the text that training must not see."""
    rows = (list(map(str, row["tokens"])) for name in TEST_FILES for row in read_jsonl(corpus_file(name)))  # type: ignore[call-overload]
    gsd = (sentence.tokens for sentence in read_conllu("ship/ud-gsd/de_gsd-ud-test.conllu.gz"))
    return TestText([*rows, *gsd])


def read_all() -> Iterator[Sentence]:
    """Every training file becomes its sentences."""
    for corpus, names in NER_FILES.items():
        for name in names:
            for sentence in read_ner(corpus, name):
                sentence.complete = corpus in {"germeval", "wikiner"}
                yield sentence
    for name in ["web.train", "cmc.train"]:
        yield from read_empirist(f"ship/pos-empirist/{name}.jsonl.gz")
    yield from read_conllu("ship/ud-gsd/de_gsd-ud-dev.conllu.gz")


def clean(sentences: Iterable[Sentence], tests: TestText) -> list[Sentence]:
    """Sentences become those that are in no test split, each text once per corpus."""
    seen: set[tuple[str, str]] = set()
    out = []
    for sentence in sentences:
        key = (sentence.corpus, normal("".join(sentence.tokens)))
        if key[1] and key not in seen and not tests.holds(sentence.tokens):
            seen.add(key)
            out.append(sentence)
    return out


def thin(sentences: list[Sentence], keep: dict[str, int], seed: int) -> list[Sentence]:
    """Large corpora become a sample: sentences with a name first, so that rare knowledge stays."""
    rng = random.Random(seed)
    out: list[Sentence] = []
    for corpus in dict.fromkeys(sentence.corpus for sentence in sentences):
        own = [sentence for sentence in sentences if sentence.corpus == corpus]
        limit = keep.get(corpus, len(own))
        if len(own) > limit:
            named = [s for s in own if any(tag[0] in "BI" for tag in s.ner)]
            rest = [s for s in own if not any(tag[0] in "BI" for tag in s.ner)]
            rng.shuffle(named), rng.shuffle(rest)
            own = (named[: limit * 3 // 4] + rest)[:limit]
        out += own
    return out


def split(sentences: list[Sentence], parts: dict[str, int]) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences become train and dev: of each named corpus the last n sentences are for choosing between settings."""
    train: list[Sentence] = []
    dev: list[Sentence] = []
    for corpus in dict.fromkeys(sentence.corpus for sentence in sentences):
        own = [sentence for sentence in sentences if sentence.corpus == corpus]
        n = parts.get(corpus, 0)
        train += own[: len(own) - n]
        dev += own[len(own) - n :] if n else []
    return train, dev


def save_to(path: Path, sentences: list[Sentence]) -> None:
    """Sentences become a file, one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for sentence in sentences:
            out.write(json.dumps({k: v for k, v in asdict(sentence).items() if v != []}, ensure_ascii=False) + "\n")


def load_from(path: Path) -> list[Sentence]:
    """A file that save_to wrote becomes sentences."""
    with path.open(encoding="utf-8") as lines:
        return [Sentence(**json.loads(line)) for line in lines]


def load(name: str) -> list[Sentence]:
    """build/corpora/<name>.jsonl becomes sentences."""
    return load_from(BUILD / "corpora" / f"{name}.jsonl")


def main() -> None:
    """Load, work, save."""
    options = section("corpora")
    tests = test_text()
    kept = clean(read_all(), tests)
    train, dev = split(thin(kept, options["keep"], options["seed"]), options["dev"])
    assert not any(tests.holds(sentence.tokens) for sentence in train + dev), "a test sentence is in training"
    for name, part in {"train": train, "dev": dev}.items():
        save_to(BUILD / "corpora" / f"{name}.jsonl", part)
    words = sum(len(sentence.tokens) for sentence in train)
    print(f"corpora: {len(train)} sentences, {words} words to train on, {len(dev)} to choose by")


if __name__ == "__main__":
    main()
