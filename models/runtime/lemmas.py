"""Form and tags become the lemma: a table of known forms, then endings, then the form itself."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from spacy.parts_of_speech import NAMES
from spacy.strings import StringStore

LONGEST = 9  # letters of an ending


PREFIXES = sorted(
    "ab an auf aus bei da dar durch ein empor entgegen fehl fern fest fort frei gegenüber heim her herab heran heraus herbei "
    "herein hervor hin hinaus hinein hinzu hoch los mit nach nieder statt teil über um unter vor voran voraus vorbei weg weiter "
    "wieder zu zurecht zurück zusammen zustande bereit bekannt sicher klar wahr".split(),
    key=len,
    reverse=True,
)


def without(form: str, inner: str) -> str | None:
    """vorgestellt without "ge" becomes vorstellt: the syllable goes at the start or after a verb's first part."""
    for prefix in [*PREFIXES, ""]:
        if form.startswith(prefix + inner):
            return prefix + form[len(prefix) + len(inner) :]
    return None


def change(form: str, rule: str) -> str | None:
    """"2|en" cuts two letters and puts "en" behind; "ge:1|en" takes out "ge" before; "=x" is the lemma x itself."""
    if rule[0] == "=":
        return rule[1:]
    inner, colon, rest = rule.rpartition(":")
    stem = without(form, inner) if colon else form
    cut, _, tail = rest.partition("|")
    return None if stem is None or int(cut) > len(stem) else stem[: len(stem) - int(cut)] + tail


def rule_of(form: str, lemma: str) -> str:
    """A pair becomes the shortest rule that leads from form to lemma."""
    options = []
    for inner in ("", "ge", "zu"):
        stem = without(form, inner) if inner else form
        same = 0
        while stem is not None and same < min(len(stem), len(lemma)) and stem[same] == lemma[same]:
            same += 1
        if same > 1:
            options.append((len(stem or "") - same + bool(inner), f"{inner + ':' if inner else ''}{len(stem or '') - same}|{lemma[same:]}"))
    return min(options)[1] if options else "=" + lemma


def cased(form: str, pos: str, first: bool) -> str:
    """A form becomes the one that is looked up: small at the start of a sentence unless it is a noun or a name."""
    if pos == "ADJ" and not first and form[0].isupper() and form.endswith("er"):
        return form  # Wiener, Erfurter
    if pos in {"NOUN", "PROPN"}:
        return form if not form.isupper() or len(form) < 5 else form.capitalize()
    return form.lower() if first or not form.isupper() else form


class Lemmas:
    """tables: tag class → form → rule; endings: tag class → ending → rule."""

    def __init__(self, forms: dict[str, dict[str, str]], endings: dict[str, dict[str, str]]) -> None:
        self.forms, self.endings = forms, endings
        self.cache: dict[tuple[str, str, str], str] = {}
        self.seen: dict[tuple[int, int, int, bool], str] = {}

    @classmethod
    def read(cls, folder: Path) -> Lemmas:
        """lemmas.json.gz becomes the tables."""
        rows = json.loads(gzip.decompress((folder / "lemmas.json.gz").read_bytes()))
        return cls(rows["forms"], rows["endings"])

    def of(self, word: int, text: str, pos: int, tag: int, first: bool, strings: StringStore) -> str:
        """A token becomes its lemma, by spaCy's numbers of its word, UPOS and STTS."""
        found = self.seen.get((word, pos, tag, first))
        if found is None:
            found = self.find(text, NAMES[pos], strings[tag], first)
            if len(self.seen) < 200_000:
                self.seen[word, pos, tag, first] = found
        return found

    def find(self, text: str, pos: str, tag: str, first: bool) -> str:
        """A token becomes its lemma."""
        form = cased(text, pos, first)
        key = (form, pos, tag)
        found = self.cache.get(key)
        if found is None:
            found = self.look(form, pos, tag)
            if len(self.cache) < 200_000:
                self.cache[key] = found
        return found

    def look(self, form: str, pos: str, tag: str) -> str:
        """A form becomes its lemma: by STTS and form, by UPOS and form, by the longest known ending."""
        if (pos in {"NOUN", "PROPN", "X"} and form.isupper() and 1 < len(form) < 6) or (pos == "ADJ" and form[0].isupper()):
            return form  # TV; Erfurter
        if tag == "VVIZU":
            return without(form, "zu") or form
        for kind in (tag, pos):
            for shape in (form, form.lower()):
                rule = self.forms.get(kind, {}).get(shape)
                if rule is not None:
                    return change(shape, rule) or form
        return by_ending(self.endings.get(pos, {}), form)


def by_ending(table: dict[str, str], form: str) -> str:
    """A form becomes what the longest known ending says, else itself."""
    for n in range(min(LONGEST, len(form) - 1), 0, -1):
        rule = table.get(form[-n:])
        if rule is not None:
            found = change(form, rule)
            if found:
                return found
    return form
