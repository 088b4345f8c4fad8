"""Gold sentences get other names: organisations as press offices write them, made by a grammar, and German municipalities.

The corpora know ministries and football clubs; a press office writes of the "Arbeitskreis Baumschutz der Ortsgruppe X" and of
acronyms that nobody trained on. Replacing the mention and keeping the sentence ("mention replacement", Dai and Adel 2020) shows a
network such names in real surroundings. Corpora whose names were replaced stay in their own manner.
"""

from __future__ import annotations

import csv
import random
import string
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from training.labels import spans
from training.settings import HOME
from training.sources import Sentence

RULES = Path(__file__).with_name("press_names.toml")
PLACES = HOME.parent / "data" / "authority" / "places.csv"
# what stands before a name: (gender, form of the head)
ARTICLES = {
    "der": ("fem", "same"), "die": ("fem", "same"), "zur": ("fem", "same"), "das": ("neut", "same"), "des": ("masc", "genitive"),
    "dem": ("neut", "same"), "beim": ("neut", "same"), "vom": ("masc", "same"), "zum": ("neut", "same"), "im": ("neut", "same"),
    "den": ("masc", "same"),
}  # fmt: skip
INFLECTED = {"fem": "e", "masc": "er", "neut": "es"}


class Grammar:
    """press_names.toml and a source of chance become names, as lists of tokens."""

    def __init__(self, rng: random.Random) -> None:
        self.rules, self.rng = tomllib.loads(RULES.read_text("utf-8")), rng

    @cached_property
    def places(self) -> list[str]:
        """The German municipalities of the authority table."""
        with PLACES.open(encoding="utf-8", newline="") as rows:
            return [row["name"] for row in csv.DictReader(rows) if row["kind"] == "municipality"]

    def place(self) -> list[str]:
        """A municipality, or a Landkreis called after one."""
        name = self.rng.choice(self.places).replace("(", "( ").replace(")", " )").split()
        return ["Landkreis", *name] if self.rng.random() < 0.1 else name

    def weighted(self, table: str) -> list[str]:
        """One line of a table, by its weight."""
        rows = self.rules[table]
        return self.rng.choices(list(rows), list(rows.values()))[0].split()

    def headed(self, gender: str, form: str, depth: int = 0) -> list[str]:
        """A head with what follows it: "Landesamt für Umwelt und Energie", "Arbeitskreis Kultur der Stiftung Nordwald"."""
        part = self.rules[gender]
        words = str(self.rng.choice(part["heads"])).split()
        if form == "genitive":
            words[-1] += "es" if words[-1].endswith(("amt", "und", "rat", "etrieb")) else part["genitive"]
        if self.rng.random() < 0.15:
            words.insert(0, self.rng.choice(self.rules["adjectives"]) + ("en" if form == "genitive" or depth else INFLECTED[gender]))
        tail = self.weighted("tails")
        while depth and "N" in tail:
            tail = self.weighted("tails")
        return words + self.filled(tail, depth)

    def filled(self, pattern: list[str], depth: int = 0) -> list[str]:
        """The signs of a pattern become words."""
        makers: dict[str, Callable[[], list[str]]] = {
            "P": lambda: self.rng.choice(self.places).split(" (")[0].split(),
            "T": lambda: [self.rng.choice(self.rules["topics"])],
            "O": lambda: [self.rng.choice(self.rules["objects"])],
            "Q": lambda: str(self.rng.choice(self.rules["sayings"])).split(),
            "L": lambda: str(self.rng.choice(self.rules["legal"])).split(),
            "A": lambda: ["".join(self.rng.choices(string.ascii_uppercase, k=self.rng.choice([2, 3, 3, 3, 4, 4, 5])))],
            "W": lambda: ["".join(self.rng.choices(self.rules["syllables"], k=self.rng.choice([2, 3]))).capitalize()],
            "C": lambda: [self.rng.choice(self.rules["first"]) + self.rng.choice(self.rules["second"])],
            "H": lambda: [self.rng.choice(self.rules["first"]) + "-" + self.rng.choice(self.rules["second"]).capitalize()],
            "N": lambda: self.headed("fem", "same", depth + 1),
        }
        words: list[str] = []
        for sign in pattern:
            if sign.startswith("-"):
                words[-1] += sign
            else:
                words += makers[sign]() if sign in makers else [sign]
        return words

    def organisation(self, before: str) -> list[str]:
        """The word before a name becomes a name that fits behind it."""
        if before.lower() in ARTICLES:
            gender, form = ARTICLES[before.lower()]
            if self.rng.random() < 0.2 and form == "same":
                return self.filled(self.weighted("bare"))
            return self.headed(gender, form)
        return self.headed("fem", "same") if self.rng.random() < 0.25 else self.filled(self.weighted("bare"))


def renamed(sentence: Sentence, grammar: Grammar) -> Sentence:
    """A sentence becomes the same with other organisations and, every other time, other places."""
    tokens, ner, at = [], [], 0
    for start, end, label in [*spans(sentence.ner), (len(sentence.tokens), len(sentence.tokens), "")]:
        tokens += sentence.tokens[at:start]
        ner += sentence.ner[at:start]
        words = fresh(sentence, start, label, grammar) or sentence.tokens[start:end]
        tokens += words
        ner += [f"B-{label}", *[f"I-{label}"] * (len(words) - 1)] if label else []
        at = end
    return replace(sentence, tokens=tokens, ner=ner, spaces=[])


def fresh(sentence: Sentence, start: int, label: str, grammar: Grammar) -> list[str] | None:
    """The place of a name becomes its new words, None where it keeps its own."""
    before = sentence.tokens[start - 1] if start else ""
    if label == "ORG":
        return grammar.organisation(before)
    plain = label == "LOC" and before.lower() not in ARTICLES and not before.endswith("er")
    return grammar.place() if plain and grammar.rng.random() < 0.5 else None


def with_renamed(sentences: list[Sentence], shares: dict[str, float], seed: int) -> list[Sentence]:
    """Sentences become themselves and, for so large a share of each corpus's sentences with organisations, themselves renamed."""
    rng = random.Random(f"renamed {seed}")
    grammar, out = Grammar(rng), list(sentences)
    for corpus, share in shares.items():
        rows = [s for s in sentences if s.corpus == corpus and "B-ORG" in s.ner]
        out += [renamed(s, grammar) for s in rng.sample(rows, round(share * len(rows)))]
    return out
