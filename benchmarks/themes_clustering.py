# ruff: noqa: T201  a program that prints a table
"""The German clustering benchmark behind ``docs/themes.md``: every method on the same terms in the same run.

    python -m benchmarks.themes_clustering ARTICLES.jsonl.gz FOLDER

ARTICLES has a line {"text", "label"} each. Terms and names are found once, by the stage extract's own
functions with its model, and kept in FOLDER. Labels are read to measure and for nothing else. Seconds are of the
processor. The LDA of gensim is run where gensim is installed.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sklearn.preprocessing import normalize

from pipeline.core import tables
from pipeline.themes import vectors
from pipeline.themes.clusters import grow, middles, nearest
from pipeline.themes.coded import Coded, encode, named
from pipeline.themes.compounds import splitter, stem
from pipeline.themes.discovered import content_terms
from pipeline.themes.keywords import coherence, diversity, strongest, theme_terms
from pipeline.themes.numbers import try_numbers
from pipeline.themes.reading import shipped
from pipeline.themes.space import learn
from pipeline.themes.threads import one_thread
from pipeline.themes.vocabulary import chooser, parse_stop_terms

NUMBER = 9
SEEDS = range(10)


def extract(articles: list[str], folder: Path) -> None:
    """Articles -> tables of terms and mentions in ``folder``."""
    from pipeline.core.params import load  # noqa: PLC0415  the model is needed once
    from pipeline.core.records import Release  # noqa: PLC0415
    from pipeline.extract import authority, nlp, rows  # noqa: PLC0415
    from pipeline.extract.settings import ExtractParams  # noqa: PLC0415

    settings = load("extract", ExtractParams)
    reader, gazetteers = nlp.load(settings.model, settings.model_version), authority.load()
    found = rows.Rows()
    for i, text in enumerate(articles):
        blank = dict.fromkeys(("issuer", "issuer_basis", "subtitle", "number", "dateline_place", "embargo"))
        release = Release(
            release_id=f"{i:012x}", source_path="", source_sha256="", format="txt", title="",
            published="2016-01-01", published_basis="header", language="de", text=text, repairs=0, **blank,
        )  # fmt: skip
        here = rows.of_page(release.release_id, reader.read(release, ()), gazetteers)
        found.terms += here.terms
        found.mentions += here.mentions
    tables.TERMS.write(found.terms, folder)
    tables.MENTIONS.write(found.mentions, folder)


def terms(folder: Path, articles: int, *, names: bool) -> Coded:
    """The stored tables -> content terms, with or without names for matching."""
    mentions = tables.MENTIONS.read_arrow(folder, ["release_id", "label", "text"])
    ids = [f"{i:012x}" for i in range(articles)]
    rows = tables.TERMS.read_arrow(folder, ["release_id", "term", "surface", "pos", "count"])
    found = named(mentions)
    coded = encode(ids, rows, found if names else found.slice(0, 0))
    return content_terms(coded, chooser(parse_stop_terms(shipped("stopterms.toml")), ()), np.arange(articles))


def tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Counts of terms in at most three of ten articles -> weights."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, frequency <= 0.3 * counts.shape[0]])


def in_parts(coded: Coded) -> sparse.csr_matrix:
    """Counts of stems and of the stems of compounds' parts."""
    whole = [[stem(word) for word in term.split()] for term in coded.terms]
    split = splitter({word for words in whole for word in words})
    parts = [[p for word in words for p in (word, *split(word))] for words in whole]
    names = {name: i for i, name in enumerate(sorted({p for row in parts for p in row}))}
    cells = [(i, names[p]) for i, row in enumerate(parts) for p in set(row)]
    rows, columns = zip(*cells, strict=True)
    return (
        coded.counts @ sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (len(parts), len(names)))
    ).tocsr()


def kmeans(points: Any, seed: int) -> Any:
    """Cluster by chance starts."""
    return KMeans(NUMBER, n_init=10, random_state=seed).fit_predict(points)


