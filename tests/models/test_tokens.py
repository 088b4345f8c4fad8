"""The tokenizer of the models on the surface of German releases, a test a case."""

import pytest
from training.tokens import make_language

NLP = make_language()
CASES = [
    ("Die Bürger:innen kommen.", ["Die", "Bürger:innen", "kommen", "."]),
    ("Kolleg*innen und Mitarbeiter_innen", ["Kolleg*innen", "und", "Mitarbeiter_innen"]),
    ("Schüler/-innen, BürgerInnen", ["Schüler/-innen", ",", "BürgerInnen"]),
    ("Am 2.Oktober und am 3. Mai", ["Am", "2.", "Oktober", "und", "am", "3.", "Mai"]),
    ("z. B. und z.B.", ["z.", "B.", "und", "z.B."]),
    ("Kulturbund e. V. und Sport e.V.", ["Kulturbund", "e.", "V.", "und", "Sport", "e.V."]),
    ("„Gut“, sagte sie.", ["„", "Gut", "“", ",", "sagte", "sie", "."]),
    ("»Gut«, sagte er.", ["»", "Gut", "«", ",", "sagte", "er", "."]),
    ("Im Jahr 2019. Danach", ["Im", "Jahr", "2019", ".", "Danach"]),
    ("10–12 Uhr, 02. – 03.09.2019", ["10", "–", "12", "Uhr", ",", "02.", "–", "03.09.2019"]),
    ("Strecke Jena–Gera", ["Strecke", "Jena", "–", "Gera"]),
    ("Robotik-Festival in Rheinland-Pfalz", ["Robotik-Festival", "in", "Rheinland-Pfalz"]),
    ("Träger ist die Muster gGmbH.", ["Träger", "ist", "die", "Muster", "gGmbH", "."]),
    ("Danach die Forst eG. Und", ["Danach", "die", "Forst", "eG", ".", "Und"]),
    ("Mit Halle24. Am 24. Mai", ["Mit", "Halle24", ".", "Am", "24.", "Mai"]),
    ("Ort: www.jena.de/kultur", ["Ort", ":", "www.jena.de/kultur"]),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_words_of(text: str, words: list[str]) -> None:
    """A text becomes its words, and no character is lost."""
    doc = NLP(text)
    assert [t.text for t in doc] == words
    assert doc.text == text
