"""Every count opens what it counts; computed figures lead to their definition; lists that are cut lead on."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from pipeline.core import records as r
from tests import builders as b
from tests.report import sample
from tests.report.html import Page, target

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "line", "circle"}
_WHAT = r"Mitteilung(?:en)?|Nennung(?:en)?|Zitate?|S(?:atz|ätze)|Namen?|weiterer?"
_COUNT = re.compile(rf"\b\d[\d.]*\s(?:{_WHAT})\b")
_NUMBER = re.compile(r"[1-9][\d.]*")
# what counts the list that it heads, or folds away; drawings have their figures as a table below them
_HEADS = {"summary", "svg", "h1", "h2", "h3", "h4", "caption", "figcaption", "nav", "title", "footer"}


class Counts(HTMLParser):
    """The counts of a page that lead nowhere."""

    def __init__(self, text):
        super().__init__()
        self.open, self.columns, self.place = [], [], 0
        self.seen, self.faults = 0, []
        self.feed(text[text.index("<main") : text.index("</main>")])

    def handle_starttag(self, tag, attrs):
        if tag in _VOID:
            return
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if tag == "table":
            self.columns = []
        if tag == "tr":
            self.place = -1
        if tag in ("td", "th"):
            self.place += 1
            if values.get("scope") == "col":
                self.columns.append({"num": "num" in classes, "means": False})
        if "means" in classes:
            self.columns[-1]["means"] = True
        self.open.append((tag, classes))

    def handle_endtag(self, tag):
        if tag not in _VOID:
            self.open.pop()

    def _within(self, *tags):
        return any(tag in tags for tag, _ in self.open)

    def handle_data(self, data):
        linked = self._within("a")
        headed = self._within(*_HEADS) or any(
            {"lead", "heads", "found"} & set(classes) for _, classes in self.open
        )
        if _COUNT.search(data):
            self.seen += 1
            if not linked and not headed:
                self.faults.append(data.strip())
        if self._within("td") and _NUMBER.fullmatch(data.strip()):
            column = self.columns[self.place] if self.place < len(self.columns) else {"num": False}
            if column["num"] and not column["means"]:
                self.seen += 1
                if not linked:
                    self.faults.append(f"{data.strip()} in a table")


# what became of a line of the ledger is a sentence of the ledger
_NOTHING_TO_OPEN = {"qualitaet.html": {"1 Nennung heißt jetzt Falkenrode."}}


def test_every_count_of_every_page_is_a_link(files):
    seen = 0
    for path, text in files.items():
        if path.endswith(".html") and path not in ("anleitung.html", "hinweise.html"):
            counts = Counts(text)
            seen += counts.seen
            assert set(counts.faults) <= _NOTHING_TO_OPEN.get(path, set()), path
    assert seen > 100


def test_a_count_without_a_link_would_be_found():
    table = "<table><tr><th scope='col' class='num'>n</th></tr><tr><td>7</td></tr></table>"
    page = f"<main><p>Es sind 3 Mitteilungen.</p>{table}</main>"
    assert Counts(page).faults == ["Es sind 3 Mitteilungen.", "7 in a table"]


def _names(files):
    """Key of a name -> [name, page, places of its releases in the list]."""
    found = {}
    for path, text in files.items():
        if path.startswith("assets/names/"):
            found |= json.loads(text[text.index("] = {") + 4 :].rstrip(";\n").replace(",\n}", "\n}"))
    return found


def test_lists_of_releases_by_name_hold_exactly_what_the_number_says(files):
    """The number in each link to releases of a name is the number of releases that the list then shows."""
    names, checked = _names(files), 0
    pattern = re.compile(r'href="[^"]*mitteilungen/index\.html\?([^"]*)"[^>]*>(\d+)(?: Mitteilung(?:en)?)?<')
    for text in (text for path, text in files.items() if path.endswith(".html")):
        for query, number in pattern.findall(text):
            keys = re.findall(r"name=([0-9a-f]+)", query)
            if keys and not re.search("thema|jahr|herausgeber|neu", query):
                shown = set.intersection(*(set(names[key][2]) for key in keys))
                assert len(shown) == int(number)
                checked += 1
    assert checked > 5


def test_a_name_of_one_release_has_no_page_and_leads_to_its_sentence(files):
    assert not [path for path in files if path.startswith("organisationen/radbund")]
    register = Page(files["organisationen/index.html"])
    links = {target("organisationen/index.html", href) for href in register.hrefs}
    spot = sample._find(sample.B, "Jana Holzapfel dankt")
    assert (f"mitteilungen/radplan-2030-waechst-{sample.B}.html", f"s{spot}") in links


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Three releases that name sixty people each, one of whom speaks fifteen times."""
    root = tmp_path_factory.mktemp("crowded")
    people = [f"Person {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(60)]
    text = "Titel\n\n" + " ".join(people) + ". " + "„Gut so.“ " * 15
    ids = [f"{n:012x}" for n in range(1, 4)]
    releases = [b.release(name, text, published=f"202{n}-05-03") for n, name in enumerate(ids)]
    mentions, links = [], []
    for release_id in ids:
        for name in people:
            mentions.append(b.mention(name, "PER", text.index(name), release_id=release_id))
            found = mentions[-1]
            links.append(r.EntityMention(release_id, found.start, found.end, "PER", f"person:{name}", "same_name"))
    entity = sample._entity_rows()[0][0]
    values = {field: getattr(entity, field) for field in entity.__slots__}
    entities = [
        r.Entity(**{**values, "entity_id": f"person:{name}", "type": "person", "name": name, "n_mentions": 3,
                    "n_releases": 3, "first": "2020-05-03", "last": "2022-05-03", "latitude": None})
        for name in people
    ]  # fmt: skip
    starts = [match.start() for match in re.finditer("„Gut", text)]
    quotes = [
        r.Quote(release_id, at, at + 9, "Gut so.", people[0], "sagte", "direct", "rule:marks")
        for release_id in ids
        for at in starts
    ]
    empty = {name: [] for name in ("zones", "duplicates", "findings", "assignments", "terms", "dates", "events")}
    rejected = [r.Rejected(f"{n}.txt", f"{n:064}", "empty", "Leer.", "Empty.") for n in range(7)]
    sample.write_tables(
        root,
        releases=releases,
        sentences=[r.Sentence(name, 7, len(text) - 1, "body") for name in ids],
        mentions=mentions,
        entities=entities,
        entity_mentions=links,
        quotes=quotes,
        rejected=rejected,
        **empty,
    )
    return sample.build(root, sample.SETTINGS.model_copy(update={"list_limit": 2, "index_rows": 25}))


def test_what_a_list_leaves_out_stands_on_pages_of_its_own(crowded):
    person = next(path for path in crowded if path.startswith("personen/person-aa-"))
    base = person.removesuffix(".html")
    page = Page(crowded[person])
    assert {f"{base}-alle.html", f"{base}-namen.html", f"{base}-zitate.html"} <= {
        target(person, href)[0] for href in page.hrefs
    }
    assert f"{base}-namen-3.html" in crowded
    assert "45 Zitate" in crowded[f"{base}-zitate.html"]
    assert "qualitaet-abgelehnt.html" in {
        target("qualitaet.html", h)[0] for h in Page(crowded["qualitaet.html"]).hrefs
    }
    assert crowded["qualitaet-abgelehnt.html"].count(".txt") == 7


def test_no_page_of_a_crowded_corpus_has_a_count_without_a_link(crowded):
    for path, text in crowded.items():
        if path.endswith(".html") and path not in ("anleitung.html", "hinweise.html", "qualitaet.html"):
            assert Counts(text).faults == [], path


def test_every_link_of_a_crowded_corpus_resolves(crowded):
    pages = {path: Page(text) for path, text in crowded.items() if path.endswith(".html")}
    for path, page in pages.items():
        for href in page.hrefs:
            to, anchor = target(path, href)
            assert to in crowded, (path, href)
            assert not anchor or anchor in pages[to].ids, (path, href)
