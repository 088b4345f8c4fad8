"""What the codes of the tables are called in the report."""

from __future__ import annotations

TYPE_DIRS = {"person": "personen", "place": "orte", "organisation": "organisationen", "initiative": "initiativen"}
TYPES = {
    "person": ("Person", "Personen"),
    "place": ("Ort", "Orte"),
    "organisation": ("Organisation", "Organisationen"),
    "initiative": ("Initiative", "Initiativen"),
}
LABEL_OF = {"person": "PER", "place": "LOC", "organisation": "ORG", "initiative": "INITIATIVE"}
LABELS = {"PER": "Person", "LOC": "Ort", "ORG": "Organisation", "INITIATIVE": "Initiative", "DATE": "Datum"}
KINDS = {
    "programme": "Programm",
    "project": "Projekt",
    "campaign": "Kampagne",
    "network": "Netzwerk oder Bündnis",
    "event": "Veranstaltung",
    "prize": "Preis oder Wettbewerb",
    "funding": "Förderprogramm",
    "strategy": "Strategie oder Plan",
    "theme_year": "Themenjahr",
    "publication": "Veröffentlichung",
    "service": "Angebot",
}
ZONES = {
    "letterhead": "Briefkopf",
    "headline": "Überschrift",
    "body": "Text",
    "boilerplate": "Über uns",
    "contact": "Kontakt",
    "caption": "Bildtext",
}
PUBLISHED = {
    "dateline": "aus der Datumszeile",
    "header": "aus dem Kopf der Mitteilung",
    "metadata": "aus den Angaben der Datei",
    "filename": "aus dem Dateinamen",
    "text": "geschätzt aus Daten im Text",
}
ISSUER = {
    "letterhead": "aus dem Briefkopf",
    "metadata": "aus den Angaben der Datei",
    "contact": "aus dem Kontaktblock",
    "boilerplate": "aus dem Abschnitt „Über uns“",
    "dateline": "aus der Datumszeile",
    "text": "aus dem Text",
    "folder": "aus dem Namen des Ordners",
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


def finder(code: str) -> str:
    """What found something: "rule:office" -> "Regel „office“"; "model" -> "Sprachmodell"."""
    kind, colon, detail = code.partition(":")
    if kind == "rule":
        return f"Regel „{detail}“"
    if kind == "correction":
        return f"Korrektur in Zeile {detail}"
    return _FINDERS.get(kind, kind) + (f" ({detail})" if colon else "")


def because(code: str) -> str:
    """Why a mention belongs to its entity: "surname+same_role" -> "nur der Nachname, gleiches Amt"."""
    return ", ".join(_reason(part) for part in code.split("+"))


def _reason(code: str) -> str:
    return finder(code) if code.startswith("correction:") else BECAUSE.get(code, code.replace("_", " "))
