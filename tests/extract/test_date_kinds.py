"""Each kind of expression that press releases hold is read, and what only looks like a date is left alone."""

from __future__ import annotations

import pytest

from pipeline.extract.components.dates import find

MONDAY = "2022-05-16"


def read(text: str, published: str = MONDAY) -> list[tuple[str, str | None]]:
    return [(text[s.start : s.end], s.value) for s in find(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ranges that leave out what both ends share
        ("Am 2. und 3. September 2022", [("2. und 3. September 2022", "2022-09-02/2022-09-03")]),
        ("am 30.4./1.5.2022", [("30.4./1.5.2022", "2022-04-30/2022-05-01")]),
        ("am 31. Dezember und 1. Januar", [("31. Dezember und 1. Januar", "2021-12-31/2022-01-01")]),
        ("Samstag/Sonntag, 4./5. Juni", [("Samstag/Sonntag, 4./5. Juni", "2022-06-04/2022-06-05")]),
        ("Ende Mai/Anfang Juni", [("Ende Mai/Anfang Juni", "2022-05/2022-06")]),
        ("von 9 bis 17 Uhr", [("9 bis 17 Uhr", "2022-05-16T09:00/2022-05-16T17:00")]),
        ("Geöffnet Mo-Fr", [("Mo-Fr", "XXXX-WXX-1/XXXX-WXX-5")]),
        ("montags bis freitags", [("montags bis freitags", "XXXX-WXX-1/XXXX-WXX-5")]),
        # years, pairs of years, decades, centuries
        ("Ende 2023", [("Ende 2023", "2023")]),
        ("im Winter 2019/20", [("Winter 2019/20", "2019-WI")]),
        ("im Winter 2023/2024", [("Winter 2023/2024", "2023-WI")]),
        ("Saison 2019/20", [("Saison 2019/20", "2019/2020")]),
        ("in der Spielzeit 2021-22", [("Spielzeit 2021-22", "2021/2022")]),
        ("die 1990er Jahre", [("1990er Jahre", "199X")]),
        ("Ende der 80er", [("Ende der 80er", "198X")]),
        ("den Siebzigerjahren", [("Siebzigerjahren", "197X")]),
        ("aus dem 19. Jahrhundert", [("19. Jahrhundert", "18XX")]),
        ("des siebzehnten Jahrhunderts", [("siebzehnten Jahrhunderts", "16XX")]),
        ("um 1900", [("1900", "1900")]),
        ("Es regnet.\n2012 regnete es mehr.", [("2012", "2012")]),
        # seasons, quarters, halves, weeks
        ("im Frühjahr 2020", [("Frühjahr 2020", "2020-SP")]),
        ("in den kommenden Sommermonaten", [("kommenden Sommermonaten", "2022-SU")]),
        ("Q3 2021", [("Q3 2021", "2021-Q3")]),
        ("H1 2020", [("H1 2020", "2020-01/2020-06")]),
        ("Ende des dritten Quartals 2022", [("Ende des dritten Quartals 2022", "2022-Q3")]),
        ("Kalenderwoche 12/2022", [("Kalenderwoche 12/2022", "2022-W12")]),
        # holidays
        ("Ostermontag 2024", [("Ostermontag 2024", "2024-04-01")]),
        ("an Pfingsten", [("Pfingsten", "2022-06-05")]),
        ("am Buß- und Bettag 2021", [("Buß- und Bettag 2021", "2021-11-17")]),
        # clock times
        ("um 18.30 Uhr", [("18.30 Uhr", "2022-05-16T18:30")]),
        ("ab 19 Uhr", [("19 Uhr", "2022-05-16T19:00")]),
        ("9-17 Uhr", [("9-17 Uhr", "2022-05-16T09:00/2022-05-16T17:00")]),
        ("um halb acht", [("halb acht", "2022-05-16T07:30")]),
        ("Am Freitag um 18 Uhr beginnt das Fest.", [("Freitag um 18 Uhr", "2022-05-20T18:00")]),
        # against the publication date
        ("heute", [("heute", "2022-05-16")]),
        ("am gestrigen Tag", [("gestrigen Tag", "2022-05-15")]),
        ("in der vergangenen Nacht", [("vergangenen Nacht", "2022-05-15TNI")]),
        ("am kommenden Montag", [("kommenden Montag", "2022-05-23")]),
        ("im vergangenen Jahr", [("vergangenen Jahr", "2021")]),
        ("seit Juni", [("Juni", "2021-06")]),
        ("vor drei Wochen", [("drei Wochen", "2022-W17")]),
        ("in der Nacht zum Sonntag", [("Nacht zum Sonntag", "2022-05-14TNI")]),
        ("Anfang nächsten Jahres", [("Anfang nächsten Jahres", "2023")]),
        ("im Mai des Vorjahres", [("Mai des Vorjahres", "2021-05")]),
        ("am 31. Dezember d. J.", [("31. Dezember d. J.", "2022-12-31")]),
        # numerals in words
        ("am dritten September 2022", [("dritten September 2022", "2022-09-03")]),
        ("am einunddreißigsten Mai", [("einunddreißigsten Mai", "2022-05-31")]),
        ("im Jahr zweitausendneunzehn", [("zweitausendneunzehn", "2019")]),
        ("viereinhalb Stunden", [("viereinhalb Stunden", "PT4.5H")]),
        ("ein halbes Jahr", [("ein halbes Jahr", "P6M")]),
        # Austria and Switzerland
        ("am 7. Jänner 2022", [("7. Jänner 2022", "2022-01-07")]),
        ("im Feber 2022", [("Feber 2022", "2022-02")]),
        ("heuer", [("heuer", "2022")]),
        # spacing
        ("am 3.9. 2019", [("3.9. 2019", "2019-09-03")]),
        ("am 3. 9.2019", [("3. 9.2019", "2019-09-03")]),
        ("am 3.September 2019", [("3.September 2019", "2019-09-03")]),
        ("am 12-05-2022", [("12-05-2022", "2022-05-12")]),
    ],
)
def test_each_kind_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "nach § 3.9 der Satzung",
        "Kapitel 3.9, Abb. 2.1, Tabelle 4.5",
        "Tel. 03643 2019-20",
        "Telefon (03643) 20 19 20",
        "Mobil 0171 2019 2020",
        "auf der A 4 und der B 2019",
        "Sie siegten 17:3 (8:2).",
        "im Maßstab 1:2000",
        "im Jahr 2000 Euro Förderung je Kind",
        "2019 Euro und 1.500 Euro",
        "12.30 Euro, 18.30 Meter",
        "Hauptstraße 12, 12345 Musterstadt",
        "Am Markt 3.5",
        "Version 2.10.3 und v2.10",
        "IP 192.168.2.1",
        "ISO 9001:2015",
        "Drucksache 19/2019",
        "Losnummer 2019",
        "Die Zahl stieg von 1950 auf 2019 Personen",
        "Raum 2.10, Zimmer 1.12",
        "Postfach 2019",
        "DE89 3704 0044 0532 0130 00",
        "im Alter von 19 Jahren",
        "ab 16 Jahren",
        "am 29. Februar 2023",
        "am 31. November 2022",
        "A4, DIN A 4, 50 x 2000 mm",
        "CO2 und Windows 2000",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert [value for value in read(text) if not value[1] or not value[1].startswith("P")] == []


