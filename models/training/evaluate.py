"""Stage evaluate: packaged models against test sets that no training ever saw; figures go to metrics.json.

GermEval: outer level, 4 labels, derivations and parts dropped. SmartData: LOCATION and its fine kinds are LOC; one-word
LOCATIONs that begin in lower case or end in -isch(e…) are adjectives and dropped from gold. StAZH: PER, LOC, ORG, derived
forms dropped. UD-GSD: surface tokens ("im" is one token: ADP, lemma "in"); sentences in running text of ten, by offsets.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from runtime.unigram import marked
from training.labels import spans
from training.settings import HOME, corpora_root, section
from training.sources import Sentence, read_conllu, read_ner

NER_TESTS = {
    "germeval2014-test": ("germeval", "ship/ner-germeval2014/test.jsonl.gz", ("PER", "LOC", "ORG", "MISC")),
    "smartdata-test": ("smartdata", "ship/ner-smartdata/test.jsonl.gz", ("PER", "LOC", "ORG")),
    "stazh-test": ("stazh", "ship/ner-stazh-verwaltung/test.jsonl.gz", ("PER", "LOC", "ORG")),
}
GSD_TEST = "ship/ud-gsd/de_gsd-ud-test.conllu.gz"
Span = tuple[int, int, str]


class Tally:
    """Right, found and gold spans a label."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = set(labels)
        self.rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, found: set[Span], gold: set[Span]) -> None:
        """Spans of one text are counted; labels that the test set lacks do not count as found."""
        for label in sorted(self.labels):
            ours, theirs = ({s for s in rows if s[2] == label} for rows in (found, gold))
            for row in (self.rows[label], self.rows["all"]):
                for i, n in enumerate((len(ours & theirs), len(ours), len(theirs))):
                    row[i] += n

    def figures(self) -> dict[str, dict[str, float]]:
        """Counts become precision, recall and F1 a label."""
        out = {}
        for label, (right, found, gold) in sorted(self.rows.items()):
            p, r = right / max(1, found), right / max(1, gold)
            out[label] = {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4), "gold": gold}
        return out


def run(nlp: Language, doc: Doc) -> Doc:
    """A tokenized document goes through all pipes."""
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def tokenized(nlp: Language, tokens: list[str], spaces: list[bool] | None = None) -> Doc:
    """Gold tokens become a document; where no spaces are known, closing punctuation has none before it."""
    gaps = spaces or [marked(after) for after in [*tokens[1:], ""]]
    return Doc(nlp.vocab, tokens, gaps)


def names(nlp: Language, test: str) -> dict[str, dict[str, float]]:
    """A test set becomes figures, sentence by sentence on gold tokens."""
    corpus, name, labels = NER_TESTS[test]
    tally = Tally(labels)
    for sentence in read_ner(corpus, name):
        doc = run(nlp, tokenized(nlp, sentence.tokens))
        tally.add({(e.start, e.end, e.label_) for e in doc.ents}, set(spans(sentence.ner)))
    return tally.figures()


def releases(nlp: Language) -> dict[str, dict[str, float]]:
    """The hand-annotated releases become figures: raw text in, spans by offsets; the model alone, no rules."""
    tally = Tally(("PER", "LOC", "ORG"))
    for path in sorted((corpora_root().parent / "gold" / "dev").glob("*.json")):
        gold = {(s["start"], s["end"], s["label"]) for s in json.loads(path.read_text("utf-8"))["spans"]}
        doc = nlp(path.with_suffix(".txt").read_text("utf-8"))
        tally.add({(e.start_char, e.end_char, e.label_) for e in doc.ents}, gold)
    return tally.figures()


def tens(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences become running texts of ten."""
    yield from (sentences[i : i + 10] for i in range(0, len(sentences), 10))


def treebank(nlp: Language) -> dict[str, float]:
    """UD-GSD test becomes sentence F1 (raw text, counted three ways) and tag and lemma accuracy (gold tokens)."""
    right, total = defaultdict(int), 0
    for part in tens(list(read_conllu(GSD_TEST))):
        tokens = [t for s in part for t in s.tokens]
        doc = tokenized(nlp, tokens, [x for s in part for x in [*s.spaces[:-1], True]])
        for name, gold, found in layers(run(nlp, doc), part):
            right[name] += gold == found
        total += len(tokens)
    return {**sentences(nlp), **{name: round(n / total, 4) for name, n in sorted(right.items())}}


def sentences(nlp: Language) -> dict[str, float]:
    """Sentences joined by spaces: exact at both ends, and starts alone; joined by line breaks: exact at both ends."""
    exact, starts, lines = (Tally(("S",)) for _ in range(3))
    for part in tens(list(read_conllu(GSD_TEST))):
        found, gold = sentence_spans(nlp, part, " ")
        exact.add(found, gold)
        starts.add(*({(a, a, kind) for a, _, kind in rows} for rows in (found, gold)))
        lines.add(*sentence_spans(nlp, part, "\n"))
    tallies = {"sents_f": exact, "sents_start_f": starts, "sents_lines_f": lines}
    return {name: tally.figures()["S"]["f"] for name, tally in tallies.items()}


def layers(doc: Doc, part: list[Sentence]) -> Iterator[tuple[str, str, str]]:
    """A processed text and its gold become (figure, gold, found) of every token."""
    golds = ((u, x, lem) for s in part for u, x, lem in zip(s.upos, s.xpos, s.lemmas))
    for token, (upos, xpos, lemma) in zip(doc, golds):
        yield "upos_acc", upos, token.pos_
        yield "xpos_acc", xpos, token.tag_
        yield "lemma_acc", lemma, token.lemma_


def sentence_spans(nlp: Language, part: list[Sentence], between: str) -> tuple[set[Span], set[Span]]:
    """Sentences, joined, become found and gold spans."""
    gold, text = set(), ""
    for sentence in part:
        start = len(text)
        text += "".join(t + " " * space for t, space in zip(sentence.tokens, sentence.spaces)).rstrip()
        gold.add((start, len(text), "S"))
        text += between
    found = {(s.start_char, s.start_char + len(s.text.rstrip()), "S") for s in nlp(text).sents}
    return found, gold


def main() -> None:
    """Load, work, save: names of models on the command line, else both."""
    path = HOME / "metrics.json"
    metrics = json.loads(path.read_text("utf-8")) if path.exists() else {}
    for name in sys.argv[1:] or [f"de_presse_{kind}" for kind in section("package")["students"]]:
        nlp = spacy.load(name)
        figures: dict[str, object] = {"version": nlp.meta["version"], "ud-gsd-test": treebank(nlp)}
        figures |= {test: names(nlp, test) for test in NER_TESTS}
        figures["gold-dev"] = releases(nlp)
        metrics[name] = {**metrics.get(name, {}), **figures}
        path.write_text(json.dumps(metrics, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        print(f"evaluate: {name}: {json.dumps(figures)}", flush=True)


if __name__ == "__main__":
    main()
