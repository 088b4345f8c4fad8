"""The sheet "Lies mich": what the workbook holds, and how to correct with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import german
from pipeline.report.workbook_corrections import ACTIONS, PERSON_ACTIONS
from pipeline.report.workbook_parts import Row

# what it is about, and after the bar what there is to say
_TEXT = """
Diese Arbeitsmappe|enthält alles, was der Themenbericht zählt: ein Blatt je Register. Filter stehen in der \
Kopfzeile; ein Klick auf einen Namen öffnet seine Seite im Bericht, solange die Arbeitsmappe neben dem Ordner \
„site“ liegt.
Etwas berichtigen|Gehen Sie auf das Blatt (Personen, Orte, Organisationen oder Initiativen) und in die Zeile des \
Eintrags. Wählen Sie in der gelben Spalte „Aktion“, was geschehen soll, schreiben Sie in „Neuer Wert“, was \
gelten soll, und, wenn Sie mögen, Begründung, Wer und Wann. Speichern Sie die Datei und schließen Sie sie.
Übernehmen|Geben Sie im Ordner von Presselese „make report“ ein: Erst werden Ihre Zeilen an die Korrekturliste \
data/curation/corrections.csv angehängt, dann wird der Bericht neu gemacht. Eine Arbeitsmappe mit anderem Namen \
übernimmt „make corrections FILE=Pfad“.
Wird etwas überschrieben?|Nein. Zeilen der Korrekturliste werden nur angehängt, jede nur einmal. Eine Zeile, die \
nicht zu verstehen ist, wird mit Blatt und Zeile gemeldet und nicht übernommen. Der Bericht schreibt diese \
Arbeitsmappe bei jedem Lauf neu; eine von Ihnen geänderte wird vorher als presselese-bearbeitet.xlsx aufgehoben.
Ziel|ist der Eintrag, um den es geht: der Name dieser Zeile oder, wenn zwei Einträge so heißen, seine Kennung. \
Sie brauchen daran nichts zu ändern. Fehlt ein Eintrag, oder braucht einer zwei Berichtigungen, nehmen Sie eine \
leere Zeile unter der Liste und schreiben den Namen in „Ziel“.
Was aus den Korrekturen wurde|steht nach dem nächsten Lauf auf dem Blatt „Korrekturen“ und im Bericht unter \
„Qualität“.
Zahlen|Mitteilungen: in wie vielen der Eintrag vorkommt. Nennungen: wie oft. Zuerst und Zuletzt: Datum der \
ersten und der letzten Mitteilung. Verstummt: Die neuesten Mitteilungen nennen die Initiative nicht mehr.
Personenschutz|Privatpersonen und Namen aus dem Kontaktblock stehen in keinem Blatt. Steht jemand zu Unrecht \
darin, wählen Sie die Aktion „privat“.
"""


def guide_rows(stand: str) -> Iterator[Row]:
    """The lines of the sheet."""
    if stand:
        yield "Stand", f"{german.date(stand)}: Datum der neuesten Mitteilung"
    for line in _TEXT.strip().splitlines():
        what, _, text = line.partition("|")
        yield what, text
    for action, value in {**ACTIONS, **PERSON_ACTIONS}.items():
        only = " (nur Personen)" if action in PERSON_ACTIONS else ""
        yield f"Aktion „{action}“", f"Neuer Wert: {value}{only}"