@pytest.mark.parametrize(
    "text", ["Gesetz vom 3. Mai 2019 (BGBl. I S. 2020)", "Verordnung vom 3.5.2019 (GVBl. S. 1999)"]
)
def test_of_a_citation_only_the_day_of_the_law_is_a_date(text):
    assert [value for _, value in read(text)] == ["2019-05-03"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("vom 5. bis 22. November 2022", [("5.", "2022-11-05"), ("22. November 2022", "2022-11-22")]),
        ("2021–2027", [("2021", "2021"), ("2027", "2027")]),
        ("von 10 bis 15 Uhr", [("10", "2022-05-16T10:00"), ("15 Uhr", "2022-05-16T15:00")]),
        ("am 3. Juni um 18 Uhr", [("3. Juni", "2022-06-03"), ("18 Uhr", "2022-06-03T18:00")]),
        (
            "am 3. Juni von 18 bis 20 Uhr",
            [("3. Juni", "2022-06-03"), ("18", "2022-06-03T18:00"), ("20 Uhr", "2022-06-03T20:00")],
        ),
        ("am 3. Juni abends", []),
        ("im Winter 2019/20", []),
    ],
)
def test_a_joined_expression_knows_its_parts(text, parts):
    spans = find(text, MONDAY)
    assert len(spans) == 1
    assert [(text[p.start : p.end], p.value) for p in spans[0].parts] == parts


def test_the_day_before_is_told_twice_from_the_same_day():
    text = "Das Fest war am Freitag, dem 6. Mai 2022. Am Tag zuvor regnete es, auch am Vortag war geprobt worden."
    assert [value for _, value in read(text)] == ["2022-05-06", "2022-05-05", "2022-05-05"]


def test_the_year_named_before_holds_for_the_same_and_the_next_year():
    text = "Er entstand 1987. Im selben Jahr wurde gebaut, im Jahr darauf und am 3. Mai desselben Jahres geprobt."
    assert [value for _, value in read(text)] == ["1987", "1987", "1988", "1988-05-03"]


def test_a_clock_time_does_not_take_the_first_of_a_month_for_its_day():
    assert read("Im Juni 2022 wird umgebaut. Geöffnet ist um 18 Uhr.")[1] == ("18 Uhr", "2022-05-16T18:00")


def test_the_small_hours_of_a_night_lie_on_the_next_day():
    text = "In der vergangenen Nacht fiel der Strom aus, gegen 23 Uhr im Dorf, gegen 2.15 Uhr in der Stadt."
    assert [value for _, value in read(text)] == ["2022-05-15TNI", "2022-05-15T23:00", "2022-05-16T02:15"]


def test_an_age_is_no_length_of_time_but_experience_is_one():
    assert read("ab 16 Jahren und mit 65 Jahren") == []
    assert read("mit 25 Jahren Erfahrung") == [("25 Jahren", "P25Y")]
    assert read("Wir hatten mit fünf Monaten gerechnet") == [("fünf Monaten", "P5M")]


def test_a_rise_from_year_to_year_names_two_years():
    assert [value for _, value in read("von 3,1 in 2016 auf 3,6 und ein Rückgang von 2013 auf 2014")] == [
        "2016",
        "2013",
        "2014",
    ]
