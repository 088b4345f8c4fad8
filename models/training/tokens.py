"""The tokenizer of both models: spaCy's German one with the rules that press releases need.

It is built once when a model is packaged; its rules are stored in the package, so nothing of this runs later.
"""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex

# Gendered forms stay whole: Bürger:innen, Kolleg*innen, Mitarbeiter_innen, Schüler/innen, Schüler/-innen, jede:r
GENDERED = r"[A-Za-zÄÖÜäöüß-]+(?:[:*_]|/-?)(?:in|innen|r|n|e|er|es|en|m|frau|mann|männer|frauen)(?:-[A-Za-zÄÖÜäöüß-]+|[a-zäöüß]+)?"
_MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
INFIXES = [
    rf"(?<=\d\.)(?={_MONTHS})",  # 2.Oktober is two words; the empty match cuts
    r"(?<=[0-9])[–—](?=[0-9])",  # 10–12
    r"(?<=[a-zäöüß])[“”»«](?=[A-Za-zÄÖÜäöüß])",
    r"(?<=[a-zäöüß])–(?=[A-ZÄÖÜ])",  # die Strecke Jena–Gera
]
SUFFIXES = [
    r"(?<=\d\d\d)\.",  # "im Jahr 2019.": a number of three digits and more is no ordinal
    r"(?<=[%€)\]“”»«’])\.",
    r"(?<=[A-ZÄÖÜ][A-ZÄÖÜ])\.",
    r"(?<=[a-zäöüß/][A-ZÄÖÜ])\.",  # "die Muster GmbH.", "der Muster eG.", "Muster A/S."
    r"(?<=[a-zäöüß][0-9])\.",
    r"(?<=[a-zäöüß][0-9][0-9])\.",
]
# Abbreviations of releases that spaCy's list lacks; one token each, never a sentence end by themselves
ABBREVIATIONS = [
    "Tel.", "Str.", "Nr.", "Hrsg.", "Prof.", "Dr.", "Dipl.-Ing.", "h.c.", "St.", "Mio.", "Mrd.", "Abs.",
    "Art.", "bzw.", "ca.", "ggf.", "inkl.", "evtl.", "u.a.", "z.B.", "d.h.", "e.V.", "i.d.R.", "v.a.", "o.g.", "sog.",
    "Std.", "Min.", "Bgm.", "Reg.-Bez.", "Landkr.", "gem.", "Jg.", "Jh.", "geb.",
    "verh.", "verw.", "gez.", "i.V.", "i.A.", "a.D.", "a.M.", "Kto.", "Abt.", "Ref.", "Vors.", "stellv.", "Mag.",
]


def make_language() -> Language:
    """Nothing becomes a blank German pipeline with our tokenizer."""
    nlp = spacy.blank("de")
    defaults = nlp.Defaults
    nlp.tokenizer.infix_finditer = compile_infix_regex([*INFIXES, *(defaults.infixes or [])]).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or []), *SUFFIXES]).search
    nlp.tokenizer.token_match = re.compile(GENDERED + r"\Z").match
    for text in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(text, [{"ORTH": text}])
    return nlp
