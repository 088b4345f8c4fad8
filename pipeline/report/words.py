"""What the codes of the tables are called in the report."""

from __future__ import annotations

TYPE_DIRS = {"person": "personen", "place": "orte", "organisation": "organisationen", "initiative": "initiativen"}
TYPES = {
    "person": ("Person", "Personen"),
    "place": ("Ort", "Orte"),
    "organisation": ("Organisation", "Organisationen"),
    "initiative": ("Initiative", "Initiativen"),
}
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
DATE_TYPES = {"DATE": "Datum", "TIME": "Uhrzeit", "DURATION": "Zeitdauer", "SET": "Wiederholung"}
BECAUSE = {
    "same_name": "gleicher Name",
    "genitive": "Genitivform",
    "surname": "Nachname allein",
    "acronym": "Abkürzung",
}
_FINDERS = {"model": "Sprachmodell", "gazetteer": "Ortsverzeichnis"}


def finder(code: str) -> str:
    """What found something: "rule:office" -> "Regel office"; "model" -> "Sprachmodell"."""
    kind, colon, detail = code.partition(":")
    if kind == "rule":
        return f"Regel {detail}"
    if kind == "correction":
        return f"Korrektur in Zeile {detail}"
    return _FINDERS.get(kind, kind) + (f" ({detail})" if colon else "")


def because(code: str) -> str:
    """Why a mention belongs to its entity, in German."""
    return finder(code) if code.startswith("correction:") else BECAUSE.get(code, code.replace("_", " "))
