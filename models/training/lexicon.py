"""Stage lexicon: lemma tables distilled from HanTa's analyses and the closed classes of UD-GSD dev.

Three ways were weighed. Training on gold alone: 12,000 words, too few forms. Running HanTa as a pipe: one more run-time
dependency, 6,000 words/s. Distilling its answers into tables and endings: quick, small, no dependency; chosen.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from runtime.lemmas import LONGEST, by_ending, cased, change, rule_of
from training.corpora import load
from training.settings import BUILD, section
from training.sources import Sentence

Pair = tuple[str, str, str]  # class, form, lemma

UPOS = {
    "NN": "NOUN", "NE": "PROPN", "ADJA": "ADJ", "ADJD": "ADJ", "ADV": "ADV", "ART": "DET", "APPR": "ADP", "APPRART": "ADP",
    "APPO": "ADP", "APZR": "ADP", "CARD": "NUM", "FM": "X", "ITJ": "INTJ", "KON": "CCONJ", "KOUI": "SCONJ", "KOUS": "SCONJ",
    "KOKOM": "ADP", "PAV": "ADV", "PPER": "PRON", "PRF": "PRON", "PDS": "PRON", "PIS": "PRON", "PRELS": "PRON", "PWS": "PRON",
    "PPOSS": "PRON", "PDAT": "DET", "PIAT": "DET", "PIDAT": "DET", "PPOSAT": "DET", "PRELAT": "DET", "PWAT": "DET",
    "PWAV": "ADV", "PTKA": "PART", "PTKANT": "PART", "PTKNEG": "PART", "PTKZU": "PART", "PTKVZ": "ADP", "TRUNC": "NOUN",
}  # fmt: skip
OPEN = ("NOUN", "ADJ", "VERB", "AUX", "ADV")  # HanTa speaks for these; closed classes follow the treebank
CLOSED = {
    "PPER": "mich=ich mir=ich dich=du dir=du euch=ihr ihn=er ihm=er ihnen=sie uns=wir meiner=ich deiner=du seiner=er ihrer=sie",
    "PRF": "mich=ich mir=ich dich=du dir=du euch=ihr uns=wir sich=sich",
    "ART": "der=der die=der das=der den=der dem=der des=der ein=ein eine=ein einer=ein einen=ein einem=ein eines=ein",
    "PRELS": "der=der die=der das=der den=der dem=der dessen=der deren=der denen=der welche=welcher welches=welcher",
    "PDS": "das=der die=der dies=dieser diese=dieser dieses=dieser diesen=dieser diesem=dieser denen=der dessen=der jene=jener",
    "PDAT": "diese=dieser dieses=dieser diesen=dieser diesem=dieser jene=jener jenes=jener jenen=jener jenem=jener",
    "APPRART": "im=in am=an zum=zu zur=zu vom=von beim=bei ins=in ans=an aufs=auf fürs=für durchs=durch übers=über ums=um",
    "PIAT": "keine=kein keinen=kein keiner=kein keinem=kein keines=kein viele=viel vielen=viel vieler=viel mehrere=mehr "
    "mehreren=mehr mehrerer=mehr alle=alle allen=alle aller=alle einige=einige einigen=einige einiger=einige jede=jeder "
    "jedes=jeder jeden=jeder jedem=jeder beide=beide beiden=beide beider=beide manche=mancher manchen=mancher "
    "solche=solcher solchen=solcher solcher=solcher wenige=wenig wenigen=wenig",
    "PIS": "allem=alle alles=alle allen=alle eine=ein einer=ein einen=ein einem=ein eines=ein keiner=kein keine=kein "
    "viele=viel vielen=viel vieles=viel andere=anderer anderen=anderer anderes=anderer anderem=anderer beides=beide "
    "jeden=jeder jedem=jeder jede=jeder einige=einige einigen=einige",
    "PPOSAT": " ".join(f"{stem}{end}={word}" for word, stem in [("mein", "mein"), ("dein", "dein"), ("sein", "sein"), ("ihr", "ihr"), ("unser", "unser"), ("euer", "eur")] for end in ("e", "er", "en", "em", "es")),
}  # fmt: skip


def stts(tag: str) -> str:
    """HanTa's VV(FIN) becomes VVFIN."""
    return tag if tag.startswith("$") else tag.replace("(", "").replace(")", "")


def upos(tag: str) -> str:
    """An STTS tag becomes its UPOS class."""
    return "AUX" if tag.startswith(("VA", "VM")) else "VERB" if tag.startswith("V") else UPOS.get(tag, "X")


