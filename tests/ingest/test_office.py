"""Old Word files: converted by LibreOffice in a corner of its own, or rejected with what to install."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest.sources import office
from tests.ingest import made

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


def _code(data: bytes) -> str:
    with pytest.raises(Rejection) as why:
        office.read(data, made.SETTINGS)
    return why.value.code


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A program in place of LibreOffice: what it does, as lines of a shell script."""

    def make(*lines: str) -> None:
        program = tmp_path / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines]), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(office, "program", lambda: str(program))

    return make


def test_without_libreoffice_the_reason_says_what_to_install(monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(Rejection) as why:
        office.read(_OLE, made.SETTINGS)
    assert why.value.code == "no_office"
    assert "LibreOffice installieren" in why.value.reason_de


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (rb"{\rtf1\ansi Ein Text.\par}", "rtf"),
        (b"<html><body><p>Ein Text.</p></body></html>", "html"),
        (made.docx_file(["Ein Text."]), "docx"),
    ],
)
def test_what_is_only_called_doc_needs_no_libreoffice(monkeypatch, data, format_):
    monkeypatch.setattr(office, "program", lambda: None)
    source = office.read(data, made.SETTINGS)
    assert (source.format, source.paragraphs) == (format_, ("Ein Text.",))


@_POSIX
def test_the_converted_file_is_read_and_called_doc(stand_in, tmp_path):
    (tmp_path / "made.docx").write_bytes(made.docx_file(["Neue Brücke", made.PROSE]))
    stand_in(f'cp "{tmp_path}/made.docx" mitteilung.docx')
    source = office.read(_OLE, made.SETTINGS)
    assert (source.format, source.paragraphs) == ("doc", ("Neue Brücke", made.PROSE))


@_POSIX
def test_it_runs_with_a_profile_of_its_own_without_macros_display_and_net(stand_in, tmp_path):
    log = tmp_path / "log"
    stand_in(f'echo "$@" > {log}; env >> {log}; pwd >> {log}; cat profile/user/registrymodifications.xcu >> {log}')
    assert _code(_OLE) == "office_failed"
    said = log.read_text(encoding="utf-8")
    assert "-env:UserInstallation=file://" in said
    assert "--headless" in said
    assert "DISPLAY" not in said
    assert "http_proxy=http://127.0.0.1:9" in said
    assert 'name="DisableMacrosExecution" oor:op="fuse"><value>true<' in said
    assert "presselese-" in said
    folder = Path(next(line for line in said.splitlines() if line.startswith("/") and "presselese-" in line))
    assert not folder.exists(), "nothing is left behind"


@_POSIX
def test_a_conversion_without_end_is_ended_with_what_it_started(stand_in, tmp_path):
    mark = tmp_path / "late"
    stand_in(f"(sleep 3; touch {mark}) & sleep 30")
    begun = time.monotonic()
    with pytest.raises(Rejection) as why:
        office.read(_OLE, made.SETTINGS.model_copy(update={"office_seconds": 1}))
    assert time.monotonic() - begun < 20
    assert why.value.code == "office_failed"
    time.sleep(3)
    assert not mark.exists()


@pytest.mark.skipif(office.program() is None, reason="needs LibreOffice")
def test_libreoffice_reads_an_old_word_file(tmp_path):
    """Makes the .doc with the same program, since nothing else writes one."""
    source = tmp_path / "a.docx"
    source.write_bytes(made.docx_file(["Neue Brücke", made.PROSE]))
    command = office._command(str(office.program()), tmp_path, source)
    command = [part for part in command if not part.startswith("--infilter")]
    command[command.index("docx:MS Word 2007 XML")] = "doc:MS Word 97"
    office._write_profile(tmp_path / "profile")
    office._run(command, tmp_path, 60)
    if not (tmp_path / "a.doc").exists():
        pytest.skip("needs LibreOffice Writer; there is another part of it only")
    assert office.read((tmp_path / "a.doc").read_bytes(), made.SETTINGS).paragraphs == ("Neue Brücke", made.PROSE)
