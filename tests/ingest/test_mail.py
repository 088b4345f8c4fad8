"""Mails and mailboxes: the release is found in the text, in what is attached, in what was forwarded."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import Rejection
from pipeline.ingest import sources
from pipeline.ingest.sources import forwarded, parts
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source
from tests.ingest import made

_NOTE = "Liebe Redaktion,\n\nanbei unsere Mitteilung mit der Bitte um Veröffentlichung.\n\nMaren Tiefensee"
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def _mail(text: str = _NOTE) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "WG: Neue Brücke"
    message["From"] = "Stadt Falkenrode <presse@falkenrode.example>"
    message["Date"] = "Mon, 03 May 2021 10:00:00 +0200"
    message.set_content(text)
    return message


def _attach(message: EmailMessage, name: str, data: bytes, kind: tuple[str, str] = _WORD) -> EmailMessage:
    message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message


def _read(message: EmailMessage | bytes) -> list[Item]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return list(sources.read("a.eml", data, made.SETTINGS))


def test_an_attached_document_is_the_release_and_the_note_is_not():
    (item,) = _read(_attach(_mail(), "Brücke.docx", made.docx_file(["Neue Brücke", made.PROSE])))
    assert item.member == "Brücke.docx"
    assert item.content.paragraphs == ("Neue Brücke", made.PROSE)
    assert (item.content.format, item.content.hint) == ("docx", "Neue Brücke")
    assert (item.content.date, item.content.publisher) == ("2021-05-03", "Stadt Falkenrode")
    assert item.content.name == "Brücke.docx"


def test_a_release_in_the_text_stays_one_beside_its_attachment():
    items = _read(_attach(_mail(made.RELEASE * 2), "a.docx", made.docx_file([made.PROSE])))
    assert [item.member for item in items] == [None, "a.docx"]


def test_a_note_stays_when_nothing_attached_can_be_read():
    items = _read(_attach(_mail(), "tabelle.xlsx", b"PK\x03\x04"))
    assert [item.member for item in items] == [None, "tabelle.xlsx"]
    assert items[1].content.code == "unknown_format"


def test_pictures_cards_and_signatures_are_no_releases():
    message = _mail(made.RELEASE)
    for name, kind in (
        ("logo.png", ("image", "png")),
        ("m.vcf", ("text", "vcard")),
        ("smime.p7s", ("application", "x")),
    ):
        _attach(message, name, b"x" * 100, kind)
    assert [item.member for item in _read(message)] == [None]


def test_a_mail_in_a_mail_is_read_with_what_is_attached_to_it():
    outer = _mail()
    outer.add_attachment(_attach(_mail(), "brief.odt", made.odt_file([made.PROSE]), ("application", "x")))
    (item,) = _read(outer)
    assert item.member == "Anhang 1.eml/brief.odt"
    assert item.content.paragraphs == (made.PROSE,)


def test_mails_packed_into_mails_end_at_a_depth():
    message = _mail()
    for _ in range(8):
        outer = _mail()
        outer.add_attachment(message)
        message = outer
    codes = [item.content.code for item in _read(message) if isinstance(item.content, Rejection)]
    assert codes == ["nested_too_deep"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.docx", "passwd.docx"),
        ("C:\\Windows\\System32\\a.docx", "a.docx"),
        ("/absolut.docx", "absolut.docx"),
        ("..", "ohne Namen"),
        ("a\x00b\n.docx", "a_b_.docx"),
        ("rechts\u202excod.docx", "rechts_xcod.docx"),
        ("CON:a?.docx", "CON_a_.docx"),
    ],
)
def test_names_that_would_lead_elsewhere_are_only_names(name, shown):
    assert parts.safe_name(name) == shown


@given(st.text(max_size=60))
def test_no_name_leads_out_of_its_folder(name):
    steps = parts.safe_path(name).split("/")
    assert steps
    assert not {"", ".", ".."} & set(steps)
    assert "/" not in parts.safe_name(name)


def test_equal_names_are_told_apart():
    message = _attach(_mail(), "a.docx", made.docx_file([made.PROSE]))
    _attach(message, "a.docx", made.docx_file([made.PROSE, "Zwei."]))
    items = _read(message)
    assert [item.member for item in items] == ["a.docx", "a (2).docx"]
    assert items[0].sha256 != items[1].sha256


def test_the_digest_of_an_attachment_is_that_of_its_bytes():
    data = made.docx_file([made.PROSE])
    (item,) = _read(_attach(_mail(), "a.docx", data))
    assert item.sha256 == parts.digest(data)


def test_a_plain_part_that_only_says_there_is_html_is_not_the_text():
    message = _mail("Ihr Programm zeigt kein HTML.")
    message.add_alternative(f"<h1>Neue Brücke</h1><p>{made.PROSE}</p>", subtype="html")
    assert _read(message)[0].content.paragraphs == ("Neue Brücke", made.PROSE)


def test_lines_that_a_mail_program_wrapped_are_joined():
    message = _mail()
    message.set_content("Die Brücke ist \nfertig. \nSeit gestern.\n\nMit Gruß\n-- \nPressestelle\n")
    message.set_param("format", "flowed")
    assert _read(message)[0].content.paragraphs == (
        "Die Brücke ist fertig. Seit gestern.",
        "Mit Gruß\n--\nPressestelle",
    )


_FORWARDED = f"""Zur Kenntnis.

