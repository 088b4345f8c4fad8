"""Marks in a release's text: nothing of the text is lost, doubled or moved."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.marks import Rows, Span, Target, layers, where, zone_views
from tests import builders as b
from tests.report.html import Page

_TEXT = "Dr. Jana Holzapfel eröffnet das Fest.\n\nEs heißt „Bunter Tag“.\nEnde"


def _flat(nodes):
    return "".join(node.text or _flat(node.children) for node in nodes)


def _all(nodes):
    for node in nodes:
        yield node
        yield from _all(node.children)


def _nodes(views):
    return [node for view in views for paragraph in view.paragraphs for node in _all(paragraph)]


def _targets(mentions, name="Name", because="same_name"):
    return {where(m): Target(m.label, name, "personen/x.html", because) for m in mentions}


_SPANS = st.lists(
    st.tuples(st.integers(0, len(_TEXT)), st.integers(1, 30), st.sampled_from(["s", "quote", "PER", "DATE"])),
    max_size=8,
)


@given(st.lists(_SPANS, max_size=4), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=3))
def test_whatever_is_marked_the_text_is_all_there_in_order(found, zones):
    spans = [
        [Span(start, min(start + length, len(_TEXT)), kind, f"{kind}{start}") for start, length, kind in layer]
        for layer in found
    ]
    rows = [b.zone("caption", start, min(start + length, len(_TEXT))) for start, length in zones]
    views = zone_views(_TEXT, rows, spans)
    shown = "".join(_flat(paragraph) for view in views for paragraph in view.paragraphs)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", _TEXT)


def test_a_name_within_a_name_is_marked_inside_it():
    """An organisation that bears an initiative's name keeps its own mark around it."""
    mentions = [b.mention("AG Sommerfest", "ORG", 0), b.mention("Sommerfest", "INITIATIVE", 3)]
    views = zone_views("AG Sommerfest", [], layers(Rows(mentions=mentions, targets=_targets(mentions))))
    outer = views[0].paragraphs[0][0]
    assert (outer.kind, [node.kind for node in outer.children]) == ("ORG", ["text", "INITIATIVE"])


def test_a_quote_over_two_sentences_is_marked_in_both_and_has_one_anchor():
    text = "„Erstens. Zweitens.“"
    spans = [[Span(0, 9, "s", "s0"), Span(10, 20, "s", "s10")], [Span(1, 19, "quote", "q1")]]
    quotes = [node for node in _nodes(zone_views(text, [], spans)) if node.kind == "quote"]
    assert [_flat([node]) for node in quotes] == ["Erstens.", " ", "Zweitens."]
    assert [node.anchor for node in quotes] == ["q1", "", ""]


def test_a_mark_says_what_it_means_and_what_found_it():
    mention = b.mention(
        "Holzapfel", "PER", 0, name="Jana Holzapfel", title="Dr.", role="Ministerin", confidence=0.83
    )
    spans = layers(
        Rows(mentions=[mention], targets=_targets([mention], "Dr. Jana Holzapfel", "surname+same_release"))
    )
    node = zone_views("Holzapfel", [], spans)[0].paragraphs[0][0]
    assert node.path == "personen/x.html"
    assert node.tip == (
        "Person: Dr. Jana Holzapfel · Ministerin · gefunden durch Sprachmodell (Sicherheit 83\u202f%)"
        " · zugeordnet: nur der Nachname, in derselben Mitteilung"
    )


def test_a_name_that_is_in_no_register_is_not_marked():
    """So the contact zone, and whoever a person took out of the register, stay unmarked."""
    spans = layers(Rows(mentions=[b.mention("Ina Muster", "PER", 0, zone="contact")]))
    assert [node.kind for node in _nodes(zone_views("Ina Muster", [b.zone("contact", 0, 10)], spans))] == ["text"]


def test_what_has_no_zone_is_body_and_neighbours_are_joined():
    zones = [b.zone("headline", 0, 5), b.zone("body", 10, 15)]
    assert [view.name for view in zone_views("Titel und ein Text", zones, [])] == ["headline", "body"]


def test_the_visible_text_of_a_release_page_is_the_release(files):
    from tests.report.sample import TEXTS, A  # noqa: PLC0415  beside its use

    content = next(content for path, content in files.items() if path.startswith("mitteilungen/falkenrode-baut"))
    article = content[content.index('<article class="text"') : content.index("</article>")]
    paragraphs = "".join("".join(Page(p).text) for p in re.findall(r"<p>.*?</p>", article, re.DOTALL))
    assert re.sub(r"\s", "", paragraphs) == re.sub(r"\s", "", TEXTS[A])


def test_no_link_is_in_a_link_and_a_mark_around_another_keeps_its_own(files):
    """An organisation bears an initiative's name; the organisation, named here alone, has no page."""
    for content in files.values():
        assert not re.search(r"<a\b(?:(?!</a>).)*<a\b", content, re.DOTALL)
    content = next(
        content for path, content in files.items() if path.startswith("mitteilungen/radplan-2030-waechst-bb")
    )
    inner = r'<span class="m org"[^>]*>Radplan 2030</span></a>'
    assert re.search(r'<a class="m initiative"[^>]*href="\.\./initiativen/[^>]*>' + inner, content)
