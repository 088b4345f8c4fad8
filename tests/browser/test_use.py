"""What readers do, done by a browser on files: search, filter, sort, follow links, use the keyboard."""

from __future__ import annotations

import pytest

from tests.browser.test_pages import KINDS, address


def _hits(page):
    page.wait_for_selector("#fundliste a")
    return page.locator("#fundliste a").all_inner_texts()


def _follow(page, link):
    """Click a link and wait until what it leads to is loaded: a click alone does not wait for that."""
    with page.expect_navigation():
        link.click()


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("Holzapfel", "Person", "Dr. Jana Holzapfel"),
        ("holzapf", "Person", "Dr. Jana Holzapfel"),
        ("plan 20", "Initiative", "Radplan 2030"),
        ("radbund", "Organisation", "Radbund e. V."),
        ("ilmtal", "Ort", "Ilmtal"),
        ("verkehr", "Thema", "Verkehr"),
    ],
)
def test_search_finds_a_person_by_surname_and_an_initiative_by_part(site, page, typed, kind, found):
    """From the field on the first page, opened from disk, with the Enter key."""
    page.goto(address(site, "index.html"))
    page.fill("#suchwort", typed)
    with page.expect_navigation(url="**/suche.html?q=*"):
        page.keyboard.press("Enter")
    assert _hits(page)[0] == found
    assert page.locator("#fundliste .kind").first.inner_text() == kind
    _follow(page, page.locator("#fundliste a").first)
    # who stands in one release only is told of there
    shown = ".s:target" if "#s" in page.url else "h1"
    assert found in page.locator(shown).inner_text()
    assert page.troubles == []


def test_search_finds_words_of_texts_by_their_beginning(site, page):
    page.goto(address(site, "suche.html"))
    page.fill("#frage", "städtisch")
    page.wait_for_selector("#in-texten:not([hidden])")
    assert page.locator("#textliste a").all_inner_texts() == ["Falkenrode baut Radwege aus"]
    page.fill("#frage", "xylophon")
    page.wait_for_selector("#in-texten", state="hidden")
    assert "Nichts gefunden" in page.locator("#treffer").inner_text()
    assert page.troubles == []


