"""What the codes of the tables are called in the report."""

from __future__ import annotations

from functools import cache

from pipeline.core import words as shared

# what the archive says too
TYPES, KINDS = shared.TYPES, shared.KINDS
PUBLISHED, ISSUER = shared.PUBLISHED, shared.ISSUER
TYPE_DIRS = {"person": "personen", "place": "orte", "organisation": "organisationen", "initiative": "initiativen"}
LABEL_OF = {"person": "PER", "place": "LOC", "organisation": "ORG", "initiative": "INITIATIVE"}
LABELS = {"PER": "Person", "LOC": "Ort", "ORG": "Organisation", "INITIATIVE": "Initiative", "DATE": "Datum"}
ZONES = {
    "letterhead": "Briefkopf",
    "headline": "Überschrift",
    "body": "Text",
    "boilerplate": "Über uns",
    "contact": "Kontakt",
    "caption": "Bildtext",
}
DUPLICATES = {"identical": "gleicher Text", "near": "fast gleicher Text", "correction": "berichtigte Fassung"}
STATUS = {
    "applied": "angewendet",
    "unused": "ohne Wirkung",
    "contradicted": "widersprüchlich",
    "faulty": "fehlerhaft",
}
PRIVACY = {
    "office_holder": "Amtsträgerin oder Amtsträger",
    "press_contact": "Pressekontakt",
    "quoted": "kommt zu Wort",
    "private": "Privatperson",
}
DATE_TYPES = {"DATE": "Datum", "TIME": "Uhrzeit", "DURATION": "Zeitdauer", "SET": "Wiederholung"}
DATE_ROLES = {
    "publication": "Erscheinungstag",
    "event": "Ereignis oder Termin",
    "deadline": "Frist",
    "period": "Zeitraum",
    "review": "Rückblick",
    "law": "Datum eines Gesetzes oder Beschlusses",
    "other": "ohne Bezug auf den Kalender",
}
BECAUSE = {
    "same_name": "gleicher Name",
    "spelling": "andere Schreibweise",
    "inflection": "gebeugte Form",
    "genitive": "mit Genitiv-s",
    "middle_name": "mit und ohne weiteren Vornamen",
    "initial": "abgekürzter Vorname",
    "double_name": "mit und ohne zweiten Nachnamen",
    "surname": "nur der Nachname",
    "acronym": "Abkürzung",
    "legal_form": "mit und ohne Rechtsform",
    "same_release": "in derselben Mitteilung",
    "same_role": "gleiches Amt",
    "same_issuer": "gleicher Herausgeber",
    "defined_here": "in der Mitteilung erklärt",
    "defined_elsewhere": "in anderen Mitteilungen erklärt",
    "only_one": "nur eine Möglichkeit",
}
_FINDERS = {"model": "Sprachmodell", "gazetteer": "Namensverzeichnis"}


def about(of: str, role: str | None, kind: str | None, region: str | None) -> str:
    """What an entity is: a person's office, an initiative's kind, a place's region."""
    if of == "initiative":
        return KINDS.get(kind or "", kind or "")
    return (role if of == "person" else region) or ""


@cache
def finder(code: str) -> str:
    """What found something: "rule:office" -> "Regel „office“"; "model" -> "Sprachmodell"."""
    kind, colon, detail = code.partition(":")
    if kind == "rule":
        return f"Regel „{detail}“"
    if kind == "correction":
        return f"Korrektur in Zeile {detail}"
    return _FINDERS.get(kind, kind) + (f" ({detail})" if colon else "")


@cache
def because(code: str) -> str:
    """Why a mention belongs to its entity: "surname+same_role" -> "nur der Nachname, gleiches Amt"."""
    return ", ".join(_reason(part) for part in code.split("+"))


def _reason(code: str) -> str:
    return finder(code) if code.startswith("correction:") else BECAUSE.get(code, code.replace("_", " "))
