"""The calendar: its page, its iCalendar file as a stranger reads it, and the hints on contradictions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core import berlin
from pipeline.core import records as r
from pipeline.report import german, hints, ics
from pipeline.report.calendar_pages import calendar_pages
from pipeline.report.dated import entries, when
from pipeline.report.ics import calendar
from pipeline.report.quoting import Quoting
from tests.report import sample

_LINE = re.compile(r'(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)')
_ESCAPE = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
Line = tuple[str, dict[str, str], str]


def read(text: str) -> list[Line]:
    """The content lines of a file, by RFC 5545 section 3.1 and nothing of the library that wrote them."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in raw)
    assert all(len(line.encode()) <= 75 for line in raw)
    lines: list[str] = []
    for line in raw:
        if line.startswith((" ", "\t")):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [_content(line) for line in lines]


def _content(line: str) -> Line:
    found = _LINE.fullmatch(line)
    assert found, line
    params = dict(part.split("=", 1) for part in found["params"].split(";")[1:])
    return found["name"].upper(), params, found["value"]


def unescaped(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\[\\;,nN]", lambda m: _ESCAPE[m[0]], value)


def components(lines: list[Line], kind: str) -> list[dict[str, tuple[dict[str, str], str]]]:
    """The components of a kind; every BEGIN has its END."""
    stack: list[tuple[str, dict[str, tuple[dict[str, str], str]]]] = []
    found = []
    for name, params, value in lines:
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            opened, properties = stack.pop()
            assert opened == value
            found += [properties] if value == kind else []
        else:
            assert name not in stack[-1][1] or name == "RRULE", f"{name} stands twice"
            stack[-1][1][name] = params, value
    assert not stack
    return found


@pytest.fixture(scope="module")
def corpus(tables):
    return sample.corpus(tables)


@pytest.fixture(scope="module")
def lines(files):
    return read(files["termine.ics"])


@pytest.fixture(scope="module")
def events(lines):
    return components(lines, "VEVENT")


def test_the_file_is_one_calendar_with_what_the_standard_requires(lines):
    (whole,) = components(lines, "VCALENDAR")
    assert whole["VERSION"][1] == "2.0"
    assert whole["PRODID"][1]
    assert lines[0] == ("BEGIN", {}, "VCALENDAR")
    assert lines[-1] == ("END", {}, "VCALENDAR")


def test_every_event_has_an_identifier_of_its_own_and_the_stamp_of_its_release(events):
    places = [(sample.C, "Ilmtal"), (sample.A, "Ilmtal"), (sample.A, "3. Mai 2021")]
    wanted = [f"{release}-{sample.TEXTS[release].index(words)}@presselese" for release, words in places]
    assert [e["UID"][1] for e in events] == wanted
    assert [e["DTSTAMP"][1] for e in events] == ["20200914T000000Z", "20210503T000000Z", "20210503T000000Z"]


def test_days_end_before_the_day_after_and_an_event_without_an_end_has_none(events):
    school, tour, _ = events
    assert school["DTSTART"] == ({"VALUE": "DATE"}, "20200920")
    assert "DTEND" not in school
    assert tour["DTSTART"] == ({"VALUE": "DATE"}, "20210508")
    assert tour["DTEND"] == ({"VALUE": "DATE"}, "20210510")  # 8 and 9 May


def test_clock_times_are_of_berlin(events):
    assert events[2]["DTSTART"] == ({"TZID": "Europe/Berlin"}, "20220305T180000")
    assert events[2]["DTEND"] == ({"TZID": "Europe/Berlin"}, "20220305T203000")


def test_texts_come_back_as_they_were(events):
    assert unescaped(events[0]["SUMMARY"][1]) == 'Neue Schule <script>alert("x")</script>'
    assert unescaped(events[2]["SUMMARY"][1]) == "Radfest; Musik, Tanz"
    assert unescaped(events[2]["LOCATION"][1]) == "Ilmtal"
    description = unescaped(events[2]["DESCRIPTION"][1])
    assert "Falkenrode, 3. Mai 2021." in description
    assert "\nAus: Falkenrode baut Radwege aus (Stadt Falkenrode, 3. Mai 2021)\n" in description


def test_a_replaced_release_announces_nothing_twice(corpus):
    assert "Frühere Fassung" not in [event.title for event, _ in entries(corpus)]
    assert len(corpus.events) == len(entries(corpus)) + 1


def test_the_rules_of_summer_time_are_those_of_the_zone(lines):
    """The written rules give the offset of every day from 1981 on that the time zone database gives."""
    rules = components(lines, "STANDARD") + components(lines, "DAYLIGHT")
    berlin = ZoneInfo("Europe/Berlin")
    for year in (1981, 1990, 1995, 1996, 2007, 2024, 2036):
        for month in range(1, 13):
            noon = datetime.fromisoformat(f"{year}-{month:02}-28T12:00")
            begun = [
                (start, rule["TZOFFSETTO"][1]) for rule in rules for start in _starts(rule, year) if start <= noon
            ]
            offset = max(begun)[1]
            assert offset == noon.replace(tzinfo=berlin).strftime("%z"), noon


def _starts(rule, year):
    first = datetime.fromisoformat(rule["DTSTART"][1])
    yield first
    parts = dict(part.split("=") for part in rule["RRULE"][1].split(";")) if "RRULE" in rule else {}
    for later in (year - 1, year) if parts else ():
        last = date(later, int(parts["BYMONTH"]) + 1, 1) - timedelta(1)
        sunday = last - timedelta((last.isoweekday()) % 7)
        start = first.replace(year=later, month=sunday.month, day=sunday.day)
        until = datetime.fromisoformat(parts.get("UNTIL", "90000101T000000").rstrip("Z"))
        if first <= start <= until + timedelta(hours=2):
            yield start


def test_the_same_corpus_gives_the_same_bytes(tables, files):
    assert sample.build(tables)["termine.ics"] == files["termine.ics"]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=_TEXT, place=_TEXT, day=st.dates(date(1981, 1, 1), date(2200, 1, 1)), hours=st.integers(0, 23))
