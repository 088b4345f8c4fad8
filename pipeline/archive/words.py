"""What the codes of the tables are called in files that people read; the report has the same words."""

from __future__ import annotations

TYPES = {"person": "Person", "place": "Ort", "organisation": "Organisation", "initiative": "Initiative"}
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
    "filename": "aus dem Dateinamen",
    "folder": "aus dem Namen des Ordners",
}
