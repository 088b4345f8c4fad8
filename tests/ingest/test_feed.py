"""Feeds: every entry is a release; entities are never opened."""

from __future__ import annotations

import io

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import sources
from pipeline.ingest.sources.item import Item
from tests.ingest import made

_RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Stadt Falkenrode</title>
<item><title>Neue Br&#252;cke &amp; neuer Weg</title><link>https://falkenrode.example/1</link>
<pubDate>Mon, 03 May 2021 10:00:00 +0200</pubDate><dc:creator>Maren Tiefensee</dc:creator>
<description>Nur kurz.</description>
<content:encoded><![CDATA[<p>{made.PROSE}</p><p>Zweiter&nbsp;Absatz.</p>
<p>Der Beitrag Neue Brücke erschien zuerst auf Stadt Falkenrode.</p>]]></content:encoded></item>
<item><title>Neues Dach</title><description>&lt;p&gt;Ein &lt;b&gt;Dach&lt;/b&gt;.&lt;/p&gt;</description>
<pubDate>gestern</pubDate></item>
</channel></rss>"""

_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Gemeinde Lohental</title><updated>2021-06-01</updated>
<entry><title type="html">Neue &lt;i&gt;Brücke&lt;/i&gt;</title><link href="https://lohental.example/1"/>
<updated>2021-05-09T08:00:00Z</updated><published>2021-05-03T08:00:00Z</published>
<author><name>Ida Thorwald</name><email>x@y.example</email></author><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{made.PROSE}</p><p>Zwei.</p></div></content></entry>
</feed>"""

_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kreis Auental</title></channel>
<item><title>Alter Feed</title><dc:date>2004-05-03</dc:date><description>Ein Text.</description></item>
</rdf:RDF>"""


def _items(data: str | bytes, name: str = "a.xml") -> list[Item]:
    raw = data.encode() if isinstance(data, str) else data
    return list(sources.read_bulk(name, io.BytesIO(raw), made.SETTINGS))


def _code(data: str | bytes) -> str:
    with pytest.raises(Rejection) as why:
        _items(data)
    return why.value.code


def test_rss_gives_whole_text_date_and_issuer_of_every_entry():
    first, second = _items(_RSS)
    assert first.content.paragraphs == (made.PROSE, "Zweiter Absatz.")
    assert (first.content.title, first.content.date) == ("Neue Brücke & neuer Weg", "2021-05-03")
    assert (first.content.publisher, first.content.author) == ("Stadt Falkenrode", "Maren Tiefensee")
    assert first.content.url == "https://falkenrode.example/1"
    assert (second.content.paragraphs, second.content.date) == (("Ein Dach.",), "gestern")
    assert [first.member, second.member] == ["1", "2"]


@pytest.mark.parametrize("name", ["a.atom", "a.xml"])
def test_atom_gives_content_before_summary_and_the_first_date(name):
    (item,) = _items(_ATOM, name)
    assert item.content.paragraphs == (made.PROSE, "Zwei.")
    assert (item.content.title, item.content.date) == ("Neue Brücke", "2021-05-03T08:00:00Z")
    assert (item.content.publisher, item.content.author) == ("Gemeinde Lohental", "Ida Thorwald")


def test_rss_1_0_is_read():
    (item,) = _items(_RDF, "a.rdf")
    assert (item.content.title, item.content.date) == ("Alter Feed", "2004-05-03")
    assert item.content.publisher == "Kreis Auental"


def test_the_digest_of_an_entry_survives_a_new_entry_above_it():
    longer = _RSS.replace("<item>", "<item><title>Neu</title><description>Neu.</description></item><item>", 1)
    assert _items(longer)[1].sha256 == _items(_RSS)[0].sha256


def test_entities_of_html_outside_of_cdata_are_characters():
    (item,) = _items(
        "<rss><channel><item><title>Br&uuml;cke&nbsp;1</title><description>x</description></item></channel></rss>"
    )
    assert item.content.title == "Brücke 1"


def test_a_feed_that_defines_entities_is_a_bomb():
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert _code(_RSS.replace("<rss", laughs + "<rss", 1)) == "bomb"
    late = "<rss><channel>" + " " * 70_000 + laughs + "</channel></rss>"
    assert _code(late) == "bomb"


def test_entities_in_two_byte_text_stay_closed():
    laughs = '<!DOCTYPE rss [<!ENTITY a "hahahaha"><!ENTITY b "&a;&a;">]>'
    data = f"{laughs}<rss><channel><item><title>x</title><description>&b;</description></item></channel></rss>"
    try:
        items = _items(data.encode("utf-16"))
    except Rejection:
        return
    assert "haha" not in str(items)


def test_a_file_outside_is_never_read(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("streng geheim")
    entry = "<item><description>x</description></item>"
    outside = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss><channel>{entry}</channel></rss>'
    assert "geheim" not in str(_items(outside)[0].content.paragraphs)


def test_xml_that_is_no_feed_says_so():
    with pytest.raises(Rejection) as why:
        _items("<brief><p>Text</p></brief>")
    assert why.value.code == "no_feed"
    assert "brief" in why.value.reason_de


def test_a_feed_that_ends_in_an_entry_is_truncated():
    assert _code(_RSS[: _RSS.index("gestern")]) == "truncated"


def test_memory_does_not_grow_with_the_feed():
    entry = f"<item><title>x</title><description>{made.PROSE}</description></item>"
    stream = io.BytesIO(f"<rss><channel>{entry * 20_000}</channel></rss>".encode())
    entries = sources.read_bulk("a.rss", stream, made.SETTINGS)
    assert next(entries).member == "1"
    assert stream.tell() < 1_000_000