def analysed(sentences: Iterable[Sentence]) -> Iterator[Pair]:
    """Sentences become HanTa's (class, form, lemma) of their open-class words."""
    from HanTa.HanoverTagger import HanoverTagger

    tagger = HanoverTagger("morphmodel_ger.pgz")
    for sentence in sentences:
        for word, lemma, tag in tagger.tag_sent(sentence.tokens, taglevel=1):
            kind = upos(stts(tag))
            if kind in OPEN and word.isalpha() | ("-" in word):
                yield kind, cased(word, kind, True), lemma


def frequent_types(n: int) -> list[str]:
    """The raw text becomes its n most frequent words."""
    counts: Counter[str] = Counter()
    for path in sorted((BUILD / "rawtext").glob("*.txt")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                counts.update(line.split())
    return [word for word, _ in counts.most_common(4 * n) if word.isalpha() and len(word) > 2][:n]


def single(words: Iterable[str]) -> Iterator[Pair]:
    """Words without context become HanTa's likeliest (class, form, lemma)."""
    from HanTa.HanoverTagger import HanoverTagger

    tagger = HanoverTagger("morphmodel_ger.pgz")
    for word in words:
        lemma, tag = tagger.analyze(word, taglevel=1)
        kind = upos(stts(tag))
        if kind in OPEN:
            yield kind, cased(word, kind, True), lemma


def majority(pairs: Iterable[Pair]) -> dict[str, dict[str, str]]:
    """Pairs become class → form → the lemma given most often."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for kind, form, lemma in pairs:
        counts[kind, form][lemma] += 1
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for (kind, form), lemmas in counts.items():
        out[kind][form] = min(lemmas, key=lambda x: (-lemmas[x], x))
    return out


def endings(table: dict[str, str]) -> dict[str, str]:
    """Form → lemma becomes ending → rule: what most forms with that ending do, where a shorter ending says otherwise."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in table.items():
        rule = rule_of(form, lemma)
        if rule[0] != "=":
            for n in range(1, min(LONGEST, len(form) - 1) + 1):
                votes[form[-n:]][rule] += 1
    out: dict[str, str] = {}
    for ending in sorted(votes, key=len):
        rule, n = votes[ending].most_common(1)[0]
        shorter = next((out[ending[i:]] for i in range(1, len(ending)) if ending[i:] in out), "0|")
        if n >= 2 and rule != shorter and n > 0.5 * sum(votes[ending].values()):
            out[ending] = rule
    return out


def exceptions(table: dict[str, str], rules: dict[str, str]) -> dict[str, str]:
    """Form → lemma becomes form → rule where the endings would be wrong."""
    return {form: rule_of(form, lemma) for form, lemma in sorted(table.items()) if by_ending(rules, form) != lemma}


def closed(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """The treebank and the list above become STTS tag → form → rule for the closed classes."""
    pairs = [
        (tag, cased(form, pos, True), lemma)
        for s in sentences
        for form, pos, tag, lemma in zip(s.tokens, s.upos, s.xpos, s.lemmas)
        if upos(tag) not in {"NOUN", "PROPN", "ADJ", "VERB", "X", "NUM"}
    ]
    table = {tag: dict(forms) for tag, forms in majority(pairs).items()}
    for tag, text in CLOSED.items():
        table.setdefault(tag, {}).update(pair.split("=") for pair in text.split())
    return {tag: {form: rule_of(form, lemma) for form, lemma in sorted(forms.items()) if form != lemma} for tag, forms in table.items()}


def genitives(words: list[str]) -> dict[str, str]:
    """Frequent words become names whose genitive s falls: Deutschlands where Deutschland is known too."""
    known = set(words)
    return {w: "1|" for w in words if w.endswith("s") and len(w) > 4 and w[0].isupper() and w[:-1] in known and not w.endswith("ss")}


def main() -> None:
    """Load, work, save."""
    options = section("lexicon")
    sentences = [s for s in load("train") if s.corpus in options["corpora"]]
    gold = [s for s in sentences if s.corpus == "gsd"]
    words = frequent_types(options["types"])
    table = majority([*single(words), *(pair for pair in analysed(sentences) for _ in range(2))])
    rules = {kind: endings(forms) for kind, forms in table.items()}
    forms = {kind: exceptions(forms, rules[kind]) for kind, forms in table.items()}
    forms["PROPN"] = genitives(frequent_types(3 * options["types"]))
    forms |= {tag: {**forms.get(tag, {}), **rows} for tag, rows in closed(gold).items()}
    out = BUILD / "lexicon"
    out.mkdir(parents=True, exist_ok=True)
    data = json.dumps({"forms": forms, "endings": rules}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / "lemmas.json.gz").write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(f"lexicon: {sum(map(len, forms.values()))} forms, {sum(map(len, rules.values()))} endings, {len(data)} bytes")
    assert change("vorgestellt", "ge:1|en") == "vorstellen"


if __name__ == "__main__":
    main()
