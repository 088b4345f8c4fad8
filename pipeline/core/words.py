"""What codes of the tables are called in German, wherever people read them: report, workbook, archive."""

from __future__ import annotations

# one, several
TYPES = {
    "person": ("Person", "Personen"),
    "place": ("Ort", "Orte"),
    "organisation": ("Organisation", "Organisationen"),
    "initiative": ("Initiative", "Initiativen"),
}
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