def test_what_is_typed_is_never_run(site, page):
    page.goto(address(site, "suche.html") + "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert "Nichts gefunden" in page.locator("#treffer").inner_text()
    page.fill("#frage", "neue schule")
    assert any('<script>alert("x")</script>' in text for text in _hits(page))
    assert page.troubles == []


def test_releases_are_filtered_by_theme_year_and_issuer_and_the_choice_has_an_address(site, page):
    page.goto(address(site, "mitteilungen/index.html"))
    page.select_option("select[name=thema]", label="Verkehr")
    page.wait_for_selector("#auswahl:not([hidden])")
    assert page.locator("#gefiltert").inner_text() == "3 Mitteilungen"
    page.select_option("select[name=jahr]", "2021")
    page.wait_for_function("document.getElementById('gefiltert').textContent === '1 Mitteilung'")
    shared = page.url
    assert "thema=transport" in shared
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_selector("#auswahl:not([hidden])")
    assert page.locator("#auswahl tbody a").first.inner_text() == "Falkenrode baut Radwege aus"
    _follow(page, page.locator("#auswahl tbody a").first)
    assert page.locator("h1").inner_text() == "Falkenrode baut Radwege aus"
    assert page.troubles == []


@pytest.mark.parametrize(
    ("link", "told", "titles"),
    [
        (".facts a[href*='name=']", "2 Mitteilungen mit Dr. Jana Holzapfel", 2),
        (".ranked a[href*='name='] >> nth=0", "mit Dr. Jana Holzapfel", 2),
    ],
)
def test_a_count_opens_just_the_releases_that_it_counts(site, page, link, told, titles):
    page.goto(address(site, KINDS["person"]))
    _follow(page, page.locator(link).first)
    page.wait_for_selector("#auswahl:not([hidden])")
    assert told in page.locator("#gefiltert").inner_text()
    assert page.locator("#auswahl tbody tr").count() == titles
    page.click("button[type=reset]")
    page.wait_for_selector("#ganze-liste:not([hidden])")
    assert page.troubles == []


@pytest.mark.parametrize(("time", "shown"), [("2021-05", "Mai 2021"), ("2021-Q2", "2. Quartal 2021")])
def test_a_month_and_a_quarter_can_be_chosen_by_an_address(site, page, time, shown):
    page.goto(address(site, "mitteilungen/index.html") + f"?jahr={time}")
    page.wait_for_selector("#auswahl:not([hidden])")
    assert page.locator("#gefiltert").inner_text() == "1 Mitteilung"
    assert page.locator("select[name=jahr] option:checked").inner_text() == shown


def test_new_releases_can_be_listed(site, page):
    page.goto(address(site, "neues.html"))
    _follow(page, page.locator("a[href*='neu=1']").first)
    page.wait_for_selector("#auswahl:not([hidden])")
    assert "neu seit dem letzten Bericht" in page.locator("#gefiltert").inner_text()
    assert page.locator("#auswahl tbody tr").count() == 1


def test_the_sign_beside_a_computed_figure_leads_to_its_definition(site, page):
    page.goto(address(site, "themen/index.html"))
    _follow(page, page.locator("th a.means").first)
    assert page.locator("dt:target").inner_text() == "Anteil"


def test_a_filter_without_a_match_says_so_and_can_be_taken_back(site, page):
    page.goto(address(site, "mitteilungen/index.html"))
    page.fill("input[name=titel]", "gibt es nicht")
    page.wait_for_function("document.getElementById('gefiltert').textContent.startsWith('Keine')")
    page.click("button[type=reset]")
    page.wait_for_selector("#ganze-liste:not([hidden])")
    assert page.locator("#ganze-liste tbody tr").count() == 3


def test_a_table_sorts_by_its_heads(site, page):
    page.goto(address(site, "personen/index.html").replace("personen", "orte"))
    names = page.locator("#liste tbody th")
    page.click("#liste thead button:has-text('Ort')")
    first = names.all_inner_texts()
    page.click("#liste thead button:has-text('Ort')")
    assert names.all_inner_texts() == first[::-1]
    assert page.locator("#liste thead th").first.get_attribute("aria-sort") == "descending"


def test_a_number_opens_its_sentence_and_the_sentence_is_marked(site, page):
    """From the register to the person, from the person to the sentence in the release."""
    page.goto(address(site, "personen/index.html"))
    _follow(page, page.locator("#liste tbody a:has-text('Holzapfel')").first)
    _follow(page, page.locator("a.spot").last)
    assert "#s" in page.url
    assert page.locator(".s:target").inner_text().startswith("„Wir bauen für alle“")


def test_every_internal_link_resolves(site, page):
    """Checked in the browser's own reading of every page of the site, anchors included."""
    broken, seen = [], {}
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        seen[path.as_uri()] = (
            page.evaluate(
                "[...document.querySelectorAll('a[href]')]"
                ".map((a) => new URL(a.getAttribute('href'), location).href)"
            ),
            set(page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")),
        )
    for start, (links, _) in seen.items():
        for link in links:
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            known = target in seen or target.endswith("termine.ics")
            if not known or (anchor and anchor not in seen[target][1]):
                broken.append((start, link))
    assert len(seen) > 20
    assert broken == []


_REACHABLE = """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((e) => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})).length"""


@pytest.mark.parametrize("kind", ["overview", "release", "person", "places", "releases", "quality"])
def test_the_keyboard_alone_reaches_everything(site, page, kind):
    page.goto(address(site, KINDS[kind]))
    wanted = page.evaluate(_REACHABLE)
    page.evaluate("window.reached = new Set(); document.addEventListener('focusin', (e) => reached.add(e.target))")
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
    assert wanted > 15
    assert page.evaluate("reached.size") == wanted


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(site, page):
    page.goto(address(site, "index.html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_what_a_mark_means_shows_when_the_keyboard_reaches_it(site, page):
    page.goto(address(site, KINDS["release"]))
    page.locator("article.text a.m.per").first.focus()
    assert "gefunden durch" in page.locator("p.hint").inner_text()


def test_a_script_in_a_release_shows_as_text(site, page):
    page.goto(address(site, KINDS["hostile release"]))
    assert '<script>alert("x")</script>' in page.locator("h1").inner_text()
    assert "<b>heute</b>" in page.locator("article.text").inner_text()
    assert page.locator("main script, main b").count() == 0
    assert page.troubles == []


def test_the_overview_is_painted_within_a_second(site, page):
    """The best of three, because the machine may be busy."""
    times = []
    for _ in range(3):
        page.goto(address(site, "index.html"))
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    assert min(times) < 1000


def test_print_has_the_text_and_no_menu(site, page):
    page.goto(address(site, KINDS["release"]))
    page.emulate_media(media="print")
    assert not page.locator("nav[aria-label=Hauptmenü]").is_visible()
    assert page.locator("article.text").is_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_larger_than_300_kilobytes(site, kind):
    assert all(path.stat().st_size < 300_000 for path in site.glob(KINDS[kind]))
