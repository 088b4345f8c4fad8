"""The last page of the print edition: what its figures mean, and where the evidence is."""

from __future__ import annotations

from pipeline.report.pdf_parts import Points, Section

# what counts, and after the bar what there is to say about it
_TEXT = """
Jede Zahl hat Belege.|Der Bericht im Browser (reports/site/index.html) führt von jeder Angabe zu ihren Sätzen.
Alle Einträge|stehen in der Arbeitsmappe presselese.xlsx, ein Blatt je Register. Dort lassen sich Fehler \
berichtigen; die Berichtigung gilt bei jedem weiteren Lauf.
Der Stand|ist das Datum der neuesten Mitteilung, nicht der Tag, an dem der Bericht entstand. Derselbe Ordner \
ergibt immer denselben Bericht.
Kleine Zahlen|sind ein Hinweis, kein Beweis. Bei wenigen Mitteilungen ist eine Veränderung schnell Zufall.
Verstummt|heißt: Die neuesten Mitteilungen nennen die Initiative seit vielen Monaten nicht mehr. Das kann \
gewollt sein.
Das Zeichen □|steht für Schriftzeichen, die diese Druckfassung nicht enthält; der Bericht im Browser zeigt sie.
"""


def reading_section() -> Section:
    """How to read the report."""
    lines = (line.partition("|") for line in _TEXT.strip().splitlines())
    return Section("So liest man diesen Bericht", (Points(tuple((what, text) for what, _, text in lines)),))
