"""One table per corpus: its labels become PER, LOC, ORG, MISC, nothing (O) or unknown (?).

Unknown means "O or MISC": the corpus does not mark MISC, so an unmarked word may well be one. Training sums the
probability of everything that is allowed there. Reasons stand beside the rows.
"""

from __future__ import annotations

import re

NER = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"]
UNKNOWN = "?"

_SMARTDATA = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "ORGANIZATION_COMPANY": "ORG",
    "LOCATION": "LOC",  # adjectives and nationalities are taken out by is_adjective()
    "LOCATION_CITY": "LOC",
    "LOCATION_STREET": "LOC",  # streets are places in our guidelines
    "LOCATION_STOP": "LOC",  # stations too
    "LOCATION_ROUTE": "LOC",  # "A 8", "U6": GermEval marks motorways as places
    # triggers, numbers, dates, durations, positions and disasters are no names
}
_LEGAL = {
    "PER": "PER",
    "RR": "PER",  # judges
    "AN": "PER",  # lawyers
    "LD": "LOC",
    "ST": "LOC",
    "STR": "LOC",
    "LDS": "LOC",
    "ORG": "ORG",
    "UN": "ORG",  # companies
    "INN": "ORG",  # ministries, authorities, parliaments
    "GRT": "ORG",  # courts
    "MRK": "MISC",  # brands
    # laws, ordinances, decisions and literature: MISC or nothing in the other corpora, so unknown
    **dict.fromkeys(["GS", "VO", "EUN", "VS", "VT", "RS", "LIT"], UNKNOWN),
}
TABLES: dict[str, dict[str, str]] = {
    "germeval": {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"},  # ...deriv and ...part are no names
    "wikiner": {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC"},
    "smartdata": _SMARTDATA,
    "mobie": {key.lower().replace("_", "-"): value for key, value in _SMARTDATA.items()},
    "stazh": {"PER": "PER", "LOC": "LOC", "ORG": "ORG"},
    "legal": _LEGAL,
    "europeana": {"PER": "PER", "LOC": "LOC", "ORG": "ORG"},
}
MARKS_MISC = {"germeval", "wikiner"}

_ADJECTIVE = re.compile(r"(?:[^A-ZÄÖÜ].*|.*isch(?:e|en|er|em|es)?)")


def is_adjective(tokens: list[str]) -> bool:
    """One lower-case word, or one ending in -isch and its inflections, is an adjective and no place name."""
    return len(tokens) == 1 and _ADJECTIVE.fullmatch(tokens[0]) is not None


def map_tags(corpus: str, tokens: list[str], tags: list[str]) -> list[str]:
    """Original BIO tags become our BIO tags; what the corpus leaves open becomes "?"."""
    out = ["O" if corpus in MARKS_MISC else UNKNOWN] * len(tokens)
    for start, end, label in spans(tags):
        target = TABLES[corpus].get(label, out[start])
        if corpus in {"smartdata", "mobie"} and target == "LOC" and is_adjective(tokens[start:end]):
            target = "O"
        for i in range(start, end):
            out[i] = target if target in {"O", UNKNOWN} else ("B-" if i == start else "I-") + target
    return out


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """BIO tags become (start, end, label) spans; an I- that continues nothing opens a span."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        head, _, label = tag.partition("-")
        if head == "I" and found and found[-1][1] == i and found[-1][2] == label:
            found[-1] = (found[-1][0], i + 1, label)
        elif label:
            found.append((i, i + 1, label))
    return found


# STTS-IBK (web and chat) folded into STTS: tags that GSD lacks become the class a newspaper tagger would give.
STTS_FOLD = {
    **dict.fromkeys(["PTKIFG", "PTKMA", "PTKMWL", "ADVART", "DM"], "ADV"),
    **dict.fromkeys(["EMOASC", "EMOIMG", "URL", "AKW"], "XY"),
    **dict.fromkeys(["VVPPER"], "VVFIN"),
    **dict.fromkeys(["VAPPER"], "VAFIN"),
    **dict.fromkeys(["VMPPER"], "VMFIN"),
    **dict.fromkeys(["KOUSPPER"], "KOUS"),
    **dict.fromkeys(["PPERPPER"], "PPER"),
    "HST": "NN",
    "ADR": "NE",
    "ONO": "ITJ",
    "PROAV": "PAV",
}