-----Ursprüngliche Nachricht-----
Von: Gemeinde Lohental <presse@lohental.example>
Gesendet: Dienstag, 4. Mai 2021 09:12
An: Redaktion
Betreff: Neues Dach für die Turnhalle

{made.PROSE}
"""


def test_a_message_forwarded_by_hand_gives_the_message_inside_it():
    source = _read(_mail(_FORWARDED))[0].content
    assert source.paragraphs == (made.PROSE,)
    assert (source.hint, source.publisher) == ("Neues Dach für die Turnhalle", "Gemeinde Lohental")
    assert source.date == "Dienstag, 4. Mai 2021 09:12"


def test_a_contact_block_is_no_head_of_a_forwarded_message():
    paragraphs = [made.PROSE, "Datum: 3. Mai 2021\nOrt: Falkenrode", "Von: Bahnhof\nAn: Markt"]
    assert forwarded.split(paragraphs).paragraphs == paragraphs


def test_headers_that_break_the_parser_do_not_break_the_mail():
    data = b"Subject: =?utf-8?q?=FF=FE?= =?bogus?=\nFrom: <<<@@>\nDate: gestern\n\n" + made.PROSE.encode()
    source = _read(data)[0].content
    assert source.paragraphs == (made.PROSE,)
    assert source.date is None


def _mbox(*messages: bytes) -> bytes:
    return b"".join(b"From x@y Mon May  3 10:00:00 2021\n" + message + b"\n\n" for message in messages)


def _box(data: bytes, name: str = "a.mbox") -> list[Item]:
    return list(sources.read_bulk(name, io.BytesIO(data), made.SETTINGS))


def test_a_mailbox_gives_its_messages_and_their_attachments():
    first = _mail(made.RELEASE).as_bytes()
    second = _attach(_mail(), "a.docx", made.docx_file([made.PROSE])).as_bytes()
    items = _box(_mbox(first, second))
    assert [item.member for item in items] == ["1", "2/a.docx"]
    assert items[0].sha256 == _box(_mbox(second, first))[1].sha256, "the place in the box plays no part"


def test_lines_that_begin_with_from_do_not_part_a_message():
    text = f"{made.PROSE}\n\n>From Falkenrode with love\n\nFrom the bridge"
    (item,) = _box(_mbox(b"Subject: x\n\n" + text.encode()))
    assert item.content.paragraphs[1:] == ("From Falkenrode with love", "From the bridge")


def test_a_message_too_long_is_rejected_and_the_next_is_read():
    items = _box(_mbox(b"Subject: x\n\n" + b"a b " * 1_400_000, b"Subject: y\n\n" + made.PROSE.encode()))
    assert [item.member for item in items] == ["1", "2"]
    assert items[0].content.code == "too_large"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_a_mail_or_a_rejection(data):
    for prefix in (
        b"",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"Content-Transfer-Encoding: base64\n\n",
    ):
        try:
            items = _read(prefix + data)
        except Rejection:
            continue
        assert all(isinstance(item.content, Source | Rejection) for item in items)
