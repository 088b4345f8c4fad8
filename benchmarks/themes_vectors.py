"""Raw German text -> ``pipeline/themes/vectors.npz``: which nouns have to do with each other.

    python -m benchmarks.themes_vectors ../shared/corpora/raw pipeline/themes/vectors.npz

Texts are cut into blocks of sixty nouns; TF-IDF over nouns' stems, then the leading directions (truncated SVD).
Nouns are words with a capital that stand after a small letter or a comma: no model, so that anyone can repeat it.
Takes about 30 s of processor time. The same input gives the same file.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from pipeline.themes.compounds import stem

# Wikipedia and Klexikon: CC BY-SA 3.0; Bundestag: public domain
SOURCES = (
    "raw-wikipedia-klexikon/wiki.txt.gz",
    "raw-wikipedia-klexikon/klexikon.txt.gz",
    "raw-bundestag-reden/bundestag-wp20.txt.gz",
)
BLOCK, MIN_BLOCKS = 60, 15
# more directions are computed than kept: the last ones of a randomised decomposition are rough
COMPUTED, KEPT = 150, 100
# 25 levels a direction: the file keeps below two megabytes, and a row's direction within a degree or two
LEVELS = 12
NOUN = re.compile(r"(?<=[a-zäöüß,;\-–0-9] )[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-Za-zäöüßÄÖÜ]+)*")


def blocks(folder: Path) -> Iterator[list[str]]:
    """The stems of the nouns of all texts, sixty or a few more at a time; no block crosses two files."""
    for name in SOURCES:
        block: list[str] = []
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                block += [stem(word.lower()) for word in NOUN.findall(line)]
                if len(block) >= BLOCK:
                    yield block
                    block = []


def main(folder: Path, target: Path) -> None:
    """Count, weigh, project, store in few levels."""
    texts = [list(map(sys.intern, block)) for block in blocks(folder)]
    frequency = Counter(word for block in texts for word in set(block))
    words = sorted(word for word, count in frequency.items() if count >= MIN_BLOCKS)
    weigh = TfidfVectorizer(analyzer=lambda block: block, vocabulary=words, sublinear_tf=True)
    weights = weigh.fit_transform(texts).astype(np.float32)
    _, strength, directions = randomized_svd(weights, COMPUTED, n_iter=3, random_state=0)
    rows = directions.T[:, :KEPT] * np.sqrt(strength[:KEPT])
    rows /= np.abs(rows).max(axis=1, keepdims=True)
    stored = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(target, words=stored, rows=np.round(rows * LEVELS).astype(np.int8))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