def main(source: Path, folder: Path) -> None:
    """Measure every method and print a table."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    gold = [article["label"] for article in articles]
    if not (folder / tables.TERMS.path).exists():
        extract([article["text"] for article in articles], folder)
    plain, full = (terms(folder, len(gold), names=names) for names in (False, True))
    print("| method | V-measure | seeds | ARI of seeds | NPMI | diversity | CPU s |\n" + "| --- " * 7 + "|")
    for name, fit in methods(plain, full):
        measure(name, fit, gold, plain)
    begin = time.process_time()
    points = learn(full, np.arange(len(gold)), vectors.load()).points(full.counts)
    print(f"learning the space: {time.process_time() - begin:.2f} s")
    for row in try_numbers(points, plain.counts, 20, 0):
        print(row)


def measure(name: str, fit: Callable[[int], Any], gold: list[str], plain: Coded) -> None:
    """One row of the table; NPMI and diversity of the ten terms that speak for each cluster."""
    begin = time.process_time()
    runs = [fit(seed) for seed in (SEEDS if "this project" in name else SEEDS[:3])]
    seconds = (time.process_time() - begin) / len(runs)
    labels = [np.asarray(run[0] if isinstance(run, tuple) else run) for run in runs]
    scores = [v_measure_score(gold, found) for found in labels]
    same = [adjusted_rand_score(a, b) for i, a in enumerate(labels) for b in labels[:i]]
    weights = runs[0][1] if isinstance(runs[0], tuple) else theme_terms(plain.counts, labels[0], NUMBER)
    tops = strongest(weights)
    print(
        f"| {name} | {np.mean(scores):.3f} | {min(scores):.3f} to {max(scores):.3f} | {np.mean(same):.2f} "
        f"| {np.mean(coherence(tops, plain.counts)):.3f} | {diversity(tops):.2f} | {seconds:.2f} |",
        flush=True,
    )


def methods(plain: Coded, full: Coded) -> Iterator[tuple[str, Callable[[int], Any]]]:
    """Name and function from seed to labels (or labels and weights of terms) of every method."""
    known, everything = vectors.load(), np.arange(len(plain.releases))

    def ours(coded: Coded, half: str = "") -> Callable[[int], Any]:
        space = learn(coded, everything, known)

        def run(seed: int) -> Any:
            points = getattr(space, half).points(coded.counts) if half else space.points(coded.counts)
            return nearest(points, middles(points, grow(points), NUMBER, seed))

        return run

    def directions(counts: Callable[[], Any], size: int) -> Callable[[int], Any]:
        return lambda seed: kmeans(
            normalize(TruncatedSVD(size, random_state=seed).fit_transform(tfidf(counts()))), seed
        )

    yield "meaning and own directions (**this project**; learning the space apart)", ours(full)
    yield "LDA (scikit-learn, batch)", topics(plain.counts)
    try:
        import gensim  # noqa: F401, PLC0415  a guest of this benchmark, no dependency

        yield "LDA (gensim, 10 passes)", gensim_topics(plain.counts)
    except ImportError:
        pass
    yield "TF-IDF, k-means", lambda seed: kmeans(tfidf(plain.counts), seed)
    yield "TF-IDF, SVD(30), k-means", directions(lambda: plain.counts, 30)
    yield "TF-IDF, SVD(100), k-means", directions(lambda: plain.counts, 100)
    yield "TF-IDF with compounds split, SVD(30), k-means", directions(lambda: in_parts(plain), 30)
    yield "NMF on TF-IDF (nndsvda)", factors(plain.counts)
    yield "NMF on TF-IDF with compounds split", lambda seed: factors(in_parts(plain))(seed)[0]
    yield "the same without names of organisations", ours(plain)
    yield "meaning only (vectors of words)", ours(full, "meaning")
    yield "own directions only", ours(full, "own")


def factors(counts: sparse.csr_matrix) -> Callable[[int], Any]:
    """NMF as it is usually done."""

    def run(seed: int) -> Any:
        model = NMF(NUMBER, init="nndsvda", max_iter=400, random_state=seed)
        weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
        loads = model.fit_transform(weights) * np.linalg.norm(model.components_, axis=1)
        return loads.argmax(axis=1), model.components_

    return run


def topics(counts: sparse.csr_matrix) -> Callable[[int], Any]:
    """scikit-learn's LDA."""

    def run(seed: int) -> Any:
        model = LatentDirichletAllocation(NUMBER, random_state=seed, max_iter=10)
        return model.fit_transform(counts).argmax(axis=1), model.components_

    return run


def gensim_topics(counts: sparse.csr_matrix) -> Callable[[int], Any]:
    """The LDA of gensim."""
    from gensim.matutils import Sparse2Corpus  # noqa: PLC0415
    from gensim.models import LdaModel  # noqa: PLC0415

    def run(seed: int) -> Any:
        corpus = Sparse2Corpus(counts, documents_columns=False)
        words = dict(enumerate(map(str, range(counts.shape[1]))))
        model = LdaModel(corpus, NUMBER, words, passes=10, random_state=seed)
        shares = np.array([[p for _, p in model.get_document_topics(d, minimum_probability=0.0)] for d in corpus])
        return shares.argmax(axis=1), model.get_topics()

    return run


if __name__ == "__main__":
    # as the stage does it, and the same for every method
    with one_thread():
        main(Path(sys.argv[1]), Path(sys.argv[2]))
