"""Old Word files (.doc) -> Source, through LibreOffice; what is only called .doc is read as what it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.ingest import guard
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import rtf, webpage, word
from pipeline.ingest.sources.source import Source

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# macros off, links of strangers off, nothing asked of the net, whatever the person's own settings say
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_ITEM = '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_REGISTRY = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'


def read(data: bytes, settings: IngestParams) -> Source:
    """The bytes of a .doc file -> its paragraphs.

    Raises Rejection no_office where LibreOffice is missing, office_failed where it gives nothing.
    """
    if data.startswith(b"{\\rtf"):
        return rtf.read(data)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype html")):
        return webpage.read(data)
    if data.startswith(b"PK\x03\x04"):
        guard.check_zip(data, settings.max_unpacked_mb)
        return word.read(data)
    if not data.startswith(_OLE):
        raise reject("corrupt", format="DOC", what="unbekannter Anfang")
    converted = _convert(data, settings.office_seconds)
    guard.check_zip(converted, settings.max_unpacked_mb)
    return replace(word.read(converted), format="doc")


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = (shutil.which(name) for name in (*_PROGRAMS, *_PLACES))
    return next(filter(None, found), None)


def _convert(data: bytes, seconds: int) -> bytes:
    """A .doc file -> the .docx that LibreOffice makes of it, in a folder and with a profile of their own."""
    office = program()
    if office is None:
        raise reject("no_office")
    with tempfile.TemporaryDirectory(prefix="presselese-") as folder:
        place = Path(folder)
        source, target = place / "mitteilung.doc", place / "mitteilung.docx"
        source.write_bytes(data)
        _write_profile(place / "profile")
        try:
            _run(_command(office, place, source), place, seconds)
        except subprocess.TimeoutExpired:
            raise reject("office_failed", what=f"nach {seconds} Sekunden abgebrochen") from None
        except OSError as error:
            raise reject("office_failed", what=type(error).__name__) from None
        if not target.is_file():
            raise reject("office_failed", what="keine Ausgabe")
        return target.read_bytes()


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_REGISTRY.format(items), encoding="utf-8")


def _command(office: str, place: Path, source: Path) -> list[str]:
    return [
        office,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless", "--invisible", "--nodefault", "--nologo", "--norestore", "--nolockcheck",
        "--infilter=MS Word 97",
        "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(place),
        str(source),
    ]  # fmt: skip


def _run(command: list[str], place: Path, seconds: int) -> None:
    """Run LibreOffice without a display, in its own folder, and end what it started when time is up."""
    keep = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    # no way out: proxies that nobody answers
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    with subprocess.Popen(  # noqa: S603  # the program was found by its name, the file's name is ours
        command,
        cwd=place,
        env={**keep, **nowhere, "HOME": str(place), "TMPDIR": str(place)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system knows groups, those that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, 9)
    else:
        process.kill()