def test_any_title_and_place_is_carried(corpus, title, place, day, hours):
    """Whatever characters a title has, lines stay short, keep their escapes and come back whole."""
    begin = f"{day}T{hours:02}:30"
    row = r.Event(sample.A, 0, 5, title, begin, None, place, "rule:clock")
    text = ics._event((row, corpus.at[sample.A]), Quoting(corpus))
    (found,) = components(read(text), "VEVENT")
    assert unescaped(found["SUMMARY"][1]) == title.replace("\\N", "\\n")
    assert unescaped(found["LOCATION"][1]) == place.replace("\\N", "\\n")
    assert found["DTSTART"][1] == begin.replace("-", "").replace(":", "") + "00"


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=400) | st.text("\\^,;Nnä 漢")
)
def test_texts_are_spelled_and_folded_as_the_library_does_it(text):
    event = icalendar.Event()
    event.add("summary", berlin.plain(text))
    line = event.to_ical().decode().removeprefix("BEGIN:VEVENT\r\n").removesuffix("END:VEVENT\r\n")
    assert ics._folded(f"SUMMARY:{ics._escaped(text)}") + "\r\n" == line


def test_the_page_has_coming_events_first_then_the_past_backwards(corpus):
    (page,) = calendar_pages(corpus, Quoting(corpus), 500)
    assert [table.caption for table in page.tables] == [
        "Termine ab dem 11. Februar 2022",
        "Termine vor dem 11. Februar 2022, die spätesten zuerst",
    ]
    shown = [[row[0].text for row in table.rows] for table in page.tables]
    assert shown == [
        ["Sa, 5. März 2022, 18:00 bis 20:30 Uhr"],
        ["Sa, 8. bis 9. Mai 2021", "So, 20. September 2020"],
    ]
    assert page.download is not None
    assert page.frame.lead.startswith("3 angekündigte Termine, 1 davon ab dem 11. Februar 2022")


def test_many_events_go_on_on_further_pages(corpus):
    pages = list(calendar_pages(corpus, Quoting(corpus), 2))
    assert [page.frame.path for page in pages] == ["termine/index.html", "termine/index-2.html"]
    assert sum(len(table.rows) for page in pages for table in page.tables) == 3


def test_a_corpus_without_events_has_a_page_and_no_file(tmp_path):
    sample.empty_tables(tmp_path)
    site = sample.build(tmp_path)
    assert "In keiner Mitteilung wurde ein Termin gefunden." in site["termine/index.html"]
    assert "termine.ics" not in site


def test_a_release_shows_its_hints_and_its_events(files):
    page = next(text for path, text in files.items() if path.startswith("mitteilungen/falkenrode"))
    assert "Bitte prüfen: Der 3. Mai 2021 ist ein Montag, kein &lt;Dienstag&gt;." in page
    assert "Ein Dienstag ist der 4. Mai 2021." in page
    assert '<caption class="hidden">Angekündigte Termine</caption>' in page


def test_hints_are_collected(corpus):
    section = hints.section(corpus, Quoting(corpus))
    assert section.table is not None
    assert [row[1].text for row in section.table.rows] == ["„3. Mai 2021“"]
    assert "1 Angabe kann nach dem Kalender nicht stimmen" in section.text


@pytest.mark.parametrize(
    ("begin", "finish", "words"),
    [
        ("2024-05-03", None, "Fr, 3. Mai 2024"),
        ("2024-05-03", "2024-06-02", "Fr, 3. Mai bis 2. Juni 2024"),
        ("2024-05-03T18:00", None, "Fr, 3. Mai 2024, 18:00 Uhr"),
        ("2024-05-03T18:00", "2024-05-03T19:05", "Fr, 3. Mai 2024, 18:00 bis 19:05 Uhr"),
        ("2024-05-03T22:00", "2024-05-04T02:00", "Fr, 3. Mai 2024, 22:00 Uhr bis 4. Mai 2024, 2:00 Uhr"),
    ],
)
def test_when_is_said_in_german(begin, finish, words):
    assert when(r.Event("a" * 12, 0, 1, "Fest", begin, finish, None, "rule:clock")) == words


def test_weekdays_are_shortened_as_in_calendars():
    assert [german.weekday(f"2024-05-{day:02}") for day in range(6, 13)] == list(german.WEEKDAYS)


def test_the_file_comes_in_pieces(corpus):
    """A calendar of a million events is never held as a whole."""
    pieces = list(calendar(corpus, Quoting(corpus), "Bericht"))
    assert len(pieces) == 3 + 2
    assert all(piece.startswith("BEGIN:VEVENT\r\n") for piece in pieces[1:-1])
